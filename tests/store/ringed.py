"""One life of a desk whose key lies in a real Secret Service; run inside a D-Bus session.

Prints what happened as JSON.
"""

import json
import sys
from pathlib import Path

import keyring

from breachdesk.errors import LockedError
from breachdesk.store.keys import SERVICE, KeyringUse, OpenedKey, make_desk, open_key, remember_head
from breachdesk.store.store import open_store

from .making import CHEAP, NOW, case_with_notes

WITH_LIMIT = KeyringUse.WITH_LIMIT
SECONDS = 20.0
"""Longer than a person would be kept waiting: a daemon on a busy machine starts slowly."""


def _open(home: Path, recovery: str | None = None) -> OpenedKey:
    return open_key(
        home, passphrase=None, recovery=recovery, keyring=WITH_LIMIT, keyring_seconds=SECONDS
    )


def _entries(home: Path, opened: OpenedKey, *, writes: bool = False) -> int:
    store = open_store(home, opened.key, known_head=opened.known_head)
    if writes:
        case_with_notes(store)
    report = store.verify()
    assert report.ok
    store.close()
    remember_head(opened, (report.head.seq, report.head.digest), keyring_seconds=SECONDS)
    return report.entries


def live(home: Path) -> dict[str, object]:
    """Make it, open it, lose the keyring, move, open by the code, open by the keyring again."""
    said: dict[str, object] = {"backend": type(keyring.get_keyring()).__module__}
    made = make_desk(
        home / "desk",
        passphrase=None,
        want_recovery=True,
        keyring=WITH_LIMIT,
        now=NOW,
        kdf=CHEAP,
        keyring_seconds=SECONDS,
    )
    opened = _open(home / "desk")
    said["made"], said["opened"] = made.key_source, opened.source
    said["held"] = keyring.get_password(SERVICE, made.desk_id) == opened.key.hex()
    said["written"] = _entries(home / "desk", opened, writes=True)

    moved = (home / "desk").rename(home / "moved")
    keyring.delete_password(SERVICE, made.desk_id)
    try:
        _open(moved)
    except LockedError as locked:
        said["locked"] = str(locked)
    by_code = _open(moved, made.recovery_code)
    said["by_code"], said["notes"] = by_code.source, [str(one) for one in by_code.notes]
    said["still_there"] = _entries(moved, by_code)
    afterwards = _open(moved)
    said["afterwards"] = afterwards.source
    said["remembers"] = afterwards.known_head and afterwards.known_head[0]
    return said


if __name__ == "__main__":
    print(json.dumps(live(Path(sys.argv[1]))))  # noqa: T201
