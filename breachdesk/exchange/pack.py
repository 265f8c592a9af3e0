"""A signed pack (``breachdesk-pack/1``): a zip of files, their digests, and a signature over these.

The manifest names every other file with size and SHA-256; its bytes are what is signed. Files stand
in a fixed order with fixed dates and rights, so that the same contents give the same bytes.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, BinaryIO

from breachdesk.audit import canonical, declared_fields, fields_of
from breachdesk.exchange.parcel import Parcel
from breachdesk.exchange.verify_pack import FORMAT, MANIFEST, SIGNATURE, key_words

__all__ = ["FORMAT", "PackWriter", "chain_lines", "key_words", "safe_name", "verifier"]
_RIGHTS = 0o600 << 16
_UNIX = 3
_HUGE = 2**31
_UNSAFE = re.compile(r"[^0-9A-Za-z._-]+")
_LONGEST_NAME = 80
Sign = Callable[[bytes], bytes]


class PackWriter:
    """Writes a pack to a file that is open; what is large goes through piece by piece."""

    def __init__(self, target: BinaryIO, made_at: datetime) -> None:
        """Begin a pack.

        Args:
            target: where it is written.
            made_at: aware; the date of every file in it.
        """
        self._zip = zipfile.ZipFile(target, "w")
        self._date = made_at.astimezone(UTC).timetuple()[:6]
        self._files: dict[str, dict[str, object]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The files so far."""
        return tuple(self._files)

    def add(self, name: str, content: bytes) -> None:
        """Add a small file."""
        self.stream(name, (content,), size=len(content), is_small=True)

    def stream(
        self, name: str, pieces: Iterable[bytes], *, size: int, is_small: bool = False
    ) -> None:
        """Add a file piece by piece.

        Args:
            name: its path in the pack.
            pieces: its bytes.
            size: how many there are about.
            is_small: worth packing tighter.
        """
        info = self._entry(name, is_small=is_small)
        digest, done = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=size >= _HUGE) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                done += len(piece)
        self._files[name] = {"size": done, "sha256": digest.hexdigest()}

    def close(self, about: dict[str, Any], sign: Sign) -> str:
        """Write manifest and signature and end the pack; return the manifest's SHA-256, hex.

        Args:
            about: what the manifest says beside the files.
            sign: a message to its signature.
        """
        plain = {"format": FORMAT, **about, "files": self._files}
        text = json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
        for name, content in ((MANIFEST, text), (SIGNATURE, sign(text).hex().encode() + b"\n")):
            self._zip.writestr(self._entry(name, is_small=True), content)
        self._zip.close()
        return hashlib.sha256(text).hexdigest()

    def _entry(self, name: str, *, is_small: bool) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._date)
        info.compress_type = zipfile.ZIP_DEFLATED if is_small else zipfile.ZIP_STORED
        info.external_attr, info.create_system = _RIGHTS, _UNIX
        return info


def safe_name(name: str) -> str:
    """Return a file's name with nothing in it that a path or a shell could take for something."""
    clean = _UNSAFE.sub("_", name).lstrip("._-")
    return clean[-_LONGEST_NAME:] or "file"


def chain_lines(parcel: Parcel) -> bytes:
    """Return the case's entries, a line of JSON each, with what each of them sealed.

    A line is enough to compute both digests of its entry anew: the header as it was hashed, and the
    row's fields as they were.
    """
    rows = {row.seq: row for row in (parcel.incident, *parcel.rows)}
    lines = []
    for link in parcel.links:
        row, header = rows.get(link.seq), link.header
        if row is None or header is None:
            continue
        names = declared_fields(type(row), header.record_version)
        plain = {
            "header": json.loads(canonical(fields_of(header))),
            "payload_digest": link.payload_digest,
            "previous": link.previous,
            "digest": link.digest,
            "salt": None if link.salt is None else link.salt.hex(),
            "row": canonical({name: getattr(row, name) for name in names}).decode(),
        }
        lines.append(json.dumps(plain, ensure_ascii=False, sort_keys=True))
    return "\n".join([*lines, ""]).encode()


def verifier() -> bytes:
    """Return the script that checks a pack with Python's standard library alone."""
    return files("breachdesk.exchange").joinpath("verify_pack.py").read_bytes()
