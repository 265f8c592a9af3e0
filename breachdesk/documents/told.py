"""Whether the people affected were told, when, how, and why not: EDPB template 97-105."""

from datetime import datetime

from breachdesk.documents.lines import Line, asked_line, known, not_known
from breachdesk.documents.people import told_by_group
from breachdesk.documents.telling import Telling
from breachdesk.records import Dispatch
from breachdesk.terms import Duty, Matter, Outcome, Role


def told(telling: Telling) -> Line | None:
    """Return whether the people affected were told: EDPB template 97-101.

    A processor does not owe it (Art. 34(1) GDPR): for one, nothing known leaves no gap.
    """
    number = telling.numbers("subjects_told", "told_on", "planned_on", "not_told_why")
    sendings = telling.sendings(Duty.INFORM_SUBJECTS)
    if any(one.decision or one.told_at for one in telling.case.told):
        value = "\n".join(told_by_group(telling))
        return known(telling, "told", value, number=number, free=value)
    if sendings:
        lines = [telling.word("told.yes"), *(sending_line(telling, one) for one in sendings)]
        return known(telling, "told", "\n".join(lines), number=number)
    said = [telling.text("subjects_told"), _day(telling, "told_on", "told.on")]
    decided, why = _decided_to_tell(telling)
    said += [decided] if decided and not said[0] else []
    said += [_day(telling, "planned_on", "told.planned"), telling.text("not_told_why") or why]
    value = "\n".join(one for one in said if one)
    if value:
        return known(telling, "told", value, number=number, free=why)
    if telling.case.facts.role is Role.PROCESSOR:
        return None
    return not_known(telling, "told", "subjects_told", number=number)


def _decided_to_tell(telling: Telling) -> tuple[str, str]:
    """Return the decision in words and, where it was no, why."""
    decision = telling.case.decision(Matter.INFORM_SUBJECTS)
    if decision is None:
        return "", ""
    if decision.outcome is Outcome.NO:
        ground = telling.word(f"ground.{decision.ground}") if decision.ground else ""
        return telling.word("told.no"), "\n".join(x for x in (ground, decision.rationale) if x)
    if telling.case.was_shortened(decision):
        return telling.word("told.erased"), ""
    return telling.word(f"told.decided_{decision.outcome}"), ""


def _day(telling: Telling, question: str, text_id: str) -> str:
    value = telling.value(question)
    if not isinstance(value, str):
        return ""
    return telling.word(text_id, day=telling.dates.day(datetime.fromisoformat(value)))


def sending_line(telling: Telling, sending: Dispatch) -> str:
    """Return what was sent, when, to whom and how, on one line."""
    when = telling.dates.exact(sending.sent_at) if sending.sent_at else ""
    if telling.case.was_shortened(sending):
        return telling.word("said.sent_short", when=when)
    line = telling.word("said.sent", when=when, to=sending.to, channel=sending.channel)
    return (
        f"{line} {telling.word('said.receipt', receipt=sending.receipt)}"
        if sending.receipt
        else line
    )


def how_told(telling: Telling) -> Line | None:
    """Return by what means people were or will be told: EDPB template 102-105."""
    return asked_line(telling, "how_told", "means", "means_text", is_needed=False)
