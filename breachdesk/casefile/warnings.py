"""What somebody should look at in a case, though nothing is blocked by it."""

from collections.abc import Iterable, Iterator, Mapping

from breachdesk.casefile.clocks import sent_at, standing
from breachdesk.casefile.groups import CaseGroup
from breachdesk.casefile.rows import CaseRows
from breachdesk.message import Message, say
from breachdesk.records import Decision, IncidentFacts
from breachdesk.rules.groups import NUMBER
from breachdesk.rules.questionnaire import DERIVED, Answers, Question, is_unknown
from breachdesk.rules.regime import Regime
from breachdesk.terms import Duty, Matter, Outcome, Owed, Role

_THIN: Mapping[Matter, Message] = {
    Matter.NOTIFY_AUTHORITY: say(
        "Decided not to notify the authority while the risk could not be determined, and with a "
        "short reason. If the authority asks, this reason is the answer: decide again and say "
        "more, or find out what is unknown."
    ),
    Matter.INFORM_SUBJECTS: say(
        "Decided not to tell the people affected while the risk could not be determined, and with "
        "a short reason. If the authority asks, this reason is the answer: decide again and say "
        "more, or find out what is unknown."
    ),
}


def warnings_of(
    rows: CaseRows,
    regime: Regime,
    waiting: Iterable[Question],
    answers: Answers,
    groups: Iterable[CaseGroup] = (),
) -> tuple[Message, ...]:
    """Return what is doubtful about the times, the answers and the decisions in force.

    Args:
        rows: The case.
        regime: How short a reason may be.
        waiting: Answered questions that hang on one without an answer.
        answers: The answers as the rules read them.
        groups: Groups of people with data of their own.
    """
    return (
        *_disordered(rows.snapshots[-1]),
        *(_waits(one, answers) for one in waiting),
        *_more_than_all(groups, answers.get(NUMBER)),
        *_role_may_differ(rows),
        *_sent_for_controller(rows),
        *_thin(rows, regime.rationale_against_advice),
    )


def disorders(facts: IncidentFacts) -> tuple[str, ...]:
    """Return which of the case's times cannot all be right, as ids; nothing is refused for it."""
    start, sign, aware = facts.occurred_from, facts.detected_at, facts.became_aware_at
    pairs = (
        ("aware_before_sign", aware, sign),
        ("sign_before_start", sign, start),
        ("aware_before_start", aware, start),
    )
    return tuple(one for one, early, late in pairs if early and late and early < late)


def _disordered(facts: IncidentFacts) -> Iterator[Message]:
    start, sign, aware = facts.occurred_from, facts.detected_at, facts.became_aware_at
    said = {
        "aware_before_sign": say(
            "We were aware ({aware}) before the first sign ({sign}): one of the two is wrong. "
            "The papers carry both.",
            aware=aware or "",
            sign=sign or "",
        ),
        "sign_before_start": say(
            "The first sign ({sign}) came before it began ({start}): one of the two is wrong. "
            "The papers carry both.",
            sign=sign or "",
            start=start or "",
        ),
        "aware_before_start": say(
            "We were aware ({aware}) before it began ({start}): one of the two is wrong. "
            "The papers carry both.",
            aware=aware or "",
            start=start or "",
        ),
    }
    yield from (said[one] for one in disorders(facts))


def _waits(question: Question, answers: Answers) -> Message:
    keys = [one for one in question.asked_if if one not in DERIVED]
    still_open = [one for one in keys if is_unknown(answers.get(one))]
    return say(
        "“{question}” is answered, but is not asked for as things stand: it hangs on {others}, "
        "which has no answer yet.",
        question=question.id,
        others=", ".join(still_open or keys),
    )


def _more_than_all(groups: Iterable[CaseGroup], everybody: object) -> Iterator[Message]:
    """Yield that the groups together are more people than were affected."""
    together = sum(one.number or 0 for one in groups)
    if isinstance(everybody, int) and together > everybody:
        yield say(
            "The groups together are {together} people, and the case says {everybody} in all. "
            "People may stand in two groups; otherwise one of the numbers is wrong.",
            together=together,
            everybody=everybody,
        )


def _role_may_differ(rows: CaseRows) -> Iterator[Message]:
    """Yield that a contract's clock may run too: Art. 33(2) GDPR, when nobody said whose data."""
    facts = rows.snapshots[-1]
    served = rows.profile.controller if rows.profile else []
    agreed = [one for one in served if one.notice_hours is not None]
    if agreed and facts.role is Role.CONTROLLER and not facts.processing:
        yield say(
            "No processing activity was chosen. If it concerns the data of {names}, we are "
            "processor there, and the contract's own time limit runs as well ({hours} h): correct "
            "our role.",
            names=", ".join(one.name for one in agreed),
            hours=min(one.notice_hours or 0 for one in agreed),
        )


def _sent_for_controller(rows: CaseRows) -> Iterator[Message]:
    """Yield, while the controller is not told, that what we sent for it is not our own duty."""
    if sent_at(rows.dispatches, Duty.NOTIFY_CONTROLLER) is not None:
        return
    for duty in dict.fromkeys(one.duty for one in standing(rows.dispatches)):
        said = sent_for_controller(rows.snapshots[-1].role, duty)
        if said is not None:
            yield said


def sent_for_controller(role: Role, duty: Duty) -> Message | None:
    """Return that a processor's sending meets no duty of its own; None where it does.

    Art. 33(2) GDPR: a processor's duty is to tell the controller, whose the other two are.
    """
    if role is not Role.PROCESSOR or duty is Duty.NOTIFY_CONTROLLER:
        return None
    return say(
        "Recorded as sent for the controller (“{duty}”): it meets no duty of ours. As processor "
        "we have to tell the controller (Art. 33(2)).",
        duty=duty,
    )


def _thin(rows: CaseRows, least: int) -> Iterator[Message]:
    in_force = {(one.matter, one.group_id): one for one in rows.decisions}
    for (matter, _), decision in in_force.items():
        if matter in _THIN and is_thin(decision, least):
            yield _THIN[matter]


def is_thin(decision: Decision, least: int) -> bool:
    """Does it say no while the advice was open, in fewer characters than going against one takes?

    Art. 33(1) GDPR: whoever does not notify must be able to show that a risk is unlikely.
    """
    was_open = (decision.advice or {}).get("owed") == Owed.UNDETERMINED
    is_short = len(decision.rationale.strip()) < least
    return decision.outcome == Outcome.NO and was_open and is_short
