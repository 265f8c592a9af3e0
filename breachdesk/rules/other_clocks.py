"""The clocks beside the GDPR's: other laws, contracts and insurance, and controllers we serve.

Each has its own start, its own recipient and its own basis. Hours are elapsed hours in UTC; months
are calendar months where the undertaking is. None of them moves or stops another.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from breachdesk.message import Message, say
from breachdesk.rules.clock import RUNNING, WorkingStep
from breachdesk.rules.questionnaire import Answers, AnswerValue, Condition
from breachdesk.rules.regime import Limit, ParallelDuty, Regime, ReportStep
from breachdesk.terms import ClockState, Owed, Words

DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A clock that a contract sets: an insurer's, a customer's, a controller's we serve."""

    id: str
    title: Words
    step: Words
    to: str
    hours: int | None
    start: str
    """``aware`` or ``detected``."""
    is_met: bool
    met_at: datetime | None
    cites: tuple[str, ...]


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


def applies(duty: ParallelDuty, answers: Answers) -> tuple[Owed, tuple[str, ...]]:
    """Return whether a duty applies to us, and the open questions that would settle it."""
    read = [_read(condition, answers) for condition in duty.applies_if]
    if any(owed is Owed.YES for owed, _ in read):
        return Owed.YES, ()
    if all(owed is Owed.NO for owed, _ in read):
        return Owed.NO, ()
    return Owed.UNDETERMINED, tuple(dict.fromkeys(name for _, names in read for name in names))


def _read(condition: Condition, answers: Answers) -> tuple[Owed, tuple[str, ...]]:
    """Return whether a condition holds; an answer that rules it out comes before open ones."""
    given = {name: answers.get(name) for name in condition}
    if any(value is not None and not _meets(value, condition[k]) for k, value in given.items()):
        return Owed.NO, ()
    still_open = tuple(name for name, value in given.items() if value is None)
    return (Owed.UNDETERMINED, still_open) if still_open else (Owed.YES, ())


def _meets(value: AnswerValue, wanted: tuple[str, ...]) -> bool:
    if isinstance(value, tuple | list):
        return any(one in wanted for one in value)
    if isinstance(value, bool):
        return ("true" if value else "false") in wanted
    return str(value) in wanted


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
    for step in duty.steps:
        if step.only_if and _read(step.only_if, answers)[0] is Owed.NO:
            continue
        clock = _step_clock(duty, step, regime, answers, moments, previous)
        yield replace(clock, applies=owed, settles=settles)
        previous = clock.met_at or clock.deadline


def _step_clock(
    duty: ParallelDuty,
    step: ReportStep,
    regime: Regime,
    answers: Answers,
    moments: Moments,
    previous: datetime | None,
) -> OtherClock:
    starts = {one: _start(one, answers, moments, previous) for one in step.limits}
    ends = {one: _end(one, begun, regime) for one, begun in starts.items() if begun}
    deadline = min(ends.values(), default=None)
    worst = min(
        (
            _end(one, moments.of("detected") or moments.logged, regime)
            for one in step.limits
            if one.start == "aware"
        ),
        default=None,
    )
    started = next((starts[one] for one, end in ends.items() if end == deadline), moments.aware)
    done = answers.get(step.told_at)
    return _clock(
        _Set(
            id=f"{duty.id}.{step.id}",
            title=duty.title,
            step=step.words,
            to=duty.to,
            is_law=duty.is_law,
            started=started,
            deadline=deadline,
            worst=worst,
            met=done is True or isinstance(done, str),
            met_at=_moment(done),
            working=tuple(_working(step, starts, ends, deadline)),
            cites=duty.cites,
            note=duty.note,
            reviewed_on=duty.reviewed_on,
        ),
        moments.now,
    )


def read_terms_clock(terms: Terms, moments: Moments) -> OtherClock:
    """Return the clock of a contract, an insurance or a controller we serve."""
    started = moments.of(terms.start)
    span = None if terms.hours is None else timedelta(hours=terms.hours)
    deadline = started + span if started and span is not None else None
    sign = moments.of("detected") or moments.logged
    working = [_began(terms.start, started)]
    if terms.hours is not None:
        text = say("The contract gives {hours} hours.", hours=terms.hours)
        working.append(WorkingStep(text=text, value=str(terms.hours)))
    if deadline:
        working.append(_ends(deadline))
    to = Words(terms.to, terms.to, terms.to)
    return _clock(
        _Set(
            id=terms.id,
            title=terms.title,
            step=terms.step,
            to=to,
            is_law=False,
            started=started,
            deadline=deadline,
            worst=sign + span if span is not None and terms.start == "aware" else None,
            met=terms.is_met,
            met_at=terms.met_at,
            working=tuple(working),
            cites=terms.cites,
        ),
        moments.now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """A clock worked out, before it is read at a moment."""

    id: str
    title: Words
    step: Words
    to: Words
    is_law: bool
    started: datetime | None
    deadline: datetime | None
    worst: datetime | None
    met: bool
    met_at: datetime | None
    working: tuple[WorkingStep, ...]
    cites: tuple[str, ...]
    note: Words | None = None
    reviewed_on: date | None = None


DUE_SOON = timedelta(hours=24)
"""From how long before its end a clock presses; a quarter of its time where that is shorter."""


def _clock(one: _Set, now: datetime) -> OtherClock:
    state = _state(one, now)
    runs = state in RUNNING
    began = one.started
    return OtherClock(
        id=one.id,
        title=one.title,
        step=one.step,
        to=one.to,
        applies=Owed.YES,
        is_law=one.is_law,
        state=state,
        started_at=began,
        deadline=one.deadline,
        worst_case_deadline=one.worst if one.worst != one.deadline else None,
        elapsed=None if began is None else max((one.met_at or now) - began, timedelta()),
        remaining=one.deadline - now if one.deadline and runs else None,
        met_at=one.met_at,
        working=(
            *one.working,
            WorkingStep(text=say("The clock stands at: {state}.", state=state), value=state.value),
        ),
        cites=one.cites,
        note=one.note,
        reviewed_on=one.reviewed_on,
    )


def _state(one: _Set, now: datetime) -> ClockState:
    if one.met:
        late = one.met_at and one.deadline and one.met_at > one.deadline
        return ClockState.MET_LATE if late else ClockState.MET
    if one.started is None:
        return ClockState.NOT_STARTED
    if one.deadline is None:
        return ClockState.RUNNING
    if now > one.deadline:
        return ClockState.OVERDUE
    soon = min(DUE_SOON, (one.deadline - one.started) / 4)
    return ClockState.DUE_SOON if now >= one.deadline - soon else ClockState.RUNNING


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
    if limit.hours is not None:
        return begun + timedelta(hours=limit.hours)
    return _months_on(begun.astimezone(ZoneInfo(regime.zone)), limit.months or 0).astimezone(UTC)


def _months_on(local: datetime, months: int) -> datetime:
    """Return the same day some months on, or the last day of a shorter month."""
    years, month = divmod(local.month - 1 + months, DECEMBER)
    year, month = local.year + years, month + 1
    return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))


def _working(
    step: ReportStep,
    starts: Mapping[Limit, datetime | None],
    ends: Mapping[Limit, datetime],
    deadline: datetime | None,
) -> Iterator[WorkingStep]:
    if not step.limits:
        text = say("No number of hours is set: at once, or without undue delay.")
        yield WorkingStep(text=text, value="")
    for limit, begun in starts.items():
        yield _began(limit.start, begun)
        if limit in ends:
            value = ends[limit].isoformat(timespec="seconds")
            yield WorkingStep(text=_ending(limit, ends[limit]), value=value)
    if len(ends) > 1 and deadline:
        text = say("The earliest counts: {moment}.", moment=deadline)
        yield WorkingStep(text=text, value=deadline.isoformat(timespec="seconds"))


def _ending(limit: Limit, end: datetime) -> Message:
    if limit.hours is not None:
        return say("{hours} hours from there end {moment}.", hours=limit.hours, moment=end)
    if limit.months == 1:
        return say("A calendar month from there ends {moment}.", moment=end)
    return say("{months} calendar months from there end {moment}.", months=limit.months, moment=end)


def _began(event: str, begun: datetime | None) -> WorkingStep:
    if begun is None:
        return WorkingStep(text=_not_begun(event), value="")
    return WorkingStep(text=_begun(event, begun), value=begun.isoformat(timespec="seconds"))


def _begun(event: str, begun: datetime) -> Message:
    if event == "aware":
        return say("We became aware {moment}.", moment=begun)
    if event == "detected":
        return say("The first sign on record is {moment}.", moment=begun)
    if event == "previous":
        return say("The step before was done, or fell due, {moment}.", moment=begun)
    return say("The event it is counted from was {moment}.", moment=begun)


def _not_begun(event: str) -> Message:
    if event == "aware":
        return say("Awareness is not settled yet, so the clock has not started.")
    if event == "previous":
        return say("The step before has no time yet.")
    return say("The event it is also counted from has no time yet.")


def _ends(deadline: datetime) -> WorkingStep:
    return WorkingStep(
        text=say("Counted hour by hour, that ends {moment}.", moment=deadline),
        value=deadline.isoformat(timespec="seconds"),
    )
