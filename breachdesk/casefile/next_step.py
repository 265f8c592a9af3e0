"""What to do now: the one line every screen and every writing command ends with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from breachdesk.casefile.case import NextStep, Unknown
from breachdesk.casefile.groups import Told
from breachdesk.casefile.todo import Todo
from breachdesk.message import Message, say
from breachdesk.records import Decision, IncidentFacts
from breachdesk.rules.advice import Assessed
from breachdesk.rules.clock import ClockReading
from breachdesk.terms import ClockState, DocumentKind, Duty, Matter, Outcome, Owed, Role, Status

LETTERS = (DocumentKind.COMMUNICATION, DocumentKind.GUARDIAN_LETTER, DocumentKind.PUBLIC_NOTICE)
"""The papers that tell people."""
_PRESSING = {ClockState.DUE_SOON, ClockState.OVERDUE}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the next step is read from."""

    facts: IncidentFacts
    clocks: Mapping[Duty, ClockReading]
    decided: Mapping[Matter, Outcome]
    current: Assessed
    is_assessed: bool
    unknown: tuple[Unknown, ...]
    promised: frozenset[str]
    """Gaps of the notification, or the notice to the controller, sent last that are still open."""
    issued: frozenset[DocumentKind]
    """Kinds of paper that were issued; whether they left the house, the clocks know."""
    has_profile: bool
    """Is the organisation entered? Papers have no sender without it."""
    told: tuple[Told, ...] = ()
    """Where there are groups of people: how it stands with each, the most urgent first."""
    lettered: frozenset[str | None] = frozenset()
    """The groups a letter was issued for; None among them: one for everybody."""
    waiting: tuple[str, ...] = ()
    """As processor, once one was sent something: the controllers not told yet, by name."""
    owes_withdrawal: bool = False
    """Is a notification that was sent still to be taken back?"""
    todos: tuple[Todo, ...] = ()
    """What is to be done; it never pushes a duty of the law aside."""

    def is_open(self, duty: Duty) -> bool:
        """Is there a clock for this duty that still runs?"""
        return duty in self.clocks and self.clocks[duty].is_running


def last_outcomes(decisions: Iterable[Decision]) -> dict[Matter, Outcome]:
    """Return how each matter stands decided, other than for one group of people."""
    return {one.matter: one.outcome for one in decisions if one.group_id is None}


def next_step(now: Standing) -> NextStep:
    """Return the first thing that is not done, what presses most first."""
    for step in (_withdraw, _closed, _send_at_once, _awareness, _breach, _as_processor, _assess,
                 _authority, _people, _supplement, _tasks):  # fmt: skip
        found = step(now)
        if found is not None:
            return found
    return NextStep(id="close", text=say("Nothing is owed any more: close the case when ready"))


def _withdraw(now: Standing) -> NextStep | None:
    if not now.owes_withdrawal:
        return None
    to = now.clocks[Duty.NOTIFY_AUTHORITY].to
    text = say("Withdraw the notification: tell {to} what was decided, and record it", to=to)
    return NextStep(id="withdraw", text=text, duty=Duty.NOTIFY_AUTHORITY)


def _closed(now: Standing) -> NextStep | None:
    runs = [clock for clock in now.clocks.values() if clock.is_running]
    if now.facts.status == Status.CLOSED and runs:
        text = say("Closed, but a duty is still open ({duty}): reopen the case", duty=runs[0].duty)
        return NextStep(id="reopen", text=text, duty=runs[0].duty)
    if now.facts.status == Status.CLOSED:
        return NextStep(id="nothing", text=say("Closed"))
    if now.decided.get(Matter.IS_BREACH) == Outcome.NO and not runs:
        return NextStep(id="close", text=say("Decided: not a personal data breach. Close the case"))
    return None


def _send_at_once(now: Standing) -> NextStep | None:
    clock = now.clocks[Duty.NOTIFY_AUTHORITY]
    advice = now.current.for_duty(Duty.NOTIFY_AUTHORITY)
    undetermined = advice is not None and advice.owed == Owed.UNDETERMINED
    if clock.state in _PRESSING and undetermined and Matter.NOTIFY_AUTHORITY not in now.decided:
        text = say("Send an initial notification now; it can be withdrawn later")
        text = _with_sender(now, text)
        return NextStep(id="send_initial", text=text, duty=Duty.NOTIFY_AUTHORITY)
    return None


def _awareness(now: Standing) -> NextStep | None:
    if now.facts.became_aware_at is None:
        return NextStep(id="log_awareness", text=say("Settle when we became aware"))
    return None


def _breach(now: Standing) -> NextStep | None:
    if now.is_assessed and Matter.IS_BREACH not in now.decided:
        return NextStep(id="decide_is_breach", text=say("Decide: is it a personal data breach?"))
    return None


def _as_processor(now: Standing) -> NextStep | None:
    if now.facts.role == Role.PROCESSOR and now.is_open(Duty.NOTIFY_CONTROLLER):
        text = _with_sender(now, say("Tell the controller without undue delay"))
        if now.waiting:
            text = say("Tell each controller; not told yet: {names}", names=", ".join(now.waiting))
        elif DocumentKind.PROCESSOR_NOTICE in now.issued:
            text = say("Send the notice to the controller, and record the sending")
        return NextStep(id="tell_controller", text=text, duty=Duty.NOTIFY_CONTROLLER)
    return None


def _assess(now: Standing) -> NextStep | None:
    if not now.is_assessed and now.facts.role != Role.PROCESSOR:
        return NextStep(id="assess", text=say("Assess the risk to the people"))
    return None


def _authority(now: Standing) -> NextStep | None:
    if not now.is_open(Duty.NOTIFY_AUTHORITY):
        return None
    outcome = now.decided.get(Matter.NOTIFY_AUTHORITY)
    if outcome == Outcome.YES:
        to = now.clocks[Duty.NOTIFY_AUTHORITY].to
        text = _with_sender(now, say("Issue and send the notification to {to}", to=to))
        if DocumentKind.NOTIFICATION in now.issued:
            text = say("Send the notification to {to}, and record the sending", to=to)
        return NextStep(id="send_notification", text=text, duty=Duty.NOTIFY_AUTHORITY)
    text = say("Decide: notify the authority?")
    return NextStep(id="decide_notify", text=text, duty=Duty.NOTIFY_AUTHORITY)


def _people(now: Standing) -> NextStep | None:
    if not now.is_open(Duty.INFORM_SUBJECTS):
        return None
    waiting = [one for one in now.told if not one.is_settled]
    if waiting:
        return _group(now, waiting[0])
    if now.decided.get(Matter.INFORM_SUBJECTS) == Outcome.YES:
        text = _with_sender(now, say("Tell the people whose data it was"))
        if DocumentKind.COMMUNICATION in now.issued:
            text = say("Send the letter to the people whose data it was, and record the sending")
        return NextStep(id="tell_people", text=text, duty=Duty.INFORM_SUBJECTS)
    text = say("Decide: tell the people whose data it was?")
    return NextStep(id="decide_inform", text=text, duty=Duty.INFORM_SUBJECTS)


def _group(now: Standing, people: Told) -> NextStep:
    """Return what is next for one group, or for those in none."""
    duty, group = Duty.INFORM_SUBJECTS, people.group
    if not people.is_to_be_told:
        text = say("Decide: tell the people who are in no group?")
        if group is not None:
            text = say("Decide: tell the group “{group}”?", group=group.name)
        return NextStep(id="decide_inform", text=text, duty=duty)
    has_letter = now.lettered & {None, group.id if group else None}
    text = _with_sender(now, _tell(group.name if group else "", has_letter=bool(has_letter)))
    return NextStep(id="tell_people", text=text, duty=duty)


def _tell(group: str, *, has_letter: bool) -> Message:
    if not group and has_letter:
        return say("Send the letter to the people who are in no group, and record the sending")
    if not group:
        return say("Tell the people who are in no group")
    if has_letter:
        return say("Send the letter to the group “{group}”, and record the sending", group=group)
    return say("Tell the group “{group}”", group=group)


def _supplement(now: Standing) -> NextStep | None:
    is_processor = now.facts.role == Role.PROCESSOR
    duty = Duty.NOTIFY_CONTROLLER if is_processor else Duty.NOTIFY_AUTHORITY
    was_sent = now.clocks[duty].met_at is not None
    open_facts = now.promised | {one.question.id for one in now.unknown if one.kind == "unknown"}
    if was_sent and open_facts and is_processor:
        text = say(
            "Find out what is still unknown ({count}) and tell the controller",
            count=len(open_facts),
        )
        return NextStep(id="supplement", text=text, duty=duty)
    if was_sent and open_facts:
        text = say(
            "Find out what is still unknown ({count}) and supplement the notification",
            count=len(open_facts),
        )
        return NextStep(id="supplement", text=text, duty=Duty.NOTIFY_AUTHORITY)
    return None


def _tasks(now: Standing) -> NextStep | None:
    """Name the first open task once nothing is owed any more: the legal clock always comes first.

    Whether it is late changes nothing here, so the step of a list stays true as time passes.
    """
    still = [one for one in now.todos if one.is_open]
    if not still:
        return None
    text = say("Do what is left ({count}): {what}", count=len(still), what=still[0].what)
    return NextStep(id="tasks", text=text)


def _with_sender(now: Standing, text: Message) -> Message:
    """Return what to do; a paper needs a sender, so without a profile that is said with it."""
    if now.has_profile:
        return text
    return say("{step} (the organisation is not entered yet: papers have no sender)", step=text)
