"""What is under way while the desk is entered, locked or left: nothing is lost, nothing falls."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerFailed

from breachdesk.tui.app import DeskApp
from breachdesk.tui.screens.home.screen import HomeScreen
from breachdesk.tui.screens.unlock import UnlockScreen
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.helping import HelpDialog
from tests.tui.breaches import logged
from tests.tui.desks import Stage, settle
from tests.tui.doors import PASSPHRASE, LockedDoor, app_before
from tests.tui.held import Gate, is_locked, open_first, the_app, watched


@pytest.fixture
def gate() -> Iterator[Gate]:
    built = Gate()
    yield built
    built.opened.set()


async def uncovered(pilot: Pilot[int], app: DeskApp) -> None:
    while not isinstance(app.screen, UnlockScreen) or app.is_covered:
        await pilot.pause()


async def test_leaving_while_words_are_kept_on_locking_loses_none(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        monkeypatch.setattr("breachdesk.tui.widgets.draftbox.SAVE_AFTER", 600)
        await pilot.press(*"Lapt")
        gate.holds(monkeypatch, app.desk.drafts, "save")
        app.action_lock()
        await gate.is_reached(pilot)
        await uncovered(pilot, app)
        await app.action_quit()
        gate.opened.set()
        while app.return_value is None:
            await pilot.pause(0.01)
        assert not app.is_open
    assert [one.text for one in stage.again().drafts.all()] == ["Lapt"]


async def test_words_of_a_dialog_that_has_gone_are_kept_before_the_desk_is_closed(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        gate.holds(monkeypatch, app.desk.drafts, "save")
        box = DraftBox(place="new")
        box.kept.update(title="Laptop", why="A call")
        app.post_message(DraftBox.Typed(box, dict(box.kept)))
        app.action_lock()
        await gate.is_reached(pilot)
        for _ in range(9):
            await pilot.pause(0.01)
        assert not is_locked(app)
        gate.opened.set()
        await watched(pilot, app)
    assert {one.text for one in stage.again().drafts.all()} == {"Laptop", "A call"}


async def test_a_lock_while_the_desk_is_entered_waits_until_it_is(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_before(LockedDoor(stage))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.unkept["new", "title"] = "Laptop"
        gate.holds(monkeypatch, stage.desk.drafts, "save")
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        await gate.is_reached(pilot)
        app.action_lock()
        for _ in range(9):
            await pilot.pause(0.01)
        gate.opened.set()
        await watched(pilot, app)
    assert [one.text for one in stage.again().drafts.all()] == ["Laptop"]


async def test_the_privacy_key_while_a_dialog_is_only_coming(stage: Stage) -> None:
    app = stage.app(HomeScreen)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        dialog = HelpDialog(app.screen)
        await dialog.speak_anew()  # as when it is pushed, and not drawn yet
        app.push_screen(dialog)
        app.action_veil()
        await settle(pilot)
        assert app.screen is dialog


async def test_keys_that_wait_for_a_screen_that_goes_are_forgotten(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot)
        gate.holds(monkeypatch, app.desk.intake, "open")
        app.typed_ahead._is_pressing = True  # one is not done with
        await pilot.press(*"abc")
        app.typed_ahead._is_pressing = False
        app.action_lock()
        gate.opened.set()
        await watched(pilot, app)
        assert not app.typed_ahead.is_waiting


async def test_the_unforeseen_shows_no_value_beneath_the_screen(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    async def falls() -> None:
        secret = "Zqsecret"
        raise ValueError(len(secret))

    async def run(app: DeskApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.run_worker(falls())
            while app.unforeseen is None:
                await pilot.pause(0.01)

    app = stage.app(HomeScreen)
    with pytest.raises(WorkerFailed):
        await run(app)
    assert isinstance(app.unforeseen, ValueError), "what went wrong, and not only that it did"
    told = capsys.readouterr()
    assert "Zqsecret" not in told.out + told.err
