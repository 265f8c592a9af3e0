"""Lines of the register, page by page: all of them, or those a search finds.

Each statement is put together once for its shape and bound anew: putting it together can take as
long as running it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    Table,
    bindparam,
    column,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from breachdesk.records.register import Rank
from breachdesk.store.paging import Page, Stretch
from breachdesk.store.search import asked_of_index, few_found, found_in_index, short_words
from breachdesk.terms import Status

_FEW_FOUND = 500
"""Cases a search may find to be looked up one by one; beyond, the register is walked."""
_SEQ = column("seq", Integer)
_ALL = -1
"""A limit that cuts nothing off."""

_Conditions = tuple[ColumnElement[bool], ...]
_Chosen = Select[*tuple[Any, ...]]

SIEVES: Mapping[str, Callable[[Table], _Conditions]] = {
    "is_open": lambda table: (table.c.status == Status.OPEN,),
    "followed_up": lambda table: (
        or_(table.c.status == Status.OPEN, table.c.others_run.is_(True)),
    ),
    "runs": lambda table: (table.c.rank < Rank.QUIET,),
    "of_year": lambda table: (table.c.year == bindparam("of_year"),),
    "presses_by": lambda table: (table.c.presses_at <= bindparam("presses_by"),),
    "closed_by": lambda table: (
        table.c.closed_at < bindparam("closed_by"),
        table.c.is_held.is_(False),
    ),
}
"""What the register can be narrowed by; a value of the same name is bound, where there is one."""


def lines(
    connection: Connection, table: Table, page: Page, narrowed: Mapping[str, object]
) -> list[Row[Any]]:
    """Return a page of the register.

    Args:
        connection: reads the register.
        table: the register.
        page: which part of it.
        narrowed: names of `SIEVES`, and what is bound there.
    """
    names, values, limit = tuple(narrowed), {**page.values(), **narrowed}, page.limit
    found: list[Row[Any]] = []
    for stretch in page.stretches(table):
        left = {} if limit is None else {"at_most": limit - len(found)}
        chosen = _stretch(table, stretch, names, is_cut=limit is not None)
        found += connection.execute(chosen, {**values, **left})
        if len(found) == limit:
            break
    return found


def lines_found(
    connection: Connection, table: Table, page: Page, narrowed: Mapping[str, object], search: str
) -> list[Row[Any]]:
    """Return a page of those lines whose cases hold every word, as `lines` does."""
    asked, short = asked_of_index(search), short_words(table, search)
    others = () if short is None else (short,)
    values = {**page.values(), **narrowed, "asked": asked, "at_most": page.limit}
    few = None if asked is None else few_found(connection, asked, _FEW_FOUND)
    if few is not None:
        places = connection.execute(_places(table, tuple(narrowed), few).where(*others), values)
        chosen = select(table).where(table.c.seq.in_(page.first(places.all())))
    else:
        # what was typed stands in the condition for short words, so that one is not remembered
        walked = _walked if short is None else _walked.__wrapped__
        shape = {"is_asked": asked is not None, "is_cut": page.limit is not None}
        chosen = walked(table, page.stretches(table), tuple(narrowed), others, **shape)
    return sorted(connection.execute(chosen, values), key=page.place)


@lru_cache
def _stretch(table: Table, stretch: Stretch, names: tuple[str, ...], *, is_cut: bool) -> _Chosen:
    """Return the lines of one stretch, in order."""
    chosen = select(table).where(*_sieves(table, names), *stretch.which).order_by(*stretch.order)
    return chosen.limit(bindparam("at_most")) if is_cut else chosen


@lru_cache
def _walked(
    table: Table,
    stretches: tuple[Stretch, ...],
    names: tuple[str, ...],
    others: _Conditions,
    *,
    is_asked: bool,
    is_cut: bool,
) -> _Chosen:
    """Return the first of many lines that are found, in any order.

    The index of words is asked once, and the register walked, stretch after stretch, until there
    are enough. That the walk comes before the sieve, and in order, is what the limits inside say:
    they cut nothing off.
    """
    which = (*_sieves(table, names), *others)
    numbers = select(table.c.seq).where(*which)
    parts = (numbers.where(*one.which).order_by(*one.order).limit(_ALL) for one in stretches)
    walk = union_all(*(select(_SEQ).select_from(one.subquery()) for one in parts)).limit(_ALL)
    first = select(_SEQ).select_from(walk.subquery())
    if is_asked:
        first = first.where(_SEQ.in_(found_in_index()))
    if is_cut:
        first = first.limit(bindparam("at_most"))
    return select(table).where(table.c.seq.in_(first))


def _places(table: Table, names: tuple[str, ...], numbers: Sequence[int]) -> _Chosen:
    """Return what the order sorts by, of the lines with these numbers."""
    columns = (table.c[name] for name in ("seq", "rank", "presses_at", "year", "number"))
    return select(*columns).where(table.c.seq.in_(numbers), *_sieves(table, names))


def _sieves(table: Table, names: tuple[str, ...]) -> _Conditions:
    return tuple(one for name in names for one in SIEVES[name](table))
