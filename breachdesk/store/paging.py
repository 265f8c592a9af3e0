"""Pages of the register in its order, read from an index: a page costs the same among many cases.

The order is four stretches, one after the other, each of which an index gives in its order
(`RegisterRow.rank`): cases with a running duty that has hours, by when it falls due; at a moment
among them that is handed in, those that run only duties without hours; then all others. Of two that
stand alike the newer reference comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Row, Table, bindparam
from sqlalchemy.sql.elements import ColumnElement

from breachdesk.records import RegisterRow
from breachdesk.records.register import Rank

_PASSED = ("past_at", "past_year", "past_number")
"""Where the place of the last line of the page before is bound."""
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
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

    def stretches(self, table: Table) -> tuple[Stretch, ...]:
        """Return what comes after the page before, in order; the same objects each time."""
        if self.after is None:
            return _stretches(table, _Part.SOON, None, has_turn=self.untimed_at is not None)
        is_timed = self.after.presses_at is not None
        begun = self._part(self.after)
        return _stretches(table, begun, is_timed, has_turn=self.untimed_at is not None)

    def values(self) -> dict[str, object]:
        """Return what is bound where the stretches leave it open."""
        after = self.after
        passed = () if after is None else (after.presses_at, after.year, after.number)
        return {"turn": self.untimed_at, **dict(zip(_PASSED, passed, strict=False))}

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


@lru_cache
def _stretches(
    table: Table,
    begun: _Part,
    past: bool | None,  # noqa: FBT001 - part of a key, given by `Page` alone
    *,
    has_turn: bool,
) -> tuple[Stretch, ...]:
    """Return the stretches from one on; of that one only what is past a line, if there is one.

    Args:
        table: the register.
        begun: the first of them.
        past: has the line before a time? None: there is none.
        has_turn: do the untimed stand at a moment among the timed?
    """
    found = []
    for part in _Part:
        which = _which(table, part, has_turn=has_turn)
        if past is not None and part == begun:
            which = (*which, _past(table, is_timed=past))
        if part >= begun and (part is not _Part.LATER or has_turn):
            found.append(Stretch(which, _order(table, part)))
    return tuple(found)


def _which(table: Table, part: _Part, *, has_turn: bool) -> tuple[ColumnElement[bool], ...]:
    rank, at = table.c.rank, table.c.presses_at
    turn: BindParameter[datetime] = bindparam("turn")
    if part in {_Part.UNTIMED, _Part.QUIET}:
        mine = Rank.UNTIMED if part is _Part.UNTIMED else Rank.QUIET
        return (rank == mine.value, at.is_(None))  # said, the index is in order from here on
    timed = rank == Rank.TIMED.value
    if not has_turn:
        return (timed,)
    return (timed, at <= turn if part is _Part.SOON else at > turn)


def _order(table: Table, part: _Part) -> tuple[ColumnElement[Any], ...]:
    newest = (table.c.year.desc(), table.c.number.desc())
    return newest if part in {_Part.UNTIMED, _Part.QUIET} else (table.c.presses_at, *newest)


def _past(table: Table, *, is_timed: bool) -> ColumnElement[bool]:
    """Return what stands in the same stretch as a line, past it."""
    year, number, at = table.c.year, table.c.number, table.c.presses_at
    bound: tuple[BindParameter[Any], ...] = tuple(bindparam(name) for name in _PASSED)
    past_at, past_year, past_number = bound
    older = (year < past_year) | ((year == past_year) & (number < past_number))
    return (at >= past_at) & ((at > past_at) | older) if is_timed else older
