"""Ended from outside: words kept, acts whole or not at all, copies taken away, never for ever."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.driver import Driver
from textual.pilot import Pilot

from breachdesk.records import NewEvidence
from breachdesk.tui.app import DeskApp
from breachdesk.tui.screens.unlock import UnlockScreen
from breachdesk.tui.widgets.dialogs import ConfirmDialog
from tests.tui.breaches import logged
from tests.tui.cases import a_case
from tests.tui.desks import Stage, settle
from tests.tui.doors import LockedDoor, app_before
from tests.tui.held import Gate, is_locked, open_first, the_app

ENDED = 128 + signal.SIGTERM
ROOT = Path(__file__).parents[2]
HANGING = """
import signal, sys, time
from pathlib import Path
from breachdesk.tui import line
for one in (signal.SIGHUP, signal.SIGTERM):
    signal.signal(one, signal.SIG_DFL)  # whoever runs the tests may ignore them
line.PATIENCE, line.SAME_END = float(sys.argv[2]), 0.0

def told(number):
    print("told", number, flush=True)

with line.Line(told, lambda: Path(sys.argv[1]).unlink()).watched():
    print("ready", flush=True)
    while True:
        time.sleep(600)
"""


@pytest.fixture
def gate() -> Iterator[Gate]:
    built = Gate()
    yield built
    built.opened.set()


def told(app: DeskApp, number: int = signal.SIGTERM) -> None:
    """Tell it as the line does, from another thread."""
    asyncio.get_running_loop().run_in_executor(None, app.told_to_end, number)


async def ended(pilot: Pilot[int]) -> None:
    while pilot.app.return_value is None:
        await pilot.pause(0.01)


async def test_words_are_kept_and_nobody_is_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_case(stage, "Payroll", hours_ago=71.5)
    monkeypatch.setattr("breachdesk.tui.widgets.draftbox.SAVE_AFTER", 600)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"Lapt")
        told(app, signal.SIGHUP)
        await ended(pilot)
        assert not app.is_open
    assert app.return_value == 128 + signal.SIGHUP
    assert [one.text for one in stage.again().drafts.all()] == ["Lapt"]


async def test_an_act_under_way_ends_whole(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot, "l")
        gate.holds(monkeypatch, app.desk.timeline, "note")
        await pilot.press(*"Kept", "ctrl+s")
        await gate.is_reached(pilot)
        told(app)
        for _ in range(9):
            await pilot.pause(0.02)
        assert app.is_open, "the act needs the desk until it has ended"
        gate.opened.set()
        await ended(pilot)
    assert app.return_value == ENDED
    assert stage.again().intake.open("1").notes[-1].text == "Kept"


async def test_an_act_that_hangs_is_not_waited_for_and_is_not_half_there(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    monkeypatch.setattr("breachdesk.tui.leaving.WAIT_FOR_ACTS", 0.01)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot, "l")
        gate.holds(monkeypatch, app.desk.timeline, "note")
        await pilot.press(*"Lost", "ctrl+s")
        await gate.is_reached(pilot)
        told(app)
        await ended(pilot)
        gate.opened.set()
    assert app.return_value == ENDED
    again = stage.again()
    assert "Lost" not in [one.text for one in again.intake.open("1").notes]
    assert "Lost" in [one.text for one in again.drafts.all()]
    assert again.trust.verify().ok


async def test_told_while_it_locks_it_locks_and_ends(
    stage: Stage, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot, "l")
        gate.holds(monkeypatch, app.desk.timeline, "note")
        await pilot.press(*"Kept", "ctrl+s")
        await gate.is_reached(pilot)
        app.action_lock()
        told(app)
        await pilot.pause()
        gate.opened.set()
        await ended(pilot)
        assert not app.is_open
    assert app.return_value == ENDED


async def test_told_while_it_asks_whether_to_leave_it_leaves(stage: Stage) -> None:
    a_case(stage, "Payroll", hours_ago=71.5)
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+q")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmDialog)
        told(app)
        await ended(pilot)
    assert app.return_value == ENDED


async def test_told_before_the_first_screen_or_before_the_desk_is_open(
    stage: Stage, gate: Gate
) -> None:
    app = app_before(LockedDoor(stage))
    app.told_to_end(signal.SIGTERM)
    async with app.run_test(size=(80, 24)) as pilot:
        await ended(pilot)
    assert app.return_value == ENDED
    app = app_before(LockedDoor(stage, keyring=gate.before(lambda: True)))
    async with app.run_test(size=(80, 24)) as pilot:
        await gate.is_reached(pilot)
        assert isinstance(app.screen, UnlockScreen)
        told(app)
        await ended(pilot)
    assert app.return_value == ENDED


async def test_what_is_let_go_of_by_force_is_every_copy(stage: Stage, tmp_path: Path) -> None:
    logged(stage)
    (tmp_path / "mail.eml").write_text("Kari", encoding="utf-8")
    _, row = stage.desk.evidence.add("1", tmp_path / "mail.eml", NewEvidence(collector="Ola"))
    app = the_app(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = app.desk.viewing.view(row.id, purpose="Names", folder=tmp_path / "viewing")
        assert seen.path.exists()
        await asyncio.to_thread(app.let_go)
        assert not seen.path.parent.exists()


async def test_after_a_rest_longer_than_the_idle_minutes_the_desk_is_locked_at_once(
    stage: Stage,
) -> None:
    logged(stage)
    app = app_before(LockedDoor(stage, keyring=lambda: True), idle_minutes=15)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_first(pilot)
        app.post_message(Driver.SignalResume())
        await settle(pilot)
        assert app.is_open
        stage.clock.move(minutes=15)
        app.post_message(Driver.SignalResume())
        while not is_locked(app):
            await pilot.pause()


@contextmanager
def hanging(mark: Path, patience: float) -> Iterator[subprocess.Popen[str]]:
    mark.write_text("a copy", encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", HANGING, str(mark), str(patience)],
        stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        yield child
    finally:
        child.kill()
        child.communicate()


def test_what_hangs_is_ended_by_force_and_lets_go_first(tmp_path: Path) -> None:
    with hanging(tmp_path / "mark", 0.2) as child:
        child.send_signal(signal.SIGHUP)
        assert child.wait(timeout=60) == 128 + signal.SIGHUP
    assert not (tmp_path / "mark").exists()


def test_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    with hanging(tmp_path / "mark", 600) as child:
        child.send_signal(signal.SIGTERM)
        assert child.stdout is not None
        assert child.stdout.readline() == f"told {int(signal.SIGTERM)}\n"
        child.send_signal(signal.SIGHUP)
        assert child.wait(timeout=60) == ENDED
    assert not (tmp_path / "mark").exists()
