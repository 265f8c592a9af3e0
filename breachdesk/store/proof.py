"""Read entries and rows for `audit.verify`: as they stand, in one stream, in constant memory.

Values are taken raw and converted one by one, so that what cannot be read any more is a finding
and not a crash.
"""

import heapq
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Row,
    Select,
    Table,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from breachdesk.audit import (
    Finding,
    FindingKind,
    Header,
    KeptRow,
    Link,
    Report,
    declared_fields,
    verify,
)
from breachdesk.records import AuditEntry, AuditSalt, Erasure, Incident, Kept
from breachdesk.store.head import Heads, findings_of
from breachdesk.store.reading import Reading, table_of

_AT_ONCE = 500
_AT_ONCE_WITH_BYTES = 4
_TOLD_EVERY = 1000
_AFTER_ALL = 2**63
"""Where a row sorts whose number is no number."""
_HEADER = tuple(Header.__slots__)
_READ_ERRORS = (ValueError, TypeError, LookupError, ArithmeticError)

_Convert = Callable[[Any], Any]
"""Raw value of a column to the value a record has."""


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
    damaged_pages: Iterable[int] = (),
    told: Callable[[int], None],
) -> Report:
    """Verify what one snapshot shows, whole or one case of it, against the heads that were kept.

    Args:
        desk: the snapshot.
        heads: from the head file, read before the snapshot was taken; empty when there is none.
        incident_id: only this case.
        damaged_pages: numbers of the pages of the file that are not as they were written.
        told: is told now and then how many entries are done.
    """
    pages = (Finding(FindingKind.PAGE_DAMAGED, 0, str(page)) for page in damaged_pages)
    connection = desk.connection()
    with (  # closed here, while the connection is open, should one of them come to a damaged page
        closing(links(connection, incident_id=incident_id)) as chain,
        closing(kept_rows(connection, incident_id=incident_id)) as rows,
        closing(links(connection, incident_id=incident_id, by_case=True)) as case_chain,
    ):
        return verify(
            _counted(chain, told),
            rows,
            case_links=case_chain,
            is_whole=incident_id is None,
            erased=_erased(connection),
            more=(*pages, *findings_of(heads, desk.head()[0], desk.digest_at)),
        )


def _counted(chain: Iterable[Link], told: Callable[[int], None]) -> Iterator[Link]:
    for count, link in enumerate(chain, start=1):
        yield link
        if not count % _TOLD_EVERY:
            told(count)


def links(
    connection: Connection, *, incident_id: str | None = None, by_case: bool = False
) -> Generator[Link, None, None]:
    """Yield the entries by number, or by incident and then number."""
    entry, salt = table_of(AuditEntry), table_of(AuditSalt)
    chosen = _raw(entry, salt.c.salt).outerjoin(salt, salt.c.seq == entry.c.seq)
    if incident_id is not None:
        chosen = chosen.where(entry.c.incident == incident_id)
    order = (entry.c.incident, entry.c.seq) if by_case else (entry.c.seq,)
    convert = _converters(entry, connection)
    for row in _stream(connection, chosen.order_by(*order), _AT_ONCE):
        found = row._mapping  # noqa: SLF001 - the public way to a row by name
        yield Link(
            seq=row.seq,
            subject=str(row.subject),
            record=str(row.record),
            header=_header(found, convert),
            salt=None if row.salt is None else bytes(row.salt),
            payload_digest=str(row.payload_digest),
            previous=str(row.previous),
            digest=str(row.digest),
        )


def kept_rows(
    connection: Connection, *, incident_id: str | None = None
) -> Generator[KeptRow, None, None]:
    """Yield the rows of every kept table, or those of one case, by number."""
    with ExitStack() as stack:
        streams = [
            stack.enter_context(closing(_rows_of(connection, record, incident_id)))
            for record in kept_records()
            if incident_id is None or _case_column(record) is not None
        ]
        yield from heapq.merge(*streams, key=lambda row: row.seq)


def _erased(connection: Connection) -> frozenset[int]:
    """Return the entries whose rows were erased; what cannot be read counts for nothing."""
    column = table_of(Erasure).c.erased
    erased: set[int] = set()
    for text in connection.execute(select(type_coerce(column, NullType()))).scalars():
        with suppress(*_READ_ERRORS):
            erased.update(json.loads(str(text)))
    return frozenset(erased)


def _rows_of(
    connection: Connection, record: type[Kept], incident_id: str | None
) -> Generator[KeptRow, None, None]:
    table = table_of(record)
    chosen = _raw(table)
    column = _case_column(record)
    if incident_id is not None and column is not None:
        chosen = chosen.where(column == incident_id)
    has_bytes = any(isinstance(column.type, LargeBinary) for column in table.c)
    convert = _converters(table, connection)
    at_once = _AT_ONCE_WITH_BYTES if has_bytes else _AT_ONCE
    for row in _stream(connection, chosen.order_by(table.c.seq), at_once):
        found = row._mapping  # noqa: SLF001 - the public way to a row by name
        yield KeptRow(
            seq=row.seq if isinstance(row.seq, int) else _AFTER_ALL,
            id=str(row.id),
            record=table.name,
            fields=_fields(record, found, convert),
        )


def _fields(
    record: type[Kept], found: Mapping[Any, Any], convert: Mapping[str, _Convert]
) -> Callable[[int], Mapping[str, object] | None]:
    def fields(version: int) -> Mapping[str, object] | None:
        try:
            return {name: convert[name](found[name]) for name in declared_fields(record, version)}
        except _READ_ERRORS:
            return None

    return fields


def _header(found: Mapping[Any, Any], convert: Mapping[str, _Convert]) -> Header | None:
    try:
        return Header(**{name: convert[name](found[name]) for name in _HEADER})
    except _READ_ERRORS:
        return None


def _case_column(record: type[Kept]) -> Column[Any] | None:
    table = table_of(record)
    return table.c.id if record is Incident else table.c.get("incident_id")


def _raw(table: Table, *more: Column[Any]) -> Select[*tuple[Any, ...]]:
    """Return a select of a table's columns as the driver gives them."""
    columns = (*table.c, *more)
    return select(*(type_coerce(column, NullType()).label(column.name) for column in columns))


def _converters(table: Table, connection: Connection) -> dict[str, _Convert]:
    dialect = connection.dialect
    return {
        column.name: column.type.dialect_impl(dialect).result_processor(dialect, None) or _as_is
        for column in table.c
    }


def _as_is(value: Any) -> Any:  # noqa: ANN401 - whatever the driver gave
    return value


def _stream(
    connection: Connection, chosen: Select[*tuple[Any, ...]], at_once: int
) -> Iterator[Row[Any]]:
    with connection.execute(chosen.execution_options(yield_per=at_once)) as result:
        yield from result
