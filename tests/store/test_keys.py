"""A desk is made with a key that can be found again, and says clearly when it cannot."""

import io
import json
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from breachdesk.errors import (
    BreachdeskError,
    DeskExistsError,
    LockedError,
    NoDeskError,
    RefusedError,
    StoreError,
    WrongKeyError,
)
from breachdesk.store.backup import back_up
from breachdesk.store.keys import KeyringUse, OpenedKey, open_key, remember_head
from breachdesk.store.sealed import seal_file
from breachdesk.store.store import open_store

from .conftest import MemoryRing
from .making import NOW, PASSPHRASE, case_with_notes, cheap_desk

WITH_LIMIT = KeyringUse.WITH_LIMIT


def _open(home: Path, **changes: object) -> OpenedKey:
    asked: dict[str, Any] = {"passphrase": None, "recovery": None, "keyring": KeyringUse.OFF}
    return open_key(home, **{**asked, **changes})


def _opens(home: Path, opened: OpenedKey) -> bool:
    store = open_store(home, opened.key)
    store.close()
    return not store.opening_findings


def test_passphrase_and_recovery_code_open_the_same_desk(home: Path, recovery_code: str) -> None:
    by_passphrase = _open(home, passphrase=lambda: PASSPHRASE)
    by_code = _open(home, recovery=recovery_code.lower())
    assert by_passphrase.key == by_code.key
    assert (by_passphrase.source, by_code.source) == ("passphrase", "recovery")
    assert _opens(home, by_code)


@pytest.mark.parametrize("umask", [0o077, 0o022, 0])
def test_only_the_owner_can_read_the_desk(tmp_path: Path, umask: int) -> None:
    home, before = tmp_path / "desk", os.umask(umask)
    try:
        cheap_desk(home)
        store = open_store(home, _open(home, passphrase=lambda: PASSPHRASE).key)
        case_with_notes(store)
        seal_file(io.BytesIO(b"proof"), home, "evd-1")
        back_up(store, tmp_path / "desk.backup", now=NOW)
        with store.reading():
            modes = {
                path.relative_to(tmp_path).as_posix(): stat.S_IMODE(path.stat().st_mode)
                for path in tmp_path.rglob("*")
            }
        store.close()
    finally:
        os.umask(before)
    folders = {name: mode for name, mode in modes.items() if (tmp_path / name).is_dir()}
    assert folders == {"desk": 0o700, "desk/evidence": 0o700}
    files = {name: mode for name, mode in modes.items() if name not in folders}
    inside = ("key.json", "desk.db", "desk.db-wal", "desk.db-shm", "head.json")
    names = {f"desk/{name}" for name in (*inside, "evidence/evd-1.sealed")}
    assert set(files) == {*names, "desk.backup"}
    assert set(files.values()) == {0o600}


def test_a_folder_that_holds_other_things_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letter.odt").touch()
    cheap_desk(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    tidy = tmp_path / "tidy"
    tidy.mkdir(mode=0o755)
    (tidy / "config.toml").touch()
    cheap_desk(tidy)
    assert stat.S_IMODE(tidy.stat().st_mode) == 0o700


def test_a_passphrase_is_the_same_however_its_letters_are_composed(tmp_path: Path) -> None:
    cheap_desk(tmp_path / "desk", passphrase="bl\u00e5b\u00e6r")
    assert _open(tmp_path / "desk", passphrase=lambda: "bla\u030ab\u00e6r").source == "passphrase"


def test_neither_key_nor_code_is_shown_by_accident(home: Path, recovery_code: str) -> None:
    opened = _open(home, passphrase=lambda: PASSPHRASE)
    assert opened.key.hex() not in repr(opened)
    assert repr(opened.key) not in repr(opened)
    made = cheap_desk(home.parent / "other")
    assert str(made.recovery_code) not in repr(made)
    assert recovery_code.replace("-", "") not in (home / "key.json").read_text()


@pytest.mark.parametrize("ring_class", [null.Keyring, fail.Keyring])
def test_a_desk_that_nobody_could_open_again_is_not_made(
    tmp_path: Path, use_ring: Callable[[KeyringBackend], None], ring_class: type[KeyringBackend]
) -> None:
    use_ring(ring_class())
    for use in KeyringUse:
        with pytest.raises(RefusedError, match="passphrase or a recovery code"):
            cheap_desk(tmp_path / "desk", passphrase=None, want_recovery=False, keyring=use)
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("passphrase", ["", " ", "\t\n"])
def test_an_empty_passphrase_is_refused(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(RefusedError, match="empty passphrase"):
        cheap_desk(tmp_path / "desk", passphrase=passphrase)


def test_a_desk_is_never_made_over_another(home: Path) -> None:
    before = (home / "key.json").read_bytes()
    with pytest.raises(DeskExistsError, match="already"):
        cheap_desk(home)
    assert (home / "key.json").read_bytes() == before
    (home / "key.json").unlink()
    with pytest.raises(DeskExistsError, match=r"key\.json is missing"):
        cheap_desk(home)


def test_a_wrong_passphrase_is_told_apart_from_a_wrong_code_and_a_mistyped_one(
    home: Path, recovery_code: str
) -> None:
    with pytest.raises(WrongKeyError, match="passphrase does not open"):
        _open(home, passphrase=lambda: "feil")
    foreign = cheap_desk(home.parent / "other").recovery_code
    with pytest.raises(WrongKeyError, match="belongs to another desk"):
        _open(home, recovery=foreign)
    mistyped = recovery_code[:-1] + ("0" if recovery_code[-1] != "0" else "1")
    with pytest.raises(RefusedError, match="typing mistake"):
        _open(home, recovery=mistyped)


def test_a_desk_without_a_recovery_code_says_so(tmp_path: Path, recovery_code: str) -> None:
    made = cheap_desk(tmp_path / "plain", want_recovery=False)
    assert made.recovery_code is None
    with pytest.raises(WrongKeyError, match="without a recovery code"):
        _open(tmp_path / "plain", recovery=recovery_code)


@pytest.mark.parametrize(
    ("made_with", "says"),
    [
        ({}, "Give the passphrase or the recovery code."),
        ({"want_recovery": False}, "Give the passphrase."),
        ({"passphrase": None}, "Give the recovery code."),
    ],
)
def test_a_locked_desk_says_what_would_open_it(
    tmp_path: Path, made_with: dict[str, Any], says: str
) -> None:
    cheap_desk(tmp_path / "desk", **made_with)
    with pytest.raises(LockedError) as locked:
        _open(tmp_path / "desk", passphrase=lambda: None)
    assert str(locked.value.next_step) == says
    assert locked.value.exit_code == 3


def test_a_right_secret_in_a_damaged_key_file_is_not_called_wrong(
    home: Path, recovery_code: str
) -> None:
    path = home / "key.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "check": "0" * 16}))
    ways: list[dict[str, Any]] = [
        {"passphrase": lambda: PASSPHRASE},
        {"recovery": recovery_code},
    ]
    for way in ways:
        with pytest.raises(StoreError, match=r"key\.json cannot be used: “check” does not fit"):
            _open(home, **way)
    with pytest.raises(WrongKeyError, match="passphrase does not open"):
        _open(home, passphrase=lambda: "feil")


def test_a_desk_without_a_passphrase_does_not_say_that_none_was_given(
    tmp_path: Path, ring: MemoryRing
) -> None:
    cheap_desk(tmp_path / "desk", passphrase=None, want_recovery=False, keyring=WITH_LIMIT)
    with pytest.raises(LockedError, match="made without a passphrase") as locked:
        _open(tmp_path / "desk", passphrase=lambda: PASSPHRASE)
    assert "keyring of the account" in str(locked.value.next_step)
    ring.held.clear()
    with pytest.raises(LockedError, match="keyring does not hold"):
        _open(tmp_path / "desk", passphrase=lambda: PASSPHRASE, keyring=WITH_LIMIT)


def test_no_desk_and_a_missing_key_file_are_told_apart(home: Path) -> None:
    with pytest.raises(NoDeskError, match="no desk in"):
        _open(home.parent / "nowhere")
    (home / "key.json").unlink()
    with pytest.raises(LockedError, match=r"key\.json is missing"):
        _open(home)


def test_a_key_in_the_keyring_opens_without_asking(tmp_path: Path, ring: MemoryRing) -> None:
    made = cheap_desk(tmp_path / "desk", passphrase=None, want_recovery=False, keyring=WITH_LIMIT)
    assert made.key_source == "keyring"
    assert list(ring.held) == [("breachdesk", made.desk_id)]
    opened = _open(tmp_path / "desk", keyring=WITH_LIMIT)
    assert opened.source == "keyring"
    assert _opens(tmp_path / "desk", opened)


def test_a_moved_desk_with_an_empty_keyring_opens_by_code_and_is_put_back(
    tmp_path: Path, ring: MemoryRing
) -> None:
    made = cheap_desk(tmp_path / "desk", passphrase=None, keyring=WITH_LIMIT)
    moved = (tmp_path / "desk").rename(tmp_path / "moved")
    ring.held.clear()
    with pytest.raises(LockedError, match="keyring does not hold"):
        _open(moved, keyring=WITH_LIMIT)
    opened = _open(moved, recovery=made.recovery_code, keyring=WITH_LIMIT)
    assert "keyring again" in str(opened.notes[0])
    assert _open(moved, keyring=WITH_LIMIT).source == "keyring"
    assert _opens(moved, opened)


@pytest.mark.parametrize("held", ["not hex", "00" * 32, ""])
def test_a_wrong_key_in_the_keyring_is_replaced_after_the_passphrase(
    tmp_path: Path, ring: MemoryRing, held: str
) -> None:
    made = cheap_desk(tmp_path / "desk", keyring=WITH_LIMIT)
    ring.held["breachdesk", made.desk_id] = held
    opened = _open(tmp_path / "desk", passphrase=lambda: PASSPHRASE, keyring=WITH_LIMIT)
    assert opened.source == "passphrase"
    assert ring.held["breachdesk", made.desk_id] == opened.key.hex()


def test_a_desk_made_without_the_keyring_never_gives_it_the_key(
    home: Path, ring: MemoryRing
) -> None:
    assert _open(home, passphrase=lambda: PASSPHRASE, keyring=WITH_LIMIT).notes == ()
    assert ring.held == {}


def test_a_key_is_taken_out_of_the_keyring_when_the_desk_cannot_be_made(
    tmp_path: Path, ring: MemoryRing
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BreachdeskError):
        cheap_desk(tmp_path / "file" / "desk", keyring=WITH_LIMIT)
    assert ring.held == {}


class _Hanging(MemoryRing):
    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(20)
        return super().get_password(service, username)


class _Failing(MemoryRing):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        del service, username
        raise self._error


class _Forgetful(MemoryRing):
    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password


class _PlainFile(MemoryRing):
    priority = 0.5


def test_a_keyring_that_hangs_is_left_after_its_time(
    home: Path, use_ring: Callable[[KeyringBackend], None]
) -> None:
    made_with = home.parent / "ringed"
    cheap_desk(made_with, keyring=WITH_LIMIT, keyring_seconds=0.05)
    hanging = _Hanging()
    use_ring(hanging)
    try:
        with pytest.raises(LockedError, match="did not answer in time"):
            _open(made_with, keyring=WITH_LIMIT, keyring_seconds=0.05)
        opened = _open(
            made_with, passphrase=lambda: PASSPHRASE, keyring=WITH_LIMIT, keyring_seconds=0.05
        )
        assert "did not answer in time" in str(opened.notes[0])
    finally:
        hanging.released.set()


@pytest.mark.parametrize(
    "error",
    [keyring.errors.KeyringLocked("no"), OSError("bus"), RuntimeError(), ZeroDivisionError()],
)
def test_whatever_a_keyring_raises_the_passphrase_opens(
    tmp_path: Path, use_ring: Callable[[KeyringBackend], None], error: Exception
) -> None:
    use_ring(_Failing(error))
    made = cheap_desk(tmp_path / "desk", keyring=WITH_LIMIT)
    assert made.key_source == "passphrase"
    opened = _open(tmp_path / "desk", passphrase=lambda: PASSPHRASE, keyring=WITH_LIMIT)
    assert (opened.source, opened.notes) == ("passphrase", ())


@pytest.mark.parametrize("ring_class", [_Forgetful, _PlainFile])
def test_a_keyring_that_forgets_or_keeps_plain_files_is_not_counted_on(
    tmp_path: Path, use_ring: Callable[[KeyringBackend], None], ring_class: type[MemoryRing]
) -> None:
    ring = ring_class()
    use_ring(ring)
    made = cheap_desk(tmp_path / "desk", passphrase=None, keyring=WITH_LIMIT)
    assert made.key_source == "recovery"
    assert ring.held == {}


def test_the_key_file_says_nothing_of_the_key(home: Path) -> None:
    key = _open(home, passphrase=lambda: PASSPHRASE).key
    content = (home / "key.json").read_text()
    assert key.hex() not in content
    assert set(json.loads(content)) == {"format", "desk", "made_at", "check", "keyring", "slots"}


def test_the_keyring_remembers_where_the_chain_ended(tmp_path: Path, ring: MemoryRing) -> None:
    cheap_desk(tmp_path / "desk", keyring=WITH_LIMIT)
    opened = _open(tmp_path / "desk", keyring=WITH_LIMIT)
    assert (opened.is_in_keyring, opened.known_head) == (True, None)
    assert remember_head(opened, (7, "ab" * 32))
    again = _open(tmp_path / "desk", keyring=WITH_LIMIT)
    assert again.known_head == (7, "ab" * 32)
    assert not remember_head(again, (7, "ab" * 32)), "nothing is new"
    ring.held["breachdesk", f"{opened.desk_id} head"] = "spoilt"
    assert _open(tmp_path / "desk", keyring=WITH_LIMIT).known_head is None


def test_a_keyring_that_does_not_hold_the_key_is_not_asked_to_remember(
    home: Path, ring: MemoryRing
) -> None:
    opened = _open(home, passphrase=lambda: PASSPHRASE, keyring=WITH_LIMIT)
    assert not remember_head(opened, (7, "ab" * 32))
    assert ring.held == {}
