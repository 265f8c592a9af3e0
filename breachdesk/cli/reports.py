"""What a command says when it is done: the case's reference, the next step, or the case as JSON."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.cli.plain import plain_case
from breachdesk.message import Message, say
from breachdesk.terms import ClockState

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.rules.clock import ClockReading


def done(errand: Errand, case: "CaseFile", *said: Message) -> None:
    """Say what came of an act: with ``--json`` the fresh case, else its reference and what next."""
    if errand.wants_json:
        errand.give(plain_case(case, errand.speaker))
        return
    errand.write(case.ref)
    if errand.changed_nothing:
        errand.tell(say("Nothing changed: it stood so already."))
    for message in said:
        errand.tell(message)
    errand.tell(say("Next: {step}", step=case.next_step.text))


def clock_line(clock: "ClockReading") -> Message:
    """Return one clock in a sentence."""
    if clock.state == ClockState.NOT_STARTED and clock.worst_case_deadline:
        return say(
            "{duty}: not started; at worst it ends {moment}",
            duty=clock.duty,
            moment=clock.worst_case_deadline,
        )
    if clock.deadline is not None and clock.state != ClockState.NOT_OWED:
        return _timed(clock, clock.deadline)
    if clock.is_running and clock.elapsed is not None:
        return say(
            "{duty}: without undue delay; running for {span}",
            duty=clock.duty,
            span=length(clock.elapsed),
        )
    return say("{duty}: {state}", duty=clock.duty, state=clock.state)


def _timed(clock: "ClockReading", deadline: datetime) -> Message:
    """Return a clock with hours in a sentence."""
    duty = clock.duty
    if clock.state == ClockState.MET and clock.met_at:
        early = length(deadline - clock.met_at)
        return say("{duty}: met, {span} before the deadline", duty=duty, span=early)
    if clock.state == ClockState.MET_LATE and clock.met_at:
        late = length(clock.met_at - deadline)
        return say("{duty}: met, but {span} after the deadline", duty=duty, span=late)
    if clock.state == ClockState.NOT_OWED:
        return say("{duty}: {state}", duty=duty, state=clock.state)
    if clock.remaining is None:
        state = clock.state
        return say("{duty}: {state}, deadline {moment}", duty=duty, state=state, moment=deadline)
    if clock.state == ClockState.OVERDUE:
        late = length(clock.remaining)
        return say(
            "{duty}: {span} late, it was due {moment}", duty=duty, span=late, moment=deadline
        )
    left = length(clock.remaining)
    return say("{duty}: {span} left, due {moment}", duty=duty, span=left, moment=deadline)


def length(span: timedelta) -> Message | timedelta:
    """Return a length of time as it stands in a sentence; its sign does not count."""
    return say("less than a minute") if abs(span) < timedelta(minutes=1) else abs(span)


def note_no_profile(errand: Errand, case: "CaseFile") -> None:
    """Say that the papers carry no sender yet, when no organisation was loaded."""
    if case.profile is None:
        errand.note(
            say(
                "No organisation is loaded, so papers name no sender: "
                "“breachdesk organisation import FILE” loads one."
            )
        )


def note_warnings(errand: Errand, case: "CaseFile") -> None:
    """Say what somebody should look at in the case."""
    for warning in case.warnings:
        errand.note(say("Look at this: {warning}", warning=warning))


def gaps(count: int) -> Message:
    """Return how much is missing in a paper."""
    if count == 0:
        return say("nothing is missing")
    if count == 1:
        return say("one item is missing, and it says so")
    return say("{count} items are missing, and it says so", count=count)
