"""The one spelling of a value, as JSON, that a digest is taken of.

Sorted, no spaces, no floats. Times become whole UTC seconds since 1970, bytes the SHA-256 of them
in hex, enums their value. Whoever knows of what kind a value is says so, which is faster.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from json.encoder import encode_basestring

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)

spelled_json: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode
"""Spell what was read from JSON; ValueError for a number that is none. A float is spelled as no
value that is kept ever is."""
spelled_text: Callable[[str], str] = encode_basestring
"""Spell a text; TypeError for anything else."""
spelled_number: Callable[[int], str] = int.__repr__
"""Spell a whole number; TypeError for anything else."""


class DigestOnly(bytes):
    """Stands for bytes that are not here: holds the SHA-256 of them, and is spelled as they are."""

    __slots__ = ()


def spelled_time(moment: datetime) -> str:
    """Spell a time.

    Raises:
        ValueError: it has no zone, or fractions of a second.
    """
    if moment.tzinfo is None or moment.microsecond:
        message = "a kept time has a zone and whole seconds"
        raise ValueError(message)
    return repr((moment - _EPOCH) // _SECOND)


def spelled_bytes(value: bytes) -> str:
    """Spell bytes by their SHA-256."""
    return f'"{hashlib.sha256(value).hexdigest()}"'


def spelled(value: object) -> str:
    """Spell a value of any kind that is kept.

    Raises:
        TypeError: a float, or anything else that has no one spelling.
        ValueError: a time without a zone or with fractions of a second.
    """
    return spelled_json(_plain(value))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return int(spelled_time(value))
    if isinstance(value, bytes):
        return (value if isinstance(value, DigestOnly) else hashlib.sha256(value).digest()).hex()
    if isinstance(value, Mapping):
        return {_key(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    message = f"{type(value).__name__} has no canonical spelling"
    raise TypeError(message)


def _key(key: object) -> str:
    if isinstance(key, str):
        return str(key)
    message = "only text can name a value"
    raise TypeError(message)
