"""A named person decides, with the advice beside it, and the reasons stay."""

from dataclasses import asdict
from typing import Any

from breachdesk.casefile import CaseFile
from breachdesk.casefile.groups import CaseGroup
from breachdesk.casefile.matters import DUTY_OF
from breachdesk.desk.groups import find_group
from breachdesk.desk.office import Office
from breachdesk.desk.words import says_something
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records import Decision, NewDecision
from breachdesk.rules.advice import Advice
from breachdesk.terms import AuditAction, Ground, Matter, Outcome, Owed, Role

_GROUNDS: dict[Matter, frozenset[Ground]] = {
    Matter.IS_BREACH: frozenset({Ground.NOT_A_BREACH, Ground.OTHER}),
    Matter.NOTIFY_AUTHORITY: frozenset({Ground.RISK_UNLIKELY, Ground.NOT_A_BREACH, Ground.OTHER}),
    Matter.INFORM_SUBJECTS: frozenset(Ground),
    Matter.NOTIFY_CONTROLLER: frozenset({Ground.NOT_A_BREACH, Ground.OTHER}),
}


def grounds_for(matter: Matter) -> tuple[Ground, ...]:
    """Return the grounds on which a matter may be decided with no, in the law's order."""
    return tuple(ground for ground in Ground if ground in _GROUNDS[matter])


class Decisions:
    """Where matters are decided."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def decide(self, ref: str, new: NewDecision) -> CaseFile:
        """Keep a decision with the advice as it stood; a changed mind is a new decision.

        Raises:
            RefusedError: no rationale, a ground that does not fit, or too short a rationale for
                a decision against a firm advice.
        """
        with self._office.changing(ref) as change:
            whole = change.case
            group = _group(whole, new)
            case = whole.for_group(group) if group else whole
            _check(case, new)
            advice = advice_about(case, new.matter)
            against = is_against(new, advice)
            _check_rationale(new, against=against, least=case.regime.rationale_against_advice)
            change.add(
                Decision(
                    id="",
                    incident_id=case.incident.id,
                    matter=new.matter,
                    outcome=new.outcome,
                    ground=new.ground,
                    rationale=new.rationale.strip(),
                    advice=plain_advice(advice) if advice else None,
                    assessment_id=case.assessments[-1].id if case.assessments else None,
                    is_against_advice=against,
                    group_id=group.id if group else None,
                ),
                AuditAction.DECISION_RECORD,
            )
            return change.fresh()


def _group(case: CaseFile, new: NewDecision) -> CaseGroup | None:
    """Return the group a decision is about; only telling people is decided group by group."""
    if not new.group_id:
        return None
    if new.matter is not Matter.INFORM_SUBJECTS:
        raise RefusedError(
            say("Only whether to tell people (Art. 34) is decided for a group."),
            say("Leave the group out: the rest is decided for the case."),
        )
    return find_group(case, new.group_id)


def advice_about(case: CaseFile, matter: Matter) -> Advice | None:
    """Return the advice that stands beside a question; none for whether it is a breach at all."""
    return None if matter == Matter.IS_BREACH else case.advice_on(DUTY_OF[matter])


def is_against(new: NewDecision, advice: Advice | None) -> bool:
    """Does it go against a firm advice? Nothing goes against an undetermined one."""
    firm = {Owed.YES: Outcome.NO, Owed.NO: Outcome.YES}
    return advice is not None and firm.get(advice.owed) == new.outcome


def plain_advice(advice: Advice) -> dict[str, Any]:
    """Return an advice as plain values, words in every language."""
    plain = asdict(advice)
    plain["reasons"] = [
        {**reason, "cites": list(reason["cites"]), "questions": list(reason["questions"])}
        for reason in plain["reasons"]
    ]
    return {**plain, "cites": list(advice.cites), "deciding": list(advice.deciding)}


def _check(case: CaseFile, new: NewDecision) -> None:
    if not says_something(new.rationale):
        raise RefusedError(say("A decision needs reasons."), say("Say why in your own words."))
    if new.matter == Matter.NOTIFY_CONTROLLER and case.facts.role != Role.PROCESSOR:
        raise RefusedError(
            say("Only a processor tells the controller (Art. 33(2))."),
            say("If we are processor here, correct our role first."),
        )
    if new.ground is None:
        return
    if new.outcome != Outcome.NO:
        raise RefusedError(say("A ground belongs to a “no”."), say("Leave the ground out."))
    if new.ground not in _GROUNDS[new.matter]:
        raise RefusedError(
            say("The ground “{ground}” does not fit this question.", ground=new.ground.value),
            say("Choose one of: {grounds}.", grounds=", ".join(grounds_for(new.matter))),
        )


def _check_rationale(new: NewDecision, *, against: bool, least: int) -> None:
    if against and len(new.rationale.strip()) < least:
        raise RefusedError(
            say("This goes against the desk's advice and needs a fuller reason."),
            say("Write at least {count} characters on why you decide otherwise.", count=least),
        )
