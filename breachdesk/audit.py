"""The hash chain over every kept row: seal an entry, and verify a chain and its rows.

Pure: entries and rows come in as plain values, a report goes out. What a chain alone cannot see is
    a tail that was cut off, or a chain rewritten from some entry on by someone who holds the key:
    for that, heads that were fixed elsewhere (printed on papers, kept in the head file) are handed
    in and looked up. It proves neither that what was written was true nor who sat at the keyboard.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from itertools import groupby

from breachdesk.records.base import Kept

ZERO = "0" * 64
"""What stands as the digest before the first entry."""
SALT_BYTES = 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROW = b"breachdesk/row/1"
_ENTRY = b"breachdesk/entry/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an entry says in the open. Never a name or any text of a case: it cannot be erased."""

    seq: int
    """Counts from 1 without a gap."""
    at: datetime
    """When, in UTC, whole seconds."""
    actor: str
    """Id of the person."""
    action: str
    """A value of `AuditAction`."""
    subject: str
    """Id of the row."""
    record: str
    """Name of the row's table."""
    record_version: int
    """Under which version of the record the payload was hashed."""
    incident: str | None
    """Id of the incident the row belongs to."""
    case_seq: int | None
    """Counts from 1 within the case."""
    case_previous: str | None
    """Digest of the case's entry before; zeros for its first."""


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    kind: FindingKind
    seq: int
    """Number of the entry, or where it should be."""
    subject: str
    """Id of the row; for a kept head, its digest; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended at some time."""

    seq: int
    digest: str


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
        return (
            self.header is not None
            and seal(self.previous, self.header, self.payload_digest) == self.digest
        )


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
    more: Iterable[Finding] = (),
) -> Report:
    """Recompute every row and every entry, and report all that is wrong. Nothing is held in memory.

    Args:
        links: the entries by number.
        rows: every kept row, by number.
        case_links: the same entries by incident, then number.
        is_whole: whether it is the whole chain; False for one case, whose numbers have gaps.
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
        findings += _wrong_with(link, found)
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


def _wrong_with(link: Link, rows: list[KeptRow]) -> Iterator[Finding]:
    if not link.is_as_sealed():
        yield Finding(FindingKind.HEADER_CHANGED, link.seq, link.subject)
    mine = [row for row in rows if (row.record, row.id) == (link.record, link.subject)]
    for row in rows:
        if row not in mine:
            yield Finding(FindingKind.ROW_WITHOUT_ENTRY, row.seq, row.id)
    if not mine:
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


def declared_fields(record: type[Kept], version: int) -> tuple[str, ...]:
    """Return the fields that version of a record had, which its payload digest covers."""
    added = record.ADDED_IN
    return tuple(name for name in record.model_fields if added.get(name, 1) <= version)


def canonical(fields: Mapping[str, object]) -> bytes:
    """Return JSON that is the same for the same values: sorted, no spaces, no floats, UTF-8.

    Times become whole UTC seconds since 1970, bytes the SHA-256 of them in hex, enums their value.

    Raises:
        TypeError: a float, or anything else that has no one spelling.
        ValueError: a time without a zone or with fractions of a second.
    """
    text = json.dumps(
        _plain(fields), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def payload_digest(salt: bytes, record: str, version: int, fields: Mapping[str, object]) -> str:
    """Return the salted digest of a row's declared fields, in hex."""
    return _digest(_ROW, salt, record.encode(), str(version).encode(), canonical(fields))


def seal(previous: str, header: Header, payload: str) -> str:
    """Return the digest of an entry, hex: it binds header, payload and the entry before."""
    fields = {name: getattr(header, name) for name in Header.__slots__}
    return _digest(_ENTRY, previous.encode(), canonical(fields), payload.encode())


def _digest(prefix: bytes, *parts: bytes) -> str:
    """Hash the parts, each after its length, so that no two lists of parts run together."""
    whole = hashlib.sha256(prefix)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return _seconds(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return {_key(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    message = f"{type(value).__name__} has no canonical spelling"
    raise TypeError(message)


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None or moment.microsecond:
        message = "a kept time has a zone and whole seconds"
        raise ValueError(message)
    return (moment.astimezone(UTC) - _EPOCH) // timedelta(seconds=1)


def _key(key: object) -> str:
    if isinstance(key, str):
        return str(key)
    message = "only text can name a value"
    raise TypeError(message)
