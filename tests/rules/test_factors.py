"""The EDPB's factors, each rated from the answers, with what caused the rating."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk.rules.advice import RatedFactor
from breachdesk.rules.factors import RATINGS, rate_factors
from tests.rules.answers import (
    Given,
    advise,
    draw,
    judged,
    letter,
    loose,
    outage,
    pack,
    seeded,
    sheet,
)
from tests.rules.test_promises import half_known, worse_values

ORDER = ("not_rated", *RATINGS)


def factors(answers: Given) -> dict[str, RatedFactor]:
    return {one.id: one for one in rate_factors(judged(answers))}


def test_every_factor_of_the_guidelines_is_rated_in_their_order() -> None:
    assert [one.id for one in advise(letter()).factors] == [
        "type",
        "data",
        "identification",
        "severity",
        "likelihood",
        "individuals",
        "controller",
        "number",
    ]


@pytest.mark.parametrize(
    ("answers", "ratings"),
    [
        (letter(), {"type": "medium", "data": "low", "identification": "high", "number": "low"}),
        (letter(data_subjects=("patients",)), {"individuals": "high", "controller": "low"}),
        (letter(implied="danger"), {"controller": "high", "individuals": "high"}),
        (letter(deletion="confirmed"), {"likelihood": "low"}),
        (letter(deletion="asked"), {"likelihood": "medium"}),
        (loose(holder="attacker"), {"type": "high", "likelihood": "high"}),
        (letter(data_types=("health",), insight="ordinary"), {"data": "high", "severity": "high"}),
        (letter(data_types=("health",), insight="a-little"), {"data": "medium"}),
        (letter(people_number=101), {"number": "medium"}),
        (letter(people_number=1001), {"number": "high"}),
        (outage(effect="health"), {"severity": "high", "likelihood": "high"}),
        (outage(restored="gone"), {"type": "high"}),
        (outage(), {"identification": "not_rated", "controller": "not_rated"}),
    ],
)
def test_ratings_follow_the_answers(answers: Given, ratings: dict[str, str]) -> None:
    found = factors(answers)
    assert {name: found[name].rating for name in ratings} == ratings


def test_unreadable_data_are_unlikely_to_harm_whoever_took_them() -> None:
    found = factors(loose(protection="strong", key="safe", intent="harm", data_types=("health",)))
    assert found["likelihood"].rating == "low"
    assert found["severity"].rating == "low"


def test_rating_names_the_answers_it_comes_from() -> None:
    one = factors(loose(holder="attacker"))["likelihood"]
    assert one.questions == ("exposure", "holder")
    assert "intruder" in one.because.en
    assert "inntrenger" in one.because.nb


def test_rating_of_what_is_not_known_is_open_with_both_ends() -> None:
    one = factors(letter(people_number=None))["number"]
    assert (one.rating, one.least, one.most) == ("undetermined", "low", "high")
    assert "not known yet" in one.because.en


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**32), mild=st.sampled_from([0.0, 0.4, 0.8]))
def test_worse_answer_never_lowers_a_rating_that_both_have(seed: int, mild: float) -> None:
    """A worse answer can make a factor matter no more, but never rate it lower."""
    answers = half_known(seed, mild)
    before = factors(answers)
    for question in sheet().questions:
        for worse in worse_values(question, answers.get(question.id)):
            after = factors({**answers, question.id: worse})
            for name, one in before.items():
                assert ORDER.index(after[name].most) >= ORDER.index(one.most), (name, worse)
                assert ORDER.index(after[name].least) >= ORDER.index(one.least), (name, worse)


def test_every_rating_of_every_factor_is_reached() -> None:
    seen: set[tuple[str, str]] = set()
    for seed in range(300):
        for one in factors(draw(seeded(seed), mild=(0.0, 0.5, 0.9)[seed % 3])).values():
            seen.add((one.id, one.rating))
    for name in pack().edpb_factors:
        assert {(name, rating) for rating in RATINGS} <= seen
