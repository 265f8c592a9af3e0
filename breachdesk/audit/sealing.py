"""Seal an entry: a salted digest of the row, and a digest that binds it to the entry before.

Each digest begins with a prefix of its own, and each part with its length, so that no digest of one
kind can pass for another.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from breachdesk.records.base import Kept

ZERO = "0" * 64
"""What stands as the digest before the first entry."""
SALT_BYTES = 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROW = b"breachdesk/row/1"
_ENTRY = b"breachdesk/entry/1"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended at some time."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an entry says in the open. Never a name or any text of a case: it cannot be erased."""

    seq: int
    """Counts from 1 without a gap."""
    at: datetime
    """When, in UTC, whole seconds."""
    actor: str
    """Id of the person."""
    action: str
    """A value of `AuditAction`."""
    subject: str
    """Id of the row."""
    record: str
    """Name of the row's table."""
    record_version: int
    """Under which version of the record the payload was hashed."""
    incident: str | None
    """Id of the incident the row belongs to."""
    case_seq: int | None
    """Counts from 1 within the case."""
    case_previous: str | None
    """Digest of the case's entry before; zeros for its first."""


def declared_fields(record: type[Kept], version: int) -> tuple[str, ...]:
    """Return the fields that version of a record had, which its payload digest covers."""
    added = record.ADDED_IN
    return tuple(name for name in record.model_fields if added.get(name, 1) <= version)


def canonical(fields: Mapping[str, object]) -> bytes:
    """Return JSON that is the same for the same values: sorted, no spaces, no floats, UTF-8.

    Times become whole UTC seconds since 1970, bytes the SHA-256 of them in hex, enums their value.

    Raises:
        TypeError: a float, or anything else that has no one spelling.
        ValueError: a time without a zone or with fractions of a second.
    """
    text = json.dumps(
        _plain(fields), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def payload_digest(salt: bytes, record: str, version: int, fields: Mapping[str, object]) -> str:
    """Return the salted digest of a row's declared fields, in hex."""
    return _digest(_ROW, salt, record.encode(), str(version).encode(), canonical(fields))


def seal(previous: str, header: Header, payload: str) -> str:
    """Return the digest of an entry, hex: it binds header, payload and the entry before."""
    return _digest(_ENTRY, previous.encode(), canonical(fields_of(header)), payload.encode())


def fields_of(header: Header) -> dict[str, object]:
    """Return what a header says, by name."""
    return {name: getattr(header, name) for name in Header.__slots__}


def _digest(prefix: bytes, *parts: bytes) -> str:
    """Hash the parts, each after its length, so that no two lists of parts run together."""
    whole = hashlib.sha256(prefix)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return _seconds(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return {_key(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    message = f"{type(value).__name__} has no canonical spelling"
    raise TypeError(message)


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None or moment.microsecond:
        message = "a kept time has a zone and whole seconds"
        raise ValueError(message)
    return (moment.astimezone(UTC) - _EPOCH) // timedelta(seconds=1)


def _key(key: object) -> str:
    if isinstance(key, str):
        return str(key)
    message = "only text can name a value"
    raise TypeError(message)
