"""The factors of EDPB guidelines 9/2022, section IV.B, each rated from the answers.

They are the lawyer's way to look at a breach, beside the score and the named rules, and decide
nothing by themselves. What each rating takes stands in the form as flat conditions.
"""

from collections.abc import Mapping

from breachdesk.rules.advice import RatedFactor
from breachdesk.rules.pack import ANY_ANSWER, GROUP, MORE_THAN, RatedBy, RulePack
from breachdesk.rules.questionnaire import AnswerValue, Condition, Question
from breachdesk.rules.questionnaire.values import LARGEST_NUMBER
from breachdesk.rules.reading import Reading
from breachdesk.rules.wording import number_words, option_words
from breachdesk.terms import Lang, Words

RATINGS = ("low", "medium", "high")
"""From the least to the most harm; beside them ``undetermined`` and ``not_rated``."""

Values = Mapping[str, AnswerValue]


def rate_factors(reading: Reading) -> tuple[RatedFactor, ...]:
    """Return each factor's rating, with every unknown at its best and at its worst.

    ``undetermined`` where the two differ; ``not_rated`` where nothing that is asked bears on it.
    """
    return tuple(_rated(reading, one) for one in reading.pack.edpb_factors.values())


def _rated(reading: Reading, factor: RatedBy) -> RatedFactor:
    least = _rating(factor, reading.best.values, reading.pack)
    most = _rating(factor, reading.worst.values, reading.pack)
    names = tuple(dict.fromkeys((*factor.about, *_causing(reading, factor, most))))
    return RatedFactor(
        id=factor.id,
        title=factor.title,
        rating=least if least == most else "undetermined",
        least=least,
        most=most,
        because=_because(reading, names),
        questions=tuple(one for one in names if one in reading.values),
        cites=factor.cites,
    )


def _rating(factor: RatedBy, values: Values, pack: RulePack) -> str:
    """Return the highest rating of which a condition holds."""
    for rating in reversed(RATINGS):
        if any(_holds(one, values, pack) for one in factor.ratings[rating]):
            return rating
    return "not_rated"


def _causing(reading: Reading, factor: RatedBy, rating: str) -> Condition:
    """Return the condition behind a rating: one that known answers meet, before any other."""
    for values in (reading.values, reading.worst.values):
        for condition in factor.ratings.get(rating, ()):
            if _holds(condition, values, reading.pack):
                return condition
    return {}


def _holds(condition: Condition, values: Values, pack: RulePack) -> bool:
    return all(_meets(values.get(name), wanted, pack) for name, wanted in condition.items())


def _meets(value: AnswerValue, wanted: tuple[str, ...], pack: RulePack) -> bool:
    if value is None:
        return False
    given = value if isinstance(value, tuple) else (value,)
    return any(_is(one, each, pack) for one in given for each in wanted)


def _is(value: object, wanted: str, pack: RulePack) -> bool:
    """Is one value what is wanted: an option, any of a group, a number above a threshold?"""
    if wanted == ANY_ANSWER:
        return True
    if wanted.startswith(GROUP):
        return value in pack.groups[wanted.removeprefix(GROUP)][1]
    if wanted.startswith(MORE_THAN):
        return isinstance(value, int) and value > pack.thresholds[wanted.removeprefix(MORE_THAN)]
    return value == wanted


def _because(reading: Reading, names: tuple[str, ...]) -> Words:
    """Return the questions that a rating rests on, each with its answer as far as it is known."""
    said = []
    for name in names:
        question = reading.form.question(name)
        if question is not None:
            answer = _answer(reading, question)
            said.append([f"{question.text.in_(lang)} {answer.in_(lang)}" for lang in Lang])
    if not said:
        return reading.pack.grounds["not_asked"].text
    return Words(*("; ".join(each) for each in zip(*said, strict=True)))


def _answer(reading: Reading, question: Question) -> Words:
    """Return an answer as the form words it, whole."""
    value = reading.values.get(question.id)
    if isinstance(value, int) and not isinstance(value, bool) and value != LARGEST_NUMBER:
        return number_words(value)
    if isinstance(value, tuple):
        return option_words(reading.form, question.id, value)
    chosen = question.option(str(value))
    return chosen.text if chosen else reading.pack.grounds["unknown"].text
