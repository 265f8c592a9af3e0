"""The file a backup is: a header that anybody can read, then the encrypted parts, one by one.

The header holds the key slots of ``key.json``, the chain's head, and name, size and SHA-256 of
every part; a MAC under the desk's key covers it. It is read as if a stranger had written it: sizes
and numbers have bounds, and a part can only bear a name that we give.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from breachdesk.audit import Head
from breachdesk.errors import StoreError
from breachdesk.message import Message, say
from breachdesk.store.files import disk_in_words
from breachdesk.store.head import HEAD_FILE
from breachdesk.store.keyfile import DATABASE, KeyFile, checked_key_file, plain_key_file, subkey

FORMAT = "breachdesk-backup/1"
MAGIC = FORMAT.encode() + b"\n"
SEALED_NAME = re.compile(r"evidence/evd-[0-9a-z]{12}\.sealed")
"""What a sealed piece of evidence may be called, in a backup as in the desk's folder."""
AT_ONCE = 1024 * 1024
_LENGTH_BYTES = 8
_LARGEST_HEADER = 16 * 1024 * 1024
_MOST_PARTS = 50_000
_MOST_BYTES = 2**50
_HEX = re.compile(r"[0-9a-f]{64}")
_UNKNOWN = "0" * 64

Progress = Callable[[int, int], None]
"""Is told how many bytes are done, and of how many."""


def untold(done: int, of: int) -> None:
    """Tell nobody of progress."""
    del done, of


@dataclass(frozen=True, slots=True)
class Part:
    """One file in a backup."""

    name: str
    size: int
    sha256: str = _UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the header says."""

    made_at: datetime
    key_file: KeyFile
    head: Head
    parts: tuple[Part, ...]
    mac: str = _UNKNOWN

    @property
    def size(self) -> int:
        """How many bytes all parts have."""
        return sum(part.size for part in self.parts)

    def signed(self, key: bytes) -> "Contents":
        """Return the same with its MAC."""
        return replace(self, mac=self._mac(key))

    def is_signed(self, key: bytes) -> bool:
        """Return whether the header is as it was written under that key."""
        return hmac.compare_digest(self.mac, self._mac(key))

    def as_bytes(self) -> bytes:
        """Return magic, length and header, as they begin the file."""
        header = json.dumps({**self._plain(), "mac": self.mac}, sort_keys=True).encode()
        return MAGIC + len(header).to_bytes(_LENGTH_BYTES, "big") + header

    def _mac(self, key: bytes) -> str:
        text = json.dumps(self._plain(), sort_keys=True)
        return hmac.digest(subkey(key, "backup header"), text.encode(), "sha256").hex()

    def _plain(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "key": plain_key_file(self.key_file),
            "head": [self.head.seq, self.head.digest],
            "parts": [[part.name, part.size, part.sha256] for part in self.parts],
        }


def read_contents(path: Path) -> Contents:
    """Return what a backup's header says, before any key is at hand.

    Raises:
        StoreError: it cannot be read, is no backup, is cut short, or is of a newer program.
    """
    with disk_in_words(path, reading=True), path.open("rb") as file:
        begin = file.read(len(MAGIC))
        if begin != MAGIC:
            raise _no_backup(path, begin)
        length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
        if not 0 < length <= _LARGEST_HEADER:
            raise damaged(path, say("its header cannot be that long"))
        header = file.read(length)
        contents = _parsed(path, header)
        end = file.seek(0, 2)
    wanted = len(MAGIC) + _LENGTH_BYTES + length + contents.size
    if end != wanted:
        raise damaged(path, say("it has {found} bytes of {wanted}", found=end, wanted=wanted))
    return contents


def parts_of(path: Path, contents: Contents) -> Iterator[tuple[Part, Iterator[bytes]]]:
    """Yield each part with its bytes, piece by piece; each is hashed while it is read.

    Raises:
        StoreError: a part is not what the header says of it.
    """
    with path.open("rb") as file:
        file.seek(file.seek(0, 2) - contents.size)
        for part in contents.parts:
            yield part, _pieces(path, file, part)


def damaged(path: Path, why: Message) -> StoreError:
    """Return the error for a backup that cannot be used, for that reason."""
    return StoreError(
        say("The backup {path} cannot be used: {why}.", path=str(path), why=why),
        say("Take another backup; nothing was changed here."),
    )


def _pieces(path: Path, file: BinaryIO, part: Part) -> Iterator[bytes]:
    digest, left = hashlib.sha256(), part.size
    while left:
        piece = file.read(min(AT_ONCE, left))
        if not piece:
            break
        left -= len(piece)
        digest.update(piece)
        yield piece
    if left or digest.hexdigest() != part.sha256:
        raise damaged(path, say("“{part}” in it is damaged", part=part.name))


def _no_backup(path: Path, begin: bytes) -> StoreError:
    if begin.startswith(b"breachdesk-backup/"):
        return StoreError(
            say("{path} was written by a newer breachdesk.", path=str(path)),
            say("Update breachdesk on this machine and do it again."),
        )
    return StoreError(
        say("{path} is not a backup of a desk.", path=str(path)),
        say("Name a file that “breachdesk backup” has written."),
    )


def _parsed(path: Path, header: bytes) -> Contents:
    try:
        plain = json.loads(header)
        contents = Contents(
            made_at=datetime.fromisoformat(plain["made_at"]).astimezone(UTC),
            key_file=checked_key_file(path, plain["key"]),
            head=_head(plain["head"]),
            parts=tuple(_part(*one) for one in plain["parts"][: _MOST_PARTS + 1]),
            mac=_matching(plain["mac"]),
        )
        _check(contents, header)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise damaged(path, say("its header is not laid out as one")) from error
    return contents


def _head(plain: object) -> Head:
    if not isinstance(plain, list) or len(plain) != 2:  # noqa: PLR2004 - number and digest
        raise TypeError(plain)
    return Head(_number(plain[0]), _matching(plain[1]))


def _part(name: object, size: object, sha256: object) -> Part:
    if not isinstance(name, str):
        raise TypeError(name)
    return Part(name, _number(size), _matching(sha256))


def _check(contents: Contents, header: bytes) -> None:
    names = [part.name for part in contents.parts]
    allowed = all(name in {DATABASE, HEAD_FILE} or SEALED_NAME.fullmatch(name) for name in names)
    is_too_many = len(names) > _MOST_PARTS or len(set(names)) < len(names)
    if is_too_many or not allowed or DATABASE not in names:
        raise ValueError(names)
    if not contents.as_bytes().endswith(header):  # written another way, or with something added
        raise ValueError(FORMAT)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_BYTES:
        raise ValueError(value)
    return value


def _matching(value: object) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise ValueError(value)
    return value
