"""The real program in a real terminal: tmux at 80x24, as over SSH."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE = 60.0
"""Seconds to wait for words to appear on a busy machine."""

pytestmark = pytest.mark.system


class Terminal:
    """One tmux server of its own, with one window."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.socket = home / "tmux"
        passphrase = home / "passphrase"
        passphrase.write_text("a passphrase for tests only\n", encoding="utf-8")
        self.environment = {
            **os.environ,
            "TERM": "screen-256color",
            "BREACHDESK_HOME": str(home / "desk"),
            "BREACHDESK_PASSPHRASE_FILE": str(passphrase),
            "BREACHDESK_ACTOR": "Kari Nordmann",
            "BREACHDESK_LANG": "en",
        }

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "breachdesk", *arguments],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tmux(self, *arguments: str) -> str:
        return subprocess.run(
            ["tmux", "-S", str(self.socket), *arguments],
            env=self.environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    def start(self) -> None:
        self.socket = self.socket.with_name(self.socket.name + "x")  # the old server may linger
        self.tmux(
            "new-session", "-d", "-x", "80", "-y", "24", "-s", "desk",
            f"exec {sys.executable} -m breachdesk",
        )  # fmt: skip

    def kill(self) -> None:
        pid = int(self.tmux("display-message", "-p", "-t", "desk", "#{pane_pid}"))
        os.kill(pid, signal.SIGKILL)

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", "-t", "desk", *keys)

    def type(self, text: str) -> None:
        self.tmux("send-keys", "-t", "desk", "-l", text)

    def wait_for(self, words: str) -> str:
        give_up = time.monotonic() + PATIENCE
        shown = ""
        while time.monotonic() < give_up:
            shown = self.tmux("capture-pane", "-p", "-t", "desk")
            if words in shown:
                return shown
            time.sleep(0.1)
        pytest.fail(f"“{words}” never came; the screen shows:\n{shown}")

    def end(self) -> None:
        subprocess.run(
            ["tmux", "-S", str(self.socket), "kill-server"], capture_output=True, check=False
        )


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    built = Terminal(tmp_path)
    yield built
    built.end()


def test_half_typed_words_outlive_a_kill_and_become_a_case(terminal: Terminal) -> None:
    terminal.run("init", "--no-recovery")
    terminal.start()
    terminal.wait_for("No cases yet")
    terminal.press("n")
    terminal.wait_for("What happened")
    terminal.type("Payroll list sent")
    terminal.wait_for("Payroll list sent")
    time.sleep(2.0)  # the promise: kept within a second of typing
    terminal.kill()

    terminal.end()
    terminal.start()
    terminal.wait_for("No cases yet")
    terminal.press("n")
    terminal.wait_for("Payroll list sent")
    terminal.press("End")
    terminal.type(" astray")
    terminal.wait_for("sent astray")
    terminal.press("Tab")
    time.sleep(1.0)  # nobody types the next letter while the key before is under way
    terminal.type("40 min ago")
    terminal.wait_for("40 min ago")
    terminal.press("C-s")
    terminal.wait_for("BD-")
    cases = json.loads(terminal.run("list", "--json"))
    assert [one["title"] for one in cases] == ["Payroll list sent astray"]
    assert cases[0]["state"] == "running"
    assert json.loads(terminal.run("verify", "--json"))["ok"]


def test_the_terminal_is_left_as_it_was(terminal: Terminal) -> None:
    terminal.run("init", "--no-recovery")
    terminal.tmux("new-session", "-d", "-x", "80", "-y", "24", "-s", "desk", "sh")
    terminal.type(f"{sys.executable} -m breachdesk; echo left with $?")
    terminal.press("Enter")
    terminal.wait_for("No cases yet")
    terminal.press("C-q")
    shown = terminal.wait_for("left with 0")
    assert "Traceback" not in shown


def test_no_word_of_a_case_reaches_the_title_of_the_terminal(terminal: Terminal) -> None:
    """Titles stay in the history of window managers, and are read over shoulders."""
    terminal.run("init", "--no-recovery")
    terminal.run("new", "Zqtitle \x1b]0;Zqtitle\x07\x1b]2;Zqtitle\x1b\\", "--aware", "40 min ago")
    terminal.start()
    before = terminal.tmux("display-message", "-p", "-t", "desk", "#{pane_title}")
    raw = terminal.home / "raw"
    terminal.tmux("pipe-pane", "-t", "desk", "-o", f"exec cat >> {raw}")
    terminal.wait_for("Zqtitle")
    for keys, words in (
        (("Enter", "1"), "The case"),
        (("5", "7", "8"), "Next"),
        (("l",), "Log a line"),
        (("Escape", "C-p"), "Do, or open a case"),
        (("Escape", "d"), "Record it"),
        (("Escape", "Escape", "n"), "We became aware"),
        (("C-l",), "The passphrase file"),
    ):
        for one in keys:
            terminal.press(one)
            time.sleep(0.5)  # Esc and the key after it are two keys
        terminal.wait_for(words)
    terminal.press("C-q")
    after = terminal.tmux("display-message", "-p", "-t", "desk", "#{pane_title}")
    written = raw.read_bytes()
    assert b"Zqtitle" in written, "it stood on the screen"
    assert re.findall(rb"\x1b\](?:[012];|[lLI])[^\x07\x1b]*|\x1bk[^\x1b]*", written) == []
    assert after == before
    assert "Zqtitle" not in after
