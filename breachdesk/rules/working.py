"""How a clock is worked out: what every clock shares, the law's and those beside it.

Hours are elapsed hours, added in UTC. Each step is a sentence and the value it gives.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from breachdesk.message import Message, say
from breachdesk.terms import ClockState

RUNNING = frozenset(
    {ClockState.NOT_STARTED, ClockState.RUNNING, ClockState.DUE_SOON, ClockState.OVERDUE}
)
"""The states in which the duty is still to be met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingStep:
    """One line of how a clock was worked out: a sentence and the time or hours it gives."""

    text: Message
    value: str
    """ISO time in UTC, a number of hours, or a name of a state."""


def after(start: datetime | None, hours: int | None) -> datetime | None:
    """Return the moment so many elapsed hours after `start`, which is in UTC."""
    return None if start is None or hours is None else start + timedelta(hours=hours)


def state_of(
    *, start: datetime | None, deadline: datetime | None, due_soon: timedelta, now: datetime
) -> ClockState:
    """Return where a clock stands that nothing has stopped.

    Args:
        start: When it began; None: not yet.
        deadline: When it ends; None where no hours are set.
        due_soon: How long before its end it presses.
        now: The moment of reading, in UTC like the others.
    """
    if start is None:
        return ClockState.NOT_STARTED
    if deadline is None:
        return ClockState.RUNNING
    if now > deadline:
        return ClockState.OVERDUE
    return ClockState.DUE_SOON if now >= deadline - due_soon else ClockState.RUNNING


def met(sent: datetime | None, deadline: datetime | None) -> ClockState:
    """Return how a duty was met; without a time, or a deadline, it was met in time."""
    late = sent is not None and deadline is not None and sent > deadline
    return ClockState.MET_LATE if late else ClockState.MET


def step(text: Message, value: datetime | str) -> WorkingStep:
    """Return a step; a time is given in ISO, in UTC."""
    return WorkingStep(
        text=text,
        value=value if isinstance(value, str) else value.isoformat(timespec="seconds"),
    )


def aware_step(start: datetime | None) -> WorkingStep:
    """Return when we became aware, or that it is not settled."""
    if start is None:
        return step(say("Awareness is not settled yet, so the clock has not started."), "")
    return step(say("We became aware {moment}.", moment=start), start)


def end_step(deadline: datetime) -> WorkingStep:
    """Return when the counted hours end."""
    return step(say("Counted hour by hour, that ends {moment}.", moment=deadline), deadline)


def standing_step(state: ClockState) -> WorkingStep:
    """Return where the clock stands; the last step of every working."""
    return step(say("The clock stands at: {state}.", state=state), state.value)
