"""Make a desk: a key of its own, what opens it, and an empty database."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from breachdesk.errors import BreachdeskError, RefusedError
from breachdesk.message import say
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
)
from breachdesk.store.keys.ring import KEYRING_SECONDS, KeyringUse, KeySource, Ring
from breachdesk.store.recovery import BITS, write_code
from breachdesk.store.unlock import secret_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDesk:
    """A desk that was just made."""

    desk_id: str
    key_source: KeySource
    """What opens it from now on, the easiest first."""
    recovery_code: str | None = field(repr=False)
    """Shown once and kept nowhere."""


def make_desk(
    home: Path,
    *,
    passphrase: str | None,
    want_recovery: bool,
    keyring: KeyringUse,
    now: datetime,
    kdf: Argon2 | None = None,
    keyring_seconds: float = KEYRING_SECONDS,
    code_is_unseen: bool = False,
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
        code_is_unseen: keep, until `confirm`, that the recovery code is still to be written down.

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
    ring = Ring(keyring, desk_id, keyring_seconds)
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
            lay_desk(home, file, key, code_is_unseen=code_is_unseen and want_recovery)
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


def _nothing_opens_it(keyring: KeyringUse) -> RefusedError:
    why = (
        say("Without a keyring, a passphrase or a recovery code nobody could open the desk again.")
        if keyring is KeyringUse.OFF
        else say("No usable keyring was found, so the desk needs a passphrase or a recovery code.")
    )
    return RefusedError(why, say("Choose a passphrase, or let a recovery code be made."))
