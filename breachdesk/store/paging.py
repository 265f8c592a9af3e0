"""Pages of the register in its order, read from an index: a page costs the same among many cases.

The order is four stretches, one after the other, each of which an index gives in its order
(`RegisterRow.rank`): cases with a running duty that has hours, by when it falls due; at a moment
among them that is handed in, those that run only duties without hours; then all others. Of two that
stand alike the newer reference comes first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Table
from sqlalchemy.sql.elements import ColumnElement

from breachdesk.records import RegisterRow
from breachdesk.records.register import Rank

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of the register that stand together."""

    which: tuple[ColumnElement[bool], ...]
    """What they have in common."""
    order: tuple[ColumnElement[Any], ...]


class _Part(IntEnum):
    SOON = 0
    UNTIMED = 1
    LATER = 2
    QUIET = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of the register's order is wanted."""

    limit: int | None
    """How many lines at most."""
    after: RegisterRow | None
    """The last line of the page before."""
    untimed_at: datetime | None
    """Where among the timed cases the untimed stand, aware; None: after all of them."""

    def stretches(self, table: Table) -> Iterator[Stretch]:
        """Yield what comes after the page before, in order."""
        begun = _Part.SOON if self.after is None else self._part(self.after)
        for part in _Part:
            which = self._which(table, part)
            if self.after is not None and part == begun:
                which = (*which, _past(table, self.after))
            if part >= begun and (part is not _Part.LATER or self.untimed_at is not None):
                yield Stretch(which, _order(table, part))

    def first(self, lines: Sequence[Row[Any]]) -> list[int]:
        """Return the `seq` of the page's lines, in order, where only few lines are chosen.

        All of them are looked at, and sorted here: walking the index of all lines for the few
        would cost more, the more cases there are.

        Args:
            lines: `seq`, `rank`, `presses_at`, `year` and `number` of each.
        """
        found = sorted(lines, key=self.place)
        if self.after is not None:
            past = self.place(self.after)
            found = [one for one in found if self.place(one) > past]
        return [one.seq for one in found[: self.limit]]

    def place(self, line: RegisterRow | Row[Any]) -> tuple[int, datetime, int, int]:
        """Return what the order sorts a line by."""
        return (self._part(line), line.presses_at or _NEVER, -line.year, -line.number)

    def _part(self, line: RegisterRow | Row[Any]) -> _Part:
        if line.rank == Rank.TIMED:
            is_soon = self.untimed_at is None or (line.presses_at or _NEVER) <= self.untimed_at
            return _Part.SOON if is_soon else _Part.LATER
        return _Part.UNTIMED if line.rank == Rank.UNTIMED else _Part.QUIET

    def _which(self, table: Table, part: _Part) -> tuple[ColumnElement[bool], ...]:
        rank, at, turn = table.c.rank, table.c.presses_at, self.untimed_at
        if part in {_Part.UNTIMED, _Part.QUIET}:
            mine = Rank.UNTIMED if part is _Part.UNTIMED else Rank.QUIET
            return (rank == mine.value, at.is_(None))  # said, the index is in order from here on
        timed = rank == Rank.TIMED.value
        if turn is None:
            return (timed,)
        return (timed, at <= turn if part is _Part.SOON else at > turn)


@lru_cache
def _order(table: Table, part: _Part) -> tuple[ColumnElement[Any], ...]:
    newest = (table.c.year.desc(), table.c.number.desc())
    return newest if part in {_Part.UNTIMED, _Part.QUIET} else (table.c.presses_at, *newest)


def _past(table: Table, after: RegisterRow) -> ColumnElement[bool]:
    """Return what stands in the same stretch as a line, past it."""
    year, number, at = table.c.year, table.c.number, table.c.presses_at
    older = (year < after.year) | ((year == after.year) & (number < after.number))
    if after.presses_at is None:
        return older
    there = after.presses_at
    return (at >= there) & ((at > there) | older)
