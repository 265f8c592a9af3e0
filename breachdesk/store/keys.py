"""Make a desk and its key, and find the key again: in the OS keyring, or in ``key.json``.

The only file that knows the keyring. A keyring may be absent, drop what it is given, raise
anything, or wait for its owner; so it is asked in a thread of its own, for a few seconds, and what
was put in is read back.
"""

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Literal, TypeVar

from breachdesk.errors import (
    BreachdeskError,
    LockedError,
    RefusedError,
)
from breachdesk.message import Message, say
from breachdesk.store.files import disk_in_words
from breachdesk.store.keyfile import (
    KEY_BYTES,
    SALT_BYTES,
    Argon2,
    KeyFile,
    Slot,
    SlotKind,
    fingerprint,
    make_slot,
    read_key_file,
)
from breachdesk.store.recovery import BITS, write_code
from breachdesk.store.unlock import by_passphrase, by_recovery, secret_of

KEYRING_SECONDS = 3.0
"""How long a keyring may take; one that waits for its owner's password takes longer."""
SERVICE = "breachdesk"
_TRUSTED_PRIORITY = 1
"""Below it a backend is a plain file, a null device or none (keyring's own recommendation)."""

KeySource = Literal["keyring", "passphrase", "recovery"]
T = TypeVar("T")


class KeyringUse(Enum):
    """May the OS keyring be asked?"""

    OFF = "off"
    WITH_LIMIT = "with_limit"
    """Yes, for a few seconds, then something else opens the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDesk:
    """A desk that was just made."""

    desk_id: str
    key_source: KeySource
    """What opens it from now on, the easiest first."""
    recovery_code: str | None = field(repr=False)
    """Shown once and kept nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedKey:
    """A desk's key, and where it came from."""

    desk_id: str
    key: bytes = field(repr=False)
    source: KeySource
    notes: tuple[Message, ...] = ()
    """What the person should know, such as that the keyring did not answer."""


def make_desk(
    home: Path,
    *,
    passphrase: str | None,
    want_recovery: bool,
    keyring: KeyringUse,
    now: datetime,
    kdf: Argon2 | None = None,
    keyring_seconds: float = KEYRING_SECONDS,
) -> NewDesk:
    """Make an empty desk with a key of its own.

    ``key.json`` is written last but for one rename, which opening finishes: a crash leaves either
    no desk, or one that opens.

    Args:
        home: the desk's folder; made if missing.
        passphrase: opens the desk; None for none.
        want_recovery: make a recovery code.
        keyring: OFF keeps the key out of the keyring for good.
        now: when it is made, aware.
        kdf: cost of Argon2id, for tests.
        keyring_seconds: how long the keyring may take.

    Raises:
        DeskExistsError: the folder holds a desk, or what is left of one.
        RefusedError: nothing would ever open it: no keyring, no passphrase, no recovery code.
        StoreError: the disk is full, or cannot be written.
    """
    from breachdesk.store.laying import lay_desk, refuse_if_taken

    refuse_if_taken(home)
    if passphrase is not None and not passphrase.strip():
        raise RefusedError(
            say("An empty passphrase protects nothing."), say("Choose another passphrase.")
        )
    key, desk_id = secrets.token_bytes(KEY_BYTES), secrets.token_hex(16)
    ring = _Ring(keyring, desk_id, keyring_seconds)
    in_keyring = ring.put(key)
    if not (in_keyring or passphrase or want_recovery):
        raise _nothing_opens_it(keyring)
    code = write_code(secrets.randbits(BITS)) if want_recovery else None
    file = KeyFile(
        desk_id=desk_id,
        made_at=now,
        check=fingerprint(key),
        may_use_keyring=keyring is not KeyringUse.OFF,
        slots=_slots(key, passphrase, secret_of(code), kdf or Argon2()),
    )
    try:
        with disk_in_words(home):
            lay_desk(home, file, key)
    except BreachdeskError:
        ring.drop()
        raise
    source: KeySource = "keyring" if in_keyring else "passphrase" if passphrase else "recovery"
    return NewDesk(desk_id=desk_id, key_source=source, recovery_code=code)


def _slots(key: bytes, passphrase: str | None, code: str | None, kdf: Argon2) -> tuple[Slot, ...]:
    return tuple(
        make_slot(kind, secret, key, kdf=kdf, salt=secrets.token_bytes(SALT_BYTES))
        for kind, secret in ((SlotKind.PASSPHRASE, passphrase), (SlotKind.RECOVERY, code))
        if secret
    )


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
    ring = _Ring(keyring if file.may_use_keyring else KeyringUse.OFF, file.desk_id, keyring_seconds)
    if recovery is not None:
        return _opened(file, ring, by_recovery(file, recovery), "recovery")
    kept = ring.get()
    if kept is not None and file.fits(kept):
        return OpenedKey(desk_id=file.desk_id, key=kept, source="keyring")
    typed = passphrase() if passphrase is not None and file.slot(SlotKind.PASSPHRASE) else None
    if typed is None:
        raise _no_key_at_hand(file, ring)
    return _opened(file, ring, by_passphrase(file, typed), "passphrase")


def keyring_name(seconds: float = KEYRING_SECONDS) -> str | None:
    """Return the name of the keyring that would hold a key; None when there is none to trust."""
    return _Ring(KeyringUse.WITH_LIMIT, "", seconds).name()


class _Ring:
    """The OS keyring, asked for one desk's key."""

    def __init__(self, use: KeyringUse, desk_id: str, seconds: float) -> None:
        self.answers = use is not KeyringUse.OFF
        """Has it answered so far? One that did not is not asked again."""
        self.is_off = use is KeyringUse.OFF
        self.waited = False
        """Did it take longer than it may?"""
        self._desk_id = desk_id
        self._seconds = seconds

    def get(self) -> bytes | None:
        """Return the key it holds for this desk."""
        held = self._ask(self._get)
        try:
            return None if held is None else bytes.fromhex(held)
        except ValueError:
            return None

    def put(self, key: bytes) -> bool:
        """Give it the key and return whether it really holds it."""
        return self._ask(lambda: self._put(key.hex())) is True

    def drop(self) -> None:
        """Take the key out again."""
        self._ask(self._drop)

    def name(self) -> str | None:
        """Return what it calls itself, if it answers and can be trusted with a key."""
        return self._ask(self._name)

    def _name(self) -> str | None:
        import keyring

        ring = keyring.get_keyring()
        if ring.priority < _TRUSTED_PRIORITY:
            return None
        ring.get_password(SERVICE, self._desk_id or SERVICE)
        return str(ring.name)

    def _get(self) -> str | None:
        import keyring

        return keyring.get_password(SERVICE, self._desk_id)

    def _put(self, text: str) -> bool:
        import keyring

        if keyring.get_keyring().priority < _TRUSTED_PRIORITY:
            return False
        keyring.set_password(SERVICE, self._desk_id, text)
        return keyring.get_password(SERVICE, self._desk_id) == text

    def _drop(self) -> None:
        import keyring

        if keyring.get_password(SERVICE, self._desk_id) is not None:
            keyring.delete_password(SERVICE, self._desk_id)

    def _ask(self, call: Callable[[], T]) -> T | None:
        """Return what the keyring says, or None when it fails or takes too long."""
        if not self.answers:
            return None
        said: list[T] = []

        def run() -> None:
            with suppress(Exception):  # a backend of someone else's may raise anything at all
                said.append(call())

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._seconds)
        self.waited = thread.is_alive()
        self.answers = bool(said)
        return said[0] if said else None


def _opened(file: KeyFile, ring: _Ring, key: bytes, source: KeySource) -> OpenedKey:
    notes: tuple[Message, ...] = ()
    if ring.put(key):
        notes = (say("The key is in your keyring again; the next start asks nothing."),)
    elif ring.waited:
        notes = (say("Your keyring did not answer in time, so the desk was opened without it."),)
    return OpenedKey(desk_id=file.desk_id, key=key, source=source, notes=notes)


def _nothing_opens_it(keyring: KeyringUse) -> RefusedError:
    why = (
        say("Without a keyring, a passphrase or a recovery code nobody could open the desk again.")
        if keyring is KeyringUse.OFF
        else say("No usable keyring was found, so the desk needs a passphrase or a recovery code.")
    )
    return RefusedError(why, say("Choose a passphrase, or let a recovery code be made."))


def _no_key_at_hand(file: KeyFile, ring: _Ring) -> LockedError:
    if ring.is_off:
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
    has = (file.slot(SlotKind.PASSPHRASE) is not None, file.slot(SlotKind.RECOVERY) is not None)
    return LockedError(what, ways[has])
