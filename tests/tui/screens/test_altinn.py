"""The Altinn sheet on the screen: copied field by field, ticked off, kept, and changed since."""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.desk import Sheet
from breachdesk.terms import Lang
from breachdesk.tui.screens.altinn import CHANGED, COPIED, OPEN, AltinnScreen
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.sent import SentDialog
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import as_processor, decided, tricky
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said, screen_text

SIZE = (80, 24)


def at(stage: Stage) -> AltinnScreen:
    return AltinnScreen(stage.desk.intake.open("1"))


def screen(pilot: Pilot[int]) -> AltinnScreen:
    found = pilot.app.screen
    assert isinstance(found, AltinnScreen)
    return found


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


async def test_enter_copies_a_field_ticks_it_and_goes_to_the_next(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        fields = screen(pilot).fields
        assert f"0 of {len(fields)} copied" in said(pilot)
        await press(pilot, "enter")
        assert pilot.app.clipboard == fields[0].value
        assert screen(pilot).state_of(fields[0]) == COPIED
        assert screen(pilot).field == fields[1]
        await press(pilot, "c")
        assert pilot.app.clipboard == fields[1].value
        assert f"2 of {len(fields)} copied" in said(pilot)


async def test_every_field_is_reached_by_one_key_alone(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        copied = []
        for _ in screen(pilot).fields:
            await press(pilot, "enter")
            copied.append(pilot.app.clipboard)
        assert copied == [one.value for one in screen(pilot).fields]
        assert "Every field is copied" in flowing(pilot)


async def test_ticks_are_there_again_and_a_changed_value_says_so(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        names = [one.field for one in screen(pilot).fields]
        place = next(n for n, one in enumerate(screen(pilot).fields) if "payroll" in one.value)
        for one in screen(pilot).fields[: place + 1]:
            stage.desk.altinn.tick("BD-2026-001", one, is_copied=True)
    stage.desk.assessment.answer("1", "facts", Sheet(values={"description": "Another story"}))
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        again = screen(pilot)
        assert [one.field for one in again.fields] == names
        assert again.state_of(again.fields[place]) == CHANGED
        assert again.state_of(again.fields[0]) == COPIED
        assert "changed since: 1" in said(pilot)
        assert again.field == again.fields[place]
    assert stage.desk.drafts.all() == ()


async def test_a_tick_is_set_and_taken_away_without_copying(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        first = screen(pilot).fields[0]
        await press(pilot, "t")
        assert (screen(pilot).state_of(first), pilot.app.clipboard) == (COPIED, "")
        await press(pilot, "t")
        assert screen(pilot).state_of(first) == OPEN


async def test_the_sheet_changes_its_language_and_who_can_send_is_shown(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = screen(pilot).sheet
        await press(pilot, "g")
        after = screen(pilot).sheet
        assert before is not None
        assert after is not None
        assert {before.lang, after.lang} == {Lang.NB, Lang.EN}
        await press(pilot, "r")
        assert screen(pilot).query_one(LineList).line_id == "ready.holder"
        assert "Nobody is named who holds" in said(pilot)


async def test_sending_is_recorded_from_the_sheet(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert in_front(pilot, SentDialog)


async def test_the_receipt_is_kept_with_the_sending(stage: Stage, tmp_path: Path) -> None:
    decided(stage)
    receipt = tmp_path / "kvittering.pdf"
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        dialog = in_front(pilot, SentDialog)
        dialog.query_one("#channel", Input).value = "Altinn"
        dialog.query_one("#file", Input).value = str(receipt)
        await press(pilot, "ctrl+s")
        assert "cannot be read" in said(pilot)
        assert stage.desk.intake.open("1").dispatches == ()
        receipt.write_bytes(b"%PDF receipt")
        await press(pilot, "ctrl+s")
        assert in_front(pilot, AltinnScreen)
    (kept,) = stage.desk.intake.open("1").attachments
    assert stage.desk.attachments.content(kept.id)[1] == b"%PDF receipt"


async def test_the_papers_tab_opens_the_sheet_and_a_processor_has_none(stage: Stage) -> None:
    decided(stage)
    as_processor(stage)
    app = stage.app(lambda: CaseScreen("1", tab="papers"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Altinn sheet" in flowing(pilot)
        pilot.app.screen.query_one("#papers-list", LineList).go_to("altinn.sheet")
        await press(pilot, "enter")
        assert in_front(pilot, AltinnScreen)
    app = stage.app(lambda: CaseScreen("2", tab="papers"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Altinn sheet" not in flowing(pilot)


async def test_what_is_typed_into_a_case_never_steers_the_screen(stage: Stage) -> None:
    tricky(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *(["enter"] * 4))
        assert "\x1b" not in screen_text(pilot)


async def test_the_sheet_in_every_guise(pictures: Pictures) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        case = pilot.app.screen
        assert isinstance(case, CaseScreen)
        case.open_altinn()
        await settle(pilot)
        await press(pilot, "enter", "enter", "enter")

    await pictures(prepare=decided, first=lambda: CaseScreen("1"), steps=steps)
