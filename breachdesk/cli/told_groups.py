"""Groups of people as text on a terminal: who they are, what holds for them, what is advised."""

from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.language import clean
from breachdesk.message import Message, say
from breachdesk.terms import Duty

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.casefile.groups import CaseGroup


def group_heading(group: "CaseGroup") -> Message:
    """Return what a group is called and how many they are."""
    if group.number is None:
        return say("Group “{group}”", group=group.name)
    return say("Group “{group}” ({count})", group=group.name, count=group.number)


def tell_groups(errand: Errand, case: "CaseFile") -> None:
    """Print each group: its risk, its own answers, and whether to tell them."""
    for group in case.groups:
        errand.write()
        tell_group(errand, case, group)


def tell_group(errand: Errand, case: "CaseFile", group: "CaseGroup") -> None:
    """Print one group."""
    from breachdesk.exchange.facts import answer_text

    errand.tell(group_heading(group))
    for line in _standing(group):
        errand.flow(errand.speaker.say(line), indent="  ", hang=2)
    seen = case.for_group(group)
    for question_id in group.answers:
        question = case.question(question_id)
        text = answer_text(seen, question_id, errand.speaker)
        asked = errand.speaker.of(question.text) if question else question_id
        errand.flow(f"{asked} {clean(text)}", indent="  ", hang=4)
    if not group.answers:
        said = say("Nothing is answered for them alone: the answers for everybody count.")
        errand.flow(errand.speaker.say(said), indent="  ", hang=2)


def _standing(group: "CaseGroup") -> list[Message]:
    """Return the group's risk, the advice on telling them, what was decided and done."""
    lines: list[Message] = []
    if group.assessed is not None:
        lines.append(say("Risk: {risk}", risk=group.assessed.risk))
        advice = group.assessed.for_duty(Duty.INFORM_SUBJECTS)
        if advice is not None:
            lines.append(say("{duty}: {owed}", duty=advice.duty, owed=advice.owed))
    if group.decision is not None:
        outcome, because = group.decision.outcome, group.decision.rationale
        lines.append(say("Decided: {outcome}. {because}", outcome=outcome, because=because))
    if group.told_at is not None:
        lines.append(say("Told {moment}", moment=group.told_at))
    return lines
