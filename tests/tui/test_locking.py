"""Locked means: covered at once, half-typed words kept, the desk closed and let go of."""

import gc
import weakref
from pathlib import Path

import pytest
from textual.widgets import Input

from breachdesk.desk import Desk
from breachdesk.errors import LockedError, StoreError
from breachdesk.message import say
from breachdesk.tui.app import DeskApp
from breachdesk.tui.screens.unlock import UnlockScreen
from breachdesk.tui.widgets.dialogs import MessageDialog
from tests.tui.cases import a_case
from tests.tui.desks import Stage, settle
from tests.tui.doors import LockedDoor, app_before, unlock
from tests.tui.reading import said


def only_the_door(app: DeskApp) -> bool:
    return [type(one) for one in app.screen_stack] == [UnlockScreen]


async def test_nothing_holds_on_to_the_desk_its_key_or_its_code(stage: Stage) -> None:
    a_case(stage, "Payroll", hours_ago=1)
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        desk, store = weakref.ref(app.desk), weakref.ref(app.desk.office.store)
        engine = app.desk.office.store.engine
        app.copy_to_clipboard("Payroll")
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert only_the_door(app)
        assert engine.pool.checkedin() == engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        assert app.clipboard == ""
        del engine
        door.opened.clear()
        stage._desks.clear()
        await settle(pilot)
        gc.collect()
        assert desk() is None
        assert store() is None


async def test_the_screen_is_covered_before_words_are_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program may hold the desk for ten seconds; whoever walked away is covered by then."""
    app = app_before(LockedDoor(stage, keyring=lambda: True))
    seen: list[bool] = []
    save = stage.desk.drafts.__class__.save

    def slowly(self: object, place: str, field: str, text: str) -> None:
        seen.append(len(app.screen_stack) == 1)
        save(self, place, field, text)  # type: ignore[arg-type]

    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        monkeypatch.setattr("breachdesk.desk.drafts.Drafts.save", slowly)
        monkeypatch.setattr("breachdesk.tui.widgets.draftbox.SAVE_AFTER", 600)
        await pilot.press(*"Lapt", "ctrl+l")
        await settle(pilot)
        assert only_the_door(app)
        assert seen
        assert seen[-1], "the last words were kept behind a covered screen"
        await unlock(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == "Lapt"


async def test_words_that_cannot_be_kept_are_said_and_the_desk_locks_all_the_same(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError(say("The disk is full; nothing was written."))

    app = app_before(LockedDoor(stage, keyring=lambda: True))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        monkeypatch.setattr("breachdesk.desk.drafts.Drafts.save", full)
        await pilot.press(*"Lapt", "ctrl+l")
        await settle(pilot)
        assert not app.is_open
        assert [type(one) for one in app.screen_stack] == [UnlockScreen, MessageDialog]


async def test_a_lock_from_elsewhere_locks_this_window(stage: Stage) -> None:
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.look_around()
        await settle(pilot)
        assert app.is_open
        door.locked = 1
        app.look_around()
        await settle(pilot)
        assert only_the_door(app)
        await unlock(pilot)
        app.look_around()
        await settle(pilot)
        assert app.is_open, "one lock locks once"


async def test_a_locked_desk_is_opened_by_what_is_typed_and_not_by_the_keyring(
    stage: Stage,
) -> None:
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door, idle_minutes=15)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.is_open
        stage.clock.move(minutes=15)
        app.lock_when_idle()
        await settle(pilot)
        assert door.forgotten == 1
        await pilot.press("enter")
        await settle(pilot)
        await pilot.click("#open")
        await settle(pilot)
        assert only_the_door(app)
        assert not app.is_open
        assert "does not hold its key" in said(app)
        await unlock(pilot)
        assert app.is_open


async def test_a_window_that_is_called_to_lock_leaves_the_keyring_alone(stage: Stage) -> None:
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door)
    async with app.run_test() as pilot:
        await settle(pilot)
        door.locked = 1
        app.look_around()
        await settle(pilot)
        assert only_the_door(app)
        assert door.forgotten == 0, "somebody may have unlocked another window meanwhile"


async def test_a_keyring_that_keeps_the_key_is_said_while_the_desk_is_locked(stage: Stage) -> None:
    def keeps() -> None:
        raise LockedError(
            say("The desk is closed, but your keyring did not let go of its key."),
            say("Unlock your keyring and do it again."),
        )

    app = app_before(LockedDoor(stage, keyring=lambda: True, forgets=keeps))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert only_the_door(app)
        assert not app.is_open
        assert "your keyring did not let go of its key" in said(app)


async def test_a_clock_that_was_moved_is_said_and_does_not_keep_the_desk_open(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door, idle_minutes=15)
    told: list[str] = []
    async with app.run_test() as pilot:
        await settle(pilot)
        monkeypatch.setattr(app, "notify", lambda text, **_: told.append(text))
        stage.clock.move(minutes=10)
        app.look_around()
        assert told == []
        stage.clock.move(hours=-2)
        door.slipped -= 2 * 3600
        app.look_around()
        assert told[-1].startswith("This machine's clock was put back by 2 h.")
        assert app.is_open
        stage.clock.move(minutes=5)
        app.look_around()
        await settle(pilot)
        assert only_the_door(app), "fifteen minutes are fifteen minutes"


async def test_a_record_ahead_of_the_clock_is_said_when_the_desk_opens(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_case(stage, "Payroll", hours_ago=1)
    stage.clock.move(hours=-1)
    app = app_before(LockedDoor(stage, keyring=lambda: True))
    told: list[str] = []
    monkeypatch.setattr(app, "notify", lambda text, **_: told.append(text))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert any("clock stands before the newest entry" in one for one in told)
        assert isinstance(app.desk, Desk)


def test_only_the_viewer_is_another_program() -> None:
    """No editor and no other program is started, so there are no swap or undo files of theirs."""
    package = Path(__file__).parents[2] / "breachdesk"
    starts = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(one in path.read_text("utf-8") for one in ("subprocess", "os.system", "pty.spawn"))
    }
    assert starts == {"tui/viewer.py"}
