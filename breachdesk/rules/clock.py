"""The 72-hour clock. Art. 33(1) GDPR: not later than 72 hours after having become aware.

Hours are elapsed hours, added in UTC; nothing pauses or rolls them (nights, weekends, holidays,
summer time). Only a recorded sending stops the clock, and only a decision makes it not owed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from breachdesk.errors import RuleError
from breachdesk.message import Message, say
from breachdesk.rules.regime import ClockRule, Regime
from breachdesk.rules.working import (
    RUNNING,
    WorkingStep,
    after,
    aware_step,
    end_step,
    met,
    standing_step,
    state_of,
    step,
)
from breachdesk.rules.working_time import calendar_warnings, holidays
from breachdesk.terms import ClockState, Duty, Words

__all__ = ["RUNNING", "ClockReading", "WorkingStep", "holidays", "read_clock"]

AN_HOUR = timedelta(hours=1)


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
    """Counted from the first sign, in UTC, never later than the deadline; None for duties without
    hours."""
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
        return self.state in RUNNING


def read_clock(
    rule: ClockRule,
    *,
    regime: Regime,
    became_aware_at: datetime | None,
    first_sign_at: datetime | None,
    logged_at: datetime,
    now: datetime,
    sent_at: datetime | None,
    not_owed: bool,
) -> ClockReading:
    """Read one duty's clock. Art. 33(1) GDPR: 72 hours after having become aware.

    Args:
        rule: Hours allowed and when they run short; no hours means "without undue delay".
        regime: Its calendar gives warnings; it never moves a deadline.
        became_aware_at: Awareness; None while not sure yet, and then nothing has started.
        first_sign_at: The earliest moment somebody saw something; the worst case counts from it.
        logged_at: When the case was logged; the worst case counts from it, failing all else.
        now: The moment of reading.
        sent_at: When the first standing sending went out; compared with the deadline in force.
        not_owed: A named person decided that the duty is not owed.

    Returns: The reading, all its times in UTC and whole seconds.

    Raises:
        RuleError: A time came without an offset.
    """
    start, sign, sent = _maybe_utc(became_aware_at), _maybe_utc(first_sign_at), _maybe_utc(sent_at)
    at = _utc(now)
    counted_from = min((one for one in (start, sign) if one), default=_utc(logged_at))
    deadline, worst = after(start, rule.hours), after(counted_from, rule.hours)
    state = _state(
        start=start,
        deadline=deadline,
        due_soon=timedelta(hours=rule.due_soon_hours),
        now=at,
        sent=sent,
        not_owed=not_owed,
    )
    runs, ends = state in RUNNING, deadline or worst
    return ClockReading(
        duty=rule.duty,
        regime=regime.id,
        to=rule.to,
        state=state,
        started_at=start,
        deadline=deadline,
        worst_case_deadline=worst,
        elapsed=None if start is None else max((sent or at) - start, timedelta()),
        remaining=deadline - at if deadline and runs else None,
        met_at=sent,
        working=(
            *_start_steps(start, deadline, rule, regime),
            *_worst_case_steps(worst, rule, start=start, sign=sign, counted_from=counted_from),
            *_end_steps(state, sent),
        ),
        warnings=calendar_warnings(ends, regime) if runs and ends else (),
        cites=rule.cites,
    )


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise RuleError(say("A time without an offset cannot be counted from."))
    return moment.astimezone(UTC).replace(microsecond=0)


def _maybe_utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else _utc(moment)


def _state(
    *,
    start: datetime | None,
    deadline: datetime | None,
    due_soon: timedelta,
    now: datetime,
    sent: datetime | None,
    not_owed: bool,
) -> ClockState:
    """Return the state: a sending that stands comes first, then a decision, then the hours."""
    if sent is not None:
        return met(sent, deadline)
    if not_owed:
        return ClockState.NOT_OWED
    return state_of(start=start, deadline=deadline, due_soon=due_soon, now=now)


def _start_steps(
    start: datetime | None, deadline: datetime | None, rule: ClockRule, regime: Regime
) -> tuple[WorkingStep, ...]:
    """Return how the deadline follows from awareness: Art. 33(1), or "without undue delay"."""
    aware = aware_step(start)
    if start is None:
        return (aware,)
    if deadline is None or rule.hours is None:
        return (
            aware,
            step(
                say("The law sets no number of hours: without undue delay. Elapsed time counts."),
                "",
            ),
        )
    return (
        aware,
        step(
            say(
                "{hours} elapsed hours may pass; nights, weekends and holidays count in full.",
                hours=rule.hours,
            ),
            str(rule.hours),
        ),
        end_step(deadline),
        *_summer_time_steps(start, deadline, regime),
        *_whole_hour_steps(start, rule.hours, regime),
    )


def _summer_time_steps(
    start: datetime, deadline: datetime, regime: Regime
) -> tuple[WorkingStep, ...]:
    zone = ZoneInfo(regime.zone)
    at_start, at_end = (one.astimezone(zone).utcoffset() for one in (start, deadline))
    if at_start == at_end:
        return ()
    return (
        step(
            say(
                "The clocks are changed in between: {hours} hours pass all the same, so the time "
                "of day differs.",
                hours=int((deadline - start) / AN_HOUR),
            ),
            deadline,
        ),
    )


def _whole_hour_steps(start: datetime, hours: int, regime: Regime) -> tuple[WorkingStep, ...]:
    """Return, as information only, the end by whole hours: Art. 3(1) of Regulation 1182/71.

    The hour in which the event falls is not counted. Whether it applies in Norway is not settled.
    """
    local = start.astimezone(ZoneInfo(regime.zone))
    into_the_hour = timedelta(minutes=local.minute, seconds=local.second)
    ends = start - into_the_hour + AN_HOUR + timedelta(hours=hours)
    return (
        step(
            say(
                "For information: by the whole-hour counting of Regulation 1182/71 it would end "
                "{moment}. Do not plan by it.",
                moment=ends,
            ),
            ends,
        ),
    )


def _worst_case_steps(
    worst: datetime | None,
    rule: ClockRule,
    *,
    start: datetime | None,
    sign: datetime | None,
    counted_from: datetime,
) -> tuple[WorkingStep, ...]:
    """Return how the worst-case line was counted, where it says more than the deadline."""
    if worst is None or counted_from == start:
        return ()
    if sign is None:
        text = say(
            "No first sign is on record: the worst case counts from when it was logged, {logged}, "
            "and ends {moment}.",
            logged=counted_from,
            moment=worst,
        )
    else:
        text = say(
            "Worst case: {hours} hours from the first sign {sign} ends {moment}.",
            hours=rule.hours,
            sign=counted_from,
            moment=worst,
        )
    return (step(text, worst),)


def _end_steps(state: ClockState, sent: datetime | None) -> tuple[WorkingStep, ...]:
    """Return what stopped the clock, if anything did, and where it stands."""
    stopped: tuple[WorkingStep, ...] = ()
    if sent is not None:
        stopped = (step(say("A sending is on record {moment}.", moment=sent), sent),)
    elif state == ClockState.NOT_OWED:
        stopped = (step(say("Not owed: so decided, or not ours in our role."), ""),)
    return (*stopped, standing_step(state))
