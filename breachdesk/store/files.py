"""Files of the desk on disk: for their owner only, and whole or not there at all."""

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from breachdesk.errors import RefusedError, StoreError
from breachdesk.message import say
from breachdesk.settings.complaints import disk_complaint

SCRATCH = "backup-"
"""How a backup's own folder in the desk's begins; the number of the program follows."""
_OURS_ALONE = 0o600
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_FOLDER = 0o700
_CONFIG_NAMES = frozenset({"config.toml", "forms"})
"""What may stand in a folder before a desk is made there, so that it still counts as the desk's
own."""


def make_private_folder(folder: Path) -> None:
    """Make the desk's folder, for its owner only; one that holds other things keeps its rights."""
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    if {entry.name for entry in folder.iterdir()} <= _CONFIG_NAMES:
        folder.chmod(_FOLDER)


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read.

    Raises:
        FileExistsError: something is there already.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OURS_ALONE))


def write_private(path: Path, content: bytes) -> None:
    """Write a whole file, or leave the old one as it was; for one writer at a time.

    A power cut may bring the old one back.
    """
    beside = path.with_name(f"{path.name}.tmp")
    _write_through(beside, content)
    beside.replace(path)


def create_whole(path: Path, content: bytes, *, mark: str) -> None:
    """Write a new file that is whole from the moment it is there.

    Args:
        path: where.
        content: what.
        mark: keeps the file beside it apart from that of another writer.

    Raises:
        FileExistsError: something is there already; it is untouched.
    """
    opened = _without_a_name(path.parent)
    if opened is not None:
        with os.fdopen(opened, "w+b") as file:
            file.write(content)
            _name_open(file, path)
        return
    beside = path.with_name(f"{path.name}.{mark}.tmp")
    _write_through(beside, content)
    try:
        _link_or_move(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def _without_a_name(folder: Path) -> int | None:
    """Open a file in a folder that has no name yet, so that a kill leaves nothing of it.

    Returns:
        None where the system or the file system has no such files.
    """
    kind = getattr(os, "O_TMPFILE", 0)
    if not kind or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, kind | os.O_RDWR, _OURS_ALONE)
    except OSError as error:
        if error.errno in {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL}:
            return None
        raise


def _name_open(file: BinaryIO, path: Path, *, force: bool = False) -> None:
    """Give an open file without a name its name: whole at once, or in the place of another.

    Raises:
        FileExistsError: something is there already, and `force` was not said.
        OSError: the disk is full or out of reach.
    """
    file.flush()
    os.fsync(file.fileno())
    try:
        _link_open(file, path)
    except FileExistsError:
        if not force:
            raise
        beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
        _link_open(file, beside)
        beside.replace(path)
    sync_folder(path.parent)


def _link_open(file: BinaryIO, path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:  # with a folder given, the link in /proc is followed to the file itself
        source = f"/proc/self/fd/{file.fileno()}"
        os.link(source, path.name, dst_dir_fd=folder, follow_symlinks=True)
    except OSError as error:
        if isinstance(error, FileExistsError) or error.errno in _NO_ROOM:
            raise
        _copy_open(file, path)
    finally:
        os.close(folder)


def _copy_open(file: BinaryIO, path: Path) -> None:
    """Copy an open file to its name, on a file system where it cannot be linked."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    file.seek(0)
    opened = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OURS_ALONE)
    try:
        with os.fdopen(opened, "wb") as named:
            shutil.copyfileobj(file, named)
            named.flush()
            os.fsync(named.fileno())
        _link_or_move(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Return when the file's content is on the disk."""
    opened = os.open(path, os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_folder(folder: Path) -> None:
    """Return when the folder's names are on the disk, where the system can say so."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some network file systems cannot
            os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def disk_in_words(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Raise what the disk complains of as a sentence for the person.

    Args:
        path: what is read or written.
        reading: nothing is written here, so a refusal is not about a read-only place.

    Raises:
        StoreError: full, read-only, not allowed or out of reach.
    """
    try:
        yield
    except OSError as error:
        is_refused = error.errno in {errno.EACCES, errno.EPERM}
        raise (no_access(path) if reading and is_refused else _fault(error, path)) from error


def no_access(path: Path) -> StoreError:
    """Return the error for what this user may not even read."""
    return StoreError(
        say("This user may not read {path}.", path=str(path)),
        say("Open the desk as the user who made it, or have the rights of the file corrected."),
    )


def read_only(path: Path) -> StoreError:
    """Return the error for a place where nothing can be written."""
    return StoreError(
        say("{path} can only be read here; nothing was written.", path=str(path)),
        say("Make the folder and its files writable, or copy the desk to a place that is."),
    )


def full(path: Path) -> StoreError:
    """Return the error for a disk without room."""
    return StoreError(
        say("The disk with {path} is full; nothing was written.", path=str(path)),
        say("Make room on the disk and do it again."),
    )


def _fault(error: OSError, path: Path) -> StoreError:
    if error.errno in _NO_ROOM:
        return full(path)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return read_only(path)
    return StoreError(
        say("{path} cannot be used: {why}.", path=str(path), why=disk_complaint(error)),
        say("Check the folder and the disk, then do it again."),
    )


def _write_through(path: Path, content: bytes) -> None:
    flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags, _OURS_ALONE)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _link_or_move(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        source.replace(target)


@contextmanager
def streamed_private(
    path: Path, *, force: bool = False
) -> Iterator[tuple[BinaryIO, Callable[[], None]]]:
    """Give a private file to write to, and what gives it its name when all is in it.

    Args:
        path: where it is to be.
        force: write over a file that is there.

    Raises:
        RefusedError: there is a file of that name.
        StoreError: the disk is full or out of reach; nothing is left behind.
    """
    if path.exists() and not force:
        raise taken(path)
    with disk_in_words(path):
        opened = _without_a_name(path.parent)
        if opened is not None:
            with os.fdopen(opened, "w+b") as unnamed:
                yield unnamed, partial(_named_or_taken, unnamed, path, force=force)
            return
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:

                def name_it() -> None:
                    file.flush()
                    os.fsync(file.fileno())
                    give_name(beside, path, force=force)

                yield file, name_it
        finally:
            beside.unlink(missing_ok=True)


def _named_or_taken(file: BinaryIO, path: Path, *, force: bool) -> None:
    try:
        _name_open(file, path, force=force)
    except FileExistsError:
        raise taken(path) from None


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file for its owner only, whole or not at all, in the place of one that is there.

    Raises:
        OSError: the disk is full, or the folder cannot be written; the old one stands.
    """
    opened = _without_a_name(path.parent)
    if opened is not None:
        with os.fdopen(opened, "w+b") as unnamed:
            unnamed.write(content)
            _name_open(unnamed, path, force=True)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def clear_left(folder: Path, prefix: str) -> None:
    """Remove what a program that no longer runs has left behind, its number after `prefix`."""
    for left in [one for one in folder.iterdir() if one.name.startswith(prefix)]:
        pid = left.name.removeprefix(prefix).split("-")[0].split(".")[0]
        if not pid.isdecimal() or _runs(int(pid)):
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        elif left.suffix == ".tmp":
            left.unlink(missing_ok=True)


def _runs(pid: int) -> bool:
    if os.name == "nt":  # there, asking would end the program
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def give_name(beside: Path, path: Path, *, force: bool) -> None:
    """Give a whole file its name; without `force` never over another.

    Raises:
        OSError: the disk is full or out of reach.
        RefusedError: there is a file of that name.
    """
    if force:
        beside.replace(path)
    else:
        try:
            _link_or_move(beside, path)
        except FileExistsError:
            raise taken(path) from None
    sync_folder(path.parent)


def need_ordinary(path: Path) -> None:
    """Make sure that a path, if anything is there, is an ordinary file: a pipe may never end.

    Raises:
        RefusedError: it is a pipe, a device or a folder.
    """
    with suppress(OSError, ValueError):
        if not path.is_file() and path.exists():
            raise RefusedError(
                say("{path} is no ordinary file, so it was not read.", path=str(path)),
                say("Copy what it gives to a file, and name that."),
            )


def taken(path: Path) -> RefusedError:
    """Return the refusal to write over a file."""
    return RefusedError(
        say("{path} is there already; nothing was written.", path=str(path)),
        say("Choose another name, or add --force to write over it."),
    )
