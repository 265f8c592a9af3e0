"""What is said when the database cannot be used: the same sentences, whichever database it is."""

import shutil
from pathlib import Path

from breachdesk.errors import StoreError
from breachdesk.message import say

_SHARED_INDEX = 64 * 1024
"""Bytes that the index beside the database takes at least, with a page to write."""
_PIECE = 1024 * 1024


def busy(path: Path) -> StoreError:
    """Return the error for a database that somebody else has been holding for too long.

    Without room for the index that programs share, only one of them can have the desk open.
    """
    if not _has_room(path):
        return StoreError(
            say(
                "The disk with {path} is full, so only one program at a time can have the desk "
                "open, and another one has; nothing was written.",
                path=str(path),
            ),
            say("Make room on the disk, or close the other window of this desk; then do it again."),
        )
    return StoreError(
        say("Another program is writing to {path}; nothing was written.", path=str(path)),
        say("Wait a moment and do it again; close other windows of this desk if it lasts."),
    )


def not_this_desk(path: Path) -> StoreError:
    """Return the error for another key's database, none at all, or a badly damaged one."""
    return StoreError(
        say("{path} is not this desk's database, or is badly damaged.", path=str(path)),
        say(
            "If its key was just changed, open the desk again. Else keep a copy of the folder "
            "as it is, and bring the desk back from a backup."
        ),
    )


def damaged(path: Path) -> StoreError:
    """Return the error for a database whose bytes do not hold together."""
    return StoreError(
        say("{path} is damaged, or the disk does not give it as it was.", path=str(path)),
        say(
            "Open the desk once more. If it says so again, keep a copy of the folder as it "
            "is, and bring the desk back from a backup."
        ),
    )


def built_otherwise(path: Path) -> StoreError:
    """Return the error for a database that lacks a table or column, or has another thing there."""
    return StoreError(
        say("A table or column is missing in {path}: it was changed by something else.",
            path=str(path)),
        say(
            "“breachdesk verify” names it. Keep a copy of the folder as it is, and bring the desk "
            "back from a backup."
        ),
    )  # fmt: skip


def in_the_way(path: Path) -> StoreError:
    """Return the error for a row that the database does not take where it belongs."""
    return StoreError(
        say(
            "The database {path} does not take what was to be written, for it was changed by "
            "something else; nothing was written.",
            path=str(path),
        ),
        say("“breachdesk verify” names what is in the way. Keep a copy of the folder as it is."),
    )


def given_back_otherwise(path: Path) -> StoreError:
    """Return the error for a row that the database gives back otherwise than it was written."""
    return StoreError(
        say(
            "The database {path} gave back something else than was to be kept, so nothing was "
            "written: it was changed by something else.",
            path=str(path),
        ),
        say("“breachdesk verify” names what was changed. Keep a copy of the folder as it is."),
    )


def out_of_reach(path: Path) -> StoreError:
    """Return the error for a database that cannot be opened."""
    return StoreError(
        say("{path} cannot be opened.", path=str(path)),
        say("Check that it is there and that you may read and write it and its folder."),
    )


def disk_failed(path: Path) -> StoreError:
    """Return the error for a disk that does not read or write."""
    return StoreError(
        say("The disk failed at {path}; nothing was written.", path=str(path)),
        say("Check the disk and its free space, then do it again."),
    )


def _has_room(path: Path) -> bool:
    """Is there room for the index that programs share beside the database?"""
    try:
        return shutil.disk_usage(path.parent).free >= _SHARED_INDEX
    except OSError:
        return True


def can_be_read(path: Path) -> bool:
    """Does the disk give every byte of the file?"""
    try:
        with path.open("rb") as file:
            while file.read(_PIECE):
                pass
    except OSError:
        return False
    return True
