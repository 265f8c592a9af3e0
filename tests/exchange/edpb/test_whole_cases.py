"""Three whole cases on the EDPB's template pass the check."""

from pathlib import Path

import pytest

from breachdesk.exchange.edpb import plain_fields
from breachdesk.terms import Phase
from tests.exchange.edpb.wholes import WHOLE, whole


def test_there_are_three() -> None:
    assert WHOLE == ("misdirected-letter", "processors-breach", "ransomware-hospital")


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_case_passes_the_check(name: str, tmp_path: Path) -> None:
    filled = whole(name, tmp_path).filled().filled
    assert [(one.field, str(one.what)) for one in filled.problems] == []


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_case_says_what_was_answered(name: str, tmp_path: Path) -> None:
    made = whole(name, tmp_path)
    fields = plain_fields(made.filled().filled.payload)
    expected = made.told["expected"]
    assert {number: fields.get(number) for number in expected} == expected


def test_what_is_not_known_yet_says_who_finds_out_by_when(tmp_path: Path) -> None:
    made = whole("ransomware-hospital", tmp_path)
    assert not made.filled().filled.is_complete
    from breachdesk.desk import Sheet

    unknown = {"systems": ("Ola Prøve", made.clock.now), "measures_taken": ("", None)}
    made.desk.assessment.answer(made.ref, "facts", Sheet(unknown=unknown))
    filled = made.filled().filled
    assert filled.payload[63] == (
        "Ikke kjent ennå. Ola Prøve finner det ut innen søn. 22. nov. 2026 kl. 10:00."
    )
    assert filled.payload[92] == "Ikke kjent ennå. Det følger i en tilleggsmelding."
    assert filled.problems == ()


def test_a_final_notification_has_no_not_known_yet(tmp_path: Path) -> None:
    filled = whole("ransomware-hospital", tmp_path).filled(Phase.FINAL).filled
    assert {56, 57}.isdisjoint(one.field for one in filled.problems)
    assert (filled.payload[56], filled.payload[57]) == ("d", "c")
    assert {one.field for one in filled.problems} == {72, 79}


def test_the_risk_is_explained_to_the_authority_and_no_advice_given_to_it(tmp_path: Path) -> None:
    text = str(whole("ransomware-hospital", tmp_path).filled().filled.payload[90])
    assert text.startswith("Høy risiko.\nENISAs alvorlighetspoeng: 4,75–5,25.\n– ")
    assert "fare for liv eller helse" in text
    assert "underrettes" not in text
    assert "Tilsynsmyndigheten skal" not in text
