"""Identity numbers of people stop a notification, with place and field, until they are let pass."""

from pathlib import Path

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.errors import RefusedError
from breachdesk.language import Speaker
from breachdesk.records import NewIncident
from breachdesk.terms import DocumentKind, Lang, Phase
from tests.desk.desks import OSLO, new_desk
from tests.documents.test_privacy import numbered

SORTS = {
    "plain": (17, 5),
    "D-number": (57, 5),
    "H-number": (17, 45),
    "synthetic": (17, 85),
    "synthetic D-number": (57, 85),
}
NUMBER = numbered(17, 5, 1990)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path)
    made.intake.log(NewIncident(title="Payroll list"))
    return made


def answer(desk: Desk, **values: object) -> None:
    desk.assessment.answer("1", "facts", Sheet(values=values))


def refusal(desk: Desk, lang: str = "en", *allowed: str, because: str = "") -> str:
    with pytest.raises(RefusedError) as caught:
        desk.papers.issue(
            "1", DocumentKind.NOTIFICATION, lang=Lang(lang), allowed_numbers=allowed,
            because=because,
        )  # fmt: skip
    assert desk.intake.open("1").documents == ()
    speaker = Speaker(lang, OSLO)
    step = speaker.say(caught.value.next_step) if caught.value.next_step else ""
    return f"{speaker.say(caught.value.what)} {step}"


@pytest.mark.parametrize(("day", "month"), SORTS.values(), ids=SORTS)
def test_a_number_of_any_sort_stops_the_notification(desk: Desk, day: int, month: int) -> None:
    number = numbered(day, month, 1990)
    answer(desk, description=f"A list went astray.\nIt was about {number[:6]} {number[6:]}.")
    said = refusal(desk)
    assert "description (“What happened”, line 2)" in said or "line 2): " in said
    assert f"{number[:6]} *****" in said
    assert number[6:] not in said
    assert "--allow-number description" in said


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "line 1"), ("nb", "linje 1")]
)  # fmt: skip
def test_place_and_field_are_said_in_the_reader_s_language(
    desk: Desk, lang: str, words: str
) -> None:
    answer(desk, measures_taken=f"Asked {NUMBER} to delete it.", description=f"About {NUMBER}.")
    said = refusal(desk, lang)
    assert "description (" in said
    assert "measures_taken (" in said
    assert said.count(words) == 2


def test_the_title_and_a_reason_of_a_decision_are_searched_too(desk: Desk) -> None:
    desk.intake.correct("1", "title", f"List of {NUMBER}", "More exact")
    assert "title (" in refusal(desk)


def test_a_number_let_pass_with_a_reason_is_kept_in_the_record(desk: Desk) -> None:
    answer(desk, description=f"About {NUMBER}.")
    assert "A reason is needed" in refusal(desk, "en", "description", because=" … ")
    issued = desk.papers.issue(
        "1", DocumentKind.NOTIFICATION, allowed_numbers=("description",),
        because="The authority asked for it",
    )  # fmt: skip
    (kept,) = issued.document.allowed_numbers
    assert (kept["field"], kept["line"], kept["found"]) == ("description", 1, f"{NUMBER[:6]} *****")
    assert issued.document.reason == "The authority asked for it"
    assert desk.trust.verify().ok


def test_letting_one_field_pass_lets_no_other_pass(desk: Desk) -> None:
    answer(desk, description=f"About {NUMBER}.", systems=f"Folder {NUMBER}")
    said = refusal(desk, "en", "description", because="Asked for")
    assert "systems (" in said
    assert "description (" not in said


def test_a_number_in_the_reason_of_a_change_stops_it_too(desk: Desk) -> None:
    answer(desk, people_basis="exact", people_number=40)
    desk.papers.issue("1", DocumentKind.NOTIFICATION)
    sheet = Sheet(values={"people_number": 41}, because=f"{NUMBER} was left out")
    desk.assessment.answer("1", "facts", sheet)
    with pytest.raises(RefusedError, match="people_basis"):
        desk.papers.issue("1", DocumentKind.NOTIFICATION, phase=Phase.SUPPLEMENTARY)


def test_account_numbers_and_other_digits_stop_nothing(desk: Desk) -> None:
    answer(desk, description="Account 1234 56 78903, order 12345678901, org. no. 000000301.")
    assert desk.papers.issue("1", DocumentKind.NOTIFICATION).document.allowed_numbers == []


def test_papers_that_stay_in_the_house_are_warned_of_and_issued(desk: Desk) -> None:
    answer(desk, description=f"About {NUMBER}.")
    issued = desk.papers.issue("1", DocumentKind.REGISTER_ENTRY, lang=Lang.EN)
    assert any(f"{NUMBER[:6]} *****" in one for one in issued.warnings)


def test_addresses_and_phones_in_free_text_are_warned_of_and_stop_nothing(desk: Desk) -> None:
    answer(desk, description="Sent to kari@prove.example, phone 912 34 567.")
    issued = desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    said = " ".join(issued.warnings)
    assert "kari@prove.example" in said
    assert "912 34 567" in said
