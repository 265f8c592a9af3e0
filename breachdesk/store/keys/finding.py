"""Find a desk's key: in the keyring, or under a passphrase or recovery code in ``key.json``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from breachdesk.errors import LockedError
from breachdesk.message import Message, say
from breachdesk.store.keyfile import KeyFile, SlotKind, read_key_file
from breachdesk.store.keys.ring import KEYRING_SECONDS, KeyringUse, KeySource, Ring, mark_of
from breachdesk.store.unlock import by_passphrase, by_recovery


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedKey:
    """A desk's key, and where it came from."""

    desk_id: str
    key: bytes = field(repr=False)
    source: KeySource
    is_in_keyring: bool = False
    """Does the keyring hold it, or hold it again?"""
    known_head: tuple[int, str] | None = None
    """Number and digest of the chain's end when the desk was last closed, as the keyring says."""
    folder: str = ""
    """Mark of the desk's folder, by which the keyring tells its copies apart."""
    notes: tuple[Message, ...] = ()
    """What the person should know, such as that the keyring did not answer."""


def open_key(
    home: Path,
    *,
    passphrase: Callable[[], str | None] | None,
    recovery: str | None,
    keyring: KeyringUse,
    keyring_seconds: float = KEYRING_SECONDS,
) -> OpenedKey:
    """Find the desk's key: by the recovery code if one is given, else the keyring, else passphrase.

    A key opened by hand is put back into a keyring that works.

    Args:
        home: the desk's folder.
        passphrase: asks for it, once, only when needed; gives None when there is none.
        recovery: the recovery code as typed.
        keyring: may the keyring be asked?
        keyring_seconds: how long it may take.

    Raises:
        NoDeskError: there is no desk in this folder.
        LockedError: no key at hand, or ``key.json`` is missing.
        WrongKeyError: the passphrase or recovery code is not this desk's.
        RefusedError: the recovery code was mistyped.
        StoreError: ``key.json`` cannot be used.
    """
    file = read_key_file(home)
    ring = Ring(keyring if file.may_use_keyring else KeyringUse.OFF, file.desk_id, keyring_seconds)
    if recovery is not None:
        return _opened(home, file, ring, by_recovery(home, file, recovery), "recovery")
    kept = ring.get()
    if kept is not None and file.fits(kept):
        key = _settled(home, file, kept, remember=ring.put)
        return OpenedKey(
            desk_id=file.desk_id,
            key=key,
            source="keyring",
            is_in_keyring=True,
            known_head=ring.head(mark_of(home)),
            folder=mark_of(home),
        )
    typed = passphrase() if passphrase is not None and file.slot(SlotKind.PASSPHRASE) else None
    if typed is None:
        raise _no_key_at_hand(file, ring)
    return _opened(home, file, ring, by_passphrase(home, file, typed), "passphrase")


def remember_head(
    opened: OpenedKey, head: tuple[int, str], *, keyring_seconds: float = KEYRING_SECONDS
) -> bool:
    """Let the keyring remember where the chain ends, when the desk is closed.

    An older copy of the whole folder, head file and all, is then noticed at the next opening. A
    keyring that does not hold the key is not asked.

    Args:
        opened: from `open_key`.
        head: number and digest of the newest entry.
        keyring_seconds: how long the keyring may take.
    """
    if not opened.is_in_keyring or opened.known_head == head:
        return False
    ring = Ring(KeyringUse.WITH_LIMIT, opened.desk_id, keyring_seconds)
    return ring.put_head(head, opened.folder)


def known_elsewhere(
    home: Path,
    desk_id: str,
    *,
    keyring: KeyringUse,
    keyring_seconds: float = KEYRING_SECONDS,
) -> tuple[tuple[int, str] | None, bool]:
    """Return what the keyring knows as the newest entry of a desk that is about to be restored.

    Args:
        home: the folder it is restored to.
        desk_id: which desk.
        keyring: may the keyring be asked?
        keyring_seconds: how long it may take.

    Returns:
        Number and digest, None when it knows none; and whether it did not answer in time.
    """
    ring = Ring(keyring, desk_id, keyring_seconds)
    return ring.head(mark_of(home)), ring.waited


def _opened(home: Path, file: KeyFile, ring: Ring, found: bytes, source: KeySource) -> OpenedKey:
    key = _settled(home, file, found)
    notes: tuple[Message, ...] = ()
    is_in_keyring = ring.put(key)
    if is_in_keyring:
        notes = (say("The key is in your keyring again; the next start asks nothing."),)
    elif ring.waited:
        notes = (say("Your keyring did not answer in time, so the desk was opened without it."),)
    return OpenedKey(
        desk_id=file.desk_id,
        key=key,
        source=source,
        is_in_keyring=is_in_keyring,
        known_head=ring.head(mark_of(home)) if is_in_keyring else None,
        folder=mark_of(home),
        notes=notes,
    )


def remember_key(
    opened: OpenedKey, key: bytes, *, keyring_seconds: float = KEYRING_SECONDS
) -> bool:
    """Give the keyring a desk's new key, if it held the old one; return whether it really does."""
    if not opened.is_in_keyring:
        return False
    return Ring(KeyringUse.WITH_LIMIT, opened.desk_id, keyring_seconds).put(key)


def _settled(
    home: Path, file: KeyFile, key: bytes, remember: Callable[[bytes], object] | None = None
) -> bytes:
    """Return the key that opens the database, when a change of key was cut short."""
    if file.changing is None:
        return key
    from breachdesk.store.rekeying import settle

    return settle(home, file, key, remember=remember)[1]


def _no_key_at_hand(file: KeyFile, ring: Ring) -> LockedError:
    has = (file.slot(SlotKind.PASSPHRASE) is not None, file.slot(SlotKind.RECOVERY) is not None)
    if ring.is_off and not has[0]:
        what = say("The desk is locked, and it was made without a passphrase.")
    elif ring.is_off:
        what = say("The desk is locked, and no passphrase was given.")
    elif ring.waited:
        what = say("The desk is locked: your keyring did not answer in time.")
    else:
        what = say("The desk is locked: your keyring does not hold its key.")
    ways = {
        (True, True): say("Give the passphrase or the recovery code."),
        (True, False): say("Give the passphrase."),
        (False, True): say("Give the recovery code."),
        (False, False): say("Only the keyring of the account that made it holds the key."),
    }
    return LockedError(what, ways[has])
