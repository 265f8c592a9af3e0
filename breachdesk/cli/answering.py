"""Answer a form: with a file, on the line, or by saying what is not known yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.answers import HandedIn, from_flags, from_toml
from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import maybe_text, read_as
from breachdesk.cli.options import FormId, GroupOption, Ref, maybe_group, option
from breachdesk.cli.reports import done, note_warnings
from breachdesk.cli.set_aside import stands_alone
from breachdesk.errors import AnswersRefusedError, RefusedError, with_remedy
from breachdesk.message import Message, say
from breachdesk.terms import QuestionKind

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.desk.assessment import AnswerReport

_MISSING_SHOWN = 10
_COUNTS = {"people_number": "people_basis", "records_number": "records_basis"}
"""Numbers that may be estimates, and the question that says so."""

Confirmed = Annotated[
    list[str] | None,
    option(
        "--confirm",
        "ID",
        say("What came from the profile is right here; “all” for the whole form."),
    ),
]
AnswerFile = Annotated[
    str | None,
    option(
        "--file",
        "F.toml",
        say(
            "A TOML file: under [answers] id = value or [list], under [unknown] "
            "id = { owner, due }."
        ),
    ),
]


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "answer",
        say(
            "Answer a form. All answers are taken, or none; what is missing is listed. "
            "“breachdesk form show FORM” tells ids and options; with --sample it gives a file to "
            "fill in."
        ),
        'breachdesk answer 7 facts --set nature=c --set "occurred_from=20.11.2026 08:00"',
        "breachdesk answer 7 facts --set people_number=212 --set data_types=basic,economic",
        "breachdesk answer 7 facts --unknown data_location_now --owner Ola --due 15:00",
        say('breachdesk answer 7 risk --group "Employees" --set data_types=health'),
        "breachdesk answer 7 facts --confirm data_types --confirm dpo",
        say("breachdesk form show facts --sample > answers.toml"),
        say("breachdesk answer 7 facts --file answers.toml"),
    )(answer)


def answer(  # noqa: PLR0913 - the ways answers are handed in
    errand: Errand,
    ref: Ref,
    form: FormId,
    *,
    file: AnswerFile = None,
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
    because: Annotated[
        str | None,
        option("--because", "TEXT", say("Why it changes; the next notification prints it.")),
    ] = None,
    group: GroupOption = None,
    confirm: Confirmed = None,
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
            confirm or (),
            owner=maybe_text(errand, owner, "--owner"),
            due_text=due,
        )
        reason, people = maybe_text(errand, because, "--because"), maybe_group(group)
        sheet = replace(handed.sheet(), because=reason, group=people)
        report = errand.acting().assessment.answer(ref, form, sheet)
    except AnswersRefusedError as error:
        return _refused(errand, error)
    except RefusedError as error:
        _give_refusal(errand, ((None, with_remedy(error)),))
        raise
    _echo_times(errand, report.case, handed.values)
    _accepted(errand, report)
    return 0


def _taken(report: "AnswerReport") -> Message:
    """Return how many answers are new; the same ones again change nothing."""
    same = len(report.unchanged)
    count = len(report.accepted) - same
    taken = say("One answer taken.") if count == 1 else say("{count} answers taken.", count=count)
    if not same:
        return taken
    return say("{taken} Unchanged: {count}.", taken=taken, count=same)


def _echo_times(errand: Errand, case: "CaseFile", values: Mapping[str, object]) -> None:
    """Say in full how each time was read."""
    from breachdesk.exchange.facts import value_text

    for question_id, typed in values.items():
        question = case.question(question_id)
        if question is not None and question.kind is QuestionKind.MOMENT:
            read = value_text(question, case.value(question_id), errand.speaker)
            errand.note(read_as(errand, str(typed), read))


def _refused(errand: Errand, error: AnswersRefusedError) -> int:
    problems = [
        (question, errand.speaker.say(_with_hint(question, what)))
        for question, what in error.problems
    ]
    if errand.wants_json:
        _give_refusal(errand, error.problems)
    else:
        for question, what in problems:
            errand.show(f"{question}: {what}")
    errand.note(error.what)
    return error.exit_code


def _give_refusal(errand: Errand, problems: "Sequence[tuple[str | None, Message]]") -> None:
    """Give, as JSON if that was asked for, what was wrong; nothing of the sheet was taken."""
    if not errand.wants_json:
        return
    listed = [
        {"id": question, "problem": errand.speaker.say(_with_hint(question or "", what))}
        for question, what in problems
    ]
    errand.give(
        {
            "accepted": [],
            "missing": [],
            "problems": listed,
            "not_asked": [],
            "unchanged": [],
            "set_aside": {},
        }
    )


def _with_hint(question: str, what: Message) -> Message:
    """Return a problem; where a number was typed as an estimate, with how one is written."""
    if question not in _COUNTS:
        return what
    return say(
        "{problem} An estimate is the number alone, with --set {basis} beside it.",
        problem=what,
        basis=f"{_COUNTS[question]}=approximate",
    )


def _accepted(errand: Errand, report: "AnswerReport") -> None:
    case = report.case
    if errand.wants_json:
        errand.give(
            {
                "ref": case.ref,
                "accepted": list(report.accepted),
                "missing": list(report.missing),
                "problems": [],
                "not_asked": list(report.not_asked),
                "unchanged": list(report.unchanged),
                "set_aside": {one: list(left) for one, left in report.set_aside.items()},
            }
        )
        return
    from breachdesk.rules.questionnaire import pending

    note_warnings(errand, case)
    for message in stands_alone(report):
        errand.note(message)
    questions = [case.question(one) for one in report.missing]
    is_new = len(report.unchanged) < len(report.accepted)
    said: list[Message] = [_taken(report)] if is_new else []
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
    waiting = {
        one.id for form in case.forms.values() for one in pending(form, case.given, case.derived)
    }
    unasked = [one for one in report.not_asked if one not in waiting]
    if unasked:
        ids = ", ".join(unasked)
        said.append(say("Kept, but not asked for as things stand: {ids}.", ids=ids))
    done(errand, case, *said)
