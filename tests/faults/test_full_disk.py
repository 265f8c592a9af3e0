"""A full disk with two programs on one desk: the second hears the truth, and nothing is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from breachdesk.errors import StoreError
from breachdesk.store import faults
from breachdesk.store.faults import busy
from breachdesk.store.store import open_store
from tests.store.making import case_with_notes, cheap_desk, key_of
from tests.store.test_opening import _small_disk

READER = """
import sys
from pathlib import Path
from breachdesk.errors import StoreError
from breachdesk.store.store import open_store
try:
    store = open_store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), busy_seconds=0.2)
    print("read", store.verify().entries)
    store.close()
except StoreError as error:
    print(error, error.next_step)
"""


def second_reader(home: Path, key: bytes) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READER, home, key.hex()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)


@pytest.mark.system
def test_a_second_reader_on_a_full_disk_hears_that_it_is_full(tmp_path: Path) -> None:
    with _small_disk(tmp_path / "disk", "3m") as disk:
        home = disk / "desk"
        cheap_desk(home)
        key = key_of(home)
        store = open_store(home, key)
        case_with_notes(store)
        store.close()
        filler = disk / "filler"
        with pytest.raises(OSError, match="No space"):
            fill(filler)
        first = open_store(home, key)
        with first.reading() as reading:
            assert reading.head()[0] == 6
            said = second_reader(home, key)
        assert "is full" in said, said
        assert "only one program at a time" in said
        assert "is writing" not in said
        filler.unlink()
        first.close()
        assert second_reader(home, key).startswith("read 6")


def test_busy_says_so_only_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Another program is writing" in str(busy(tmp_path / "desk.db"))
    monkeypatch.setattr(faults, "_SHARED_INDEX", 2**80)
    error = busy(tmp_path / "desk.db")
    assert isinstance(error, StoreError)
    assert "full" in str(error)
    assert "is writing" not in str(error)
