"""What the clocks beside the GDPR's share: other laws', contracts', controllers' we serve.

Each has its own start, its own recipient and its own basis. None of them moves or stops another.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from breachdesk.message import Message, say
from breachdesk.rules.working import (
    RUNNING,
    WorkingStep,
    aware_step,
    met,
    standing_step,
    state_of,
    step,
)
from breachdesk.terms import ClockState, Owed, Words

DUE_SOON = timedelta(hours=24)
"""From how long before its end a clock presses; a quarter of its time where that is shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherClock:
    """Where one clock beside the GDPR's stands at one moment; all times in UTC."""

    id: str
    title: Words
    step: Words
    to: Words
    applies: Owed
    """Undetermined while a screening question that bears on it is open."""
    is_law: bool
    state: ClockState
    started_at: datetime | None
    deadline: datetime | None
    worst_case_deadline: datetime | None
    """Of what is counted from awareness: counted from the first sign instead."""
    elapsed: timedelta | None
    remaining: timedelta | None
    met_at: datetime | None
    working: tuple[WorkingStep, ...]
    cites: tuple[str, ...]
    settles: tuple[str, ...] = ()
    """The open screening questions."""
    note: Words | None = None
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """The times that clocks start from, and now; all in UTC."""

    aware: datetime | None
    detected: datetime | None
    logged: datetime
    now: datetime

    def of(self, event: str) -> datetime | None:
        """Return when an event was; a first sign that nobody gave is when it was logged."""
        if event == "detected":
            return min((one for one in (self.detected, self.aware) if one), default=self.logged)
        return self.aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A clock worked out, before it is read at a moment."""

    id: str
    title: Words
    step: Words
    to: Words
    is_law: bool
    started: datetime | None
    deadline: datetime | None
    worst: datetime | None
    is_met: bool
    met_at: datetime | None
    working: tuple[WorkingStep, ...]
    cites: tuple[str, ...]
    note: Words | None = None
    reviewed_on: date | None = None


def clock_of(one: Counted, now: datetime) -> OtherClock:
    """Return the clock as it stands at a moment."""
    state, start = _state(one, now), one.started
    return OtherClock(
        id=one.id,
        title=one.title,
        step=one.step,
        to=one.to,
        applies=Owed.YES,
        is_law=one.is_law,
        state=state,
        started_at=start,
        deadline=one.deadline,
        worst_case_deadline=one.worst if one.worst != one.deadline else None,
        elapsed=None if start is None else max((one.met_at or now) - start, timedelta()),
        remaining=one.deadline - now if one.deadline and state in RUNNING else None,
        met_at=one.met_at,
        working=(*one.working, standing_step(state)),
        cites=one.cites,
        note=one.note,
        reviewed_on=one.reviewed_on,
    )


def _state(one: Counted, now: datetime) -> ClockState:
    if one.is_met:
        return met(one.met_at, one.deadline)
    soon = DUE_SOON
    if one.started and one.deadline:
        soon = min(soon, (one.deadline - one.started) / 4)
    return state_of(start=one.started, deadline=one.deadline, due_soon=soon, now=now)


def began(event: str, begun: datetime | None) -> WorkingStep:
    """Return the event a clock is counted from, and when it was."""
    if event == "aware":
        return aware_step(begun)
    return step(_not_begun(event), "") if begun is None else step(_begun(event, begun), begun)


def _begun(event: str, begun: datetime) -> Message:
    if event == "detected":
        return say("The first sign on record is {moment}.", moment=begun)
    if event == "previous":
        return say("The step before was done, or fell due, {moment}.", moment=begun)
    return say("The event it is counted from was {moment}.", moment=begun)


def _not_begun(event: str) -> Message:
    if event == "previous":
        return say("The step before has no time yet.")
    return say("The event it is also counted from has no time yet.")
