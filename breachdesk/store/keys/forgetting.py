"""Lock a desk: its key leaves the keyring, and windows that have it open are told."""

from datetime import datetime
from enum import Enum
from pathlib import Path

from breachdesk.errors import LockedError, RefusedError, StoreError
from breachdesk.message import say
from breachdesk.store.files import disk_in_words, write_private
from breachdesk.store.keyfile import SlotKind, read_key_file
from breachdesk.store.keys.ring import KEYRING_SECONDS, KeyringUse, Ring

LOCK_FILE = "lock"
"""Beside the database: written anew each time somebody locks the desk."""


class Call(Enum):
    """Why open windows are called to lock."""

    LOCK = "lock"
    REKEYING = "rekeying"
    """The desk's key is about to be changed."""
    REKEYED = "rekeyed"
    """The desk's key was changed: what a window has read with is worth nothing."""


def forget_key(
    home: Path,
    *,
    keyring: KeyringUse,
    now: datetime,
    keyring_seconds: float = KEYRING_SECONDS,
    calls_windows: bool = True,
) -> bool:
    """Take a desk's key out of the keyring, so that only what is typed opens it.

    Args:
        home: the desk's folder.
        keyring: may the keyring be asked?
        now: when, aware.
        keyring_seconds: how long the keyring may take.
        calls_windows: must every open window of the desk lock?

    Returns:
        Whether the key was there.

    Raises:
        NoDeskError: there is no desk in this folder.
        RefusedError: nothing but the keyring opens this desk.
        LockedError: the keyring does not answer, or still holds the key.
        StoreError: the folder cannot be written, so open windows were not called; the key was taken
            out all the same if the keyring let go of it.
    """
    file = read_key_file(home)
    if not any(file.slot(kind) for kind in SlotKind):
        raise RefusedError(
            say("Only your keyring opens this desk: without its key there nobody could."),
            say("Make a recovery code first, with “breachdesk rekey”."),
        )
    ring = Ring(keyring, file.desk_id, keyring_seconds)
    held = ring.get()
    if held is not None:
        ring.drop()
        held_still = ring.get()
    uncalled = _uncalled(home, now) if calls_windows else None
    is_kept = ring.waited or (held is not None and held_still is not None)
    if uncalled is not None:
        raise _half_locked(uncalled, is_kept=is_kept, was_held=held is not None)
    if is_kept:
        raise LockedError(
            say("Open windows lock, but your keyring did not let go of the key.")
            if calls_windows
            else say("The desk is closed, but your keyring did not let go of its key."),
            say("Unlock your keyring and do it again, or take the key out of it by hand."),
        )
    return held is not None


def _uncalled(home: Path, now: datetime) -> StoreError | None:
    """Call open windows to lock; return why that could not be done."""
    try:
        call_windows(home, Call.LOCK, now=now)
    except StoreError as error:
        return error
    return None


def _half_locked(why: StoreError, *, is_kept: bool, was_held: bool) -> StoreError:
    """Return the error for windows that were not called: it says where the key is, too."""
    if is_kept:
        what = say(
            "Your keyring did not let go of the key, and open windows could not be called to lock: "
            "{why}",
            why=why.what,
        )
    elif was_held:
        what = say(
            "The key is out of your keyring, but open windows could not be called to lock: {why}",
            why=why.what,
        )
    else:
        what = say("Open windows could not be called to lock: {why}", why=why.what)
    return StoreError(what, say("Close open windows yourself, and lock again once that is mended."))


def call_windows(home: Path, why: Call, *, now: datetime) -> None:
    """Call every open window of a desk to lock.

    Args:
        home: the desk's folder.
        why: what the windows say when they ask for the key.
        now: when, aware.

    Raises:
        StoreError: the folder cannot be written.
    """
    with disk_in_words(home):
        write_private(home / LOCK_FILE, f"{now.isoformat()} {why.value}\n".encode())


def why_called(home: Path) -> LockedError | None:
    """Return what a window says that was called to lock; None when there is nothing to add."""
    try:
        why = (home / LOCK_FILE).read_bytes().split()[-1:]
    except OSError:
        return None
    if why == [Call.REKEYED.value.encode()]:
        return LockedError(
            say("The desk's key was changed in another window."),
            say(
                "Give the new passphrase or the new recovery code; the old ones no longer open the "
                "desk."
            ),
        )
    if why == [Call.REKEYING.value.encode()]:
        return LockedError(
            say("The desk's key is being changed in another window."),
            say("Give the new passphrase or recovery code once that window says that it is done."),
        )
    return None


def locked_at(home: Path) -> int:
    """Return a number that changes each time somebody locks the desk; 0 before the first."""
    try:
        return (home / LOCK_FILE).stat().st_mtime_ns
    except OSError:
        return 0
