"""The forms: list them, show their questions, give a file to fill in, check and upgrade them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.options import FormId, Ref, flag
from breachdesk.cli.reports import done
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.rules.questionnaire import Condition, Question, Questionnaire


def register(desk: Counter) -> None:
    """Add the commands."""
    forms = desk.group("form", say("The questionnaires: list, show, check, upgrade."))
    forms.command("list", say("List the forms."), "breachdesk form list")(list_forms)
    forms.command(
        "show",
        say("Show a form: its questions with options, why they are asked, conditions, sources."),
        "breachdesk form show risk --lang nb",
        "breachdesk form show facts --json",
        say("breachdesk form show facts --sample > answers.toml"),
    )(show_form)
    forms.command(
        "check",
        say("Check the form files: sources, translations, ids. Exits with 1 if anything is wrong."),
        "breachdesk form check",
    )(check_forms)
    forms.command(
        "upgrade",
        say("Let a case use the newest forms. What was answered stays in the record."),
        "breachdesk form upgrade 7",
    )(upgrade)


def list_forms(errand: Errand) -> None:
    """List the forms."""
    forms = errand.forms.questionnaires.values()
    if errand.wants_json:
        errand.give(
            [
                {
                    "id": one.id,
                    "version": one.version,
                    "title": errand.speaker.of(one.title),
                    "questions": len(one.questions),
                    "valid_from": one.valid_from.isoformat(),
                    "reviewed_on": one.reviewed_on.isoformat(),
                    "digest": one.digest,
                }
                for one in forms
            ]
        )
        return
    for one in forms:
        errand.tell(
            say(
                "{id}  {title}, {count} questions, version {version}",
                id=one.id,
                title=one.title,
                count=len(one.questions),
                version=one.version,
            )
        )


def show_form(
    errand: Errand,
    form: FormId,
    *,
    sample: Annotated[
        bool, flag("--sample", say("Give a file to fill in, for “breachdesk answer --file”."))
    ] = False,
) -> None:
    """Show one form."""
    found = errand.forms.questionnaires.get(form.strip().lower())
    if found is None:
        raise NoSuchThingError(
            say("There is no form “{form}”.", form=form),
            say("Choose one of: {forms}.", forms=", ".join(errand.forms.questionnaires)),
        )
    if sample and errand.wants_json:
        raise RefusedError(say("--sample and --json exclude each other."), say("Choose one."))
    if sample:
        from breachdesk.cli.sample_answers import lines_of

        errand.show("\n".join(lines_of(found, errand.speaker)))
    elif errand.wants_json:
        errand.give(_plain_form(errand, found))
    else:
        _tell_form(errand, found)


def _plain_form(errand: Errand, form: "Questionnaire") -> dict[str, object]:
    of = errand.speaker.of
    return {
        "id": form.id,
        "version": form.version,
        "digest": form.digest,
        "title": of(form.title),
        "method": form.method,
        "sections": [
            {"id": one.id, "title": of(one.title), "questions": list(one.questions)}
            for one in form.sections
        ],
        "questions": [_plain_question(errand, one) for one in form.questions],
    }


def _plain_question(errand: Errand, question: "Question") -> dict[str, object]:
    of = errand.speaker.of
    return {
        "id": question.id,
        "text": of(question.text),
        "kind": question.kind.value,
        "why": of(question.why, lines=True),
        "options": [
            {"id": one.id, "text": of(one.text), "offered_if": _conditions(one.offered_if)}
            for one in question.options
        ],
        "asked_if": _conditions(question.asked_if),
        "not_asked_if": _conditions(question.not_asked_if),
        "cites": list(question.cites),
        "edpb": list(question.edpb),
        "binds": question.binds,
        "needed_for": list(question.needed_for),
        "required": question.required,
    }


def _conditions(condition: "Condition") -> dict[str, list[str]] | None:
    return {key: list(values) for key, values in condition.items()} or None


def _tell_form(errand: Errand, form: "Questionnaire") -> None:
    of = errand.speaker.of
    errand.write(f"{form.id} {form.version}: {of(form.title)}")
    for section in form.sections:
        errand.write(f"\n{of(section.title)}")
        for question_id in section.questions:
            question = form.question(question_id)
            if question is not None:
                _tell_question(errand, question)


def _tell_question(errand: Errand, question: "Question") -> None:
    of = errand.speaker.of
    errand.write(f"  {question.id} ({question.kind.value}): {of(question.text)}")
    for key, values in question.asked_if.items():
        errand.tell(say("      asked if {what} = {values}", what=key, values=_any(values)))
    for key, values in question.not_asked_if.items():
        errand.tell(say("      not if {what} = {values}", what=key, values=_any(values)))
    for option in question.options:
        errand.write(f"      {option.id}: {of(option.text)}")
    errand.flow(of(question.why), indent="      ", hang=0)
    if question.cites:
        errand.flow(f"[{_sources(errand, question.cites)}]", indent="      ", hang=1)


def _sources(errand: Errand, cites: Iterable[str]) -> str:
    known = errand.forms.sources
    return ", ".join(errand.speaker.of(known[one]) for one in cites if one in known)


def _any(values: tuple[str, ...]) -> str:
    return " | ".join(values)


def check_forms(errand: Errand) -> int:
    """Check the form files."""
    from breachdesk.forms import check, find_forms

    findings = check(find_forms(), errand.settings.home / "forms")
    if errand.wants_json:
        listed = [{"file": file, "problem": errand.speaker.say(what)} for file, what in findings]
        open_ones = () if findings else errand.forms.unverified()
        unverified = [
            {"file": file, "id": name, "names": list(names)} for file, name, names in open_ones
        ]
        errand.give({"ok": not findings, "findings": listed, "unverified": unverified})
    elif not findings:
        errand.tell(say("The forms hold together."))
        _tell_unverified(errand)
    else:
        for file, what in findings:
            errand.show(f"{file}: {errand.speaker.say(what)}")
    return int(bool(findings))


def _tell_unverified(errand: Errand) -> None:
    """Say what nobody has checked at its source; no letter says it, so it is no finding."""
    for file, name, names in errand.forms.unverified():
        errand.note(
            say(
                "{file}: “{id}” leaves out what nobody has checked yet: {names}.",
                file=file,
                id=name,
                names=", ".join(names),
            )
        )


def upgrade(errand: Errand, ref: Ref) -> None:
    """Let a case use the newest forms."""
    newer = errand.desk.intake.newer_forms(ref)
    case = (errand.acting() if newer else errand.desk).intake.upgrade_forms(ref)
    if newer:
        done(errand, case, say("Taken into use: {forms}.", forms=", ".join(newer)))
    else:
        done(errand, case, say("The case uses the newest forms already; nothing was written."))
