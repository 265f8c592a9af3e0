"""Where a field of the template is answered: the question, or the command that supplies it."""

from breachdesk.casefile import CaseFile
from breachdesk.message import Message, say
from breachdesk.rules.edpb import Field
from breachdesk.rules.questionnaire import Question, asked


def where(case: CaseFile, one: Field) -> tuple[str | None, Message]:
    """Return the question that supplies a field, if one does, and the command that answers it."""
    found = [
        (form.id, question)
        for supplier in one.by
        for form in case.forms.values()
        if (question := form.question(supplier))
    ]
    if not found:
        return None, _elsewhere(case, one)
    asks = {q.id for form in case.forms.values() for q in asked(form, case.given, case.derived)}
    form_id, question = next((pair for pair in found if pair[1].id in asks), found[0])
    return question.id, _command(case, form_id, question)


def unconfirmed(case: CaseFile, one: Field) -> tuple[str, Message] | None:
    """Return the question of a field whose answer waits to be confirmed, and how that is done."""
    for form in case.forms.values():
        for name in one.by:
            answer = case.answers.get(name)
            if answer is not None and answer.waits and form.question(name):
                how = say("breachdesk answer {ref} {form} --confirm {id}", ref=case.ref,
                          form=form.id, id=name)  # fmt: skip
                return name, how
    return None


def _command(case: CaseFile, form_id: str, question: Question) -> Message:
    if question.binds == "incident.became_aware_at":
        return say("breachdesk aware {ref} WHEN --because …", ref=case.ref)
    if question.binds:
        field = question.binds.removeprefix("incident.").removesuffix("_at")
        return say("breachdesk correct {ref} {field} VALUE --because …", ref=case.ref, field=field)
    return say(
        "breachdesk answer {ref} {form} --set {id}=…", ref=case.ref, form=form_id, id=question.id
    )


def _elsewhere(case: CaseFile, one: Field) -> Message:
    if "assessment" in one.by:
        return say("breachdesk assess {ref}", ref=case.ref)
    return say("breachdesk edpb {ref} --phase …", ref=case.ref)
