"""Walk through a table without holding it: some rows at a time, each time in a snapshot of its own.

So a long look at what lies beside the rows keeps nobody from emptying the log. Values come as the
database gives them: whoever looks at what may have been changed must not fail over it.
"""

import math
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Float, LargeBinary, Row, cast, func, select, type_coerce
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import NullType

from breachdesk.records import Kept
from breachdesk.store.engine import any_text
from breachdesk.store.reading import table_of
from breachdesk.store.store import Store


def walk(
    store: Store,
    record: type[Kept],
    *names: str,
    incident_id: str | None = None,
    at_once: int = 1,
) -> Iterator[Row[Any]]:
    """Yield number, id and the named columns of a table's rows, oldest first.

    Args:
        store: the open desk.
        record: whose table it is.
        names: of the columns wanted, beside ``seq`` and ``id``.
        incident_id: only those of this incident.
        at_once: how many rows are held.

    Raises:
        StoreError: the database is damaged or out of reach.
    """
    table = table_of(record)
    wanted = [_raw(table.c[name]).label(name) for name in ("seq", "id", *names)]
    chosen = select(*wanted).order_by(table.c.seq).limit(at_once)
    if incident_id is not None:
        chosen = chosen.where(table.c.incident_id == incident_id)
    page = chosen
    while True:
        with store.reading() as reading, any_text(reading.connection()):
            rows = reading.connection().execute(page).all()
        if not rows:
            return
        yield from rows
        if not isinstance(rows[-1].seq, int):  # none of ours, and nothing to go on from
            return
        page = chosen.where(_raw(table.c.seq) > rows[-1].seq)


def is_kept(store: Store, record: type[Kept], seq: object) -> bool:
    """Return whether the row with that number is there now; one with none was made up."""
    if not isinstance(seq, int):
        return True
    table = table_of(record)
    chosen = select(table.c.seq).where(_raw(table.c.seq) == seq)
    with store.reading() as reading:
        return reading.connection().execute(chosen).first() is not None


def total(
    store: Store, record: type[Kept], name: str, having: str = "", *, incident_id: str | None = None
) -> int:
    """Return what a column of whole numbers comes to, or how many bytes a column of bytes has.

    Args:
        store: the open desk.
        record: whose table it is.
        name: of the column.
        having: only of rows that have something in this column.
        incident_id: only of this incident.
    """
    table = table_of(record)
    column = table.c[name]
    value = func.length(column) if isinstance(column.type, LargeBinary) else column
    chosen = select(func.sum(cast(value, Float))).select_from(table)  # else it may run over
    if having:
        chosen = chosen.where(table.c[having].is_not(None))
    if incident_id is not None:
        chosen = chosen.where(table.c.incident_id == incident_id)
    with store.reading() as reading:
        found = reading.connection().execute(chosen).scalar() or 0.0
    return max(0, int(found)) if math.isfinite(found) else 0


def _raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return type_coerce(column, NullType())
