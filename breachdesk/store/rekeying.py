"""Change a desk's key: every page is written anew, and a crash leaves one of the two keys.

The order: ``key.json`` names both keys and holds each wrapped under the other; the database is
written under the new one in one transaction; head file and keyring follow; ``key.json`` names the
new one alone. Whatever opens either key opens the desk at any point in between, and whoever opens
it then finishes what was begun.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from breachdesk.errors import StoreError
from breachdesk.message import say
from breachdesk.store.engine import change_key, faults_in_words, opens
from breachdesk.store.faults import busy
from breachdesk.store.files import disk_in_words
from breachdesk.store.head import HEAD_FILE, HeadFile, HeadState
from breachdesk.store.keyfile import (
    DATABASE,
    KEY_BYTES,
    KEY_FILE,
    SALT_BYTES,
    Argon2,
    Changing,
    KeyFile,
    SlotKind,
    damaged,
    fingerprint,
    make_slot,
    read_key_file,
    replace_key_file,
    subkey,
)
from breachdesk.store.locks import lock
from breachdesk.store.recovery import BITS, write_code
from breachdesk.store.unlock import secret_of

_LOCK = "rekey.lock"
_PURPOSE = "key change"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that a desk is to have; nothing is changed yet."""

    key: bytes = field(repr=False)
    recovery_code: str = field(repr=False)
    """Shown once, before the key is changed, and kept nowhere."""
    changing: Changing


def new_key(old: bytes, *, passphrase: str | None, kdf: Argon2 | None = None) -> NewKey:
    """Return a new key, under a passphrase and a new recovery code.

    Args:
        old: the desk's present key.
        passphrase: is to open the desk from then on; None for none.
        kdf: cost of Argon2id, for tests.
    """
    key, code = secrets.token_bytes(KEY_BYTES), write_code(secrets.randbits(BITS))
    wanted = ((SlotKind.PASSPHRASE, passphrase), (SlotKind.RECOVERY, secret_of(code)))
    slots = tuple(
        make_slot(kind, secret, key, kdf=kdf or Argon2(), salt=secrets.token_bytes(SALT_BYTES))
        for kind, secret in wanted
        if secret
    )
    changing = Changing(
        check=fingerprint(key),
        slots=slots,
        new_under_old=aes_key_wrap(subkey(old, _PURPOSE), key),
        old_under_new=aes_key_wrap(subkey(key, _PURPOSE), old),
    )
    return NewKey(key=key, recovery_code=code, changing=changing)


def rekey(
    home: Path, old: bytes, new: NewKey, *, remember: Callable[[bytes], object] | None = None
) -> None:
    """Change the key of a desk that this program has closed.

    Args:
        home: the desk's folder.
        old: its present key.
        new: from `new_key`.
        remember: is given the new key once the database has it, for the keyring.

    Raises:
        StoreError: somebody else changes the key or writes for too long, or the disk is full or
            out of reach; the desk has its old key.
    """
    database = home / DATABASE
    with disk_in_words(home), _alone(home):
        file = read_key_file(home)
        if file.check != fingerprint(old):
            raise busy(database)
        replace_key_file(home, replace(file, changing=new.changing))
        with faults_in_words(database):
            change_key(database, old, new.key)
            if not opens(database, new.key):
                raise _unchanged(database)
        file = read_key_file(home)
        if file.changing is not None:
            settle(home, file, new.key, remember=remember)
        elif remember is not None:  # somebody opened the desk and finished it already
            remember(new.key)


def _unchanged(database: Path) -> StoreError:
    """Return the error for a database that SQLCipher left under its old key without a word."""
    return StoreError(
        say(
            "{path} could not be written under the new key: the disk is full, or another program "
            "writes to it.",
            path=str(database),
        ),
        say("Make room, close other windows of this desk, and do it again; the old key holds."),
    )


def settle(
    home: Path, file: KeyFile, key: bytes, *, remember: Callable[[bytes], object] | None = None
) -> tuple[KeyFile, bytes]:
    """Return key file and key as they hold now; finish a change of key that was cut short.

    Args:
        home: the desk's folder.
        file: what ``key.json`` says.
        key: the desk's key, or the one it was being changed to.
        remember: is given the new key before ``key.json`` forgets the old one.

    Raises:
        StoreError: the database is busy or out of reach, or ``key.json`` is damaged.
    """
    changing, database = file.changing, home / DATABASE
    if changing is None or not database.exists():
        return file, key
    old, new = _both(home, changing, key)
    with faults_in_words(database):
        if not opens(database, new):
            return file, old
    with disk_in_words(home):
        _carry_head(home, old, new)
        if remember is not None:
            remember(new)
        done = replace(file, check=changing.check, slots=changing.slots, changing=None)
        replace_key_file(home, done)
    return done, new


def _both(home: Path, changing: Changing, key: bytes) -> tuple[bytes, bytes]:
    try:
        if fingerprint(key) == changing.check:
            return aes_key_unwrap(subkey(key, _PURPOSE), changing.old_under_new), key
        return key, aes_key_unwrap(subkey(key, _PURPOSE), changing.new_under_old)
    except InvalidUnwrap as error:
        raise damaged(home / KEY_FILE, say("“changing” does not fit the key")) from error


def _carry_head(home: Path, old: bytes, new: bytes) -> None:
    """Write the head file under the new key; one that was changed by others stays as it is."""
    heads = HeadFile(home / HEAD_FILE, old).read()
    if heads.state is HeadState.FINE:
        HeadFile(home / HEAD_FILE, new).write(heads)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let one program at a time change the key; the system lets go when that program ends."""
    with os.fdopen(os.open(home / _LOCK, os.O_CREAT | os.O_RDWR, 0o600), "rb+") as file:
        try:
            lock(file.fileno())
        except OSError as error:
            raise StoreError(
                say("Another program is changing the key of the desk in {home}.", home=str(home)),
                say("Wait until it is done; nothing was changed here."),
            ) from error
        yield
