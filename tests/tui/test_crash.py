"""Half-typed words outlive the program."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from textual.widgets import Input, Static

from tests.tui.desks import Stage, settle

ROOT = Path(__file__).parents[2]
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from tests.tui.desks import Stage, settle

async def type_and_die():
    app = Stage(Path(sys.argv[1])).app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"Payroll", "tab", *"40 min ago")
        await pilot.pause(0.9)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(type_and_die())
"""


def type_and_be_killed(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, os.fspath(home)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


async def test_a_killed_program_has_kept_what_was_typed_a_second_before(stage: Stage) -> None:
    type_and_be_killed(stage.home)
    stage.clock.move(hours=1)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "new incident" in str(app.screen.query_one("#waiting", Static).content)
        await pilot.press("n")
        await settle(pilot)
        assert app.screen.query_one("#title", Input).value == "Payroll"
        aware = app.screen.query_one("#aware MomentInput", Input)
        assert aware.value == "20.11.2026 15:50", "40 minutes before it was typed, not before now"
