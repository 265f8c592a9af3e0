"""A readable copy while somebody looks at it: in a folder of its own, gone when they are done.

Each copy's folder holds a lock that the system lets go of when the program ends, however it ends.
So what a crash left can be told from what is being looked at in another window.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.store.files import disk_in_words
from breachdesk.store.locks import lock

_LOCK, _PART = "lock", "part"
_PREFIX = "view-"
_SPARE = 1024 * 1024
"""Bytes that are left free beside a copy."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A copy that is shown."""

    path: Path
    """Where it lies once it has its name; its owner may read and write it, nobody runs it."""
    _held: BinaryIO

    @contextmanager
    def filling(self) -> Iterator[BinaryIO]:
        """Give the file to write to; it has no name of its own yet.

        Raises:
            StoreError: the disk is full or out of reach.
        """
        with disk_in_words(self.path), _new(self.path.with_name(_PART)) as file:
            yield file

    def give_name(self) -> None:
        """Give the copy its name."""
        with disk_in_words(self.path):
            self.path.with_name(_PART).replace(self.path)

    def end(self) -> bool:
        """Remove the copy, once or again; return whether it is gone."""
        self._held.close()
        return _removed(self.path.parent)


def begin(folder: Path, name: str, *, size: int) -> Showing:
    """Make a place for a copy, in a new folder that only its owner may enter.

    Args:
        folder: where such copies go; made when it is not there.
        name: of the copy, safe on every system.
        size: of what is to be copied, in bytes.

    Raises:
        RefusedError: there is no room for it.
        StoreError: the folder cannot be written.
    """
    with disk_in_words(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < size + _SPARE:
            raise RefusedError(
                say("{folder} has no room for a copy of {size} bytes.", folder=str(folder),
                    size=size),
                say("“breachdesk evidence export” writes a copy where there is room."),
            )  # fmt: skip
        with _alone(folder):
            own = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
            held = _new(own / _LOCK)
            lock(held.fileno())
    return Showing(own / name, held)


def clear_left(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Remove copies that a crash left behind; those that are being looked at stay.

    Returns:
        What was removed, and what could not be.
    """
    if not folder.is_dir():
        return (), ()
    with suppress(OSError), _alone(folder, waits=False):
        left = [one for one in sorted(folder.glob(f"{_PREFIX}*")) if not _is_looked_at(one)]
        removed = tuple(one for one in left if _removed(one))
        return removed, tuple(one for one in left if one not in removed)
    is_closed = not os.access(folder, os.W_OK)  # else another program is busy with it just now
    return (), tuple(sorted(folder.glob(f"{_PREFIX}*"))) if is_closed else ()


def _removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _is_looked_at(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("rb+") as file:
            lock(file.fileno())
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _new(path: Path) -> BinaryIO:
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "rb+")


@contextmanager
def _alone(folder: Path, *, waits: bool = True) -> Iterator[None]:
    """Let nobody clear the folder while a place is made in it, and the other way round."""
    flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(folder / _LOCK, flags, 0o600), "rb+") as file:
        lock(file.fileno(), waits=waits)
        yield
