"""The key is changed beside an open window: it locks and says so, and never looks calm or empty."""

import secrets
from collections.abc import Callable

import pytest
from textual.content import Content
from textual.widgets import DataTable, Input

from breachdesk.desk import Desk
from breachdesk.errors import LockedError, StoreError
from breachdesk.message import say
from breachdesk.store.engine import KEY_BYTES, change_key
from breachdesk.store.faults import not_this_desk
from breachdesk.store.store import DATABASE
from breachdesk.tui.app import DeskApp
from breachdesk.tui.screens.home import HomeScreen
from breachdesk.tui.screens.home.next_box import NextBox
from breachdesk.tui.screens.unlock import UnlockScreen
from tests.tui.cases import a_case
from tests.tui.desks import Stage, settle
from tests.tui.doors import LockedDoor, app_before, unlock
from tests.tui.reading import said

CHANGED = LockedError(
    say("The desk's key was changed in another window."),
    say("Give the new passphrase or the new recovery code."),
)


def only_the_door(app: DeskApp) -> bool:
    return [type(one) for one in app.screen_stack] == [UnlockScreen]


def title(app: DeskApp) -> str:
    shown = app.screen.query_one(NextBox).border_title
    return shown.plain if isinstance(shown, Content) else str(shown or "")


def fails(desk: Desk) -> Callable[..., None]:
    def cannot(*_: object, **__: object) -> None:
        raise not_this_desk(desk.office.store.home / DATABASE)

    return cannot


async def test_a_window_beside_a_real_change_of_key_locks_at_the_first_reading(
    stage: Stage,
) -> None:
    a_case(stage, "Payroll", hours_ago=1)
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door)
    async with app.run_test() as pilot:
        await settle(pilot)
        store = app.desk.office.store
        change_key(store.home / DATABASE, bytes(KEY_BYTES), secrets.token_bytes(32))
        door.locked, door.called = 1, CHANGED
        assert isinstance(app.screen, HomeScreen)
        app.screen.read()
        await settle(pilot)
        assert only_the_door(app)
        assert not app.is_open
        assert "key was changed in another window" in said(app)
        assert "new passphrase" in said(app)


async def test_a_register_that_cannot_be_read_shows_what_it_showed_and_says_so_once(
    stage: Stage,
) -> None:
    """Nobody called for locking: the key was changed by a program that calls no window."""
    a_case(stage, "Payroll", hours_ago=1)
    app = app_before(LockedDoor(stage, keyring=lambda: True))
    async with app.run_test() as pilot:
        await settle(pilot)
        before = title(app)
        store = app.desk.office.store
        change_key(store.home / DATABASE, bytes(KEY_BYTES), secrets.token_bytes(32))
        for _ in range(2):
            assert isinstance(app.screen, HomeScreen), "no dialog lies over it"
            app.screen.read()
            await settle(pilot)
        assert title(app) == before
        assert "Nothing presses" not in title(app)
        assert app.screen.query_one(DataTable).row_count == 1
        assert "cannot be read now; this is how it stood" in said(app)
        app.action_lock()
        await settle(pilot)
        assert only_the_door(app), "no dialog lies over the lock"


async def test_a_register_that_was_never_read_is_not_calm(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("breachdesk.tui.screens.home.overview.read_overview", fails(stage.desk))
    app = app_before(LockedDoor(stage, keyring=lambda: True))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "Nothing presses" not in title(app)
        assert "What presses is not known" in said(app)
        assert "The register cannot be read now." in said(app)
        monkeypatch.undo()
        app.screen.read()
        await settle(pilot)
        assert "Nothing presses" in title(app)
        assert "cannot be read now" not in said(app)


async def test_words_half_typed_when_the_key_was_changed_are_kept_under_the_new_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise StoreError(say("The desk is not this desk's database."))

    monkeypatch.setattr("breachdesk.tui.widgets.draftbox.SAVE_AFTER", 600)
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"Lapt")
        with monkeypatch.context() as patch:
            patch.setattr("breachdesk.desk.drafts.Drafts.save", refused)
            door.locked, door.called = 1, CHANGED
            app.look_around()
            await settle(pilot)
        assert only_the_door(app), "no dialog lies over the lock"
        await unlock(pilot)
        assert app.unkept == {}
        await pilot.press("n")
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == "Lapt"
