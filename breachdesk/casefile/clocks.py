"""The clocks of one case: which duties run, what stopped them, and since when."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from breachdesk.casefile.controllers import controllers_concerned, told_controllers
from breachdesk.casefile.rows import CaseRows
from breachdesk.records import Decision, Dispatch, IncidentFacts
from breachdesk.rules.clock import ClockReading, read_clock
from breachdesk.rules.questionnaire import Answers
from breachdesk.rules.regime import Regime
from breachdesk.terms import Duty, Matter, Outcome, Role

_OF_CONTROLLER = (Duty.NOTIFY_AUTHORITY, Duty.INFORM_SUBJECTS)
_OF_PROCESSOR = (Duty.NOTIFY_AUTHORITY, Duty.NOTIFY_CONTROLLER)
_MATTER = {
    Duty.NOTIFY_AUTHORITY: Matter.NOTIFY_AUTHORITY,
    Duty.INFORM_SUBJECTS: Matter.INFORM_SUBJECTS,
    Duty.NOTIFY_CONTROLLER: Matter.NOTIFY_CONTROLLER,
}


Stopped = tuple[datetime | None, bool]
"""When a duty was met, in UTC, and whether it is decided not to be owed."""


def first_sign(facts: IncidentFacts, given: Answers) -> datetime | None:
    """Return the earliest moment somebody saw or was told something, in UTC."""
    told = given.get("told_at")
    moments = [facts.detected_at, datetime.fromisoformat(told) if isinstance(told, str) else None]
    return min((one for one in moments if one is not None), default=None)


def read_clocks(
    rows: CaseRows,
    regime: Regime,
    given: Answers,
    now: datetime,
    stopped: Mapping[Duty, Stopped] | None = None,
) -> tuple[ClockReading, ...]:
    """Return the clock of each duty our role has; the authority's always comes first.

    A processor owes the authority nothing of its own (Art. 33(2) GDPR): that clock is shown as
    not owed, its deadline all the same, for the controller's sake. What a processor sends to the
    authority, it sends for the controller, and meets no duty of its own by it.

    Args:
        rows: The case.
        regime: The law's hours.
        given: The answers as the rules read them.
        now: The moment the clocks are read, aware.
        stopped: Of a duty that is met group by group: when it was, and whether it is not owed.
    """
    stops = {one: _stopped(rows, one) for one in Duty}
    stops |= {**_told_each(rows, given), **(stopped or {})}
    facts = rows.snapshots[-1]
    is_processor = facts.role == Role.PROCESSOR
    if is_processor:
        stops[Duty.NOTIFY_AUTHORITY] = (None, True)
    duties = _OF_PROCESSOR if is_processor else _OF_CONTROLLER
    return tuple(
        read_clock(
            regime.clocks[duty],
            regime=regime,
            became_aware_at=facts.became_aware_at,
            first_sign_at=first_sign(facts, given),
            logged_at=rows.incident.recorded_at,
            now=now,
            sent_at=stops[duty][0],
            not_owed=stops[duty][1],
        )
        for duty in duties
    )


def _stopped(rows: CaseRows, duty: Duty) -> Stopped:
    if duty not in _MATTER:
        return None, False
    return sent_at(rows.dispatches, duty), is_declined(rows.decisions, duty)


def untold_controllers(rows: CaseRows, given: Answers) -> tuple[str, ...]:
    """Return the controllers not told yet, once something was sent to one: Art. 33(2) GDPR."""
    told, duty = _told(rows, given), Duty.NOTIFY_CONTROLLER
    if sent_at(rows.dispatches, duty) is None:
        return ()
    return tuple(name for name, at in told.items() if at is None)


def _told(rows: CaseRows, given: Answers) -> Mapping[str, datetime | None]:
    """Return when each controller was told; empty where none is named or we are no processor.

    What was sent for an erased case names nobody any more: there any sending counts.
    """
    if rows.snapshots[-1].role is not Role.PROCESSOR or rows.erasure is not None:
        return {}
    concerned = controllers_concerned(given, rows.profile)
    return told_controllers(concerned, standing(rows.dispatches), rows.documents)


def _told_each(rows: CaseRows, given: Answers) -> dict[Duty, Stopped]:
    """Return when the last controller was told, and whether none is to be."""
    told = _told(rows, given)
    if not told:
        return {}
    times = [one for one in told.values() if one is not None]
    last = max(times) if len(times) == len(told) else None
    duty = Duty.NOTIFY_CONTROLLER
    return {duty: (last, is_declined(rows.decisions, duty))}


def standing(dispatches: Iterable[Dispatch]) -> tuple[Dispatch, ...]:
    """Return the sendings that were not taken back."""
    every = tuple(dispatches)
    taken_back = {one.corrects for one in every if one.corrects}
    return tuple(one for one in every if not one.corrects and one.id not in taken_back)


def sent_at(dispatches: Iterable[Dispatch], duty: Duty) -> datetime | None:
    """Return when a duty was first met by a sending that stands, other than to one group."""
    times = [
        one.sent_at
        for one in standing(dispatches)
        if one.duty == duty and one.sent_at and one.group_id is None
    ]
    return min(times, default=None)


def is_declined(decisions: Iterable[Decision], duty: Duty) -> bool:
    """Is the duty decided not to be owed, by itself or because it is no personal data breach?

    What was decided for one group of people is left out. A later "yes" to the duty resumes its
    clock, also after "no breach".
    """
    no_breach = not_owed = False
    for decision in decisions:
        if decision.group_id is not None:
            continue
        if decision.matter == Matter.IS_BREACH:
            no_breach = decision.outcome == Outcome.NO
        elif decision.matter == _MATTER[duty]:
            not_owed = decision.outcome == Outcome.NO
            no_breach = no_breach and decision.outcome != Outcome.YES
    return no_breach or not_owed
