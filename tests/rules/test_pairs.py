"""Which two answers together change an advice that no single answer changes."""

import time
from functools import cache
from itertools import combinations

import pytest

from breachdesk.rules.advice import ChangedAnswer, FlipPair
from breachdesk.rules.flips import changes, find_flips
from breachdesk.rules.pairs import find_pairs
from breachdesk.rules.questionnaire import AnswerValue
from breachdesk.rules.reading import Reading, owed, reread
from breachdesk.terms import Duty, Owed, QuestionKind, Role
from tests.rules.answers import Given, advise, draw, judged, letter, loose, seeded

GRAVE = loose(
    nature=("confidentiality", "availability"),
    restored="gone",
    effect="health",
    data_types=("health", "identification-number"),
    insight="whole-picture",
    abuse="take",
    holder="attacker",
    misuse="harmful",
)
"""So much speaks for a high risk that no single answer takes it away."""
MOST = 5
"""Situations that are tried; finding them takes a second, so not while tests are collected."""


def pairs_of(answers: Given) -> tuple[Reading, tuple[FlipPair, ...]]:
    reading = judged(answers)
    return reading, find_pairs(reading, find_flips(reading))


def firm_and_stuck(answers: Given) -> set[Duty]:
    """The duties whose firm advice no single answer changes."""
    reading = judged(answers)
    changed = {duty for flip in find_flips(reading) for duty, _ in flip.would_change}
    return {
        duty
        for duty in reading.thresholds
        if reading.owed(duty) is not Owed.UNDETERMINED and duty not in changed
    }


@cache
def stuck_situations() -> tuple[Given, ...]:
    found = [GRAVE]
    for seed in range(4000):
        answers = draw(seeded(seed), mild=(0.0, 0.4, 0.8)[seed % 3])
        if firm_and_stuck(answers):
            found.append(answers)
        if len(found) == MOST:
            break
    return tuple(found)


def with_pair(reading: Reading, pair: FlipPair) -> dict[Duty, Owed]:
    put = {one.question: value_of(reading, one) for one in pair.changes}
    levels = reread(reading, {**reading.values, **put})
    return {duty: owed(*levels, least) for duty, least in reading.thresholds.items()}


def value_of(reading: Reading, one: ChangedAnswer) -> AnswerValue:
    question = reading.form.question(one.question)
    assert question is not None
    return next(
        value
        for answer, removes, value, _ in changes(reading, question)
        if (answer, removes) == (one.answer, one.removes)
    )


@pytest.mark.parametrize("number", range(MOST))
def test_each_pair_does_what_it_says_and_neither_answer_does_it_alone(number: int) -> None:
    answers = stuck_situations()[number]
    reading, pairs = pairs_of(answers)
    stuck = firm_and_stuck(answers)
    for pair in pairs:
        after = with_pair(reading, pair)
        told = dict(pair.would_change)
        assert set(told) & stuck
        for duty in reading.thresholds:
            assert told.get(duty, reading.owed(duty)) is after[duty]


@pytest.mark.parametrize("number", range(4))
def test_every_pair_that_changes_the_advice_is_given_or_lies_beyond_a_given_one(
    number: int,
) -> None:
    """All pairs of all other answers tried one by one find none that is not covered."""
    answers = stuck_situations()[number]
    reading, pairs = pairs_of(answers)
    stuck = firm_and_stuck(answers)
    given = {
        (duty, frozenset(one.question for one in pair.changes))
        for pair in pairs
        for duty, _ in pair.would_change
    }
    asked = [one for one in reading.sheet.questions if one.id in reading.values]
    for first, second in combinations(asked, 2):
        for one in changes(reading, first):
            for other in changes(reading, second):
                put = {first.id: one[2], second.id: other[2]}
                levels = reread(reading, {**reading.values, **put})
                for duty in stuck:
                    if owed(*levels, reading.thresholds[duty]) is not reading.owed(duty):
                        assert (duty, frozenset(put)) in given


def test_nearest_pair_comes_first_and_further_answers_are_left_out() -> None:
    reading, pairs = pairs_of(GRAVE)
    assert pairs
    ranks = reading.sheet.ranks
    for pair, other in combinations(pairs, 2):
        same = [a.question for a in pair.changes] == [a.question for a in other.changes]
        kinds = {reading.form.question(a.question).kind for a in pair.changes}  # type: ignore[union-attr]
        if same and kinds == {QuestionKind.ONE}:
            milder = [
                ranks[a.question][a.answer] <= ranks[b.question][b.answer]
                for a, b in zip(pair.changes, other.changes, strict=True)
            ]
            assert len(set(milder)) == 2


def test_there_are_no_pairs_where_single_answers_do_it() -> None:
    assert advise(letter()).pairs == ()


def test_there_are_none_where_nothing_hangs_on_the_risk() -> None:
    assert advise(GRAVE, Role.PROCESSOR).pairs == ()
    assert advise(GRAVE, is_breach=False).pairs == ()


def test_flips_and_pairs_are_fast_enough_to_stand_beside_the_questions() -> None:
    """A quarter of a second is the most, on a slow and busy machine; measured: 5 to 80 ms."""
    for answers in (letter(), GRAVE, {}):
        began = time.process_time()
        assessed = advise({**answers, "undetected": "longer"})
        assert assessed.flips is not None
        assert assessed.pairs is not None
        assert time.process_time() - began < 0.25
