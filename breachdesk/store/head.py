"""The head file: the chain's newest entry, kept outside the database, under a MAC.

A chain alone shows neither that its tail was cut off nor that it was rewritten. The file is written
after each commit, so it is never ahead of the chain; a crash in between leaves an older head, which
is still found at its place. A head that the chain contradicts is never forgotten: it is carried on
as disputed, so that writing on does not cover up what happened before.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from breachdesk.audit import Finding, FindingKind, Head, head_findings
from breachdesk.store.files import write_private
from breachdesk.store.keyfile import subkey

HEAD_FILE = "head.json"
_FORMAT = "breachdesk-head/1"
_LARGEST = 16 * 1024
_MOST_DISPUTED = 16
_HIGHEST = 2**53


class HeadState(Enum):
    """How the file was found."""

    FINE = "fine"
    MISSING = "missing"
    CHANGED = "changed"
    """Not written by this desk: the MAC does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """What the file says."""

    newest: Head | None = None
    """The last head written; None when the file is missing or changed."""
    disputed: tuple[Head, ...] = ()
    """Heads that once stood in the file and that the chain contradicted."""
    begun_at: int = 0
    """Number of the entry at which the file was begun: above 0, an earlier one was lost."""
    state: HeadState = HeadState.FINE


class HeadFile:
    """The file beside the database. One writer at a time: whoever holds the write lock."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Read and write at `path`, under a subkey of the desk's key."""
        self._path = path
        self._key = subkey(key, "head file")

    def read(self) -> Heads:
        """Return what the file says; a missing or changed one is a state, not an error."""
        try:
            return self._read()
        except OSError:
            return Heads(state=HeadState.CHANGED)

    def _read(self) -> Heads:
        try:
            with self._path.open("rb") as file:
                content = file.read(_LARGEST)
        except FileNotFoundError:
            return Heads(state=HeadState.MISSING)
        try:
            return self._parse(json.loads(content))
        except (ValueError, KeyError, TypeError, RecursionError):
            return Heads(state=HeadState.CHANGED)

    def write(self, heads: Heads) -> None:
        """Replace the file as a whole.

        Raises:
            OSError: the disk is full or cannot be written; the old file stands.
        """
        if heads.newest is None:
            return
        plain = {
            "format": _FORMAT,
            "seq": heads.newest.seq,
            "digest": heads.newest.digest,
            "begun_at": heads.begun_at,
            "disputed": [[head.seq, head.digest] for head in heads.disputed],
        }
        content = json.dumps({**plain, "mac": self._mac(plain)}, indent=2)
        write_private(self._path, content.encode() + b"\n")

    def keep(
        self, newest: Head, digest_at: Callable[[int], str | None], known: tuple[Head, ...] = ()
    ) -> None:
        """Write the chain's newest head; remember those that the chain contradicts.

        Args:
            newest: the chain's newest entry.
            digest_at: the chain's digest at a number, None beyond its end.
            known: heads that were kept elsewhere.

        Raises:
            OSError: the disk is full, or does not give or take the file; the old one stands.
        """
        old = self._read()
        candidates = (*known, *((old.newest,) if old.newest else ()))
        disputed = [head for head in candidates if head.seq and digest_at(head.seq) != head.digest]
        fresh = Heads(
            newest=newest,
            disputed=tuple(dict.fromkeys((*old.disputed, *disputed)))[-_MOST_DISPUTED:],
            begun_at=old.begun_at if old.newest else newest.seq,
        )
        if fresh != old:
            self.write(fresh)

    def _mac(self, plain: dict[str, object]) -> str:
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
        return hmac.digest(self._key, text.encode(), "sha256").hex()

    def _parse(self, plain: object) -> Heads:
        if not isinstance(plain, dict):
            return Heads(state=HeadState.CHANGED)
        mac = plain.pop("mac")
        if not isinstance(mac, str) or not hmac.compare_digest(mac, self._mac(plain)):
            return Heads(state=HeadState.CHANGED)
        return Heads(
            newest=_head(plain["seq"], plain["digest"]),
            disputed=tuple(_head(seq, digest) for seq, digest in plain["disputed"]),
            begun_at=_head(plain["begun_at"], "").seq,
        )


def _head(seq: object, digest: object) -> Head:
    """Return a head as it was written; whoever holds the key could have written another thing.

    Raises:
        ValueError: it is none.
    """
    if type(seq) is not int or not 0 <= seq <= _HIGHEST or not isinstance(digest, str):
        raise ValueError(seq)
    return Head(seq, digest)


def findings_of(heads: Heads, end: int, digest_at: Callable[[int], str | None]) -> list[Finding]:
    """Return what the head file shows against a chain that ends at entry `end`."""
    findings = []
    if heads.state is HeadState.CHANGED:
        findings.append(Finding(FindingKind.HEAD_FILE_CHANGED, end, ""))
    elif heads.state is HeadState.MISSING or heads.begun_at > 0:
        findings.append(Finding(FindingKind.HEAD_FILE_MISSING, heads.begun_at or end, ""))
    known = (*heads.disputed, *([heads.newest] if heads.newest else ()))
    return [*findings, *head_findings(known, end, digest_at)]
