"""The clocks of other laws beside the GDPR's, as far as the screening says that they apply.

Hours are elapsed hours in UTC; months are calendar months where the undertaking is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from breachdesk.message import Message, say
from breachdesk.rules.beside import Counted, Moments, OtherClock, began, clock_of
from breachdesk.rules.questionnaire import Answers, AnswerValue
from breachdesk.rules.regime import Limit, ParallelDuty, Regime, ReportStep
from breachdesk.rules.screening import applies, holds
from breachdesk.rules.working import WorkingStep, after, step
from breachdesk.terms import Owed


def read_parallel_clocks(
    regime: Regime, answers: Answers, moments: Moments
) -> tuple[OtherClock, ...]:
    """Return a clock for every report that other laws ask for, as far as the screening says so.

    What was ruled out, or never touched by the screening, has none.
    """
    return tuple(
        clock for duty in regime.parallel for clock in _clocks(duty, regime, answers, moments)
    )


def _clocks(
    duty: ParallelDuty, regime: Regime, answers: Answers, moments: Moments
) -> Iterator[OtherClock]:
    owed, settles = applies(duty, answers)
    untouched = all(answers.get(next(iter(one))) is None for one in duty.applies_if)
    if owed is Owed.NO or untouched:
        return
    previous: datetime | None = None
    for report in duty.steps:
        if report.only_if and holds(report.only_if, answers)[0] is Owed.NO:
            continue
        clock = _step_clock(duty, report, regime, answers, moments, previous)
        yield replace(clock, applies=owed, settles=settles)
        previous = clock.met_at or clock.deadline


def _step_clock(
    duty: ParallelDuty,
    report: ReportStep,
    regime: Regime,
    answers: Answers,
    moments: Moments,
    previous: datetime | None,
) -> OtherClock:
    starts = {one: _start(one, answers, moments, previous) for one in report.limits}
    ends = {one: _end(one, begun, regime) for one, begun in starts.items() if begun}
    deadline = min(ends.values(), default=None)
    worst = min(
        (
            _end(one, moments.of("detected") or moments.logged, regime)
            for one in report.limits
            if one.start == "aware"
        ),
        default=None,
    )
    started = next((starts[one] for one, end in ends.items() if end == deadline), moments.aware)
    done = answers.get(report.told_at)
    counted = Counted(
        id=f"{duty.id}.{report.id}",
        title=duty.title,
        step=report.words,
        to=duty.to,
        is_law=duty.is_law,
        started=started,
        deadline=deadline,
        worst=worst,
        is_met=done is True or isinstance(done, str),
        met_at=_moment(done),
        working=tuple(_working(report, starts, ends, deadline)),
        cites=duty.cites,
        note=duty.note,
        reviewed_on=duty.reviewed_on,
    )
    return clock_of(counted, moments.now)


def _start(
    limit: Limit, answers: Answers, moments: Moments, previous: datetime | None
) -> datetime | None:
    if limit.start == "previous":
        return previous
    if limit.start in ("aware", "detected"):
        return moments.of(limit.start)
    return _moment(answers.get(limit.start))


def _moment(value: AnswerValue) -> datetime | None:
    return datetime.fromisoformat(value).astimezone(UTC) if isinstance(value, str) else None


def _end(limit: Limit, begun: datetime, regime: Regime) -> datetime:
    """Return when a limit ends: elapsed hours, or the same day some months on where we are."""
    if (counted := after(begun, limit.hours)) is not None:
        return counted
    local = begun.astimezone(ZoneInfo(regime.zone))
    return (local + relativedelta(months=limit.months or 0)).astimezone(UTC)


def _working(
    report: ReportStep,
    starts: Mapping[Limit, datetime | None],
    ends: Mapping[Limit, datetime],
    deadline: datetime | None,
) -> Iterator[WorkingStep]:
    if not report.limits:
        text = say("No number of hours is set: at once, or without undue delay.")
        yield step(text, "")
    for limit, begun in starts.items():
        yield began(limit.start, begun)
        if limit in ends:
            yield step(_ending(limit, ends[limit]), ends[limit])
    if len(ends) > 1 and deadline:
        yield step(say("The earliest counts: {moment}.", moment=deadline), deadline)


def _ending(limit: Limit, end: datetime) -> Message:
    if limit.hours is not None:
        return say("{hours} hours from there end {moment}.", hours=limit.hours, moment=end)
    if limit.months == 1:
        return say("A calendar month from there ends {moment}.", moment=end)
    return say("{months} calendar months from there end {moment}.", months=limit.months, moment=end)
