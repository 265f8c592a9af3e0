"""Locked with dialogs open and words half typed, twice, from elsewhere; and opened again."""

import gc
import weakref
from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from breachdesk.desk import Desk
from breachdesk.message import say
from breachdesk.tui.app import DeskApp
from breachdesk.tui.palette import Palette
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.home.screen import HomeScreen
from breachdesk.tui.screens.recovery import RecoveryScreen
from breachdesk.tui.screens.unknown import UnknownDialog
from breachdesk.tui.widgets.dialogs import ConfirmDialog
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.helping import HelpDialog
from tests.tui.breaches import logged
from tests.tui.desks import Stage, settle
from tests.tui.doors import PASSPHRASE, LockedDoor, app_before, unlock
from tests.tui.held import Gate, locked, open_first, the_app, watched
from tests.tui.reading import flowing, said


@pytest.fixture
def gate() -> Iterator[Gate]:
    built = Gate()
    yield built
    built.opened.set()


async def palette(pilot: Pilot[int], app: DeskApp) -> None:
    await pilot.press("ctrl+p")
    await settle(pilot)
    assert isinstance(app.screen, Palette)


async def confirm(pilot: Pilot[int], app: DeskApp) -> None:
    app.push_screen(ConfirmDialog(say("Sure?"), say("Payroll"), say("Yes")))
    await settle(pilot)


async def helped(pilot: Pilot[int], app: DeskApp) -> None:
    await pilot.press("l")
    await settle(pilot)
    await pilot.press("f1")
    await settle(pilot)
    assert isinstance(app.screen, HelpDialog)


@pytest.mark.parametrize("opening", [palette, confirm, helped])
async def test_whatever_lies_over_the_case_goes_and_nothing_holds_the_case(
    stage: Stage, opening: Callable[[Pilot[int], DeskApp], Awaitable[None]]
) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot)
        shown = app.screen
        assert isinstance(shown, CaseScreen)
        assert shown.case is not None
        held = [weakref.ref(shown), weakref.ref(shown.case)]
        del shown
        await opening(pilot, app)
        app.action_lock()
        await watched(pilot, app)
        await settle(pilot)
        gc.collect()
        assert [one() for one in held] == [None, None]
        await unlock(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_words_in_a_dialog_are_there_again(stage: Stage) -> None:
    logged(stage)
    app = the_app(stage)

    async def reach(pilot: Pilot[int]) -> UnknownDialog:
        case = app.desk.intake.open("1")
        question = case.question("cause")
        assert question is not None
        dialog = UnknownDialog(case, "facts", question)
        app.push_screen(dialog)
        await settle(pilot)
        return dialog

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await reach(pilot)
        await pilot.press(*"Ola", "tab", *"tomorrow", "ctrl+l")
        await watched(pilot, app)
        await unlock(pilot)
        dialog = await reach(pilot)
        assert dialog.query_one("#owner", Input).value == "Ola"
        assert dialog.query_one("#due MomentInput", Input).value == "tomorrow"


async def test_a_reason_in_a_dialog_is_there_again(stage: Stage) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(2):
            await open_first(pilot)
            app.screen.run_worker(app.run_action("status", app.screen))
            await settle(pilot)
            reason = app.screen.query_one("#reason", TextArea)
            if not reason.text:
                reason.focus()
                await pilot.press(*"Done", "ctrl+l")
                await watched(pilot, app)
                await unlock(pilot)
        assert app.screen.query_one("#reason", TextArea).text == "Done"


async def test_words_on_their_way_to_the_desk_are_kept_too(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box has handed them on, another save is under way: they wait for it, then are saved."""
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        gate.holds(monkeypatch, app.desk.drafts, "save")
        await pilot.press(*"Lap")
        await gate.is_reached(pilot)
        await pilot.press("t")
        app.screen.query_one(DraftBox).flush()
        app.action_lock()
        gate.opened.set()
        await watched(pilot, app)
        await unlock(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == "Lapt"


async def test_locked_twice_is_locked_once_and_no_word_is_lost(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door, idle_minutes=15)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        closed: list[bool] = []
        close = Desk.close
        monkeypatch.setattr(Desk, "close", lambda self: (closed.append(True), close(self))[1])
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"Lapt")
        app.action_lock()
        stage.clock.move(minutes=20)
        door.locked += 1
        app.look_around()
        app.action_lock()
        await watched(pilot, app)
        app.action_lock()
        app.look_around()
        await settle(pilot)
        assert closed == [True]
        await unlock(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == "Lapt"


async def test_after_locking_a_wrong_passphrase_and_then_the_right_one(stage: Stage) -> None:
    app = app_before(LockedDoor(stage))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"Lapt", "ctrl+l")
        await watched(pilot, app)
        field = app.screen.query_one("#passphrase", Input)
        field.value = "another passphrase altogether"
        await pilot.press("enter")
        await settle(pilot)
        assert not app.is_open
        assert "does not open this desk" in flowing(pilot)
        assert field.value == ""
        app.action_lock()
        app.look_around()
        await settle(pilot)
        assert "does not open this desk" in flowing(pilot), "nothing to lock: nothing changes"
        field.value = PASSPHRASE
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == "Lapt"


async def test_a_lock_from_elsewhere_while_the_prompt_is_open_locks_nothing_later(
    stage: Stage,
) -> None:
    door = LockedDoor(stage)
    app = app_before(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(*PASSPHRASE[:5])
        door.locked += 1
        app.look_around()
        await settle(pilot)
        field = app.screen.query_one("#passphrase", Input)
        assert field.value == PASSPHRASE[:5], "the prompt stays as it is"
        field.value = PASSPHRASE
        await pilot.press("enter")
        await settle(pilot)
        app.look_around()
        await settle(pilot)
        assert app.is_open


async def test_a_lock_from_elsewhere_while_the_desk_opens_locks_it(
    stage: Stage, gate: Gate
) -> None:
    door = LockedDoor(stage, keyring=gate.before(lambda: True))
    app = app_before(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await gate.is_reached(pilot)
        door.locked += 1
        app.look_around()
        gate.opened.set()
        await settle(pilot)
        assert app.is_open
        app.look_around()
        await watched(pilot, app)


async def test_a_recovery_code_that_was_covered_is_spoken_of(stage: Stage) -> None:
    app = app_before(LockedDoor(stage, has_desk=False, keyring=lambda: True), actor="Kari")
    async with app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        for field in ("#passphrase", "#again"):
            app.screen.query_one(field, Input).value = PASSPHRASE
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, RecoveryScreen)
        app.action_lock()
        await locked(pilot, app)
        await unlock(pilot)
        assert "“breachdesk rekey” makes a new one" in said(pilot)
