"""``key.json``: the desk's id, and slots that each hold its key, wrapped.

Argon2id (RFC 9106) makes a wrapping key of a passphrase or recovery code, AES key wrap (RFC 3394)
holds the desk's key under it. The file is read as if a stranger had written it: size, numbers and
lengths have bounds.
"""

import base64
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)

from breachdesk.errors import LockedError, NoDeskError, StoreError
from breachdesk.message import Message, say
from breachdesk.store.files import create_whole, disk_in_words, sync_folder, write_private

KEY_FILE = "key.json"
DATABASE = "desk.db"
FORMAT = "breachdesk-key/1"
KEY_BYTES = 32
SALT_BYTES = 16
_WRAPPED_BYTES = KEY_BYTES + 8
_LARGEST = 16 * 1024
_MOST_SLOTS = 8
_MEMORY_KIB = range(8, 1024 * 1024 + 1)
_ITERATIONS = range(1, 17)
_LANES = range(1, 17)
_DESK_ID = re.compile(r"[0-9a-f]{32}")
_CHECK = re.compile(r"[0-9a-f]{16}")


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the kind of secret, not a secret
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2:
    """Cost of making a wrapping key; RFC 9106 section 4, the second recommended choice."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4

    @property
    def work(self) -> int:
        """Return how much memory is filled in all, in KiB: what an opening costs in time."""
        return self.memory_kib * self.iterations

    def wrapping_key(self, secret: str, salt: bytes) -> bytes:
        """Return 32 bytes made of what a person typed, in Unicode's composed form.

        A terminal may hand over what is no character; it counts as it came.
        """
        kdf = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=self.iterations,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return kdf.derive(unicodedata.normalize("NFC", secret).encode(errors="surrogatepass"))


_MOST_WORK = 4 * Argon2().work


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The desk's key under one secret."""

    kind: SlotKind
    kdf: Argon2
    salt: bytes
    wrapped: bytes

    def open(self, secret: str) -> bytes | None:
        """Return the desk's key, or None when this is not the secret."""
        try:
            return aes_key_unwrap(self.kdf.wrapping_key(secret, self.salt), self.wrapped)
        except InvalidUnwrap:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """A change of key that was begun: until it is done, either key may be the database's."""

    check: str
    """Fingerprint of the new key."""
    slots: tuple[Slot, ...] = field(repr=False)
    """What opens the new key."""
    new_under_old: bytes = field(repr=False)
    """The new key wrapped under the old one, so that either secret opens the desk meanwhile."""
    old_under_new: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What ``key.json`` says."""

    desk_id: str
    made_at: datetime
    check: str
    """Fingerprint of the key: tells a key of another desk before the database is touched."""
    may_use_keyring: bool
    """False: the desk was made without the keyring, so its key is never put there."""
    slots: tuple[Slot, ...] = field(default=(), repr=False)
    changing: Changing | None = None
    """Set while the key is being changed, or when that was cut short."""

    def slot(self, kind: SlotKind) -> Slot | None:
        """Return the slot that such a secret opens, if there is one."""
        return next(iter(self.slots_of(kind)), None)

    def slots_of(self, kind: SlotKind) -> tuple[Slot, ...]:
        """Return the slots that such a secret may open: two while the key is being changed."""
        changed = self.changing.slots if self.changing else ()
        return tuple(slot for slot in (*self.slots, *changed) if slot.kind is kind)

    def fits(self, key: bytes) -> bool:
        """Return whether that is this desk's key, or the one it is being changed to."""
        checks = {self.check, *((self.changing.check,) if self.changing else ())}
        return len(key) == KEY_BYTES and fingerprint(key) in checks


def make_slot(kind: SlotKind, secret: str, key: bytes, *, kdf: Argon2, salt: bytes) -> Slot:
    """Return the key wrapped under a secret."""
    wrapped = aes_key_wrap(kdf.wrapping_key(secret, salt), key)
    return Slot(kind=kind, kdf=kdf, salt=salt, wrapped=wrapped)


def subkey(key: bytes, purpose: str, *, length: int = KEY_BYTES) -> bytes:
    """Return a key of its own for one purpose (HKDF, RFC 5869)."""
    kdf = HKDF(algorithm=SHA256(), length=length, salt=None, info=f"breachdesk {purpose}".encode())
    return kdf.derive(key)


def fingerprint(key: bytes) -> str:
    """Return 64 bits that tell keys apart and nothing about them, in hex."""
    return subkey(key, "key check", length=8).hex()


def write_key_file(home: Path, file: KeyFile) -> None:
    """Write ``key.json``; from then on there is a desk.

    Raises:
        FileExistsError: there is one already; it is untouched.
    """
    content = json.dumps(plain_key_file(file), indent=2).encode() + b"\n"
    create_whole(home / KEY_FILE, content, mark=file.desk_id)


def replace_key_file(home: Path, file: KeyFile) -> None:
    """Write ``key.json`` over the one that is there: at any time the old one or the new one stands.

    Raises:
        OSError: the disk is full or cannot be written; the old file stands.
    """
    write_private(home / KEY_FILE, json.dumps(plain_key_file(file), indent=2).encode() + b"\n")
    sync_folder(home)


def plain_key_file(file: KeyFile) -> dict[str, object]:
    """Return what ``key.json`` says, as JSON values."""
    plain: dict[str, object] = {
        "format": FORMAT,
        "desk": file.desk_id,
        "made_at": file.made_at.isoformat(),
        "check": file.check,
        "keyring": file.may_use_keyring,
        "slots": [_plain_slot(slot) for slot in file.slots],
    }
    if file.changing is not None:
        plain["changing"] = {
            "check": file.changing.check,
            "slots": [_plain_slot(slot) for slot in file.changing.slots],
            "new_under_old": _text(file.changing.new_under_old),
            "old_under_new": _text(file.changing.old_under_new),
        }
    return plain


def _plain_slot(slot: Slot) -> dict[str, object]:
    return {
        "kind": slot.kind.value,
        "kdf": {"name": "argon2id", **asdict(slot.kdf), "salt": _text(slot.salt)},
        "wrapped": _text(slot.wrapped),
    }


def read_key_file(home: Path) -> KeyFile:
    """Return what ``key.json`` says.

    Raises:
        NoDeskError: there is no desk in this folder.
        LockedError: there is a database but no ``key.json``.
        StoreError: the file cannot be read, or is not one this program understands.
    """
    path = home / KEY_FILE
    with disk_in_words(path, reading=True):
        if not path.exists():
            raise _no_key_file(home)
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise damaged(path, say("it is larger than a key file can be"))
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise damaged(path, say("it is no JSON")) from error
    return checked_key_file(path, plain)


def checked_key_file(path: Path, plain: object) -> KeyFile:
    """Return what JSON values of a key file say; `path` is for the words of an error.

    Raises:
        StoreError: it is not one this program understands.
    """
    return _Checked(path, plain).key_file()


def damaged(path: Path, why: Message) -> StoreError:
    """Return the error for a key file that cannot be used, for that reason."""
    return StoreError(
        say("{path} cannot be used: {why}.", path=str(path), why=why),
        say("Bring key.json back from a backup of this desk; no other one opens it."),
    )


class _Checked:
    """A key file's JSON, each value looked at before it is used."""

    def __init__(self, path: Path, plain: object) -> None:
        self._path = path
        self._plain = self._table(plain)

    def key_file(self) -> KeyFile:
        plain = self._plain
        self._format(plain.get("format"))
        may_use_keyring = plain.get("keyring")
        if not isinstance(may_use_keyring, bool):
            raise self._wrong(name="keyring")
        return KeyFile(
            desk_id=self._matching(plain, "desk", _DESK_ID),
            made_at=self._moment(plain.get("made_at")),
            check=self._matching(plain, "check", _CHECK),
            may_use_keyring=may_use_keyring,
            slots=self._slots(plain.get("slots"), may_be_none=may_use_keyring),
            changing=self._changing(plain.get("changing"), may_be_none=may_use_keyring),
        )

    def _changing(self, plain: object, *, may_be_none: bool) -> Changing | None:
        if plain is None:
            return None
        table = self._table(plain)
        return Changing(
            check=self._matching(table, "check", _CHECK),
            slots=self._slots(table.get("slots"), may_be_none=may_be_none),
            new_under_old=self._bytes(table, "new_under_old", _WRAPPED_BYTES),
            old_under_new=self._bytes(table, "old_under_new", _WRAPPED_BYTES),
        )

    def _slots(self, plain: object, *, may_be_none: bool) -> tuple[Slot, ...]:
        if not isinstance(plain, list) or len(plain) > _MOST_SLOTS or not (plain or may_be_none):
            raise self._wrong(name="slots")
        slots = tuple(self._slot(self._table(slot)) for slot in plain)
        if len({slot.kind for slot in slots}) < len(slots):
            raise damaged(self._path, say("it has two slots of one kind"))
        return slots

    def _slot(self, plain: Mapping[str, object]) -> Slot:
        kdf = self._table(plain.get("kdf"))
        kind = plain.get("kind")
        if not isinstance(kind, str) or kind not in set(SlotKind) or kdf.get("name") != "argon2id":
            raise self._wrong(name="kind")
        return Slot(
            kind=SlotKind(kind),
            kdf=self._kdf(kdf),
            salt=self._bytes(kdf, "salt", SALT_BYTES),
            wrapped=self._bytes(plain, "wrapped", _WRAPPED_BYTES),
        )

    def _kdf(self, plain: Mapping[str, object]) -> Argon2:
        lanes = self._number(plain, "lanes", _LANES)
        memory = range(_MEMORY_KIB.start * lanes, _MEMORY_KIB.stop)
        kdf = Argon2(
            memory_kib=self._number(plain, "memory_kib", memory),
            iterations=self._number(plain, "iterations", _ITERATIONS),
            lanes=lanes,
        )
        if kdf.work > _MOST_WORK:
            raise self._wrong(name="memory_kib × iterations")
        return kdf

    def _format(self, found: object) -> None:
        if found == FORMAT:
            return
        if isinstance(found, str) and found.startswith("breachdesk-key/"):
            raise StoreError(
                say("{path} was written by a newer breachdesk.", path=str(self._path)),
                say("Update breachdesk on this machine and open the desk again."),
            )
        raise self._wrong(name="format")

    def _table(self, plain: object) -> Mapping[str, object]:
        if not isinstance(plain, dict):
            raise damaged(self._path, say("it is not laid out as a key file"))
        return plain

    def _number(self, plain: Mapping[str, object], name: str, allowed: range) -> int:
        value = plain.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value not in allowed:
            raise self._wrong(name)
        return value

    def _matching(self, plain: Mapping[str, object], name: str, pattern: re.Pattern[str]) -> str:
        value = plain.get(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise self._wrong(name)
        return value

    def _bytes(self, plain: Mapping[str, object], name: str, length: int) -> bytes:
        try:
            value = base64.b64decode(str(plain.get(name)), validate=True)
        except ValueError as error:
            raise self._wrong(name) from error
        if len(value) != length:
            raise self._wrong(name)
        return value

    def _moment(self, value: object) -> datetime:
        try:
            return datetime.fromisoformat(str(value)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self._wrong(name="made_at") from error

    def _wrong(self, name: str) -> StoreError:
        return damaged(self._path, say("“{name}” is missing or out of bounds", name=name))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _no_key_file(home: Path) -> NoDeskError | LockedError:
    if (home / DATABASE).exists():
        return LockedError(
            say("{home} holds a desk, but its key.json is missing.", home=str(home)),
            say("Bring key.json back from a backup of this desk; no other one opens it."),
        )
    return NoDeskError(
        say("There is no desk in {home}.", home=str(home)),
        say("Make one with “breachdesk init”, or say where it is with BREACHDESK_HOME."),
    )
