"""A processor's notice to each of several controllers, from the case's papers to the sending."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.records import NewIncident, Profile
from breachdesk.terms import Duty, Nature, Role
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.issued import IssuedScreen
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.screens.sent import SentDialog
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing, in_front

SERVED = {
    "organisation": {"name": "Drift AS"},
    "controller": [{"name": "Alfa AS"}, {"name": "Beta kommune"}],
}


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def serving(stage: Stage, profile: Mapping[str, object] = SERVED) -> None:
    stage.desk.organisation.take(Profile.model_validate(profile))
    new = NewIncident(
        title="Backup copied",
        became_aware_at=stage.clock.now - timedelta(hours=2),
        role=Role.PROCESSOR,
        nature=(Nature.CONFIDENTIALITY,),
    )
    stage.desk.intake.log(new)


async def test_a_notice_is_issued_to_one_controller_and_its_sending_names_it(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    serving(stage)
    async with stage.app(lambda: CaseScreen("1", tab="papers")).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "to Beta kommune names none of the others" in flowing(pilot)
        pilot.app.screen.query_one("#papers-list", LineList).go_to(
            "kind.processor-notice/Beta kommune"
        )
        await press(pilot, "enter")
        assert in_front(pilot, PaperScreen).to == "Beta kommune"
        await press(pilot, "i")
        path = in_front(pilot, IssueDialog).query_one("#path", Input).value
        assert path.endswith("BD-2026-001-processor-notice-beta-kommune-nb-v1.pdf")
        await press(pilot, "ctrl+s")
        assert in_front(pilot, IssuedScreen)
        await press(pilot, "s")
        assert in_front(pilot, SentDialog).query_one("#to", Input).value == "Beta kommune"
    case = stage.desk.intake.open("1")
    (document,) = case.documents
    assert case.addressee(document) == "Beta kommune"
    assert "Alfa" not in document.text
    assert case.clock(Duty.NOTIFY_CONTROLLER) is not None


async def test_one_controller_needs_no_lines_of_its_own(stage: Stage) -> None:
    one = {**SERVED, "controller": [{"name": "Alfa AS"}]}
    serving(stage, one)
    async with stage.app(lambda: CaseScreen("1", tab="papers")).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "names none of the others" not in flowing(pilot)
