"""What falls due in a case beside the GDPR's own clocks, each marked with its kind.

Other laws, contracts and controllers we serve; what a paper promised to send later (Art. 33(4)
GDPR); facts that somebody is to find out; tasks. Screens, lists and calendars read it from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from breachdesk.casefile.case import CaseFile
from breachdesk.message import Message, say
from breachdesk.rules.beside import OtherClock
from breachdesk.rules.working import RUNNING
from breachdesk.terms import ClockState, DueKind, Duty, Owed, Role, Status, Words

_AGREED = {"contract": DueKind.CONTRACT, "controller": DueKind.CONTROLLER}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One thing that falls due; all times in UTC."""

    id: str
    """Within the case, such as ``dora.first``, ``promised.people_number`` or ``task.3``."""
    kind: DueKind
    what: Message
    to: Words | None
    """Who is to be told, where somebody is."""
    owner: Words | None
    """Who does it, where that is settled."""
    state: ClockState
    started_at: datetime | None
    deadline: datetime | None
    worst_case_deadline: datetime | None = None
    is_certain: bool = True
    """False while a screening question that bears on it is open."""


def follow_ups(case: CaseFile) -> Iterator[FollowUp]:
    """Yield what falls due, beside the clocks of `CaseFile.clocks`; nothing that is done."""
    yield from owed_to_others(case)
    if case.facts.status is Status.OPEN:
        yield from _promised(case)
        yield from _tasks(case)


def owed_to_others(case: CaseFile) -> Iterator[FollowUp]:
    """Yield what somebody else waits for, which no closing of the case ends."""
    yield from (
        _beside(one)
        for one in case.other_clocks
        if one.state in RUNNING and one.applies is not Owed.NO
    )
    yield from _supplement(case)


def _beside(clock: OtherClock) -> FollowUp:
    return FollowUp(
        id=clock.id,
        kind=_AGREED.get(clock.id.partition(".")[0], DueKind.LAW),
        what=say("{title}, {report}", title=clock.title, report=clock.step),
        to=clock.to,
        owner=None,
        state=clock.state,
        started_at=clock.started_at,
        deadline=clock.deadline,
        worst_case_deadline=clock.worst_case_deadline,
        is_certain=clock.applies is Owed.YES,
    )


def _supplement(case: CaseFile) -> Iterator[FollowUp]:
    """Yield that something promised is still owed to whom the last paper went: no hours are set."""
    is_processor = case.facts.role is Role.PROCESSOR
    clock = case.clock(Duty.NOTIFY_CONTROLLER if is_processor else Duty.NOTIFY_AUTHORITY)
    if clock is None or clock.met_at is None:
        return
    is_withdrawn = "true" in case.derived.get("withdrawn", ())
    if not case.owes_withdrawal and (is_withdrawn or not case.promised):
        return
    what = say("Supplement what was sent; still owed: {count}", count=len(case.promised))
    if case.owes_withdrawal:
        what = say("Withdraw the notification")
    yield FollowUp(
        id="supplement",
        kind=DueKind.SUPPLEMENT,
        what=what,
        to=clock.to,
        owner=None,
        state=ClockState.RUNNING,
        started_at=clock.met_at,
        deadline=None,
    )


def _promised(case: CaseFile) -> Iterator[FollowUp]:
    for one in case.unknown:
        if one.due is not None:
            yield FollowUp(
                id=f"promised.{one.question.id}",
                kind=DueKind.PROMISED,
                what=say("Find out: {question}", question=one.question.text),
                to=None,
                owner=Words.of(one.owner) if one.owner else None,
                state=_state(one.due, case.read_at),
                started_at=None,
                deadline=one.due,
            )


def _tasks(case: CaseFile) -> Iterator[FollowUp]:
    for one in case.todos:
        if one.is_open and one.due is not None:
            yield FollowUp(
                id=f"task.{one.number}",
                kind=DueKind.TASK,
                what=say("Task {number}: {what}", number=one.number, what=one.what),
                to=None,
                owner=one.doer,
                state=_state(one.due, case.read_at),
                started_at=None,
                deadline=one.due,
            )


def _state(due: datetime, now: datetime) -> ClockState:
    return ClockState.OVERDUE if now > due else ClockState.RUNNING
