"""One reading of the answers with nothing left open, ready for many questions about it.

Unknown answers are settled at their best or their worst: the options of a question stand from the
least to the most harm. An answer may open further questions, which are then settled too.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from breachdesk.rules.pack import RulePack
from breachdesk.rules.questionnaire import (
    SAYS_UNKNOWN,
    Answers,
    AnswerValue,
    Condition,
    Question,
    Questionnaire,
    is_unknown,
)
from breachdesk.rules.questionnaire.values import LARGEST_NUMBER
from breachdesk.terms import QuestionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form laid out for reading many times."""

    questions: tuple[Question, ...]
    """Each after all those its conditions name."""
    order: Mapping[str, int]
    """Place of each question in the form."""
    ranks: Mapping[str, Mapping[str, int]]
    """Question to option to its place, from the least to the most harm."""
    points: Mapping[str, Mapping[str, Mapping[str, int]]]
    """Question to option to what it counts, by factor."""
    best: Mapping[str, AnswerValue]
    worst: Mapping[str, AnswerValue]


def lay_out(form: Questionnaire) -> Sheet:
    """Return the form made ready: order of dependence, ranks of options, best and worst values."""
    return Sheet(
        questions=_by_dependence(form),
        order={one.id: place for place, one in enumerate(form.questions)},
        ranks={
            one.id: {option.id: place for place, option in enumerate(one.options)}
            for one in form.questions
        },
        points={
            one.id: {option.id: option.points for option in one.options} for one in form.questions
        },
        best={one.id: _extreme(one, worst=False) for one in form.questions},
        worst={one.id: _extreme(one, worst=True) for one in form.questions},
    )


def _by_dependence(form: Questionnaire) -> tuple[Question, ...]:
    questions = {one.id: one for one in form.questions}
    placed: dict[str, Question] = {}

    def place(question: Question) -> None:
        if question.id in placed:
            return
        for key in (*question.asked_if, *question.not_asked_if):
            if key in questions and key != question.id:
                place(questions[key])
        placed[question.id] = question

    for one in form.questions:
        place(one)
    return tuple(placed.values())


def _extreme(question: Question, *, worst: bool) -> AnswerValue:
    """Return the value of a question with the most or the least harm."""
    options = tuple(one.id for one in question.options if one.id not in SAYS_UNKNOWN)
    if question.kind is QuestionKind.MANY:
        return options if worst else options[:1]
    if question.kind is QuestionKind.ONE and options:
        return options[-1] if worst else options[0]
    if question.kind is QuestionKind.INTEGER:
        return LARGEST_NUMBER if worst else max(question.minimum, 1)
    return None


def known(sheet: Sheet, answers: Answers, outside: Condition) -> dict[str, AnswerValue]:
    """Return the answers that count: given to a question that is asked, and not "not known yet"."""
    values: dict[str, AnswerValue] = {}
    for question in sheet.questions:
        if not is_asked(question, values, sheet, outside):
            values.update(_uncounted(question))
            continue
        value = answers.get(question.id)
        if not is_unknown(value):
            values[question.id] = tuple(value) if isinstance(value, list) else value
    return values


def open_questions(
    sheet: Sheet, values: Mapping[str, AnswerValue], outside: Condition
) -> tuple[str, ...]:
    """Return the asked questions without a value that can be settled, in the form's order."""
    found = [
        one.id
        for one in sheet.questions
        if one.id not in values
        and sheet.best[one.id] is not None
        and is_asked(one, values, sheet, outside)
    ]
    return tuple(sorted(found, key=sheet.order.__getitem__))


def settle(
    sheet: Sheet,
    values: Mapping[str, AnswerValue],
    outside: Condition,
    *,
    worst: bool,
    turned: Container[str] = (),
) -> dict[str, AnswerValue]:
    """Return the values with every open question settled, those it opens in turn included.

    Args:
        sheet: The form laid out.
        values: What is known.
        outside: Derived facts, the role, and answers from other forms that conditions may name.
        worst: Settle at the worst, else at the best.
        turned: Questions settled the other way round, with those that only they open.
    """
    settled: dict[str, AnswerValue] = {}
    followers: set[str] = set()
    for question in sheet.questions:
        if not is_asked(question, settled, sheet, outside):
            settled.update(_uncounted(question))
            continue
        name = question.id
        if name in values:
            settled[name] = values[name]
            continue
        turn = name in turned or (
            bool(turned)
            and any(
                key in followers or (key in turned and key not in values)
                for key in (*question.asked_if, *question.not_asked_if)
            )
        )
        if turn:
            followers.add(name)
        value = (sheet.worst if worst != turn else sheet.best)[name]
        if value is not None:
            settled[name] = value
    return settled


def is_asked(
    question: Question, values: Mapping[str, AnswerValue], sheet: Sheet, outside: Condition
) -> bool:
    """Is the question asked, given values for the questions before it?

    What another form has not answered yet bars nothing here.
    """
    for key, wanted in question.asked_if.items():
        if key in sheet.order:
            if not _meets(values.get(key), wanted):
                return False
        elif key in outside and not _meets(outside[key], wanted):
            return False
    excluding = question.not_asked_if
    return not excluding or not all(
        _meets(values.get(key) if key in sheet.order else outside.get(key), wanted)
        for key, wanted in excluding.items()
    )


def _uncounted(question: Question) -> dict[str, AnswerValue]:
    """Return the value of a question that is not asked: nothing, or for a number the most.

    A number is not asked when another form says that it cannot be found out; what is not shown
    does not speak for a small one (Art. 5(2) GDPR).
    """
    return {question.id: LARGEST_NUMBER} if question.kind is QuestionKind.INTEGER else {}


def _meets(value: AnswerValue, wanted: tuple[str, ...]) -> bool:
    if value is None:
        return False
    if isinstance(value, tuple):
        return any(one in wanted for one in value)
    if isinstance(value, bool):
        return ("true" if value else "false") in wanted
    return str(value) in wanted


@dataclass(frozen=True, slots=True)
class Situation:
    """Settled values, asked about by the score and the rules."""

    values: Mapping[str, AnswerValue]
    sheet: Sheet
    pack: RulePack

    def says(self, question: str, *options: str) -> bool:
        """Is the answer one of these options?"""
        return self.values.get(question) in options

    def at_least(self, question: str, option: str) -> bool:
        """Is the answer this option or a worse one? No answer is neither."""
        value = self.values.get(question)
        if not isinstance(value, str):
            return False
        ranks = self.sheet.ranks[question]
        return ranks.get(value, -1) >= ranks[option]

    def holds(self, group: str) -> bool:
        """Is any chosen option in the group?"""
        question, options = self.pack.groups[group]
        value = self.values.get(question)
        return isinstance(value, tuple) and not options.isdisjoint(value)

    def number(self, question: str) -> int:
        """Return a number, 0 where none was asked for."""
        value = self.values.get(question)
        return value if isinstance(value, int) else 0
