"""Identity numbers in a notification: which, where, and why they pass; warnings in our language."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from breachdesk.desk import Sheet
from breachdesk.terms import DocumentKind
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.issued import IssuedScreen
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.widgets.picks import Picks
from tests.documents.test_privacy import numbered
from tests.tui.breaches import decided
from tests.tui.desks import Stage, settle
from tests.tui.reading import in_front, said

SIZE = (80, 24)
NUMBER = numbered(17, 5, 1990)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def with_a_number(stage: Stage) -> PaperScreen:
    decided(stage)
    text = f"A list went astray.\nIt was about {NUMBER[:6]} {NUMBER[6:]}."
    case = stage.desk.assessment.answer("1", "facts", Sheet(values={"description": text})).case
    return PaperScreen(case, DocumentKind.NOTIFICATION)


async def test_a_number_stops_the_paper_until_it_is_marked_with_a_reason(
    stage: Stage, tmp_path: Path
) -> None:
    paper = with_a_number(stage)
    async with stage.app(lambda: paper).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "i")
        dialog = in_front(pilot, IssueDialog)
        dialog.query_one("#path", Input).value = str(tmp_path / "it.pdf")
        (pick,) = dialog.query_one("#numbers", Picks).picks
        assert "line 2" in pick.words.plain
        assert NUMBER[:6] in pick.words.plain
        assert NUMBER[6:] not in pick.words.plain
        await press(pilot, "ctrl+s")
        assert "Identity numbers of people stop the paper" in said(pilot)
        assert dialog.focused is dialog.query_one("#numbers")
        await press(pilot, "space", "ctrl+s")
        assert "Say why the numbers must stand in it" in said(pilot)
        assert stage.desk.intake.open("1").documents == ()
        dialog.query_one("#reason", TextArea).text = "The authority asked for it"
        await press(pilot, "ctrl+s")
        in_front(pilot, IssuedScreen)
    (document,) = stage.desk.intake.open("1").documents
    assert document.reason == "The authority asked for it"
    assert [one["field"] for one in document.allowed_numbers] == ["description"]


async def test_a_paper_of_our_own_asks_nothing_about_numbers(stage: Stage, tmp_path: Path) -> None:
    case = with_a_number(stage).the_case
    async with stage.app(lambda: PaperScreen(case, DocumentKind.TIMELINE)).run_test(
        size=SIZE
    ) as pilot:
        await settle(pilot)
        await press(pilot, "i")
        dialog = in_front(pilot, IssueDialog)
        assert not dialog.query("#numbers")
        dialog.query_one("#path", Input).value = str(tmp_path / "it.pdf")
        await press(pilot, "ctrl+s")
        in_front(pilot, IssuedScreen)


async def test_warnings_are_in_the_readers_language_not_the_papers(stage: Stage) -> None:
    decided(stage)
    case = stage.desk.assessment.answer(
        "1", "facts", Sheet(values={"description": "Write to kari@example.org"})
    ).case
    stage.lang = "en"
    async with stage.app(lambda: PaperScreen(case, DocumentKind.NOTIFICATION)).run_test(
        size=SIZE
    ) as pilot:
        await settle(pilot)
        screen = in_front(pilot, PaperScreen)
        assert screen.draft is not None
        assert screen.draft.lang.value == "nb"
        in_english = screen.draft.warnings
        await press(pilot, "g")
        assert screen.draft.lang.value == "en"
        assert screen.draft.warnings == in_english
