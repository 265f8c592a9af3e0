"""Which two answers together would change an advice that no single answer changes.

A worse answer never lowers the risk (the tests hold the rules to it). So only changes in one
direction can help, and where the two most extreme ones change nothing, nothing between them does.
Each pair is given with the nearest answers that do it; answers further off do it as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from breachdesk.rules.advice import ChangedAnswer, Flip, FlipPair
from breachdesk.rules.flips import Change, changes
from breachdesk.rules.questionnaire import AnswerValue, Question
from breachdesk.rules.reading import Reading, owed, reread
from breachdesk.terms import Duty, Owed, QuestionKind


@dataclass(frozen=True, slots=True)
class _Way:
    """One question whose answer can move in the wanted direction."""

    question: Question
    steps: tuple[Change, ...]
    """Nearest first."""
    furthest: tuple[AnswerValue, ...]
    """Values that none of the steps goes beyond."""


def find_pairs(reading: Reading, singles: Iterable[Flip]) -> tuple[FlipPair, ...]:
    """Return the pairs of answers that would change a firm advice which no single one changes.

    Most plausible first: the pair whose answers lie nearest to those given.
    """
    changed = {duty for flip in singles for duty, _ in flip.would_change}
    found: dict[tuple[ChangedAnswer, ChangedAnswer], tuple[int, FlipPair]] = {}
    for duty in reading.thresholds:
        now = reading.owed(duty)
        if now is Owed.UNDETERMINED or duty in changed:
            continue
        ways = _ways(reading, worse=now is Owed.NO)
        for first, second in combinations(ways, 2):
            if _can_change(reading, duty, first, second):
                for distance, pair in _nearest(reading, duty, first, second):
                    found.setdefault(pair.changes, (distance, pair))
    return tuple(pair for _, pair in sorted(found.values(), key=lambda one: one[0]))


def _ways(reading: Reading, *, worse: bool) -> list[_Way]:
    """Return the known answers that can be worse, or milder, than they are."""
    ways = []
    for question in reading.sheet.questions:
        if question.id not in reading.values:
            continue
        every = changes(reading, question)
        fitting = (one for one in every if _moves(reading, question, one, worse=worse))
        steps = tuple(sorted(fitting, key=lambda one: one[3]))
        if steps:
            is_set = question.kind is QuestionKind.MANY
            whole = (reading.sheet.worst[question.id],) if worse and is_set else None
            furthest = whole or (tuple(one[2] for one in steps) if is_set else (steps[-1][2],))
            ways.append(_Way(question, steps, furthest))
    return ways


def _moves(reading: Reading, question: Question, change: Change, *, worse: bool) -> bool:
    """Does a change go in the wanted direction?"""
    _, removes, value, _ = change
    now = reading.values[question.id]
    if question.kind is QuestionKind.MANY:
        return removes is not worse
    if isinstance(value, str) and isinstance(now, str):
        ranks = reading.sheet.ranks[question.id]
        return (ranks[value] > ranks[now]) is worse
    return isinstance(value, int) and isinstance(now, int) and (value > now) is worse


def _can_change(reading: Reading, duty: Duty, first: _Way, second: _Way) -> bool:
    return any(
        _owed_with(reading, duty, (first, one), (second, other)) is not reading.owed(duty)
        for one in first.furthest
        for other in second.furthest
    )


def _owed_with(reading: Reading, duty: Duty, *put: tuple[_Way, AnswerValue]) -> Owed:
    """Return what would be owed with other values of some answers."""
    levels = reread(reading, {**reading.values, **{way.question.id: one for way, one in put}})
    return owed(*levels, reading.thresholds[duty])


def _nearest(
    reading: Reading, duty: Duty, first: _Way, second: _Way
) -> Iterator[tuple[int, FlipPair]]:
    """Yield the pairs of two questions that change the advice, without those others imply."""
    done: list[tuple[Change, Change]] = []
    for one in first.steps:
        for other in second.steps:
            if any(_beyond(first, one, a) and _beyond(second, other, b) for a, b in done):
                continue
            levels = reread(
                reading,
                {**reading.values, first.question.id: one[2], second.question.id: other[2]},
            )
            would = tuple(
                (each, new)
                for each, least in reading.thresholds.items()
                if (new := owed(*levels, least)) is not reading.owed(each)
            )
            if duty in dict(would):
                done.append((one, other))
                answers = (_answer(first, one), _answer(second, other))
                yield one[3] + other[3], FlipPair(changes=answers, would_change=would)


def _beyond(way: _Way, step: Change, nearer: Change) -> bool:
    """Is a step the same as a nearer one, or further in the same direction?"""
    return way.question.kind is not QuestionKind.MANY or step == nearer


def _answer(way: _Way, step: Change) -> ChangedAnswer:
    return ChangedAnswer(question=way.question.id, answer=step[0], removes=step[1])
