"""The real program on a terminal of its own that goes away, as when the SSH line breaks."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

PATIENCE = 60.0
"""Seconds to wait for words to appear, or for an end, on a busy machine."""
SHELL = "shell"


class Line:
    """One program on one pseudo terminal."""

    def __init__(self, home: Path) -> None:
        self.home = home
        passphrase = home / "passphrase"
        passphrase.write_text("a passphrase for tests only\n", encoding="utf-8")
        self.runtime = home / "runtime"
        self.runtime.mkdir(mode=0o700)
        self.environment = {
            **os.environ, "TERM": "screen-256color", "LINES": "24", "COLUMNS": "80",
            "BREACHDESK_HOME": str(home / "desk"), "BREACHDESK_PASSPHRASE_FILE": str(passphrase),
            "BREACHDESK_ACTOR": "Kari Nordmann", "BREACHDESK_LANG": "en",
            "XDG_RUNTIME_DIR": str(self.runtime), "DISPLAY": "", "WAYLAND_DISPLAY": "",
        }  # fmt: skip
        self.pid, self.fd, self.seen = 0, -1, b""

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "breachdesk", *arguments],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *, in_shell: bool = False, ignores: bool = False) -> None:
        program = [sys.executable, "-m", "breachdesk"]
        if in_shell:
            program = ["/bin/sh", "-c", f"{sys.executable} -m breachdesk; exit $?"]
        self.seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            for one in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
                signal.signal(one, signal.SIG_DFL)  # whoever runs the tests may ignore them
            if ignores:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
            os.execvpe(program[0], program, self.environment)  # noqa: S606 - no shell is wanted

    def wait_for(self, words: str) -> None:
        give_up = time.monotonic() + PATIENCE
        while words.encode() not in self.seen:
            assert time.monotonic() < give_up, f"{words} never came: {self.seen[-2000:]!r}"
            if select.select([self.fd], [], [], 0.1)[0]:
                self.seen += os.read(self.fd, 65536)

    def press(self, keys: str, words: str) -> None:
        """Press keys and wait for words that come after them."""
        self.seen = b""
        os.write(self.fd, keys.encode())
        self.wait_for(words)

    def hang_up(self) -> None:
        os.close(self.fd)
        self.fd = -1

    def end(self) -> int:
        """Return the exit code, once it has ended."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            if self.fd >= 0 and select.select([self.fd], [], [], 0)[0]:
                try:
                    self.seen += os.read(self.fd, 65536)
                except OSError:
                    self.hang_up()
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        pytest.fail("it never ended")

    def put_away(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)

    def copies(self) -> list[Path]:
        """Return what is shown of evidence just now."""
        return [one for one in self.runtime.rglob("*") if one.is_file() and one.name != "lock"]

    def holders(self) -> list[int]:
        """Return who still runs on this desk."""
        mark = f"BREACHDESK_HOME={self.home}".encode()
        found = []
        for one in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in one.read_bytes() and int(one.parent.name) != self.pid:
                    found.append(int(one.parent.name))
            except OSError:
                continue
        return found


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    built = Line(tmp_path)
    built.run("init", "--no-recovery")
    yield built
    built.put_away()


def look_at_evidence(line: Line) -> None:
    mail = line.home / "mail.txt"
    mail.write_text("Kari was there", encoding="utf-8")
    ref = line.run("new", "Payroll list astray", "--aware", "40 min ago").split()[0]
    line.run("evidence", "add", ref, str(mail), "--collector", "Ola Li")
    line.start()
    line.wait_for("Payroll")
    line.press("\r", "Next")
    line.press("6", "mail.txt")
    time.sleep(1)  # nobody presses the next key while the tab is still coming
    line.press("r", "What for")
    line.press("Names", "Names")
    line.press("\x13", "Done")
    assert [one.read_text("utf-8") for one in line.copies()] == ["Kari was there"]


@pytest.mark.parametrize("how", ["hang up", "SIGHUP", "SIGTERM"])
def test_the_copy_that_is_looked_at_goes_and_the_desk_is_closed(line: Line, how: str) -> None:
    look_at_evidence(line)
    if how == "hang up":
        line.hang_up()
    else:
        os.kill(line.pid, getattr(signal, how))
    number = signal.SIGTERM if how == "SIGTERM" else signal.SIGHUP
    assert line.end() == 128 + number
    assert line.copies() == []
    assert not list((line.home / "desk").glob("*-wal")), "the desk was closed"
    assert b"Traceback" not in line.seen
    assert not list(line.home.rglob("unforeseen-*"))
    assert json.loads(line.run("verify", "--json"))["ok"]


def test_words_typed_just_before_the_line_broke_are_there_again(line: Line) -> None:
    line.start(in_shell=True)  # the system and the shell both tell of it
    line.wait_for("No cases yet")
    line.press("n", "What happened")
    time.sleep(1)
    line.press("Payroll list sent", "sent")
    line.hang_up()
    line.end()
    give_up = time.monotonic() + PATIENCE
    while line.holders():
        assert time.monotonic() < give_up
        time.sleep(0.1)
    line.start()
    line.wait_for("No cases yet")
    line.press("n", "Payroll list sent")


def test_who_was_told_to_ignore_the_hang_up_ends_all_the_same_and_does_not_spin(line: Line) -> None:
    line.start(ignores=True)
    line.wait_for("No cases yet")
    line.hang_up()
    assert line.end() == 128 + signal.SIGHUP
