"""Many incidents, frozen: lines of the register, running duties, and how they are sorted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from breachdesk.message import Message, say
from breachdesk.records import RegisterRow
from breachdesk.rules.regime import Regime
from breachdesk.rules.retention import read_retention
from breachdesk.terms import ClockState, DueKind, Duty, RiskLevel, Role, Status, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """Which cases a list shows."""

    open_only: bool = False
    due_within: timedelta | None = None
    search: str = ""
    year: int | None = None
    erasable_only: bool = False
    """Only closed cases that the organisation's own rule lets go by now, and nobody holds."""
    limit: int | None = None
    after: str | None = None
    """Case reference of the last line of the page before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One case in a list."""

    ref: str
    title: str
    role: Role
    status: Status
    is_drill: bool
    became_aware_at: datetime | None
    deadline: datetime | None
    worst_case_deadline: datetime | None
    state: ClockState
    """Of the leading clock, at the moment the list was read."""
    risk: RiskLevel | None
    duties: tuple[Duty, ...]
    """Those whose clocks run."""
    next_step: str
    """Id of the next step."""
    presses_at: datetime | None
    tasks_open: int = 0
    """How many tasks are still to be done."""
    task_due: datetime | None = None
    """When the first of them is due, in UTC."""
    is_task_late: bool = False
    erasable_from: date | None = None
    """The first day it may be erased by our own rule, local; None while that is not known."""
    is_held: bool = False
    """A named person wants it kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One thing that falls due in one case; all times in UTC."""

    ref: str
    title: str
    kind: DueKind
    duty: str
    """A value of `Duty`, or for the other kinds an id such as ``dora.first`` or ``task.3``."""
    what: Message
    deadline: datetime | None
    worst_case_deadline: datetime | None
    remaining: timedelta | None
    """Negative when late; None without a deadline."""
    elapsed: timedelta | None
    state: ClockState
    to: Words | None
    """Who is to be told; None for what we do among ourselves."""
    owner: Words | None = None
    """Who does it, where that is settled."""
    is_certain: bool = True
    """False while a screening question that bears on it is open."""


def line_of(
    row: RegisterRow, *, regime: Regime, now: datetime, retention: str = ""
) -> RegisterLine:
    """Return a row as it stands at `now`; `retention` is the organisation's own rule."""
    closed, zone = row.closed_at, regime.zone
    kept = read_retention(retention, closed_at=closed, now=now, zone=zone) if closed else None
    return RegisterLine(
        ref=row.ref,
        title=row.title,
        role=row.role,
        status=row.status,
        is_drill=row.is_drill,
        became_aware_at=row.became_aware_at,
        deadline=row.deadline,
        worst_case_deadline=row.worst_case_deadline,
        state=state_of(row, regime=regime, now=now),
        risk=row.risk,
        duties=open_duties(row),
        next_step=row.next_step,
        presses_at=row.presses_at,
        tasks_open=row.tasks_open,
        task_due=row.task_due,
        is_task_late=row.task_due is not None and row.task_due < now,
        erasable_from=kept.until if kept else None,
        is_held=row.is_held,
    )


def open_duties(row: RegisterRow) -> tuple[Duty, ...]:
    """Return the duties whose clocks run."""
    return tuple(Duty(one) for one in row.open_duties.split(",") if one)


def state_of(row: RegisterRow, *, regime: Regime, now: datetime) -> ClockState:
    """Return where the leading clock stands at `now`."""
    if row.settled:
        return ClockState(row.settled)
    return _running_state(row, leading_duty(row), regime=regime, now=now)


def leading_duty(row: RegisterRow) -> Duty:
    """Return the duty a list counts by: the authority's, or as processor the controller's."""
    return Duty.NOTIFY_CONTROLLER if row.role == Role.PROCESSOR else Duty.NOTIFY_AUTHORITY


def _running_state(row: RegisterRow, duty: Duty, *, regime: Regime, now: datetime) -> ClockState:
    if row.became_aware_at is None:
        return ClockState.NOT_STARTED
    rule = regime.clocks[duty]
    if rule.hours is None or row.deadline is None:
        return ClockState.RUNNING
    if now > row.deadline:
        return ClockState.OVERDUE
    soon = row.deadline - now <= timedelta(hours=rule.due_soon_hours)
    return ClockState.DUE_SOON if soon else ClockState.RUNNING


def due_lines(row: RegisterRow, *, regime: Regime, now: datetime) -> tuple[DueLine, ...]:
    """Return the running duties of one case."""
    return tuple(_due_line(row, duty, regime=regime, now=now) for duty in open_duties(row))


def _due_line(row: RegisterRow, duty: Duty, *, regime: Regime, now: datetime) -> DueLine:
    """Return one of the GDPR's duties; the others' lines come from the cases themselves."""
    rule = regime.clocks[duty]
    is_timed = rule.hours is not None
    deadline = row.deadline if is_timed else None
    return DueLine(
        ref=row.ref,
        title=row.title,
        kind=DueKind.DUTY,
        duty=duty.value,
        what=say("{duty}", duty=duty),
        deadline=deadline,
        worst_case_deadline=row.worst_case_deadline if is_timed else None,
        remaining=deadline - now if deadline else None,
        elapsed=now - row.became_aware_at if row.became_aware_at else None,
        state=_running_state(row, duty, regime=regime, now=now),
        to=rule.to,
    )


def by_pressure(lines: tuple[DueLine, ...], *, now: datetime) -> tuple[DueLine, ...]:
    """Return lines as the contract sorts them.

    First what is due within 24 hours (late ones soonest), then duties without hours by how
    long they have run, then the rest. Unknown awareness sorts by its worst case.
    """

    def key(line: DueLine) -> tuple[int, float, str, str]:
        moment = line.deadline or line.worst_case_deadline
        if moment is None:
            elapsed = line.elapsed.total_seconds() if line.elapsed else 0.0
            return (1, -elapsed, line.ref, line.duty)
        group = 0 if moment - now <= timedelta(hours=24) else 2
        return (group, moment.timestamp(), line.ref, line.duty)

    return tuple(sorted(lines, key=key))


def falls_due(line: DueLine, *, within: timedelta, now: datetime) -> bool:
    """Is it due within that time (late ones included), or does it run without hours?"""
    moment = line.deadline or line.worst_case_deadline
    return moment is None or moment - now <= within
