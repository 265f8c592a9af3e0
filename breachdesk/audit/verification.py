"""Verify a chain: recompute every entry and every row in one stream, and name what is wrong."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from breachdesk.audit.sealing import ZERO, Head, Header, row_digest, seal

CASES_AT_ONCE = 10_000
"""Of how many cases, those seen last, it is known where their own chain stands."""
TOLD_EVERY = 1_000
"""Entries between two words of progress."""


class FindingKind(StrEnum):
    """What can be wrong with a chain, its rows, or the heads kept outside it."""

    ROW_CHANGED = "row_changed"
    """A row no longer says what was sealed."""
    ROW_MISSING = "row_missing"
    """An entry's row is gone."""
    ROW_WITHOUT_ENTRY = "row_without_entry"
    """A row that no entry speaks of."""
    HEADER_CHANGED = "header_changed"
    """An entry no longer says what was sealed."""
    OUT_OF_ORDER = "out_of_order"
    """An entry does not follow the one before it, in the chain or in its case."""
    CUT_TAIL = "cut_tail"
    """The chain ends before a head that was kept: its tail was cut, or the desk is an older one."""
    REWRITTEN = "rewritten"
    """Where a kept head stood, the chain says something else."""
    HEAD_FILE_MISSING = "head_file_missing"
    """The head file is or was gone: whether a tail was cut before then cannot be seen."""
    HEAD_FILE_CHANGED = "head_file_changed"
    """The head file was not written by this desk."""
    PAGE_DAMAGED = "page_damaged"
    """A page of the database file is not as it was written, whether or not a row lies in it."""
    EVIDENCE_CHANGED = "evidence_changed"
    """A sealed piece of evidence is not as it was sealed."""
    EVIDENCE_MISSING = "evidence_missing"
    """The sealed file of a piece of evidence is gone."""
    LINE_CHANGED = "line_changed"
    """The list of cases does not show a case as its rows say."""
    SCHEMA_CHANGED = "schema_changed"
    """A table, index, trigger or view is missing, unknown, or not as this program makes it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    kind: FindingKind
    seq: int
    """Number of the entry, or where it should be; 0 for a page or a table of the file."""
    subject: str
    """Id of the row; a kept head's digest; a page's number; a table's name; empty for none."""


class Link(NamedTuple):
    """An entry as it is found."""

    seq: int
    subject: str
    record: str
    header: Header | None
    """None when it cannot be read any more."""
    salt: bytes | None
    """None when it is gone."""
    payload_digest: str
    previous: str
    digest: str

    def is_as_sealed(self) -> bool:
        """Return whether header, payload digest and previous digest still give the digest."""
        if self.header is None:
            return False
        try:
            return seal(self.previous, self.header, self.payload_digest) == self.digest
        except (TypeError, ValueError):
            return False


class KeptRow(NamedTuple):
    """A row as it is found."""

    seq: int
    id: str
    texts: Callable[[int], Iterable[bytes]]
    """Record version to the fields it covers, spelled as `canonical` does; none when they cannot be
    read any more, several when what is kept may be spelled already and may be not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a verification found."""

    entries: int
    """How many were verified."""
    head: Head
    """The newest of them."""
    findings: tuple[Finding, ...]
    """By number of the entry; the first is the first break."""

    @property
    def ok(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.findings


def _nothing(*_: object) -> None:
    """Tell nobody; know of nothing."""


def _never(_: Link) -> bool:
    return False


def verify(
    links: Iterable[Link],
    rows: Mapping[str, Iterable[KeptRow]],
    *,
    is_whole: bool = True,
    is_erased: Callable[[Link], bool] = _never,
    case_before: Callable[[Link], Link | None] = _nothing,
    more: Iterable[Finding] = (),
    told: Callable[[int], None] = _nothing,
) -> Report:
    """Recompute every row and every entry, and report all that is wrong. Nothing is held in memory.

    Args:
        links: the entries by number.
        rows: every kept row, by record, then number.
        is_whole: whether it is the whole chain; False for one case, whose numbers have gaps.
        is_erased: whether an entry's row was erased, as the desk itself recorded.
        case_before: the entry before one in its case; asked when there are too many cases to
            remember (`CASES_AT_ONCE`).
        more: what else was found, such as by `head_findings`.
        told: is told now and then how many entries are done.
    """
    findings = list(more)
    waiting, cases = _Waiting(rows), _Cases(case_before)
    count, last, digest = 0, 0, ZERO
    for link in links:
        seq = link.seq
        follows = not is_whole or (seq == last + 1 and link.previous == digest)
        if not cases.holds(link) or not follows:
            findings.append(Finding(FindingKind.OUT_OF_ORDER, seq, link.subject))
        if not link.is_as_sealed():
            findings.append(Finding(FindingKind.HEADER_CHANGED, seq, link.subject))
        row = waiting.row_of(link)
        if row is None:
            if not is_erased(link):
                findings.append(Finding(FindingKind.ROW_MISSING, seq, link.subject))
        elif link.header is not None and not _says_what_was_sealed(link, link.header, row):
            findings.append(Finding(FindingKind.ROW_CHANGED, seq, link.subject))
        count, last, digest = count + 1, seq, link.digest
        if not count % TOLD_EVERY:
            told(count)
    findings += waiting.strays()
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: finding.seq)
    return Report(entries=count, head=Head(last, digest), findings=tuple(ordered))


class _Waiting:
    """The rows that no entry has spoken of yet, each record's by number."""

    def __init__(self, rows: Mapping[str, Iterable[KeptRow]]) -> None:
        self._streams = {record: iter(stream) for record, stream in rows.items()}
        self._first = {record: next(stream, None) for record, stream in self._streams.items()}
        self._strays: list[Finding] = []

    def row_of(self, link: Link) -> KeptRow | None:
        """Return the entry's row; what stands before it belongs to no entry."""
        record = link.record
        row = self._first.get(record)
        while row is not None and row.seq <= link.seq:
            self._first[record] = next(self._streams[record], None)
            if row.seq == link.seq and row.id == link.subject:
                return row
            self._strays.append(_stray(row))
            row = self._first[record]
        return None

    def strays(self) -> list[Finding]:
        """Return the rows that no entry spoke of, all entries being done."""
        for record, row in self._first.items():
            if row is not None:
                self._strays += map(_stray, (row, *self._streams[record]))
        return self._strays


def _stray(row: KeptRow) -> Finding:
    return Finding(FindingKind.ROW_WITHOUT_ENTRY, row.seq, row.id)


class _Cases:
    """Where each case's own chain stands: of the cases seen last, the others are asked for."""

    def __init__(self, before: Callable[[Link], Link | None]) -> None:
        self._before = before
        self._heads: OrderedDict[str, tuple[int, str]] = OrderedDict()
        self._is_full = False

    def holds(self, link: Link) -> bool:
        """Return whether an entry follows the one before it in its case; the next follows it."""
        header = link.header
        if header is None or header.incident is None:
            return True
        case = header.incident
        seq, digest = self._heads.get(case) or self._asked_for(link)
        self._heads[case] = _place(link, header)
        self._heads.move_to_end(case)
        if len(self._heads) > CASES_AT_ONCE:
            self._is_full = True
            self._heads.popitem(last=False)
        return header.case_seq == seq + 1 and header.case_previous == digest

    def _asked_for(self, link: Link) -> tuple[int, str]:
        before = self._before(link) if self._is_full else None
        if before is None or before.header is None:
            return (0, ZERO)
        return _place(before, before.header)


def _place(link: Link, header: Header) -> tuple[int, str]:
    """Return where an entry stands in its case: number, and digest for the next to name."""
    return (header.case_seq if isinstance(header.case_seq, int) else 0, link.digest)


def _says_what_was_sealed(link: Link, header: Header, row: KeptRow) -> bool:
    version, salt = header.record_version, link.salt
    if salt is None:
        return False
    for text in row.texts(version):
        if row_digest(salt, link.record, version, text) == link.payload_digest:
            return True
    return False


def head_findings(
    heads: Iterable[Head], end: int, digest_at: Callable[[int], str | None]
) -> list[Finding]:
    """Return how kept heads disagree with a chain that ends at entry `end`."""
    findings = []
    for head in heads:
        if head.seq > end:
            findings.append(Finding(FindingKind.CUT_TAIL, head.seq, head.digest))
        elif head.seq and digest_at(head.seq) != head.digest:
            findings.append(Finding(FindingKind.REWRITTEN, head.seq, head.digest))
    return findings
