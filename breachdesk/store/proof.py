"""Read entries and rows for `audit.verify`: as they stand, in one stream, in constant memory.

Values are taken raw and converted one by one, so that what cannot be read any more is a finding
and not a crash.
"""

import json
import math
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Dialect,
    Integer,
    LargeBinary,
    Select,
    String,
    null,
    select,
    type_coerce,
)
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import NullType, TypeDecorator

from breachdesk.audit import (
    ZERO,
    Finding,
    FindingKind,
    Head,
    Header,
    KeptRow,
    Link,
    Report,
    declared_fields,
    verify,
)
from breachdesk.audit.spelling import (
    spelled,
    spelled_bytes,
    spelled_json,
    spelled_number,
    spelled_text,
    spelled_time,
)
from breachdesk.records import AuditEntry, AuditSalt, Erasure, Incident, Kept
from breachdesk.records.base import UtcDateTime
from breachdesk.store.engine import any_text
from breachdesk.store.head import Heads, findings_of
from breachdesk.store.reading import Reading, table_of
from breachdesk.store.salts_and_gaps import gaps, stray_salts
from breachdesk.store.shape import Shape

_AT_ONCE = 500
_AT_ONCE_WITH_BYTES = 4
_AFTER_ALL = 2**63
"""Where a row sorts whose number is no number."""
_REMEMBERED = 1_024
"""Values of one column, such as times, that are spelled once."""
_READ_ERRORS = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)

_read_json = json.JSONDecoder().raw_decode

_Spell = Callable[[Any], str]
"""Raw value of a column to how its value is spelled."""
_Way = tuple[str, tuple[tuple[int, _Spell], ...]]
"""A row's text with gaps, and for each gap the column's place and speller."""


def kept_records() -> tuple[type[Kept], ...]:
    """Return every record that is kept, by table name."""
    found: list[type[Kept]] = []
    waiting: list[type[Kept]] = [Kept]
    while waiting:
        record = waiting.pop()
        waiting += record.__subclasses__()
        if record.model_config.get("table"):
            found.append(record)
    return tuple(sorted(found, key=lambda record: table_of(record).name))


def verify_desk(
    desk: Reading,
    heads: Heads,
    incident_id: str | None = None,
    *,
    shape: Shape,
    damaged_pages: Iterable[int] = (),
    told: Callable[[int], None],
) -> Report:
    """Verify what one snapshot shows, whole or one case of it, against the heads that were kept.

    Args:
        desk: the snapshot.
        heads: from the head file, read before the snapshot was taken; empty when there is none.
        incident_id: only this case.
        shape: how the database differs from what this program makes; rows of tables that are gone,
            or lack a column, are not told of one by one.
        damaged_pages: numbers of the pages of the file that are not as they were written.
        told: is told now and then how many entries are done.
    """
    pages = (Finding(FindingKind.PAGE_DAMAGED, 0, str(page)) for page in damaged_pages)
    beside = (*pages, *shape.findings())
    if not shape.can_read(AuditEntry):
        found = (*beside, *findings_of(heads, 0, lambda _: None))
        return Report(entries=0, head=Head(0, ZERO), findings=found)
    connection = desk.connection()
    with (
        ExitStack() as stack,
        any_text(connection),
    ):  # closed while the connection is open, should a page be damaged
        is_salted = shape.can_read(AuditSalt)
        chain = stack.enter_context(
            closing(links(connection, incident_id=incident_id, is_salted=is_salted))
        )
        records = [one for one in kept_records() if is_salted and shape.can_read(one)]
        rows = {
            table_of(record).name: stack.enter_context(
                closing(kept_rows(connection, record, incident_id=incident_id))
            )
            for record in records
            if incident_id is None or _case_column(record) is not None
        }
        erasures = _Erasures(connection, can_read=shape.can_read(Erasure))
        unread = frozenset(table_of(one).name for one in kept_records() if one not in records)
        report = verify(
            chain,
            rows,
            is_whole=incident_id is None,
            is_erased=lambda link: link.record in unread or erasures.cover(link),
            case_before=partial(_before, connection),
            more=(*beside, *findings_of(heads, desk.head()[0], desk.digest_at)),
            told=told,
        )
        if incident_id is not None:
            others = gaps(connection)
        else:
            others = stray_salts(connection, report.head.seq) if is_salted else iter(())
        findings = tuple(dict.fromkeys((*report.findings, *others)))
    shown = (replace(one, subject=shown_text(one.subject)) for one in findings)
    return replace(report, findings=tuple(shown))


def shown_text(text: str) -> str:
    """Return a text that may hold halves of characters as one that can be written."""
    return text.encode("utf-8", "replace").decode()


def links(
    connection: Connection, *, incident_id: str | None = None, is_salted: bool = True
) -> Generator[Link, None, None]:
    """Yield the entries, or those of one case, by number.

    Args:
        connection: reads the entries.
        incident_id: only of this case.
        is_salted: False leaves the salts out, where their table cannot be read.
    """
    entry = table_of(AuditEntry)
    chosen = _chosen_links(is_salted=is_salted).order_by(entry.c.seq)
    if incident_id is not None:
        chosen = chosen.where(entry.c.incident == incident_id)
    yield from _links(connection, chosen)


def _before(connection: Connection, link: Link) -> Link | None:
    """Return the entry before one in its case, if it can be read."""
    entry = table_of(AuditEntry)
    mine = entry.c.incident == (link.header.incident if link.header else None)
    chosen = (
        _chosen_links(is_salted=False)
        .where(mine, entry.c.seq < link.seq)
        .order_by(entry.c.seq.desc())
    )
    with closing(_links(connection, chosen)) as found:
        return next((one for one in found if one.header is not None), None)


def _chosen_links(*, is_salted: bool) -> Select[*tuple[Any, ...]]:
    """Return a select of what a link needs: its header's fields first, in their order."""
    entry, salt = table_of(AuditEntry), table_of(AuditSalt)
    names = (*Header._fields, "payload_digest", "previous", "digest")
    columns = tuple(entry.c[name] for name in names)
    if not is_salted:
        return _raw(*columns, null())
    return _raw(*columns, salt.c.salt).select_from(entry.outerjoin(salt, salt.c.seq == entry.c.seq))


def _links(connection: Connection, chosen: Select[*tuple[Any, ...]]) -> Generator[Link, None, None]:
    moment = lru_cache(_REMEMBERED)(_converter(table_of(AuditEntry).c.at, connection.dialect))
    for row in _stream(connection, chosen, _AT_ONCE):
        seq, at, *said, payload_digest, previous, digest, salt = row
        try:
            header = Header(seq, moment(at), *said)
        except _READ_ERRORS:
            header = None
        yield Link(
            seq,
            str(said[2]),
            str(said[3]),
            header,
            bytes(salt) if isinstance(salt, bytes | memoryview) else None,
            str(payload_digest),
            str(previous),
            str(digest),
        )


def kept_rows(
    connection: Connection, record: type[Kept], *, incident_id: str | None = None
) -> Generator[KeptRow, None, None]:
    """Yield the rows of a kept table, or those of one case, by number."""
    table = table_of(record)
    chosen = _raw(table.c.seq, table.c.id, *table.c)
    column = _case_column(record)
    if incident_id is not None and column is not None:
        chosen = chosen.where(column == incident_id)
    spelling = _Spelling(record, connection.dialect)
    has_bytes = any(isinstance(column.type, LargeBinary) for column in table.c)
    at_once = _AT_ONCE_WITH_BYTES if has_bytes else _AT_ONCE
    for row in _stream(connection, chosen.order_by(table.c.seq), at_once):
        yield KeptRow(_number(row[0]), str(row[1]), partial(spelling.texts, row))


def _number(seq: object) -> int:
    """Return where a row stands; one whose number is none stands where the database sorts it."""
    if isinstance(seq, int):
        return seq
    return math.floor(seq) if isinstance(seq, float) and math.isfinite(seq) else _AFTER_ALL


class _Spelling:
    """How the rows of one table are spelled."""

    def __init__(self, record: type[Kept], dialect: Dialect) -> None:
        """Spell rows whose columns come in the table's order, after number and id."""
        self._record = record
        self._columns = tuple(table_of(record).c)
        self._as_kept = {one.name: _speller(one, dialect, is_spelled=True) for one in self._columns}
        self._anew = {one.name: _speller(one, dialect, is_spelled=False) for one in self._columns}
        self._ways = lru_cache(_REMEMBERED)(self._ways_of)

    def texts(self, row: Sequence[Any], version: int) -> Iterator[bytes]:
        """Yield a row as `canonical` spells its fields, if they can be read.

        A value that is kept as JSON is taken as it stands, and then, should that not be what was
        sealed, is spelled anew.
        """
        for template, parts in self._ways(version):
            try:
                values = [
                    "null" if (raw := row[place]) is None else spell(raw) for place, spell in parts
                ]
                text = (template % tuple(values)).encode()
            except _READ_ERRORS:
                continue
            yield text

    def _ways_of(self, version: int) -> tuple[_Way, ...]:
        try:
            names = sorted(declared_fields(self._record, version))
        except TypeError:  # a version that is no number
            return ()
        template = ",".join(f"{spelled_text(name)}:%s" for name in names)
        places = {column.name: place for place, column in enumerate(self._columns, start=2)}
        has_json = any(isinstance(column.type, JSON) for column in self._columns)
        return tuple(
            (f"{{{template}}}", tuple((places[name], spells[name]) for name in names))
            for spells in ((self._as_kept, self._anew) if has_json else (self._anew,))
        )


def _speller(column: Column[Any], dialect: Dialect, *, is_spelled: bool) -> _Spell:
    """Return how a column's raw values are spelled, but none.

    Args:
        column: of a kept table.
        dialect: of the database.
        is_spelled: JSON is taken as it stands, if it is JSON.
    """
    convert, kind = _converter(column, dialect), column.type
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(kind, JSON):
        is_text = convert is not _as_is  # else the driver reads JSON by itself
        return _json_speller(convert, is_spelled=is_text and is_spelled)
    if isinstance(kind, Boolean):
        return _spelled_truth
    if isinstance(kind, LargeBinary):
        return lambda raw: spelled_bytes(convert(raw))
    if isinstance(kind, UtcDateTime):
        return lru_cache(_REMEMBERED)(lambda raw: spelled_time(convert(raw)))
    if convert is _as_is and isinstance(plain, String | Integer):
        return spelled_text if isinstance(plain, String) else spelled_number
    return lru_cache(_REMEMBERED, typed=True)(lambda raw: spelled(convert(raw)))


def _spelled_truth(raw: Any) -> str:  # noqa: ANN401 - whatever the driver gave
    """Spell yes or no; ValueError for what a database would only take for one of them."""
    if not isinstance(raw, int) or raw not in (0, 1):
        raise ValueError(raw)
    return "true" if raw else "false"


def _json_speller(convert: Callable[[Any], Any], *, is_spelled: bool) -> _Spell:
    """Take a text that is JSON for its own spelling: whole, it cannot run into its neighbours.

    A number may have become one of the database's own, which is spelled like any other value.
    """

    def spell(raw: Any) -> str:  # noqa: ANN401 - whatever the driver gave
        if not is_spelled or not isinstance(raw, str):
            return spelled_json(convert(raw))
        _, end = _read_json(raw)
        if end != len(raw):
            raise ValueError(raw)
        return raw

    return spell


def _converter(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """Return what makes a record's value of a column's raw one."""
    return column.type.dialect_impl(dialect).result_processor(dialect, None) or _as_is


def _as_is(value: Any) -> Any:  # noqa: ANN401 - whatever the driver gave
    return value


class _Erasures:
    """What the desk itself recorded as erased, of the case asked for last."""

    def __init__(self, connection: Connection, *, can_read: bool) -> None:
        self._connection, self._can_read = connection, can_read
        self._of = lru_cache(1)(self._erased)

    def cover(self, link: Link) -> bool:
        """Return whether an entry's row was erased."""
        return link.header is not None and link.seq in self._of(link.header.incident)

    def _erased(self, incident_id: str | None) -> frozenset[int]:
        """Return the entries of a case whose rows are gone; what cannot be read is nothing."""
        if not self._can_read:
            return frozenset()
        table = table_of(Erasure)
        chosen = _raw(table.c.erased).where(table.c.incident_id == incident_id)
        erased: set[int] = set()
        for (text,) in self._connection.execute(chosen):
            with suppress(*_READ_ERRORS):
                erased.update(json.loads(str(text)))
        return frozenset(erased)


def _case_column(record: type[Kept]) -> Column[Any] | None:
    table = table_of(record)
    return table.c.id if record is Incident else table.c.get("incident_id")


def _raw(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Return a select of columns as the driver gives them."""
    return select(*(type_coerce(column, NullType()) for column in columns))


def _stream(
    connection: Connection, chosen: Select[*tuple[Any, ...]], at_once: int
) -> Generator[Sequence[Any], None, None]:
    """Yield what is chosen, so many rows read at once."""
    with connection.execute(chosen.execution_options(yield_per=at_once)) as result:
        for some in result.partitions():
            yield from some
