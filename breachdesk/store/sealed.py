"""Evidence beside the database: each file sealed under a key of its own, chunk by chunk.

AES-256-GCM over chunks of 1 MiB. A chunk's nonce is its number and whether it is the last one, so
that no chunk can be dropped, doubled, moved or cut off; the evidence's id is authenticated with it.
The key lies in the evidence's row, in the encrypted database, and opens this one file.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from breachdesk.errors import StoreError
from breachdesk.message import Message, say
from breachdesk.store.container import Progress
from breachdesk.store.files import create_private, disk_in_words, sync_folder

FOLDER = "evidence"
MAGIC = b"breachdesk-evidence/1\n"
CHUNK = 1024 * 1024
_TAG = 16
_KEY = 32
_COUNTER = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What sealing a file gave."""

    key: bytes = field(repr=False)
    size: int
    sha256: str
    """Of the bytes before they were sealed, hex."""


def sealed_name(evidence_id: str) -> str:
    """Return where a piece of evidence lies, from the desk's folder."""
    return f"{FOLDER}/{evidence_id}.sealed"


def seal_file(
    source: BinaryIO, home: Path, evidence_id: str, *, size: int = 0, told: Progress | None = None
) -> Sealed:
    """Seal what `source` gives beside the database; it is on the disk when this returns.

    Args:
        source: read to its end, a chunk at a time.
        home: the desk's folder.
        evidence_id: names the file and is bound into it.
        size: how much there is to read, for `told`.
        told: is told how many bytes are done, and of how many.

    Raises:
        OSError: `source` cannot be read.
        StoreError: the desk's disk is full or cannot be written; nothing is left behind.
    """
    target = home / sealed_name(evidence_id)
    with disk_in_words(target):
        target.parent.mkdir(mode=0o700, exist_ok=True)
        create_private(target)
    try:
        sealed = _seal(source, target, evidence_id, size, told)
        with disk_in_words(target):
            sync_folder(target.parent)
            sync_folder(home)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return sealed


def open_sealed(home: Path, evidence_id: str, key: bytes) -> Iterator[bytes]:
    """Yield the bytes of a sealed file; each chunk was authenticated before it is given.

    Raises:
        StoreError: the file is gone, cannot be read, or is not as it was sealed.
    """
    path = home / sealed_name(evidence_id)
    if not path.exists():
        raise _unusable(path, say("it is missing"))
    with disk_in_words(path, reading=True), path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise _unusable(path, say("it is no sealed evidence"))
        yield from _opened(path, file, evidence_id, key)


def is_whole(pieces: Iterator[bytes], evidence_id: str, key: bytes, sha256: str) -> bool:
    """Return whether what lies sealed in `pieces` opens and is what was sealed.

    Args:
        pieces: the sealed file, in parts of any length; always read to its end.
        evidence_id: whose it is.
        key: from its row.
        sha256: of the bytes before they were sealed, hex.
    """
    digest, file = hashlib.sha256(), _Stream(pieces)
    is_good = file.read(len(MAGIC)) == MAGIC
    if is_good:
        try:
            for opened in _opened(Path(sealed_name(evidence_id)), file, evidence_id, key):
                digest.update(opened)
        except StoreError:
            is_good = False
    for _ in pieces:
        pass
    return is_good and digest.hexdigest() == sha256


class _Stream:
    """Pieces of any length, read as a file is; never more than one chunk is held."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = bytearray()

    def read(self, size: int) -> bytes:
        """Return that many bytes, or what is left of them."""
        while len(self._held) < size and (piece := next(self._pieces, None)) is not None:
            self._held += piece
        given = bytes(self._held[:size])
        del self._held[:size]
        return given


def orphans(home: Path, known: set[str]) -> tuple[Path, ...]:
    """Return files in the evidence folder that no row speaks of, such as a crash leaves behind."""
    folder = home / FOLDER
    if not folder.is_dir():
        return ()
    expected = {Path(sealed_name(one)).name for one in known}
    return tuple(sorted(one for one in folder.iterdir() if one.name not in expected))


def _seal(
    source: BinaryIO, target: Path, evidence_id: str, size: int, told: Progress | None
) -> Sealed:
    key = secrets.token_bytes(_KEY)
    cipher, digest, done = AESGCM(key), hashlib.sha256(), 0
    with _written(target) as file:
        with disk_in_words(target):
            file.write(MAGIC)
        chunk, number = _read(source), 0
        while True:
            following = _read(source) if chunk else b""
            nonce = _nonce(number, is_last=not following)
            with disk_in_words(target):
                file.write(cipher.encrypt(nonce, chunk, evidence_id.encode()))
            digest.update(chunk)
            done += len(chunk)
            if told is not None:
                told(done, max(size, done))
            if not following:
                break
            chunk, number = following, number + 1
        with disk_in_words(target):
            file.flush()
            os.fsync(file.fileno())
    return Sealed(key=key, size=done, sha256=digest.hexdigest())


@contextmanager
def _written(target: Path) -> Iterator[BinaryIO]:
    """Give a file to write to; what fails only when it is closed is the target's fault too."""
    with disk_in_words(target):
        file = target.open("wb")
    try:
        yield file
    finally:
        with disk_in_words(target):
            file.close()


def _opened(path: Path, file: BinaryIO | _Stream, evidence_id: str, key: bytes) -> Iterator[bytes]:
    cipher = AESGCM(key)
    chunk, number = file.read(CHUNK + _TAG), 0
    while True:
        following = file.read(CHUNK + _TAG)
        nonce = _nonce(number, is_last=not following)
        try:
            yield cipher.decrypt(nonce, chunk, evidence_id.encode())
        except (InvalidTag, ValueError) as error:
            raise _unusable(path, say("it is not as it was sealed")) from error
        if not following:
            return
        chunk, number = following, number + 1


def _read(source: BinaryIO) -> bytes:
    """Return a whole chunk, or what is left; a pipe gives less at a time."""
    pieces, left = [], CHUNK
    while left and (piece := source.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_COUNTER, "big") + bytes([is_last])


def _unusable(path: Path, why: Message) -> StoreError:
    return StoreError(
        say("The sealed evidence {path} cannot be used: {why}.", path=str(path), why=why),
        say("Keep a copy of the folder as it is, and bring the file back from a backup."),
    )
