"""Where a field of the template is answered: the question, or the command that supplies it."""

from breachdesk.casefile import CaseFile
from breachdesk.message import Message, say
from breachdesk.rules.edpb import Field


def where(case: CaseFile, one: Field) -> tuple[str | None, Message]:
    """Return the question that supplies a field, if one does, and the command that answers it."""
    for supplier in one.by:
        for form in case.forms.values():
            question = form.question(supplier)
            if question is None:
                continue
            if question.binds == "incident.became_aware_at":
                return supplier, say("breachdesk aware {ref} WHEN --because …", ref=case.ref)
            if question.binds:
                field = question.binds.removeprefix("incident.").removesuffix("_at")
                return supplier, say(
                    "breachdesk correct {ref} {field} VALUE --because …", ref=case.ref, field=field
                )
            return supplier, say(
                "breachdesk answer {ref} {form} --set {id}=…",
                ref=case.ref,
                form=form.id,
                id=supplier,
            )
    return None, _elsewhere(case, one)


def _elsewhere(case: CaseFile, one: Field) -> Message:
    if "assessment" in one.by:
        return say("breachdesk assess {ref}", ref=case.ref)
    return say("breachdesk edpb {ref} --phase …", ref=case.ref)
