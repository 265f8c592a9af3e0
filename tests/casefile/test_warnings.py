from datetime import datetime, timedelta
from pathlib import Path

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.desk import Sheet
from breachdesk.language import Speaker
from breachdesk.records import NewIncident, Profile
from breachdesk.records.group import NewGroup
from breachdesk.terms import DocumentKind, Lang, Role
from tests.desk.desks import FRIDAY, OSLO, new_desk

HOUR = timedelta(hours=1)


def said(case: CaseFile, lang: str = "en") -> str:
    return "\n".join(Speaker(lang, OSLO).say(one) for one in case.warnings)


@pytest.mark.parametrize(
    ("start", "sign", "words"),
    [
        (None, FRIDAY + HOUR, "before the first sign"),
        (FRIDAY - HOUR, FRIDAY - 2 * HOUR, "came before it began"),
        (FRIDAY + HOUR, None, "before it began"),
    ],
)
def test_times_that_cannot_all_be_right_are_warned_of_in_case_and_paper(
    tmp_path: Path, start: datetime | None, sign: datetime | None, words: str
) -> None:
    desk = new_desk(tmp_path)
    desk.office.clock.move(hours=3)  # type: ignore[attr-defined]  # the clock of the tests
    new = NewIncident(title="x", became_aware_at=FRIDAY, detected_at=sign, occurred_from=start)
    assert words in said(desk.intake.log(new))
    draft = desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    assert any("one of the two is wrong" in one for one in draft.warnings)
    desk.close()


def test_times_in_order_are_not_warned_of(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    new = NewIncident(
        title="x",
        became_aware_at=FRIDAY,
        detected_at=FRIDAY - HOUR,
        occurred_from=FRIDAY - 2 * HOUR,
    )
    assert desk.intake.log(new).warnings == ()
    desk.close()


def test_a_number_without_its_basis_is_printed_and_the_basis_is_missing(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    report = desk.assessment.answer("1", "facts", Sheet(values={"people_number": 212}))
    assert report.not_asked == ("people_number",)
    assert "hangs on people_basis" in said(report.case)
    draft = desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    rows = [row for one in draft.sections for b in one.blocks for row in getattr(b, "rows", ())]
    people = next(row for row in rows if "212" in getattr(row, "value", ""))
    assert "not known" not in people.value.lower()
    assert "people_basis" in {one.item for one in draft.missing}
    assert "people_number" not in {one.item for one in draft.missing}
    both = Sheet(values={"people_basis": "exact"})
    assert desk.assessment.answer("1", "facts", both).case.warnings == ()
    desk.close()


def test_a_number_that_another_answer_rules_out_is_not_printed(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    question = desk.intake.open("1").question("people_basis")
    assert question is not None
    other = next(one.id for one in question.options if one.id not in {"exact", "approximate"})
    handed = Sheet(values={"people_number": 212, "people_basis": other})
    desk.assessment.answer("1", "facts", handed)
    draft = desk.papers.draft("1", DocumentKind.REGISTER_ENTRY, lang=Lang.EN)
    assert "212" not in str(draft.sections) or other == "not-yet-known"
    desk.close()


def test_a_contract_that_may_run_is_named_until_somebody_says_whose_data_it_is(
    tmp_path: Path,
) -> None:
    desk = new_desk(tmp_path)
    served = {"name": "Client AS", "notice_hours": 24}
    profile = {"organisation": {"name": "We AS"}, "controller": [served]}
    desk.organisation.take(Profile.model_validate(profile))
    case = desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    assert "Client AS" in said(case)
    assert "24 h" in said(case)
    case = desk.intake.correct("1", "role", Role.PROCESSOR.value, "theirs")
    assert case.warnings == ()
    assert any(one.id == "controller.1" for one in case.other_clocks)
    desk.close()


@pytest.mark.parametrize(("actor", "is_warned"), [("root", True), ("Kari Nordmann", False)])
def test_a_paper_issued_by_an_account_is_warned_of(
    tmp_path: Path, actor: str, *, is_warned: bool
) -> None:
    desk = new_desk(tmp_path, actor=actor)
    desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    draft = desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    assert any("name of an account" in one for one in draft.warnings) is is_warned
    desk.close()


def test_groups_that_are_more_people_than_the_case_has_are_warned_of(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    sheet = Sheet(values={"people_basis": "approximate", "people_number": 200})
    desk.assessment.answer("1", "facts", sheet)
    desk.groups.add("1", NewGroup(name="Employees", people=150))
    assert "The groups together" not in said(desk.groups.add("1", NewGroup(name="Others")))
    case = desk.groups.correct("1", "Others", because="Counted", people=51)
    assert "The groups together are 201 people, and the case says 200 in all" in said(case)
    assert "Gruppene er til sammen 201 personer" in said(case, "nb")
    case = desk.groups.correct("1", "Others", because="Counted again", people=50)
    assert "The groups together" not in said(case)
    desk.close()


def test_a_reason_in_the_timeline_brings_no_second_colon(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    new = NewIncident(title="x", became_aware_at=FRIDAY, awareness_reason="It was opened")
    case = desk.intake.log(new)
    for lang in ("en", "nb"):
        aware = next(one for one in case.timeline if one.kind == "aware")
        line = Speaker(lang, OSLO).say(aware.text)
        assert line.endswith(" – It was opened")
        assert line.count(":") == 1
    desk.close()
