"""Seal an entry: a salted digest of the row, and a digest that binds it to the entry before.

Each digest begins with a prefix of its own, and each part with its length, so that no digest of one
kind can pass for another.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from struct import Struct
from typing import NamedTuple

from breachdesk.audit.spelling import spelled, spelled_number, spelled_text, spelled_time
from breachdesk.records.base import Kept

ZERO = "0" * 64
"""What stands as the digest before the first entry."""
SALT_BYTES = 16
_ROW = b"breachdesk/row/1"
_ENTRY = b"breachdesk/entry/1"
_length = Struct(">Q").pack
_HEADER = (
    '{"action":%s,"actor":%s,"at":%s,"case_previous":%s,"case_seq":%s,"incident":%s,'
    '"record":%s,"record_version":%s,"seq":%s,"subject":%s}'
)
"""How a header is spelled: as `canonical` would, which a test compares."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended at some time."""

    seq: int
    digest: str


class Header(NamedTuple):
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
    return spelled(fields).encode()


def payload_digest(salt: bytes, record: str, version: int, fields: Mapping[str, object]) -> str:
    """Return the salted digest of a row's declared fields, in hex."""
    return row_digest(salt, record, version, canonical(fields))


def row_digest(salt: bytes, record: str, version: int, text: bytes) -> str:
    """Return the salted digest of a row whose declared fields are spelled as `canonical` does."""
    return _digest(_ROW, salt, record.encode(), str(version).encode(), text)


def seal(previous: str, header: Header, payload: str) -> str:
    """Return the digest of an entry, hex: it binds header, payload and the entry before.

    Raises:
        TypeError: something in the header is not of its kind.
        ValueError: a time without a zone or with fractions of a second.
    """
    return _digest(_ENTRY, previous.encode(), _spelled_header(header), payload.encode())


def fields_of(header: Header) -> dict[str, object]:
    """Return what a header says, by name."""
    return header._asdict()


def _spelled_header(header: Header) -> bytes:
    seq, at, actor, action, subject, record, version, incident, case_seq, case_previous = header
    text = _HEADER % (
        spelled_text(action),
        spelled_text(actor),
        spelled_time(at),
        "null" if case_previous is None else spelled_text(case_previous),
        "null" if case_seq is None else spelled_number(case_seq),
        "null" if incident is None else spelled_text(incident),
        spelled_text(record),
        spelled_number(version),
        spelled_number(seq),
        spelled_text(subject),
    )
    return text.encode()


def _digest(prefix: bytes, *parts: bytes) -> str:
    """Hash the parts, each after its length, so that no two lists of parts run together."""
    whole = prefix
    for part in parts:
        whole += _length(len(part)) + part
    return hashlib.sha256(whole).hexdigest()
