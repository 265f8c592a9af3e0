"""What an answer for a group of people takes the place of, and how to give both."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from breachdesk.message import Message, say
from breachdesk.rules.questionnaire import Question
from breachdesk.terms import QuestionKind

if TYPE_CHECKING:
    from breachdesk.desk.assessment import AnswerReport


def stands_alone(report: "AnswerReport") -> Iterator[Message]:
    """Yield a sentence for each answer of a group that leaves out what holds for everybody."""
    group = report.group
    for question_id, left in report.set_aside.items():
        question = report.case.question(question_id)
        if group is None or question is None:
            continue
        if question.kind is QuestionKind.TEXT:
            yield say(
                "For “{group}” the answer to “{id}” now stands alone: the text for everybody does "
                "not count for them. If both hold, write both in one answer.",
                group=group.name,
                id=question_id,
            )
        else:
            yield say(
                "For “{group}” the answer to “{id}” now stands alone: {left}, answered for "
                "everybody, does not count for them. If both hold, give both: --group "
                '"{group}" --set {id}={both}',
                group=group.name,
                id=question_id,
                left=", ".join(left),
                both=",".join(_both(question, left, group.answers[question_id].value)),
            )


def _both(question: Question, left: tuple[str, ...], own: object) -> Iterator[str]:
    """Yield all options in the form's order."""
    chosen = {*left, *(own if isinstance(own, list | tuple) else ())}
    return (one.id for one in question.options if one.id in chosen)
