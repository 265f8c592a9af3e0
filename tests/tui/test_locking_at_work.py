"""Locked while something is going on: covered first, words kept, acts whole or not at all, said."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from breachdesk.errors import StoreError
from breachdesk.message import say
from breachdesk.terms import DocumentKind
from breachdesk.tui.screens.home.screen import HomeScreen
from breachdesk.tui.screens.letters.making import MakeDialog
from breachdesk.tui.screens.letters.screen import LettersScreen
from breachdesk.tui.screens.note import NoteDialog
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.screens.verify import VerifyScreen
from breachdesk.tui.widgets.dialogs import MessageDialog
from tests.tui.breaches import decided, logged
from tests.tui.desks import Stage, settle
from tests.tui.doors import unlock
from tests.tui.held import Gate, covered, open_first, shows_nothing, the_app, watched
from tests.tui.reading import said

LIST = """navn;adresse;postnummer;poststed
Ola Nordmann;Storgata 1;0155;Oslo
Per Hansen;Storgata 3;0155;Oslo
"""


@pytest.fixture
def gate() -> Iterator[Gate]:
    built = Gate()
    yield built
    built.opened.set()


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


async def test_a_register_read_once_more_while_screens_go_is_read_before_the_desk_is_closed(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking down a case shows the register behind it for a moment, which begins to read."""
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot)
        engine: Any = app.desk.office.store.engine
        gate.holds(monkeypatch, app.desk.organisation, "profile")
        app.action_lock()
        await gate.is_reached(pilot)
        for _ in range(9):
            await pilot.pause(0.02)
        assert engine.pool.checkedin() > 0, "the desk stays open while it is read"
        gate.opened.set()
        await watched(pilot, app)
        assert engine.pool.checkedin() == engine.pool.checkedout() == 0
