"""Pages of the register in its order, read from an index: a page costs the same among many cases.

The order: cases with a running duty that has hours, by when it falls due; among them, at a place
that is handed in, those that run only duties without hours; then all others, the newest first.
Each of the three is one stretch of an index (`RegisterRow.rank`), and a page is merged from the
first rows of each.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from sqlalchemy import Row, Select, Table, true
from sqlalchemy.sql.elements import ColumnElement

from breachdesk.records import RegisterRow
from breachdesk.records.register import Rank

Read = Callable[[Select[Any]], Iterable[RegisterRow]]
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which part of the register's order is wanted."""

    limit: int | None
    """How many lines at most."""
    after: RegisterRow | None
    """The last line of the page before."""
    untimed_at: datetime | None
    """Where among the timed cases the untimed stand, aware; None: among the quiet ones."""

    def lines(self, table: Table, chosen: Select[Any], read: Read) -> Iterator[RegisterRow]:
        """Yield the page's lines.

        Args:
            table: the register's.
            chosen: all the lines that are wanted, in no order.
            read: runs a select.
        """
        among = (Rank.TIMED, Rank.UNTIMED), (Rank.QUIET,)
        apart = (Rank.TIMED,), (Rank.UNTIMED, Rank.QUIET)
        parts = (
            self._merged([self._stretch(table, chosen, rank) for rank in ranks], read)
            for ranks in (apart if self.untimed_at is None else among)
        )  # a later part is read only when the page has room for it
        return islice(chain.from_iterable(parts), self.limit)

    def of_few(
        self, table: Table, chosen: Select[Any], read: Callable[[Select[Any]], Iterable[Row[Any]]]
    ) -> list[int]:
        """Return the `seq` of the page's lines, in order, where only few lines are chosen.

        All of them are looked at, and sorted here: walking the index of all lines for the few
        would cost more, the more cases there are.
        """
        order = (table.c.rank, table.c.presses_at, table.c.year, table.c.number)
        found = sorted(read(chosen.with_only_columns(table.c.seq, *order)), key=self._place)
        if self.after is not None:
            past = self._place(self.after)
            found = [one for one in found if self._place(one) > past]
        return [one.seq for one in found[: self.limit]]

    def _merged(self, stretches: list[Select[Any] | None], read: Read) -> Iterator[RegisterRow]:
        streams = [read(one) for one in stretches if one is not None]
        return heapq.merge(*streams, key=self._place)

    def _stretch(self, table: Table, chosen: Select[Any], rank: Rank) -> Select[Any] | None:
        """Return what is wanted of one rank, in order; None when the page before went past it."""
        mine = chosen.where(table.c.rank == rank.value)
        if self.after is not None:
            there = self._moment(Rank(self.after.rank), self.after.presses_at)
            later = _later(table, there, self.after)
            if rank != Rank.TIMED:
                here = self._moment(rank, None)
                if here < there:
                    return None
                later = _older(table, self.after) if here == there else true()
            mine = mine.where(later)
        if rank == Rank.TIMED:
            mine = mine.order_by(table.c.presses_at)
        else:  # so that the index gives its order from here on
            mine = mine.where(table.c.presses_at.is_(None))
        return mine.order_by(table.c.year.desc(), table.c.number.desc()).limit(self.limit)

    def _place(self, line: RegisterRow | Row[Any]) -> tuple[datetime, int, int]:
        return (self._moment(Rank(line.rank), line.presses_at), -line.year, -line.number)

    def _moment(self, rank: Rank, presses_at: datetime | None) -> datetime:
        """Return the moment a line is sorted by."""
        moments = {Rank.TIMED: presses_at, Rank.UNTIMED: self.untimed_at, Rank.QUIET: None}
        return moments[rank] or _NEVER


def _later(table: Table, there: datetime, after: RegisterRow) -> ColumnElement[bool]:
    at = table.c.presses_at
    return (at >= there) & ((at > there) | _older(table, after))


def _older(table: Table, after: RegisterRow) -> ColumnElement[bool]:
    year, number = table.c.year, table.c.number
    return (year < after.year) | ((year == after.year) & (number < after.number))
