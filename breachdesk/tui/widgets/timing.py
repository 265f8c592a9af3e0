"""One duty's clock as it is shown: the state at this second, its sign, and how long in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.regime import ClockRule
from breachdesk.terms import ClockState

if TYPE_CHECKING:
    from breachdesk.register import DueLine, RegisterLine

SIGNS = {
    ClockState.NOT_STARTED: "◇",
    ClockState.RUNNING: "●",
    ClockState.DUE_SOON: "▲",
    ClockState.OVERDUE: "✖",
    ClockState.MET: "✔",
    ClockState.MET_LATE: "✔",
    ClockState.NOT_OWED: "◌",
}
"""A sign for each state, all one cell wide."""

MINUTES_UNTIL = timedelta(hours=10)
"""A longer time can do without minutes where there is little room."""
_COUNTED = {ClockState.RUNNING, ClockState.DUE_SOON, ClockState.OVERDUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What a countdown needs to know of a clock; everything else follows from the second it is."""

    state: ClockState
    """As it was read."""
    deadline: datetime | None
    worst_case: datetime | None
    started_at: datetime | None
    met_at: datetime | None
    due_soon: timedelta
    """How long before the deadline it is due soon; from the regime."""

    @classmethod
    def of(cls, reading: ClockReading, rule: ClockRule) -> "Timing":
        """Return the timing of a case's clock, with the rule of its regime."""
        return cls(
            state=reading.state,
            deadline=reading.deadline,
            worst_case=reading.worst_case_deadline,
            started_at=reading.started_at,
            met_at=reading.met_at,
            due_soon=timedelta(hours=rule.due_soon_hours),
        )

    @classmethod
    def of_line(cls, line: "RegisterLine | DueLine", rule: ClockRule) -> "Timing":
        """Return the timing of one line of the register, with the rule of its leading duty."""
        return cls(
            state=line.state,
            deadline=line.deadline,
            worst_case=line.worst_case_deadline,
            started_at=getattr(line, "became_aware_at", None),
            met_at=None,
            due_soon=timedelta(hours=rule.due_soon_hours),
        )

    def state_at(self, now: datetime) -> ClockState:
        """Return the state at this second: a running clock goes on to due soon and overdue."""
        if self.state not in _COUNTED or self.deadline is None:
            return self.state
        if now > self.deadline:
            return ClockState.OVERDUE
        is_soon = self.deadline - now <= self.due_soon
        return ClockState.DUE_SOON if is_soon else ClockState.RUNNING

    def counts_to(self) -> datetime | None:
        """Return the moment it counts down to: the deadline, else the worst case."""
        if self.state == ClockState.NOT_STARTED:
            return self.worst_case
        return self.deadline if self.state in _COUNTED else None


def sign_of(timing: Timing, now: datetime) -> str:
    """Return the sign of the state at this second."""
    return SIGNS[timing.state_at(now)]


def how_long(timing: Timing, speaker: Speaker, now: datetime, *, is_brief: bool = False) -> str:
    """Return how long there is, in words that need no colour: "2 h 14 min left".

    Args:
        timing: The clock.
        speaker: Who says it.
        now: This second.
        is_brief: Leave out the minutes of a long time, where there is little room.
    """
    state, ends = timing.state_at(now), timing.counts_to()
    if ends is None:
        return speaker.say(_standing(timing, state, now))
    left = _cut(ends - now) if is_brief else ends - now
    if state == ClockState.NOT_STARTED:
        return speaker.say(say("at worst {left}", left=speaker.left(left)))
    return speaker.left(left)


def _cut(span: timedelta) -> timedelta:
    """Return a long time without its minutes, never making it longer than it is."""
    if abs(span) < MINUTES_UNTIL:
        return span
    hours = abs(span) // timedelta(hours=1) * timedelta(hours=1)
    return hours if span > timedelta() else -hours


def _standing(timing: Timing, state: ClockState, now: datetime) -> Message:
    """Return how a clock stands that does not count down to a deadline."""
    if state in (ClockState.MET, ClockState.MET_LATE):
        return _met(timing, is_late=state == ClockState.MET_LATE)
    if state == ClockState.NOT_OWED:
        return say("nothing owed")
    if state == ClockState.NOT_STARTED or timing.started_at is None:
        return say("not started")
    return say("running for {span}", span=now - timing.started_at)


def _met(timing: Timing, *, is_late: bool) -> Message:
    if timing.deadline is None or timing.met_at is None:
        return say("met, but late") if is_late else say("met in time")
    span = timing.met_at - timing.deadline
    return say("met, {span} late", span=span) if is_late else say("met, {span} early", span=-span)
