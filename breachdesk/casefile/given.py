"""From rows to what the rules read: the answers in force and the case's own facts."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from breachdesk.records import Answer, IncidentFacts
from breachdesk.rules.questionnaire import Answers, AnswerValue, Questionnaire


def in_force(answer_log: Iterable[Answer]) -> dict[str, Answer]:
    """Return the newest answer to each question, without those taken back."""
    newest = {answer.question: answer for answer in answer_log}
    return {question: answer for question, answer in newest.items() if not answer.is_cleared}


def without_known(
    answers: Mapping[str, Answer], facts: IncidentFacts, forms: Iterable[Questionnaire]
) -> dict[str, Answer]:
    """Return the answers without "not known yet" on what the case's own facts know by now."""
    known = {
        question.id
        for form in forms
        for question in form.questions
        if question.binds is not None and bound_value(facts, question.binds) is not None
    }
    return {question: answer for question, answer in answers.items() if question not in known}


def as_value(answer: Answer) -> AnswerValue:
    """Return an answer's value as the rules read it: lists as tuples, None for not known yet."""
    if answer.is_unknown:
        return None
    value: AnswerValue = tuple(answer.value) if isinstance(answer.value, list) else answer.value
    return value


def given_answers(
    answers: Mapping[str, Answer], facts: IncidentFacts, forms: Iterable[Questionnaire]
) -> Answers:
    """Return every answer as the rules read it, questions bound to the case's facts included."""
    given = {question: as_value(answer) for question, answer in answers.items()}
    for form in forms:
        for question in form.questions:
            if question.binds is None:
                continue
            value = bound_value(facts, question.binds)
            if value is not None:
                given[question.id] = value
    return given


def column_of(binds: str) -> str:
    """Return the column that a question binds: ``incident.nature`` is ``nature``."""
    return binds.removeprefix("incident.")


def field_of(binds: str) -> str:
    """Return what `correct` calls the fact that a question binds."""
    return column_of(binds).removesuffix("_at")


def bound_value(facts: IncidentFacts, binds: str) -> AnswerValue:
    """Return the value of ``incident.FIELD``; None when the case does not know it yet."""
    value = getattr(facts, column_of(binds), None)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, list):
        return tuple(value) or None
    return str(value) if value else None
