"""Answers that contradict each other are pointed out, and decide nothing."""

import pytest

from tests.rules.answers import Given, advise, letter, loose, outage, owed, pack

PROBLEMS: list[tuple[str, Given]] = [
    ("ruled_out_yet_held", letter(exposure="ruled-out")),
    ("ruled_out_yet_used", loose(exposure="ruled-out", misuse="harmful")),
    ("unreadable_yet_used", loose(protection="strong", key="safe", misuse="unwanted")),
    ("encrypted_key_gone", loose(protection="strong", key="exposed")),
    ("in_time_yet_harmed", outage(restored="back-in-time", effect="serious")),
    ("copy_yet_harmed", outage(restored="copy-only", effect="felt")),
    ("public_yet_secret", loose(insight="public", implied="danger")),
    ("mistake_yet_harm", loose(misuse="harmful")),
    ("nobody_concerned", letter(people_number=0)),
    ("deleted_by_nobody_known", loose(deletion="confirmed")),
    ("deleted_yet_used", letter(deletion="confirmed", misuse="unwanted")),
    ("taken_yet_no_confidentiality", outage(exposure="obtained")),
    ("lost_yet_no_availability", letter(restored="gone")),
    ("altered_yet_no_integrity", outage(altered="used")),
    ("intruder_yet_mistake", loose(holder="attacker")),
    (
        "identity_yet_hardly_anybody",
        letter(data_types=("basic", "identification-number"), identifiability="hardly"),
    ),
]


@pytest.mark.parametrize(("problem", "answers"), PROBLEMS, ids=[one[0] for one in PROBLEMS])
def test_contradiction_is_pointed_out_in_the_answers_own_words(
    problem: str, answers: Given
) -> None:
    found = {one.rule: one for one in advise(answers).problems}
    assert problem in found
    assert "$" not in found[problem].words.en + found[problem].words.nb
    assert found[problem].questions


def test_every_contradiction_is_tested_and_has_words() -> None:
    assert {one[0] for one in PROBLEMS} == set(pack().problems)


@pytest.mark.parametrize("answers", [letter(), loose(), outage()])
def test_answers_that_go_together_are_left_alone(answers: Given) -> None:
    assert advise(answers).problems == ()


def test_contradiction_does_not_make_advice_undetermined() -> None:
    answers = outage(restored="back-in-time", effect="serious")
    assert "undetermined" not in {one.value for one in owed(answers)}


def test_effect_that_altered_data_explain_is_no_contradiction() -> None:
    answers = {
        **outage(restored="copy-only", effect="felt"),
        "nature": ("availability", "integrity"),
        "altered": "used",
    }
    assert advise(answers).problems == ()
