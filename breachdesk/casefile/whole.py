"""The incident as a whole: the answers for everybody, with what only a group of people has.

Papers about the whole breach and the EDPB's template have one field for what each group may have
answered for itself. A field for several kinds holds them all; one for a single choice follows the
group that is hit worst, as the risk does; texts stand below one another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from breachdesk.casefile.case import CaseFile
from breachdesk.casefile.given import as_value, in_force
from breachdesk.casefile.groups import CaseGroup
from breachdesk.records import Answer
from breachdesk.rules.groups import BASIS, NUMBER
from breachdesk.rules.questionnaire import SAYS_UNKNOWN, STANDS_ALONE, AnswerValue, Question
from breachdesk.terms import QuestionKind

_TO_READERS = frozenset({"message_content", "advice_to_subjects"})
"""What is written to the people of one group is not written to all."""


def whole(case: CaseFile) -> CaseFile:
    """Return the case with answers that cover everybody affected; without groups, as it is.

    What is not known of one group stays not known, beside what is known of the others. Of a case
    as it is for one group nothing is added.
    """
    if case.seen_for is not None or not case.groups:
        return case
    answers, given = dict(case.answers), dict(case.given)
    for question in _own_questions(case):
        parts = [one.answers[question.id] for one in case.groups if question.id in one.answers]
        shared = case.answers.get(question.id)
        said = parts if shared is None else [shared, *parts]
        value = _together(question, [as_value(one) for one in said])
        still_open = next((one for one in said if not _says(one)), None)
        if still_open is None or _is_enough(question, value):
            answers[question.id] = next((one for one in said if _says(one)), said[0])
            given[question.id] = value
            continue
        answers[question.id] = still_open.model_copy(update={"is_unknown": True})
        given[question.id] = value if question.kind is QuestionKind.MANY else None
    return replace(case, answers=answers, given=given)


def set_aside(case: CaseFile, question: Question, group: CaseGroup) -> tuple[str, ...]:
    """Return what is answered for everybody and not in a group's own answer to the same question.

    Options of a question that takes several, or a text; one choice can only be another.
    """
    own = group.answers.get(question.id)
    shared = in_force(case.answer_log).get(question.id)
    if own is None or shared is None or not (_says(own) and _says(shared)):
        return ()
    mine, everybodys = as_value(own), as_value(shared)
    if question.kind is QuestionKind.MANY:
        not_lost = {*_options(mine), *STANDS_ALONE}
        return tuple(one for one in _options(everybodys) if one not in not_lost)
    if question.kind is QuestionKind.TEXT and isinstance(everybodys, str):
        there = mine if isinstance(mine, str) else ""
        return () if everybodys.strip() in there else (everybodys.strip(),)
    return ()


def partly_open(case: CaseFile, question_id: str) -> bool:
    """Is something known, and of some people not? So it is in the whole of a case with groups."""
    answer = case.answers.get(question_id)
    return answer is not None and answer.is_unknown and case.value(question_id) is not None


def _own_questions(case: CaseFile) -> Iterator[Question]:
    """Yield the questions that some group has an answer of its own to."""
    named = dict.fromkeys(question for one in case.groups for question in one.answers)
    for question_id in named:
        question = case.question(question_id)
        if question is not None and question_id not in {NUMBER, BASIS, *_TO_READERS}:
            yield question


def _together(question: Question, values: Sequence[AnswerValue]) -> AnswerValue:
    match question.kind:
        case QuestionKind.MANY:
            return _united(question, values)
        case QuestionKind.ONE:
            ranks = _ranks(question)
            known = [one for one in values if isinstance(one, str)]
            return max(known, key=lambda one: ranks.get(one, -1), default=None)
        case QuestionKind.TEXT:
            texts = (one.strip() for one in values if isinstance(one, str))
            return "\n".join(dict.fromkeys(one for one in texts if one)) or None
        case _:
            return next((one for one in values if one is not None), None)


def _united(question: Question, values: Sequence[AnswerValue]) -> AnswerValue:
    """Return all options chosen, in the form's order; "none" only where nobody has any."""
    ranks = _ranks(question)
    chosen = {option for one in values for option in _options(one)} - SAYS_UNKNOWN
    some = chosen - STANDS_ALONE or chosen
    return tuple(sorted(some, key=lambda one: ranks.get(one, len(ranks)))) or None


def _is_enough(question: Question, value: AnswerValue) -> bool:
    """Can what is still unknown of some not change a text, or make a single choice worse?"""
    return (question.kind is QuestionKind.TEXT and value is not None) or (
        question.kind is QuestionKind.ONE
        and bool(question.options)
        and value == question.options[-1].id
    )


def _ranks(question: Question) -> Mapping[str, int]:
    """Return the place of each option: they stand from the least to the most harm."""
    return {one.id: place for place, one in enumerate(question.options)}


def _options(value: AnswerValue) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple | list) else ()


def _says(answer: Answer) -> bool:
    """Does it say anything but "not known yet"?"""
    value = as_value(answer)
    is_open = isinstance(value, tuple) and not set(value) - SAYS_UNKNOWN
    return not answer.is_unknown and not is_open
