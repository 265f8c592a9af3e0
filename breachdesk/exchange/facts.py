"""Answers as people and machines read them: the options' own words, and the code words beside."""

from collections.abc import Iterable
from datetime import datetime, time

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.rules.questionnaire import AnswerValue, Question
from breachdesk.terms import QuestionKind


def joined(parts: Iterable[str]) -> str:
    """Return several short texts as one."""
    return ", ".join(parts)


def answer_text(case: CaseFile, question_id: str, speaker: Speaker) -> str:
    """Return an answer in words; empty when unanswered, and said when unknown or unconfirmed."""
    answer = case.answers.get(question_id)
    value = case.value(question_id)
    if value is None:
        is_unknown = answer is not None and answer.is_unknown
        return speaker.term("UnknownKind", "unknown") if is_unknown else ""
    text = value_text(case.question(question_id), value, speaker)
    if answer is None or answer.is_confirmed:
        return text
    return f"{text} ({speaker.term('UnknownKind', 'unconfirmed')})"


def value_text(question: Question | None, value: AnswerValue, speaker: Speaker) -> str:
    """Return a value in words; an option the form no longer has is shown by its id."""
    match value:
        case None:
            return ""
        case bool():
            return speaker.term("Owed", "yes" if value else "no")
        case int():
            return str(value)
        case tuple():
            return joined(_option(question, one, speaker) for one in value)
        case _ if question is not None and question.kind == QuestionKind.MOMENT:
            return _moment(value, speaker, or_day=question.day_suffices)
        case _:
            return _option(question, value, speaker)


def _option(question: Question | None, value: str, speaker: Speaker) -> str:
    option = question.option(value) if question is not None else None
    return value if option is None else option.text.in_(speaker.lang)


def _moment(value: str, speaker: Speaker, *, or_day: bool) -> str:
    """Return a time in words; a local midnight as its day, where a day was all that was asked."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    is_midnight = moment.astimezone(speaker.zone).time() == time()
    return speaker.day(moment) if or_day and is_midnight else speaker.moment(moment)


def answer_values(case: CaseFile, question_id: str, speaker: Speaker) -> dict[str, object]:
    """Return an answer as plain values: what was answered, in words, by whom and when."""
    answer, value = case.answers[question_id], case.value(question_id)
    return {
        "value": list(value) if isinstance(value, tuple) else value,
        "text": answer_text(case, question_id, speaker),
        "is_confirmed": answer.is_confirmed,
        "by": case.name_of(answer.recorded_by),
        "at": answer.recorded_at.isoformat(timespec="seconds"),
    }
