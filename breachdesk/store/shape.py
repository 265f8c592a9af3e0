"""Compare what the database is built of with what this program makes.

A chain covers what rows say, not what the database does with them: a trigger, a view in a table's
place or a table made anew acts behind the back of whoever writes. What is not as it should be is
told of by its name.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Dialect, Table, inspect
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from breachdesk.audit import Finding, FindingKind
from breachdesk.store.engine import any_text, objects_in
from breachdesk.store.reading import table_of
from breachdesk.store.schema import tables
from breachdesk.store.search import INDEX_PARTS

_TABLE, _INDEX = "table", "index"
_Named = tuple[str, str]
"""Kind and name of an object."""
_Made = tuple[str, ...]
"""The parts of a statement that makes an object, in an order of no meaning."""
_BETWEEN = re.compile(r",(?![^(]*\))")
"""A comma that stands in no brackets."""
_ANYHOW: _Made = ()
"""Of what the database makes by itself, as its version pleases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How the database differs from what this program makes."""

    apart: tuple[str, ...] = ()
    """Names of tables, indexes, triggers and views that are missing, unknown, or made otherwise."""
    unreadable: frozenset[str] = frozenset()
    """Tables of ours that are gone, or lack a column."""

    def findings(self) -> Iterator[Finding]:
        """Yield what differs."""
        for name in self.apart:
            yield Finding(FindingKind.SCHEMA_CHANGED, 0, name)

    def can_read(self, *records: type[SQLModel]) -> bool:
        """Return whether these records' tables are there with every column."""
        return not any(table_of(record).name in self.unreadable for record in records)


def compare_shape(connection: Connection) -> Shape:
    """Look at what the database is built of; of one as it was made, no table is read."""
    with any_text(connection):
        there = {(kind, name): _parts(made) for kind, name, made in objects_in(connection)}
        kind: Callable[[], Dialect] = type(connection.dialect)
        wanted = _wanted(kind)
        apart = sorted(
            {one for one in {*there, *wanted} if not _fits(there.get(one), wanted.get(one))}
        )
        columns = {table.name: {column.name for column in table.c} for table in tables()}
        odd = {name for kind, name in apart if kind == _TABLE and name in columns}
        unreadable = {
            name
            for name in odd
            if (_TABLE, name) not in there or columns[name] - _columns(connection, name)
        }
    names = dict.fromkeys(_shown(name) for _, name in apart)
    return Shape(apart=tuple(names), unreadable=frozenset(unreadable))


def _fits(there: _Made | None, wanted: _Made | None) -> bool:
    return there is not None and wanted is not None and wanted in (there, _ANYHOW)


def _columns(connection: Connection, name: str) -> set[str]:
    return {str(column["name"]) for column in inspect(connection).get_columns(name)}


@cache
def _wanted(kind: Callable[[], Dialect]) -> Mapping[_Named, _Made]:
    """Return every object that is to be there, and what makes it."""
    dialect, wanted = kind(), {}
    for table in tables():
        wanted[_TABLE, table.name] = _parts(str(CreateTable(table).compile(dialect=dialect)))
        wanted |= _indexes(table, dialect)
    for name, made in INDEX_PARTS.items():
        wanted[_TABLE, name] = _ANYHOW if made is None else _parts(made)
    return wanted


def _indexes(table: Table, dialect: Dialect) -> dict[_Named, _Made]:
    return {
        (_INDEX, str(one.name)): _parts(str(CreateIndex(one).compile(dialect=dialect)))
        for one in table.indexes
    }


def _parts(made: str) -> _Made:
    """Return the parts of a statement; in which order a table's rules stand says nothing."""
    start, _, rest = re.sub(r"\s+", "", made).partition("(")
    within, _, end = rest.rpartition(")")
    return (start, *sorted(_BETWEEN.split(within)), end)


def _shown(name: str) -> str:
    """Return a name that may hold halves of characters as one that can be written."""
    return name.encode("utf-8", "replace").decode()
