"""Which single answer, known or not, would change an advice if it were another.

Shown beside the questions while they are answered: what is in doubt and matters comes first.
"""

from collections.abc import Iterator

from breachdesk.rules.advice import Flip
from breachdesk.rules.questionnaire import SAYS_UNKNOWN, AnswerValue, Question
from breachdesk.rules.reading import Reading, owed, reread
from breachdesk.terms import Duty, Owed, QuestionKind

Change = tuple[str, bool, AnswerValue, int]
"""What the answer would be called, whether it takes an option away, the new value, how far off."""

SET_DISTANCE = 3
"""How far off a change of a multiple choice counts: such facts are rarely mistaken."""


def find_flips(reading: Reading) -> tuple[Flip, ...]:
    """Return every single change of an answer that would change an advice.

    Most plausible first: what is not known yet, then changes with a firm outcome, and among
    them the answer nearest to the one given.
    """
    now = {duty: reading.owed(duty) for duty in reading.thresholds}
    found: list[tuple[tuple[bool, bool, int, int], Flip]] = []
    for question in reading.sheet.questions:
        is_open = question.id in reading.unknown
        if not is_open and question.id not in reading.values:
            continue
        for answer, removes, value, distance in changes(reading, question):
            changed = _advice_with(reading, question.id, value)
            would = tuple((duty, new) for duty, new in changed.items() if new is not now[duty])
            if would:
                vague = all(new is Owed.UNDETERMINED for _, new in would)
                place = reading.sheet.order[question.id]
                flip = Flip(
                    question=question.id, answer=answer, removes=removes, would_change=would
                )
                found.append(((not is_open, vague, distance, place), flip))
    return tuple(flip for _, flip in sorted(found, key=lambda one: one[0]))


def _advice_with(reading: Reading, question: str, value: AnswerValue) -> dict[Duty, Owed]:
    """Return what would be owed with another value of one answer."""
    best, worst = reread(reading, {**reading.values, question: value})
    return {duty: owed(best, worst, least) for duty, least in reading.thresholds.items()}


def changes(reading: Reading, question: Question) -> Iterator[Change]:
    """Yield every other value that one answer could have."""
    value = reading.values.get(question.id)
    options = [one.id for one in question.options if one.id not in SAYS_UNKNOWN]
    if question.kind is QuestionKind.ONE:
        ranks = reading.sheet.ranks[question.id]
        here = ranks.get(value, 0) if isinstance(value, str) else 0
        for one in options:
            if one != value:
                yield one, False, one, abs(ranks[one] - here)
    elif question.kind is QuestionKind.MANY:
        yield from _sets(value if isinstance(value, tuple) else (), options)
    elif question.id == "people_number":
        yield from _numbers(value, reading.pack.thresholds["many_people"])


def _sets(chosen: tuple[str, ...], options: list[str]) -> Iterator[Change]:
    """Yield the choice with one option more, then with one less."""
    for one in options:
        if one not in chosen:
            yield one, False, (*chosen, one), SET_DISTANCE
        elif len(chosen) > 1:
            yield one, True, tuple(other for other in chosen if other != one), SET_DISTANCE


def _numbers(value: AnswerValue, limit: int) -> Iterator[Change]:
    """Yield the nearest number on the other side of a limit."""
    if not isinstance(value, int) or value > limit:
        yield str(limit), False, limit, 1
    if not isinstance(value, int) or value <= limit:
        yield str(limit + 1), False, limit + 1, 1
