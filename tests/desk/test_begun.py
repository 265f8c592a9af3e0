"""A case begun with a playbook; a list looked at; the outlook of an erasure."""

from pathlib import Path

import pytest

from breachdesk.desk import Desk
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.records import NewEvidence, NewIncident
from breachdesk.terms import DocumentKind, Lang, Nature
from tests.desk.desks import FRIDAY, new_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def a_letter(**more: object) -> NewIncident:
    return NewIncident(title="A letter", became_aware_at=FRIDAY, **more)  # type: ignore[arg-type]


def test_a_playbook_brings_its_steps_and_what_its_choice_says(desk: Desk) -> None:
    case = desk.begun.log(a_letter(), "misdirected")
    assert {one.playbook for one in case.tasks} == {"misdirected"}
    assert case.facts.nature == [Nature.CONFIDENTIALITY]
    assert case.value("intent") == "mistake"
    assert case.value("incident_type") == "sent-by-mistake"


def test_what_was_said_at_logging_stays(desk: Desk) -> None:
    case = desk.begun.log(a_letter(nature=(Nature.INTEGRITY,)), "Misdirected")
    assert case.facts.nature == [Nature.INTEGRITY]


def test_an_unknown_playbook_logs_nothing(desk: Desk) -> None:
    with pytest.raises(NoSuchThingError):
        desk.begun.log(a_letter(), "flood")
    assert desk.trust.head()[0] == 0


def test_every_question_of_a_short_way_is_one_of_the_case(desk: Desk) -> None:
    case = desk.intake.log(a_letter())
    for book in desk.tasks.playbooks(case):
        assert all(case.question(one) is not None for one in book.shortly)


def test_the_outlook_says_what_erasing_then_does(desk: Desk, tmp_path: Path) -> None:
    desk.intake.log(a_letter())
    desk.papers.issue("1", DocumentKind.REGISTER_ENTRY, lang=Lang.NB)
    path = tmp_path / "mail.eml"
    path.write_bytes(b"mail")
    desk.evidence.add("1", path, NewEvidence(collector="Ola"))
    seen = desk.erasing.outlook("1")
    assert desk.intake.open("1").documents
    done = desk.erasing.erase("1", "Its time is over")
    assert (done.rows, done.files, done.out_of_reach) == (
        seen.rows, seen.files, seen.out_of_reach,
    )  # fmt: skip
    with pytest.raises(RefusedError):
        desk.erasing.outlook("1")


def test_a_list_is_looked_at_without_a_trace(desk: Desk) -> None:
    desk.intake.log(a_letter())
    before = desk.trust.head()
    content = b"navn;e-post;rolle\nOla Li;ola@example.org;x\nPer;;y\n"
    look = desk.letters.look("1", content)
    assert [one.name for one in look.samples] == ["Ola Li"]
    assert (look.by_email_only, look.languages) == (1, {"nb": 1})
    assert look.listed.columns == {"name": "navn", "email": "e-post"}
    assert look.listed.unused == ("rolle",)
    assert [one.row for one in look.listed.problems] == [3]
    assert desk.trust.head() == before
