"""Reads decided examples: facts in the desk's own questions, and what was decided."""

from collections.abc import Iterable, Mapping
from typing import Any

from breachdesk.forms.files import FormFile
from breachdesk.forms.findings import Findings, form_error
from breachdesk.forms.tables import LANGUAGES, Table
from breachdesk.message import Message, say
from breachdesk.rules.decided import DecidedCase, Verdict
from breachdesk.rules.questionnaire import AnswerValue, Question, read_value
from breachdesk.terms import Owed, RiskLevel, Role

_KEYS = (
    "id", "source", "title", "description", "role", "is_breach", "cites", "unknown", "answers",
    "expected",
)  # fmt: skip


def read_case(
    file: FormFile, questions: Mapping[str, Question], sources: Mapping[str, object]
) -> DecidedCase:
    """Return the example that a file holds.

    Raises:
        FormError: A question, option or source is unknown, or a part is missing.
    """
    table = Table(file.table, file.name, None, LANGUAGES[:2])
    table.expect(*_KEYS)
    for cited in table.cites():
        if cited not in sources:
            raise table.wrong(say("the source “{id}” is not known.", id=cited))
    return DecidedCase(
        id=table.text("id"),
        source=table.words("source"),
        title=table.words("title"),
        description=table.words("description"),
        role=table.word("role", Role),
        is_breach=table.flag("is_breach", default=True) if "is_breach" in table.values else None,
        answers=_answers(table, questions),
        expected=_verdict(_inner(table, "expected"), questions),
        cites=table.cites(),
    )


def _inner(table: Table, key: str) -> Table:
    value: Any = table.values.get(key)
    if not isinstance(value, dict):
        raise table.wrong(say("“{key}” must be {what}.", key=key, what=say("a table")))
    return table.at(value, say("[{key}]", key=key))


def _answers(table: Table, questions: Mapping[str, Question]) -> dict[str, AnswerValue]:
    given = _inner(table, "answers")
    answers: dict[str, AnswerValue] = {}
    for question_id, raw in given.values.items():
        value = read_value(_known(given, question_id, questions), raw)
        if isinstance(value, Message):
            raise given.wrong(say("{id}: {problem}", id=question_id, problem=value))
        answers[question_id] = value
    for question_id in table.texts("unknown"):
        if question_id in answers:
            raise table.wrong(say("“{id}” is both answered and unknown.", id=question_id))
        answers[_known(table, question_id, questions).id] = None
    return answers


def _known(table: Table, question_id: str, questions: Mapping[str, Question]) -> Question:
    if question_id not in questions:
        raise table.wrong(say("there is no question “{id}”.", id=question_id))
    return questions[question_id]


def _verdict(table: Table, questions: Mapping[str, Question]) -> Verdict:
    table.expect("risk", "notify_authority", "inform_subjects", "deciding")
    verdict = Verdict(
        notify_authority=table.word("notify_authority", Owed),
        inform_subjects=table.word("inform_subjects", Owed),
        risk=table.word("risk", RiskLevel),
        deciding=tuple(_known(table, one, questions).id for one in table.texts("deciding")),
    )
    is_open = Owed.UNDETERMINED in (verdict.notify_authority, verdict.inform_subjects)
    if bool(verdict.deciding) != is_open:
        raise table.wrong(say("“deciding” belongs to what is undetermined, and only there."))
    return verdict


def read_cases(
    files: Iterable[FormFile],
    questions: Mapping[str, Question],
    citations: Mapping[str, object],
    findings: Findings,
) -> tuple[DecidedCase, ...]:
    """Return the examples of several files, by id; one id belongs to one example."""
    cases: dict[str, DecidedCase] = {}
    for file in files:
        with findings.catching():
            case = read_case(file, questions, citations)
            if case.id in cases:
                raise form_error(file.name, say("the id is used twice."))
            cases[case.id] = case
    return tuple(cases[case_id] for case_id in sorted(cases))
