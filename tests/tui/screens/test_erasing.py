"""Erasing on the screen: nothing goes before the reference is typed, and what stays is said."""

from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.terms import Matter, Status
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.erasing import EraseDialog
from breachdesk.tui.widgets.dialogs import MessageDialog
from tests.tui.breaches import issued
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said

SIZE = (80, 24)
REF = "BD-2026-001"


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


async def test_it_says_what_goes_what_stays_and_what_is_out_of_reach(stage: Stage) -> None:
    issued(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "delete")
        dialog = in_front(pilot, EraseDialog)
        assert dialog.query_one(".fields").scroll_offset.y == 0, "what goes is read first"
        words = said(pilot)
        assert "Goes for good" in words
        assert "as Art. 33(5) asks" in words
        assert "copies of the paper" in words
        assert "now: The recipient is not known to us." in words
        await press(pilot, "escape")
    assert stage.desk.intake.open("1").documents


async def test_duties_that_still_run_are_told_and_go_on(stage: Stage) -> None:
    issued(stage)
    running = stage.desk.erasing.outlook("1").running
    assert running
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "delete")
        assert "erasing does not end" in said(pilot)
        dialog = in_front(pilot, EraseDialog)
        dialog.query_one("#because", Input).value = "Kept for five years"
        dialog.query_one("#typed", Input).value = REF
        await press(pilot, "ctrl+s", "enter")
        assert in_front(pilot, CaseScreen)
    assert {one.duty for one in stage.desk.register.due(None)} == set(running)


async def test_nothing_goes_without_a_reason_and_the_reference(stage: Stage) -> None:
    issued(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "delete", "ctrl+s")
        assert "Say why the case may go" in said(pilot)
        dialog = in_front(pilot, EraseDialog)
        dialog.query_one("#because", Input).value = "Kept for five years"
        dialog.query_one("#typed", Input).value = "BD-2026-002"
        await press(pilot, "ctrl+s")
        assert f"Type {REF}; nothing was erased" in said(pilot)
    assert stage.desk.intake.open("1").documents


async def test_what_stays_is_the_tombstone_with_the_reasons_given_here(stage: Stage) -> None:
    issued(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "delete")
        dialog = in_front(pilot, EraseDialog)
        dialog.query_one("#because", Input).value = "Kept for five years"
        dialog.query_one("#keep-notify_authority", Input).value = "Salaries astray"
        dialog.query_one("#typed", Input).value = REF.lower()
        await press(pilot, "ctrl+s")
        assert "Rows erased:" in said(pilot)
        in_front(pilot, MessageDialog)
        await press(pilot, "enter")
        assert in_front(pilot, CaseScreen)
        assert "Payroll" not in flowing(pilot)
        await press(pilot, "delete")
        assert "was erased already" in said(pilot)
    case = stage.desk.intake.open("1")
    assert (case.facts.title, case.facts.status, case.documents) == (REF, Status.CLOSED, ())
    kept = case.decision(Matter.NOTIFY_AUTHORITY)
    assert kept is not None
    assert kept.rationale == "Salaries astray"
    assert stage.desk.trust.verify().ok
    assert stage.desk.drafts.all() == ()


async def test_erasing_in_every_guise(pictures: Pictures) -> None:
    def prepare(stage: Stage) -> None:
        issued(stage)

    async def steps(pilot: Pilot[int]) -> None:
        await press(pilot, "delete")

    await pictures(prepare=prepare, first=lambda: CaseScreen("1"), steps=steps)
