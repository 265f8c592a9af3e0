"""Which single answer would change an advice."""

import pytest

from breachdesk.rules.advice import Flip
from breachdesk.rules.reading import Reading
from breachdesk.terms import Duty, Owed, Role
from tests.rules.answers import Given, advise, draw, letter, loose, owed, seeded


def flips(answers: Given) -> tuple[Flip, ...]:
    return advise(answers).flips


def changed(answers: Given, flip: Flip) -> Given:
    value = answers.get(flip.question)
    if flip.question == "people_number":
        return {**answers, flip.question: int(flip.answer)}
    if isinstance(value, tuple) and flip.removes:
        return {**answers, flip.question: tuple(one for one in value if one != flip.answer)}
    if isinstance(value, tuple):
        return {**answers, flip.question: (*value, flip.answer)}
    return {**answers, flip.question: flip.answer}


def test_each_flip_does_what_it_says() -> None:
    rng = seeded(7)
    for _ in range(6):
        answers = draw(rng, mild=0.6)
        before = owed(answers)
        for flip in flips(answers):
            after = owed(changed(answers, flip))
            told = dict(flip.would_change)
            assert told.get(Duty.NOTIFY_AUTHORITY, before[0]) is after[0]
            assert told.get(Duty.INFORM_SUBJECTS, before[1]) is after[1]
            assert after != before


def test_confirmed_deletion_is_among_the_first_to_think_of() -> None:
    statement = letter(data_types=("economic",), insight="ordinary", rest="alike")
    found = [(one.question, one.answer) for one in flips(statement)]
    assert ("deletion", "confirmed") in found[:4]


def test_what_is_not_known_yet_comes_first() -> None:
    answers = loose(data_types=("economic",), insight="ordinary", protection=None)
    assert flips(answers)[0].question == "protection"


def test_nearest_answers_come_before_far_ones() -> None:
    found = [one for one in flips(letter(data_types=("health",))) if one.question == "insight"]
    assert [one.answer for one in found][:1] == ["a-little"]


def test_number_flips_at_its_limit() -> None:
    answers = letter(holder="many-known", misuse="none", scope="certain", abuse="little")
    found = {
        one.answer: one.would_change for one in flips(answers) if one.question == "people_number"
    }
    assert found == {"1001": ((Duty.NOTIFY_AUTHORITY, Owed.YES),)}
    many = {**answers, "people_number": 5000}
    assert [one.answer for one in flips(many) if one.question == "people_number"] == ["1000"]


def test_option_taken_away_is_marked() -> None:
    answers = letter(data_types=("basic", "health"), insight="ordinary", rest="alike")
    gone = [one for one in flips(answers) if one.question == "data_types" and one.removes]
    assert [one.answer for one in gone] == ["health"]


def test_processor_has_no_flips_because_nothing_hangs_on_the_risk() -> None:
    assert advise(letter(), Role.PROCESSOR).flips == ()


def test_no_flips_are_looked_for_once_it_is_no_breach() -> None:
    assert advise(letter(), is_breach=False).flips == ()


def test_flips_are_looked_for_only_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Reading] = []
    monkeypatch.setattr("breachdesk.rules.doubts.find_flips", lambda one: looked.append(one) or ())
    assessed = advise(letter(data_types=("health",), undetected="longer", people_number=41))
    assert looked == []
    assert assessed.flips == ()
    assert len(looked) == 1


def test_same_answers_are_looked_through_once() -> None:
    answers = letter(data_types=("health",), people_number=43)
    first, again = advise(answers), advise(dict(answers))
    assert first.flips is again.flips
    assert first.pairs is again.pairs
    assert advise({**answers, "people_number": 2000}).flips is not first.flips
