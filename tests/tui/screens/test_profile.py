"""A missing profile is said loudly wherever it matters, and is brought in from there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets import Input

from breachdesk.terms import DocumentKind
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.screens.profile import NoProfile, ProfileDialog
from tests.tui.breaches import as_processor, decided
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing, in_front, said

SIZE = (80, 24)
MISSING = "▲ No organisation profile"


@pytest.mark.parametrize(
    "first",
    [
        lambda stage: CaseScreen("1"),  # noqa: ARG005 - one shape for both
        lambda stage: PaperScreen(stage.desk.intake.open("1"), DocumentKind.NOTIFICATION),
    ],
)
async def test_a_missing_profile_is_said_and_brought_in(
    stage: Stage, tmp_path: Path, first: Callable[[Stage], Screen[None]]
) -> None:
    decided(stage)
    file = tmp_path / "profile.toml"
    file.write_text('[organisation]\nname = "Skansen Cyber AS"\n', encoding="utf-8")
    async with stage.app(lambda: first(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert MISSING in flowing(pilot)
        await pilot.press("ctrl+o", *"nowhere.toml", "enter")
        await settle(pilot)
        assert in_front(pilot, ProfileDialog)
        assert "nowhere.toml" in said(pilot)
        pilot.app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await settle(pilot)
        assert not pilot.app.screen.query_one(NoProfile).has_class("-missing")
        assert "Skansen Cyber AS" in flowing(pilot)
    profile = stage.desk.organisation.profile()
    assert profile is not None
    assert profile.organisation.name == "Skansen Cyber AS"


async def test_what_is_doubtful_about_a_paper_stands_where_it_is_issued(stage: Stage) -> None:
    as_processor(stage)
    paper = lambda: PaperScreen(stage.desk.intake.open("1"), DocumentKind.NOTIFICATION)  # noqa: E731
    async with stage.app(paper).run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = in_front(pilot, PaperScreen)
        assert screen.draft is not None
        assert screen.draft.warnings
        await pilot.press("i")
        await settle(pilot)
        assert in_front(pilot, IssueDialog)
        assert all(f"▲ {one}" in said(pilot) for one in screen.draft.warnings)
        assert pilot.app.screen.query_one("#yes").region.bottom <= SIZE[1]
