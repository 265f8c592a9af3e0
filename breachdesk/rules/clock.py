"""The 72-hour clock. Art. 33(1) GDPR: not later than 72 hours after having become aware.

Hours are elapsed hours, added in UTC; nothing pauses or rolls them (nights, weekends, holidays,
summer time). Only a recorded sending stops the clock, and only a decision makes it not owed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from breachdesk.message import Message
from breachdesk.terms import ClockState, Duty, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingStep:
    """One line of how a clock was worked out: a sentence and the time or hours it gives."""

    text: Message
    value: str
    """ISO time in UTC, a number of hours, or a name of a state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """Where one duty's clock stands at one moment."""

    duty: Duty
    regime: str
    to: Words
    state: ClockState
    started_at: datetime | None
    """Awareness, in UTC; None while not sure yet."""
    deadline: datetime | None
    """In UTC; None without hours or without awareness."""
    worst_case_deadline: datetime | None
    """Counted from the first sign, in UTC; None for duties without hours."""
    elapsed: timedelta | None
    """Since the start, until now or until the sending that met it."""
    remaining: timedelta | None
    """Until the deadline; negative when late; None without a deadline or once met."""
    met_at: datetime | None
    working: tuple[WorkingStep, ...]
    warnings: tuple[Message, ...] = ()
    """Such as: it ends on a Sunday; it ends on Christmas Day."""
    cites: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Is the duty still to be met?"""
        return self.state in {
            ClockState.NOT_STARTED, ClockState.RUNNING, ClockState.DUE_SOON, ClockState.OVERDUE
        }  # fmt: skip
