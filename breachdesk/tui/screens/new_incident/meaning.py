"""What it means when we became aware then: the clock, before anything is logged."""

from datetime import datetime

from breachdesk.message import Message, say
from breachdesk.rules.clock import ClockReading, read_clock
from breachdesk.rules.regime import Regime
from breachdesk.terms import ClockState, Duty, Role


def meaning(
    regime: Regime,
    *,
    aware: datetime | None,
    first_sign: datetime | None,
    is_unsure: bool,
    role: Role | None,
    now: datetime,
) -> Message | None:
    """Return one sentence on what is owed by when; None while nothing is said about awareness.

    Args:
        regime: The rules in force.
        aware: When we became aware, as read.
        first_sign: When somebody first saw something, if that is known.
        is_unsure: "Not sure yet" is ticked.
        role: Our role, if chosen.
        now: This moment.
    """
    if aware is None and not is_unsure:
        return None
    if role == Role.PROCESSOR:
        return say("What this means: as processor, tell the controller without undue delay.")
    known = None if is_unsure else aware
    return _of(_reading(regime, known, first_sign, now), is_unsure=is_unsure)


def _of(clock: ClockReading, *, is_unsure: bool) -> Message:
    if is_unsure:
        return say(
            "What this means: the clock waits until awareness is settled; counted from the first "
            "sign it would end {when}.",
            when=clock.worst_case_deadline,
        )
    if clock.state == ClockState.OVERDUE:
        return say(
            "What this means: the time to notify {to} ended {when}. If it is a risk, notify now "
            "and give the reasons for the delay.",
            to=clock.to,
            when=clock.deadline,
        )
    return say(
        "What this means: notify {to}, if it is a risk, by {when}.",
        to=clock.to,
        when=clock.deadline,
    )


def _reading(
    regime: Regime, aware: datetime | None, first_sign: datetime | None, now: datetime
) -> ClockReading:
    return read_clock(
        regime.clocks[Duty.NOTIFY_AUTHORITY],
        regime=regime,
        became_aware_at=aware,
        first_sign_at=first_sign,
        logged_at=now,
        now=now,
        sent_at=None,
        not_owed=False,
    )
