"""The first screen: the desk opens behind it, or it asks for what opens it."""

import threading
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from breachdesk.message import say
from breachdesk.terms import Lang
from breachdesk.tui.app import DeskApp
from breachdesk.tui.door import Step
from breachdesk.tui.screens.first_run import FirstRunScreen
from breachdesk.tui.screens.home import HomeScreen
from breachdesk.tui.screens.recovery import RecoveryScreen
from breachdesk.tui.screens.unlock import UnlockScreen
from breachdesk.tui.widgets.dialogs import MessageDialog
from tests.tui.cases import a_case
from tests.tui.desks import Stage, settle
from tests.tui.doors import CODE, PASSPHRASE, LockedDoor, app_before, hanging, unlock
from tests.tui.pictures import Pictures

FIELDS = ("actor", "passphrase", "again")


def said(app: DeskApp) -> str:
    return " ".join(str(one.content) for one in app.screen.query(Static) if one.display)


async def test_a_keyring_that_holds_the_key_opens_the_desk_without_a_question(stage: Stage) -> None:
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_wrong_passphrase_and_a_wrong_code_have_their_own_words(stage: Stage) -> None:
    app = app_before(LockedDoor(stage))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "your keyring does not hold its key" in said(app)
        await pilot.press(*"wrong", "enter")
        await settle(pilot)
        assert "The passphrase does not open this desk." in said(app)
        assert app.screen.query_one("#passphrase", Input).value == ""
        await pilot.press("tab", *"wrong", "enter")
        await settle(pilot)
        assert "belongs to another desk" in said(app)


async def test_the_passphrase_opens_the_desk_and_is_not_kept_on_the_screen(stage: Stage) -> None:
    app = app_before(LockedDoor(stage))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*PASSPHRASE, "enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert app.threshold.query_one("#passphrase", Input).value == ""


async def test_the_recovery_code_opens_the_desk(stage: Stage) -> None:
    app = app_before(LockedDoor(stage))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.query_one("#recovery", Input).value = CODE
        await pilot.click("#open")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_esc_turns_from_a_waiting_keyring_to_the_passphrase(stage: Stage) -> None:
    answer = threading.Event()
    door = LockedDoor(stage, keyring=hanging(answer))
    app = app_before(door)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "Waiting for your keyring" in said(app)
        await pilot.press("escape")
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        while len(door.opened) < 1 or not app.is_open:
            await pilot.pause()
        desk = app.desk
        answer.set()
        await settle(pilot)
        assert len(door.opened) == 2, "the keyring brought a second one, too late"
        assert app.desk is desk
        assert isinstance(app.screen, HomeScreen)


async def test_who_acts_is_asked_when_the_settings_do_not_say(stage: Stage) -> None:
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door, actor=None)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        assert "Say who you are" in said(app)
        await pilot.press(*"Ola", "enter")
        await settle(pilot)
        assert app.desk.actor == "Ola"
        assert door.remembered["actor"] == "Ola"
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert not app.screen.query_one(".who").display
        assert app.focused is app.screen.query_one("#passphrase")
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        await settle(pilot)
        assert app.desk.actor == "Ola", "the name that was given holds until the program ends"


async def test_the_first_start_makes_a_desk_and_shows_its_recovery_code_once(stage: Stage) -> None:
    door = LockedDoor(stage, has_desk=False)
    app = app_before(door, actor=None)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, FirstRunScreen)
        await pilot.press(*"Ola", "enter", *"too short", "ctrl+s")
        assert "at least 15 characters" in said(app)
        for field in ("passphrase", "again"):
            app.screen.query_one(f"#{field}", Input).value = PASSPHRASE
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, RecoveryScreen)
        assert all(group in said(app) for group in CODE.split("-"))
        await pilot.press(*"XXXX", "enter")
        assert "That is not its last group" in said(app)
        assert door.confirmed == 0
        await pilot.press(*["backspace"] * 4, *CODE[-4:].lower(), "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert door.confirmed == 1
        assert not any(isinstance(one, RecoveryScreen) for one in app.screen_stack)


async def test_a_code_that_was_never_confirmed_is_spoken_of_until_it_is_understood(
    stage: Stage,
) -> None:
    warning = say("Nobody confirmed the code.")
    app = app_before(LockedDoor(stage, keyring=lambda: True, code_warning=warning))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, MessageDialog)
        assert "Nobody confirmed the code." in said(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_passphrase_that_was_refused_is_typed_anew_where_nobody_reads_it(
    stage: Stage,
) -> None:
    app = app_before(LockedDoor(stage, has_desk=False), actor=None)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Ola", "enter", *"short", "enter", *"short", "enter")
        assert "at least 15 characters" in said(app)
        await pilot.press(*PASSPHRASE)
        values = [app.screen.query_one(f"#{one}", Input).value for one in FIELDS]
        assert values == ["Ola", PASSPHRASE, ""]
        await pilot.click("#make")
        assert "not the same" in said(app)
        await pilot.press("x")
        values = [app.screen.query_one(f"#{one}", Input).value for one in FIELDS]
        assert values == ["Ola", "x", ""]


async def test_with_a_passphrase_file_no_passphrase_is_asked(stage: Stage) -> None:
    app = app_before(LockedDoor(stage, keyring=lambda: True), actor=None)
    app.settings = replace(app.settings, passphrase_file=Path("/run/passphrase"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "/run/passphrase opens the desk" in said(app)
        assert not app.screen.query_one(".keys").display
        await pilot.press(*"Ola", "enter")
        await settle(pilot)
        assert app.desk.actor == "Ola"


async def test_a_passphrase_file_that_does_not_open_lets_one_type(stage: Stage) -> None:
    app = app_before(LockedDoor(stage))
    app.settings = replace(app.settings, passphrase_file=Path("/run/passphrase"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.screen.query_one(".keys").display
        await pilot.press(*PASSPHRASE, "enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_two_different_passphrases_make_no_desk(stage: Stage) -> None:
    door = LockedDoor(stage, has_desk=False)
    app = app_before(door)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        app.screen.query_one("#again", Input).value = PASSPHRASE + "r"
        await pilot.click("#make")
        assert "not the same" in said(app)
        assert not door.has_desk


async def test_the_first_start_is_read_in_norwegian_at_a_keypress(stage: Stage) -> None:
    door = LockedDoor(stage, has_desk=False)
    app = app_before(door, actor=None)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Ola", "shift+tab", "left")
        await settle(pilot)
        assert "Passfrasen én gang til" in said(app)
        assert app.screen.query_one("#actor", Input).value == "Ola"
        assert door.remembered["lang"] == Lang.NB


async def test_locking_keeps_what_is_typed_and_asks_for_the_key(stage: Stage) -> None:
    app = app_before(LockedDoor(stage, keyring=lambda: True))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"Lapt", "ctrl+l")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert not app.is_open
        assert len(app.screen_stack) == 1
        await unlock(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == "Lapt"


async def test_the_desk_is_locked_when_nobody_is_there(stage: Stage) -> None:
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door, idle_minutes=15)
    async with app.run_test() as pilot:
        await settle(pilot)
        stage.clock.move(minutes=14)
        await pilot.press("down")
        stage.clock.move(minutes=14)
        app.lock_when_idle()
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        stage.clock.move(minutes=1)
        app.lock_when_idle()
        await settle(pilot)
        assert [type(one) for one in app.screen_stack] == [UnlockScreen]


async def test_locking_leaves_every_screen_however_deep(stage: Stage) -> None:
    a_case(stage, "Payroll", hours_ago=1)
    app = app_before(LockedDoor(stage, keyring=lambda: True))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert len(app.screen_stack) > 3
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert [type(one) for one in app.screen_stack] == [UnlockScreen]
        await unlock(pilot)
        assert isinstance(app.screen, HomeScreen)


class Waiting(DeskApp):
    """Goes no further than waiting for the keyring."""

    def begin(self) -> None:
        self.threshold.show_step(Step.KEYRING)


async def test_waiting_for_the_keyring_in_every_guise(pictures: Pictures) -> None:
    await pictures(app=lambda stage: app_before(LockedDoor(stage), kind=Waiting))


async def test_asking_for_the_key_in_every_guise(pictures: Pictures) -> None:
    await pictures(app=lambda stage: app_before(LockedDoor(stage)))


async def test_the_first_start_in_every_guise(pictures: Pictures) -> None:
    await pictures(app=lambda stage: app_before(LockedDoor(stage, has_desk=False), actor=None))


async def test_the_recovery_code_in_every_guise(pictures: Pictures) -> None:
    async def make(pilot: Pilot[int]) -> None:
        screen = pilot.app.screen
        for field in ("passphrase", "again"):
            screen.query_one(f"#{field}", Input).value = PASSPHRASE
        screen.query_one("#make", Button).press()
        await settle(pilot)

    await pictures(app=lambda stage: app_before(LockedDoor(stage, has_desk=False)), steps=make)
