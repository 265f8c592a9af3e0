"""Locked while something is going on: covered first, words kept, acts whole or not at all, said."""

import asyncio
import gc
import threading
import weakref
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from breachdesk.desk import Desk
from breachdesk.errors import StoreError
from breachdesk.message import say
from breachdesk.terms import DocumentKind
from breachdesk.tui.app import DeskApp
from breachdesk.tui.palette import Palette
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.home.screen import HomeScreen
from breachdesk.tui.screens.letters.making import MakeDialog
from breachdesk.tui.screens.letters.screen import LettersScreen
from breachdesk.tui.screens.note import NoteDialog
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.screens.recovery import RecoveryScreen
from breachdesk.tui.screens.unknown import UnknownDialog
from breachdesk.tui.screens.unlock import UnlockScreen
from breachdesk.tui.screens.verify import VerifyScreen
from breachdesk.tui.widgets.dialogs import ConfirmDialog, MessageDialog
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.helping import HelpDialog
from tests.tui.breaches import decided, logged
from tests.tui.desks import Stage, settle
from tests.tui.doors import PASSPHRASE, LockedDoor, app_before, unlock
from tests.tui.reading import flowing, said, screen_text

P = ParamSpec("P")
T = TypeVar("T")
LIST = """navn;adresse;postnummer;poststed
Ola Nordmann;Storgata 1;0155;Oslo
Per Hansen;Storgata 3;0155;Oslo
"""


class Gate:
    """Holds a method of the desk in its thread until it is opened."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()
        self.error: Exception | None = None

    def before(self, call: Callable[P, T]) -> Callable[P, T]:
        def held(*args: P.args, **kwargs: P.kwargs) -> T:
            self.reached.set()
            assert self.opened.wait(timeout=60)
            if self.error is not None:
                raise self.error
            return call(*args, **kwargs)

        return held

    def holds(self, monkeypatch: pytest.MonkeyPatch, service: object, name: str) -> None:
        kind = type(service)
        monkeypatch.setattr(kind, name, self.before(getattr(kind, name)))

    async def is_reached(self, pilot: Pilot[int]) -> None:
        while not self.reached.is_set():
            await pilot.pause()


@pytest.fixture
def gate() -> Iterator[Gate]:
    built = Gate()
    yield built
    built.opened.set()


def the_app(stage: Stage) -> DeskApp:
    return app_before(LockedDoor(stage, keyring=lambda: True))


def is_locked(app: DeskApp) -> bool:
    stack = [type(one) for one in app.screen_stack]
    return not app.is_open and stack == [UnlockScreen] and app.screen.has_class("-asks")


async def locked(pilot: Pilot[int], app: DeskApp) -> None:
    """Wait until the desk is closed and its key is asked for."""
    while not is_locked(app):
        await pilot.pause()


def shows_nothing(pilot: Pilot[int], *words: str) -> None:
    text = screen_text(pilot)
    for word in (*words, "Payroll", "BD-", "Kari"):
        assert word not in text, word


async def covered(pilot: Pilot[int]) -> None:
    while "is finished first" not in screen_text(pilot):
        await pilot.pause()


async def open_first(pilot: Pilot[int], *keys: str) -> None:
    """Open the first case of the register, then press keys."""
    for one in ("enter", *keys):
        await settle(pilot)
        await pilot.press(one)
    await settle(pilot)


async def watched(pilot: Pilot[int], app: DeskApp) -> None:
    """Wait until the desk is locked; once it is covered, nothing of it is written any more."""
    while not (app.is_covered or is_locked(app)):
        await pilot.pause()
    await pilot.pause()
    display, written = app._display, list[str]()

    def seen(screen: Screen[object], drawn: RenderableType | None) -> None:
        if isinstance(drawn, CompositorUpdate) and not app._batch_count:
            written.append(drawn.render_segments(app.console))
        display(screen, drawn)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(app, "_display", seen)
        while not is_locked(app):
            await pilot.pause()
        await pilot.pause()
    for word in ("Payroll", "BD-", "Kari", "Art. 33"):
        assert word not in "".join(written), word


async def test_an_act_under_way_ends_behind_the_cover_and_is_told(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot, "l")
        gate.holds(monkeypatch, app.desk.timeline, "note")
        await pilot.press(*"Kept", "ctrl+s")
        await gate.is_reached(pilot)
        assert isinstance(app.screen, NoteDialog)
        app.action_lock()
        await covered(pilot)
        shows_nothing(pilot, "Kept")
        assert app.is_open, "the act needs the desk until it has ended"
        await pilot.press(*"abc", "escape", "enter")
        gate.opened.set()
        await watched(pilot, app)
        assert app.screen.query_one("#passphrase", Input).value == "", "keys were for nobody"
        await unlock(pilot)
        assert isinstance(app.screen, MessageDialog)
        assert "“Note it” was under way" in said(pilot)
        assert "It was carried out" in said(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert app.afterwards == [], "said once"
        assert app.desk.intake.open("1").notes[-1].text == "Kept"


async def test_an_act_refused_behind_the_cover_is_told_and_its_words_are_kept(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot, "l")
        gate.error = StoreError(say("The disk is full; nothing was written."))
        gate.holds(monkeypatch, app.desk.timeline, "note")
        await pilot.press(*"Kept", "ctrl+s")
        await gate.is_reached(pilot)
        app.action_lock()
        await covered(pilot)
        gate.opened.set()
        await watched(pilot, app)
        await unlock(pilot)
        assert "nothing of it was recorded" in said(pilot)
        await pilot.press("enter")
        await open_first(pilot, "l")
        assert app.screen.query_one("#text", Input).value == "Kept"


async def test_a_paper_being_issued_is_issued_and_saved(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    decided(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        case = app.desk.intake.open("1")
        app.push_screen(PaperScreen(case, DocumentKind.NOTIFICATION))
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert isinstance(app.screen, IssueDialog)
        app.screen.query_one("#path", Input).value = str(tmp_path / "paper.pdf")
        gate.holds(monkeypatch, app.desk.papers, "issue")
        await pilot.press("ctrl+s")
        await gate.is_reached(pilot)
        app.action_lock()
        await covered(pilot)
        gate.opened.set()
        await watched(pilot, app)
        assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
        await unlock(pilot)
        assert "“Issue it” was under way" in said(pilot)
        assert len(app.desk.intake.open("1").documents) == 1


async def test_letters_being_made_are_all_made(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    decided(stage)
    (tmp_path / "people.csv").write_text(LIST, encoding="utf-8")
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(LettersScreen(app.desk.intake.open("1")))
        await settle(pilot)
        app.screen.query_one("#path", Input).value = str(tmp_path / "people.csv")
        await settle(pilot)
        await pilot.press("f5")
        await settle(pilot)
        await pilot.press("f7")
        await settle(pilot)
        assert isinstance(app.screen, MakeDialog)
        app.screen.query_one("#print", Input).value = str(tmp_path / "letters.pdf")
        gate.holds(monkeypatch, app.desk.letters, "make")
        await pilot.press("ctrl+s")
        await gate.is_reached(pilot)
        app.action_lock()
        await covered(pilot)
        gate.opened.set()
        await watched(pilot, app)
        assert (tmp_path / "letters.pdf").exists()
        await unlock(pilot)
        assert "It was carried out" in said(pilot)
        assert app.desk.intake.open("1").mailings[-1].rows == 2


async def test_a_check_that_only_reads_is_stopped(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        gate.holds(monkeypatch, app.desk.trust, "verify")
        screen = VerifyScreen()
        app.push_screen(screen)
        await gate.is_reached(pilot)
        app.action_lock()
        await covered(pilot)
        gate.opened.set()
        await watched(pilot, app)
        assert screen._report is None, "nobody was to see it"
        await unlock(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_quitting_waits_for_the_act_and_says_so_beneath_the_screen(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    stage.clock.move(hours=-1)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot, "l")
        gate.holds(monkeypatch, app.desk.timeline, "note")
        await pilot.press(*"Kept", "ctrl+s")
        await gate.is_reached(pilot)
        left: list[str] = []
        leave = app.exit
        monkeypatch.setattr(
            app, "exit", lambda code, message: (left.append(str(message)), leave(code))
        )
        await app.action_quit()
        await covered(pilot)
        assert app.is_open
        gate.opened.set()
        while not left:
            await pilot.pause()
    assert app.return_code == 0
    assert "“Note it”" in left[0]
    assert stage.again().intake.open("1").notes[-1].text == "Kept"


def forget_timers() -> None:
    """Drop timers that were cancelled, as the loop does itself once they would have been due."""
    loop = asyncio.get_running_loop()
    waiting = loop._scheduled  # type: ignore[attr-defined]
    waiting[:] = sorted(one for one in waiting if not one.cancelled())


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
        forget_timers()
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
