"""The OS keyring: the only file that knows it.

It may be absent, drop what it is given, raise anything, or wait for its owner; so it is asked in a
thread of its own, for a few seconds, and what was put in is read back.
"""

import hashlib
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Literal, TypeVar

KEYRING_SECONDS = 3.0
"""How long a keyring may take; one that waits for its owner's password takes longer."""
SERVICE = "breachdesk"
_TRUSTED_PRIORITY = 1
"""Below it a backend is a plain file, a null device or none (keyring's own recommendation)."""

KeySource = Literal["keyring", "passphrase", "recovery"]
T = TypeVar("T")
_MOST_FOLDERS = 8
"""In so many folders, those closed last, it is known where the desk's chain ended: a copy that was
restored to be looked at is not held against the desk itself."""
_HEAD_LINE = re.compile(r"([0-9]{1,16}) ([0-9a-f]{1,64})(?: ([0-9a-f]{1,64}))?")


class KeyringUse(Enum):
    """May the OS keyring be asked?"""

    OFF = "off"
    WITH_LIMIT = "with_limit"
    """Yes, for a few seconds, then something else opens the desk."""


def keyring_name(seconds: float = KEYRING_SECONDS) -> str | None:
    """Return the name of the keyring that would hold a key; None when there is none to trust."""
    return Ring(KeyringUse.WITH_LIMIT, "", seconds).name()


def mark_of(home: Path) -> str:
    """Return a mark that tells one desk's folder from another, without naming it."""
    return hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]


def _head_lines(held: str | None) -> list[tuple[int, str, str]]:
    found = (_HEAD_LINE.fullmatch(line) for line in (held or "").splitlines())
    return [(int(one[1]), one[2], one[3] or "") for one in found if one is not None]


class Ring:
    """The OS keyring, asked for one desk's key."""

    def __init__(self, use: KeyringUse, desk_id: str, seconds: float) -> None:
        """Ask for the desk with that id, for so many seconds at most."""
        self.answers = use is not KeyringUse.OFF
        """Has it answered so far? One that did not is not asked again."""
        self.is_off = use is KeyringUse.OFF
        self.waited = False
        """Did it take longer than it may?"""
        self._desk_id = desk_id
        self._head_name = f"{desk_id} head"
        self._seconds = seconds

    def get(self) -> bytes | None:
        """Return the key it holds for this desk."""
        held = self._ask(lambda: self._get(self._desk_id))
        try:
            return None if held is None else bytes.fromhex(held)
        except ValueError:
            return None

    def put(self, key: bytes) -> bool:
        """Give it the key and return whether it really holds it."""
        return self._ask(lambda: self._put(key.hex(), self._desk_id)) is True

    def drop(self) -> None:
        """Take the key out again."""
        self._ask(self._drop)

    def head(self, folder: str) -> tuple[int, str] | None:
        """Return number and digest of the chain's end when the desk was last closed.

        Args:
            folder: mark of the desk's folder, from `mark_of`; one in which the desk was never
                closed is held against the newest of all.
        """
        lines = _head_lines(self._ask(lambda: self._get(self._head_name)))
        here = [one for one in lines if one[2] == folder]
        return (*here, *lines)[0][:2] if lines else None

    def put_head(self, head: tuple[int, str], folder: str) -> bool:
        """Remember where the chain in that folder ends, and return whether it really does."""
        return self._ask(lambda: self._put_head(head, folder)) is True

    def name(self) -> str | None:
        """Return what it calls itself, if it answers and can be trusted with a key."""
        return self._ask(self._name)

    def _name(self) -> str | None:
        import keyring

        ring = keyring.get_keyring()
        if ring.priority < _TRUSTED_PRIORITY:
            return None
        ring.get_password(SERVICE, self._desk_id or SERVICE)
        return str(ring.name)

    def _get(self, name: str) -> str | None:
        import keyring

        return keyring.get_password(SERVICE, name)

    def _put(self, text: str, name: str) -> bool:
        import keyring

        if keyring.get_keyring().priority < _TRUSTED_PRIORITY:
            return False
        keyring.set_password(SERVICE, name, text)
        return keyring.get_password(SERVICE, name) == text

    def _put_head(self, head: tuple[int, str], folder: str) -> bool:
        others = [one for one in _head_lines(self._get(self._head_name)) if one[2] != folder]
        lines = [(*head, folder), *others][:_MOST_FOLDERS]
        text = "\n".join(f"{seq} {digest} {of}".rstrip() for seq, digest, of in lines)
        return self._put(text, self._head_name)

    def _drop(self) -> None:
        import keyring

        if keyring.get_password(SERVICE, self._desk_id) is not None:
            keyring.delete_password(SERVICE, self._desk_id)

    def _ask(self, call: Callable[[], T]) -> T | None:
        """Return what the keyring says, or None when it fails or takes too long."""
        if not self.answers:
            return None
        said: list[T] = []

        def run() -> None:
            with suppress(Exception):  # a backend of someone else's may raise anything at all
                said.append(call())

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._seconds)
        self.waited = thread.is_alive()
        self.answers = bool(said)
        return said[0] if said else None
