"""A disk that fails when it is told to, as the process it is preloaded in sees it."""

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("failing_disk.c")
KINDS = {"write": 1, "sync": 2, "read": 3}
_ONCE, _LASTING, _KILLS = 0, 1, 2


class FailingDisk:
    """The preloaded library, told when to fail."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)

    @property
    def is_there(self) -> bool:
        """Was it preloaded?"""
        return hasattr(self._library, "failing_disk")

    def fail(self, kind: str, nth: int, *, lasting: bool) -> None:
        """Let the nth call of that kind fail, and with `lasting` every one after it."""
        self._library.failing_disk(KINDS[kind], nth, _LASTING if lasting else _ONCE)

    def kill(self, kind: str, nth: int) -> None:
        """Kill this process before the nth call of that kind."""
        self._library.failing_disk(KINDS[kind], nth, _KILLS)

    def calls(self, kind: str) -> int:
        """How many calls of that kind were made since the disk was last told something?"""
        return int(self._library.failing_disk_calls(KINDS[kind]))

    def mend(self) -> int:
        """Let everything work again; return how many calls had failed."""
        hits = int(self._library.failing_disk_hits())
        self._library.failing_disk(0, 0, _ONCE)
        return hits


def build(folder: Path) -> Path:
    """Build the library; without a compiler the test is skipped."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("no C compiler here to build a failing disk with")
    library = folder / "failing_disk.so"
    built = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return library
