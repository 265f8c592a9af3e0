"""Verify a chain: recompute every entry and every row in one stream, and name what is wrong."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from breachdesk.audit.sealing import ZERO, Head, Header, payload_digest, seal


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    kind: FindingKind
    seq: int
    """Number of the entry, or where it should be; 0 for a page of the file."""
    subject: str
    """Id of the row; a kept head's digest; a page's number; empty when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """A row as it is found."""

    seq: int
    id: str
    record: str
    fields: Callable[[int], Mapping[str, object] | None]
    """Record version to the fields it covers; None when they cannot be read any more."""


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


def verify(
    links: Iterable[Link],
    rows: Iterable[KeptRow],
    *,
    case_links: Iterable[Link] = (),
    is_whole: bool = True,
    erased: Container[int] = frozenset(),
    more: Iterable[Finding] = (),
) -> Report:
    """Recompute every row and every entry, and report all that is wrong. Nothing is held in memory.

    Args:
        links: the entries by number.
        rows: every kept row, by number.
        case_links: the same entries by incident, then number.
        is_whole: whether it is the whole chain; False for one case, whose numbers have gaps.
        erased: numbers of entries whose rows were erased, as the desk itself recorded.
        more: what else was found, such as by `head_findings`.
    """
    findings = [*more, *_case_breaks(case_links)]
    count, head = 0, Head(0, ZERO)
    for link, found in _side_by_side(links, rows):
        if link is None:
            findings += [Finding(FindingKind.ROW_WITHOUT_ENTRY, row.seq, row.id) for row in found]
            continue
        if is_whole and (link.seq != head.seq + 1 or link.previous != head.digest):
            findings.append(Finding(FindingKind.OUT_OF_ORDER, link.seq, link.subject))
        findings += _wrong_with(link, found, is_erased=link.seq in erased)
        count, head = count + 1, Head(link.seq, link.digest)
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: finding.seq)
    return Report(entries=count, head=head, findings=tuple(ordered))


def _side_by_side(
    links: Iterable[Link], rows: Iterable[KeptRow]
) -> Iterator[tuple[Link | None, list[KeptRow]]]:
    """Yield each entry with the rows of its number, and rows between the entries alone."""
    waiting = groupby(rows, key=lambda row: row.seq)
    group = next(waiting, None)
    for link in links:
        while group is not None and group[0] < link.seq:
            yield None, list(group[1])
            group = next(waiting, None)
        if group is not None and group[0] == link.seq:
            yield link, list(group[1])
            group = next(waiting, None)
        else:
            yield link, []
    while group is not None:
        yield None, list(group[1])
        group = next(waiting, None)


def _wrong_with(link: Link, rows: list[KeptRow], *, is_erased: bool) -> Iterator[Finding]:
    if not link.is_as_sealed():
        yield Finding(FindingKind.HEADER_CHANGED, link.seq, link.subject)
    mine = [row for row in rows if (row.record, row.id) == (link.record, link.subject)]
    for row in rows:
        if row not in mine:
            yield Finding(FindingKind.ROW_WITHOUT_ENTRY, row.seq, row.id)
    if not mine:
        if not is_erased:
            yield Finding(FindingKind.ROW_MISSING, link.seq, link.subject)
    elif link.header is not None and not _says_what_was_sealed(link, link.header, mine[0]):
        yield Finding(FindingKind.ROW_CHANGED, link.seq, link.subject)


def _says_what_was_sealed(link: Link, header: Header, row: KeptRow) -> bool:
    fields = row.fields(header.record_version)
    if fields is None or link.salt is None:
        return False
    try:
        found = payload_digest(link.salt, link.record, header.record_version, fields)
    except (TypeError, ValueError):
        return False
    return found == link.payload_digest


def _case_breaks(links: Iterable[Link]) -> Iterator[Finding]:
    """Yield where a case's own chain does not hold; the links come by incident, then number."""
    incident, seq, digest = None, 0, ZERO
    for link in links:
        header = link.header
        if header is None or header.incident is None:
            continue
        if header.incident != incident:
            incident, seq, digest = header.incident, 0, ZERO
        if (header.case_seq, header.case_previous) != (seq + 1, digest):
            yield Finding(FindingKind.OUT_OF_ORDER, link.seq, link.subject)
        seq, digest = header.case_seq or 0, link.digest


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
