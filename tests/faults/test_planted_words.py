"""Secret words in every field: in no file while they are kept, in no page once they are erased."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from breachdesk.cli.door import DeskDoor
from breachdesk.cli.stage import Stage
from breachdesk.settings import read_settings
from breachdesk.store.keys import KeyringUse, open_key
from breachdesk.tui.app import DeskApp
from tests.desk.desks import ToldClock
from tests.faults.planted import (
    NEVER_KEPT,
    PASSPHRASE,
    STAYING,
    WORDS,
    found_in_files,
    found_in_pages,
    tell_everything,
)
from tests.faults.planted_columns import packed_left, unplanted
from tests.faults.verbs import CHEAP, Machine
from tests.tui.desks import settle


class Hunted(Machine):
    """A desk whose temporary and runtime folders are watched too."""

    code: str

    @property
    def watched(self) -> tuple[Path, ...]:
        """Everything that is to hold no word: the desk with its logs, temporary files, backups."""
        return (self.home, self.folder / "tmp", self.folder / "run", self.folder / "kept")

    @property
    def secrets(self) -> tuple[str, ...]:
        return (*WORDS.values(), PASSPHRASE, self.code, self.key.hex())

    @property
    def key(self) -> bytes:
        opened = open_key(
            self.home, passphrase=lambda: PASSPHRASE, recovery=None, keyring=KeyringUse.OFF
        )
        return opened.key


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hunted:
    made = Hunted(tmp_path)
    for name in ("tmp", "run", "kept"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "secret").write_text(PASSPHRASE, encoding="utf-8")
    (tmp_path / "secret").chmod(0o600)
    made("init", "--recovery-file", str(tmp_path / "code.txt"))
    code = re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", (tmp_path / "code.txt").read_text("utf-8"))
    assert code
    made.code = code.group()
    return made


def screen_over(desk: Hunted) -> DeskApp:
    environ = {
        "BREACHDESK_HOME": str(desk.home), "BREACHDESK_KEYRING": "off",
        "BREACHDESK_ACTOR": "Kari Nordmann", "BREACHDESK_LANG": "en",
        "BREACHDESK_PASSPHRASE_FILE": str(desk.folder / "secret"),
    }  # fmt: skip
    settings = read_settings({}, environ)
    stage = Stage(environ=environ, clock=ToldClock(), kdf=CHEAP)
    return DeskApp(DeskDoor(stage, settings), settings)


async def opened(app: DeskApp, pause: Callable[[], object]) -> None:
    for _ in range(600):
        await pause()  # type: ignore[misc]
        if app.is_open:
            return
    raise AssertionError


async def look_around(desk: Hunted, ref: str) -> None:
    """Open the desk on the screen, leave words half typed, lock; nothing may stand in a file."""
    app = screen_over(desk)
    async with app.run_test() as pilot:
        await opened(app, lambda: pilot.pause(0.05))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("l")
        await settle(pilot)
        await pilot.press(*WORDS["halvskrevet"])
        await pilot.press("escape")
        await settle(pilot)
        assert WORDS["halvskrevet"] in app.desk.drafts.open(ref).values()
        assert (desk.home / "desk.db-wal").stat().st_size
        assert found_in_files(desk.watched, desk.secrets) == [], "while the desk is open"
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert not app.is_open
        assert found_in_files(desk.watched, desk.secrets) == [], "locked"


def test_no_word_of_a_case_stands_in_any_file_and_none_is_left_once_erased(
    desk: Hunted, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = tell_everything(desk)
    asyncio.run(look_around(desk, ref))
    _crash(desk, ref, monkeypatch)
    assert list((desk.home / "logs").iterdir())
    assert found_in_files(desk.watched, desk.secrets) == [], "closed, after a crash"
    key, database = desk.key, desk.home / "desk.db"
    twin = desk("import", str(desk.folder / "case.json")).split("\n")[0]
    assert unplanted(database, key) == set(), "a field was forgotten: plant a word in it"
    words = set(WORDS.values())
    said = words - NEVER_KEPT - {WORDS["bevisinnhold"]}
    assert found_in_pages(database, key, words) == said, "the hunt finds what is there"
    assert packed_left(database, key)
    for one in (ref, twin):
        desk("erase", one, "--because", "Zqslettegrunnxwk")
    stays = {"Zqslettegrunnxwk", *(WORDS[one] for one in STAYING)}
    left = found_in_pages(database, key, {*words, *stays})
    assert packed_left(database, key) == 0
    assert left == stays, "the reason for erasing stays, and what is the desk's own"
    assert found_in_files(desk.watched, desk.secrets) == []
    assert desk.report()["ok"]


def _crash(desk: Hunted, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command fail in a way nobody foresaw, with case words in the error."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError(" ".join(desk.secrets))

    with monkeypatch.context() as patch:
        patch.setattr("breachdesk.desk.timeline.Timeline.note", fail)
        desk("note", ref, WORDS["notat"], code=70)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_neither_argv_nor_environment_hold_a_secret_and_no_crash_is_dumped(desk: Hunted) -> None:
    ref = desk("new", WORDS["tittel"], "--aware", "1 h ago").split("\n")[0]
    environ = {
        **os.environ, "BREACHDESK_HOME": str(desk.home), "BREACHDESK_KEYRING": "off",
        "BREACHDESK_PASSPHRASE_FILE": str(desk.folder / "secret"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-m", "breachdesk", "note", ref, "-"],
        env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin
    assert child.stderr
    child.stdin.write(f"{WORDS['notat']}\n".encode())
    child.stdin.flush()
    process = Path(f"/proc/{child.pid}")
    _wait_for_guard(process)
    seen = b"".join((process / name).read_bytes() for name in ("cmdline", "environ"))
    limits = (process / "limits").read_text()
    status = (process / "status").read_text()
    _, said = child.communicate()
    assert child.returncode == 0, said
    assert [word for word in desk.secrets if word.encode() in seen] == []
    assert _NO_DUMP.search(limits)
    assert "Umask:\t0077" in status
    assert WORDS["notat"] in desk("show", ref)


_NO_DUMP = re.compile(r"Max core file size\s+0\s+0")


def _wait_for_guard(process: Path) -> None:
    for _ in range(100_000):
        if _NO_DUMP.search((process / "limits").read_text()):  # set after the umask
            return
    raise AssertionError


DUMPABLE = """
import ctypes
from breachdesk.cli.guard import keep_to_ourselves
keep_to_ourselves()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux")
def test_other_programs_of_the_account_cannot_read_its_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DUMPABLE], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0"
