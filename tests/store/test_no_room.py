"""A backup and a lock on a desk whose disk is full: the truth is said, and the key goes first."""

from pathlib import Path

import pytest

from breachdesk.errors import StoreError
from breachdesk.store import backup
from breachdesk.store.backup import back_up
from breachdesk.store.keyfile import read_key_file
from breachdesk.store.keys import KeyringUse, forget_key
from breachdesk.store.store import open_store
from tests.faults.test_full_disk import fill
from tests.store.conftest import MemoryRing
from tests.store.making import NOW, case_with_notes, cheap_desk, key_of
from tests.store.test_opening import _small_disk


@pytest.mark.system
@pytest.mark.parametrize("looks_first", [True, False])
def test_a_backup_without_room_for_its_copy_says_that_the_disk_is_full(
    tmp_path: Path, *, looks_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not looks_first:  # somebody else fills the disk meanwhile
        monkeypatch.setattr(backup, "_check_room", lambda _: None)
    with _small_disk(tmp_path / "disk", "3m") as disk:
        home = disk / "desk"
        cheap_desk(home)
        store = open_store(home, key_of(home))
        case_with_notes(store)
        with pytest.raises(OSError, match="No space"):
            fill(disk / "filler")
        with pytest.raises(StoreError, match="is full; nothing was written"):
            back_up(store, tmp_path / "desk.backup", now=NOW)
        assert not (tmp_path / "desk.backup").exists()
        (disk / "filler").unlink()
        assert back_up(store, tmp_path / "desk.backup", now=NOW).findings == ()
        store.close()


def test_a_lock_takes_the_key_out_even_where_nothing_can_be_written(
    home: Path, ring: MemoryRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk_id = read_key_file(home).desk_id
    ring.set_password("breachdesk", desk_id, key_of(home).hex())

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device", str(path), str(content))

    monkeypatch.setattr("breachdesk.store.keys.forgetting.write_private", full)
    with pytest.raises(StoreError, match="key is out of your keyring, but open windows could not"):
        forget_key(home, keyring=KeyringUse.WITH_LIMIT, now=NOW)
    assert ("breachdesk", desk_id) not in ring.held
    with pytest.raises(StoreError, match=r"^Open windows could not be called"):
        forget_key(home, keyring=KeyringUse.WITH_LIMIT, now=NOW)
