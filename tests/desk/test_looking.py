"""What the desk hands out to be looked at: advice on other answers, the trail, a saved paper."""

import stat
from pathlib import Path

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.errors import RefusedError, StoreError
from breachdesk.records import NewDispatch, NewIncident
from breachdesk.terms import DocumentKind, Duty, Nature, RiskLevel
from tests.desk.desks import FRIDAY, ToldClock


def log(desk: Desk) -> None:
    desk.intake.log(
        NewIncident(title="Letter lost", became_aware_at=FRIDAY, nature=(Nature.CONFIDENTIALITY,))
    )


def test_what_if_changes_nothing(desk: Desk) -> None:
    log(desk)
    case = desk.assessment.answer("1", "risk", Sheet(values={"exposure": "obtained"})).case
    head = desk.trust.head()
    would = desk.assessment.what_if(case, {"exposure": "ruled-out"})
    assert would.risk == RiskLevel.UNLIKELY
    assert desk.assessment.what_if(case, {}).risk == case.current.risk
    assert desk.trust.head() == head


def test_the_trail_holds_one_case_newest_first(desk: Desk) -> None:
    log(desk)
    log(desk)
    desk.intake.close("2", "a double")
    trail = desk.trust.trail("2")
    assert [one.action for one in trail.entries] == [
        "incident:status:close",
        "incident:facts:log",
        "incident:reference:log",
    ]
    assert trail.head == desk.trust.head()
    assert len(desk.trust.trail("2", last=1).entries) == 1


def test_a_saved_paper_is_its_owners_alone_and_never_replaces_a_file(
    desk: Desk, tmp_path: Path
) -> None:
    log(desk)
    issued = desk.papers.issue("1", DocumentKind.REGISTER_ENTRY)
    path = tmp_path / "paper.pdf"
    assert desk.papers.save(issued.document.id, path) == path.resolve()
    assert path.read_bytes() == issued.content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("mine")
    with pytest.raises(RefusedError, match="already"):
        desk.papers.save(issued.document.id, path)
    assert path.read_text() == "mine"
    with pytest.raises(StoreError):
        desk.papers.save(issued.document.id, tmp_path / "nowhere" / "paper.pdf")


def test_late_and_follow_up_are_known_to_the_forms(desk: Desk, clock: ToldClock) -> None:
    log(desk)
    assert "reasons_for_delay" not in {one.question.id for one in desk.intake.open("1").unknown}
    clock.move(hours=73)
    case = desk.intake.open("1")
    assert case.derived["late"] == ("true",)
    assert "reasons_for_delay" in {one.question.id for one in case.unknown}
    sent = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    assert desk.papers.sent("1", sent).derived["follow_up"] == ("true",)
