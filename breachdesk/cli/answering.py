"""The forms and their questions; answer them."""

from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.answers import HandedIn, from_flags, from_toml
from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_text
from breachdesk.cli.options import Ref, argument, option
from breachdesk.cli.reports import done
from breachdesk.errors import AnswersRefusedError, NoSuchThingError
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from breachdesk.desk import AnswerReport
    from breachdesk.rules.questionnaire import Condition, Question, Questionnaire

FormId = Annotated[
    str, argument("FORM", say("Which form: facts or risk."), lambda: ["facts", "risk"])
]
_MISSING_SHOWN = 10


def register(desk: Counter) -> None:
    """Add the commands."""
    forms = desk.group("form", say("The questionnaires: list, show, check, upgrade."))
    forms.command("list", say("List the forms."), "breachdesk form list")(list_forms)
    forms.command(
        "show",
        say("Show a form: its questions with options, conditions and sources."),
        "breachdesk form show risk --lang nb",
        "breachdesk form show facts --json",
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
    desk.command(
        "answer",
        say("Answer a form. All answers are taken, or none; what is missing is listed."),
        "breachdesk answer 7 facts --set people_number=212 --set data_types=basic,economic",
        "breachdesk answer 7 facts --unknown data_location_now --owner Ola --due 15:00",
        "breachdesk answer 7 risk --file answers.toml --json",
    )(answer)


def answer(  # noqa: PLR0913 - the ways answers are handed in
    errand: Errand,
    ref: Ref,
    form: FormId,
    *,
    file: Annotated[
        str | None,
        option("--file", "F.toml", say("A file with the tables [answers] and [unknown].")),
    ] = None,
    set_: Annotated[
        list[str] | None,
        option("--set", "ID=VALUE", say("One answer; ID=@FILE for a long text. May be repeated.")),
    ] = None,
    unknown: Annotated[
        list[str] | None, option("--unknown", "ID", say("Not known yet. May be repeated."))
    ] = None,
    owner: Annotated[
        str | None, option("--owner", "NAME", say("Who finds out what is not known yet."))
    ] = None,
    due: Annotated[
        str | None, option("--due", "DUE", say("By when: 15:00, in 2 h, tomorrow 12:00."))
    ] = None,
    clear: Annotated[
        list[str] | None, option("--clear", "ID", say("Take an answer back. May be repeated."))
    ] = None,
) -> int:
    """Answer a form."""
    handed = HandedIn()
    try:
        if file is not None:
            from_toml(errand, file, handed)
        from_flags(
            errand,
            handed,
            set_ or (),
            unknown or (),
            clear or (),
            owner=maybe_text(errand, owner, "--owner"),
            due_text=due,
        )
        sheet = handed.sheet()
        report = errand.acting().assessment.answer(ref, form, sheet)
    except AnswersRefusedError as error:
        return _refused(errand, error)
    _accepted(errand, report)
    return 0


def _refused(errand: Errand, error: AnswersRefusedError) -> int:
    problems = [(question, errand.speaker.say(what)) for question, what in error.problems]
    if errand.wants_json:
        listed = [{"id": question, "problem": what} for question, what in problems]
        errand.give({"accepted": [], "missing": [], "problems": listed})
    else:
        for question, what in problems:
            errand.show(f"{question}: {what}")
    errand.note(error.what)
    return error.exit_code


def _accepted(errand: Errand, report: "AnswerReport") -> None:
    case = report.case
    if errand.wants_json:
        errand.give(
            {
                "ref": case.ref,
                "accepted": list(report.accepted),
                "missing": list(report.missing),
                "problems": [],
            }
        )
        return
    questions = [case.question(one) for one in report.missing]
    said: list[Message] = [say("{count} taken.", count=len(report.accepted))]
    if questions:
        said.append(say("Still missing ({count}):", count=len(questions)))
        said += [
            say("  {id}: {text}", id=one.id, text=one.text)
            for one in questions[:_MISSING_SHOWN]
            if one
        ]
    if len(questions) > _MISSING_SHOWN:
        said.append(
            say("  and {count} more; --json lists all", count=len(questions) - _MISSING_SHOWN)
        )
    done(errand, case, *said)


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


def show_form(errand: Errand, form: FormId) -> None:
    """Show one form."""
    found = errand.forms.questionnaires.get(form.strip().lower())
    if found is None:
        raise NoSuchThingError(
            say("There is no form “{form}”.", form=form),
            say("Choose one of: {forms}.", forms=", ".join(errand.forms.questionnaires)),
        )
    if errand.wants_json:
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
            if question is None:
                continue
            errand.write(f"  {question.id} ({question.kind.value}): {of(question.text)}")
            for key, values in question.asked_if.items():
                errand.tell(say("      asked if {what} = {values}", what=key, values=_any(values)))
            for key, values in question.not_asked_if.items():
                errand.tell(say("      not if {what} = {values}", what=key, values=_any(values)))
            for option_ in question.options:
                errand.write(f"      {option_.id}: {of(option_.text)}")
            if question.cites:
                errand.write(f"      [{', '.join(question.cites)}]")


def _any(values: tuple[str, ...]) -> str:
    return " | ".join(values)


def check_forms(errand: Errand) -> int:
    """Check the form files."""
    from breachdesk.forms import check, find_forms

    findings = check(find_forms(), errand.settings.home / "forms")
    if errand.wants_json:
        listed = [{"file": file, "problem": errand.speaker.say(what)} for file, what in findings]
        errand.give({"ok": not findings, "findings": listed})
    elif not findings:
        errand.tell(say("The forms hold together."))
    else:
        for file, what in findings:
            errand.show(f"{file}: {errand.speaker.say(what)}")
    return int(bool(findings))


def upgrade(errand: Errand, ref: Ref) -> None:
    """Let a case use the newest forms."""
    done(errand, errand.acting().intake.upgrade_forms(ref))
