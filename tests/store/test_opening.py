"""Whatever keeps a desk from opening is said in a sentence of its own, and nothing is spoilt."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from breachdesk.errors import (
    BreachdeskError,
    LockedError,
    NoDeskError,
    StoreError,
    WrongKeyError,
)
from breachdesk.store.engine import for_writing, make_engine
from breachdesk.store.store import Store, open_store
from breachdesk.terms import AuditAction
from tests.engines import unencrypted_database

from .making import KARI, NOW, case_with_notes, cheap_desk, key_of, log_case, note

NOBODY = 65534


def test_a_desk_opens_with_its_key(home: Path) -> None:
    store = open_store(home, key_of(home))
    case_with_notes(store)
    store.close()
    again = open_store(home, key_of(home))
    assert again.opening_findings == ()
    assert again.verify().entries == 6
    again.close()
    assert not (home / "desk.db-wal").exists()


def test_another_desks_key_is_told_from_a_damaged_database(home: Path) -> None:
    cheap_desk(home.parent / "other")
    with pytest.raises(WrongKeyError, match="belongs to another desk"):
        open_store(home, key_of(home.parent / "other"))
    shutil.copy(home.parent / "other" / "desk.db", home / "desk.db")
    with pytest.raises(StoreError, match="not this desk's database"):
        open_store(home, key_of(home))


@pytest.mark.parametrize("content", [b"", b"short", b"SQLite format 3\0" + b"x" * 8192])
def test_what_is_no_encrypted_database_is_refused(home: Path, content: bytes) -> None:
    key = key_of(home)
    (home / "desk.db").write_bytes(content)
    with pytest.raises(StoreError, match="not an encrypted desk"):
        open_store(home, key)
    assert (home / "desk.db").read_bytes() == content


def test_a_plain_database_is_refused(home: Path) -> None:
    key = key_of(home)
    (home / "desk.db").unlink()
    unencrypted_database(home / "desk.db")
    with pytest.raises(StoreError, match="not an encrypted desk"):
        open_store(home, key)


def test_a_file_of_noise_is_refused_and_stays(home: Path) -> None:
    key, noise = key_of(home), os.urandom(8192)
    (home / "desk.db").write_bytes(noise)
    with pytest.raises(StoreError, match="not this desk's database"):
        open_store(home, key)
    assert (home / "desk.db").read_bytes() == noise


def test_a_damaged_page_is_one_sentence(home: Path) -> None:
    store = open_store(home, key_of(home))
    case_with_notes(store, notes=200)
    store.close()
    with (home / "desk.db").open("r+b") as file:
        for page in range(20, 60):
            file.seek(page * 4096 + 100)
            file.write(b"\0" * 16)
    with pytest.raises(StoreError, match="damaged"):
        open_store(home, key_of(home)).verify()


def test_an_encrypted_database_that_is_no_desk_is_refused(home: Path) -> None:
    key = key_of(home)
    engine = make_engine(home / "desk.db", key)
    with for_writing(engine).begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()
    with pytest.raises(StoreError, match="not a desk"):
        open_store(home, key)


def test_a_newer_schema_is_refused(home: Path) -> None:
    key = key_of(home)
    engine = make_engine(home / "desk.db", key)
    with for_writing(engine).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer breachdesk") as refused:
        open_store(home, key)
    assert "Update breachdesk" in str(refused.value.next_step)
    assert refused.value.exit_code == 3


def test_a_missing_database_is_not_silently_made_anew(home: Path) -> None:
    key = key_of(home)
    (home / "desk.db").unlink()
    with pytest.raises(NoDeskError, match="is missing"):
        open_store(home, key)
    assert not (home / "desk.db").exists()


def test_a_database_that_vanishes_while_open_is_not_made_anew(opened: Store, home: Path) -> None:
    opened.engine.dispose()
    (home / "desk.db").unlink()
    with pytest.raises(StoreError, match="cannot be opened"), opened.reading():
        pass
    assert not (home / "desk.db").exists()


def test_a_store_that_was_closed_is_not_opened_anew_by_whoever_comes_late(opened: Store) -> None:
    case_with_notes(opened)
    opened.close()
    with pytest.raises(LockedError), opened.reading():
        pass
    with pytest.raises(LockedError), opened.transaction(actor=KARI, now=NOW):
        pass
    pool: Any = opened.engine.pool
    assert pool.checkedin() == pool.checkedout() == 0


def test_a_desk_that_another_program_writes_to_says_so(home: Path) -> None:
    store = open_store(home, key_of(home), busy_seconds=0.05)
    incident_id = case_with_notes(store)
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.add(note(incident_id), AuditAction.NOTE_RECORD)
        with pytest.raises(StoreError, match="Another program is writing"):
            case_with_notes(store)
        with store.reading() as reading:
            assert reading.head()[0] == 6
    assert store.verify().entries == 7
    store.close()


def test_a_busy_desk_still_opens(home: Path) -> None:
    store = open_store(home, key_of(home))
    with store.transaction(actor=KARI, now=NOW) as writing:
        log_case(writing)
        open_store(home, key_of(home), busy_seconds=0.05).close()
    store.close()


def test_who_waits_for_another_writer_is_told_and_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("breachdesk.store.engine.SILENT_SECONDS", 0.01)
    other, told = open_store(home, key_of(home)), list[str]()
    holding = for_writing(other.engine).connect()
    holding.begin()

    def on_wait() -> None:
        told.append("waits")
        holding.rollback()

    store = open_store(home, key_of(home), on_wait=on_wait)
    case_with_notes(store)
    assert told == ["waits"]
    case_with_notes(store)
    assert told == ["waits"], "nobody else writes any more"
    assert store.verify().ok
    holding.close()
    store.close()
    other.close()


@contextmanager
def _owned_by_nobody(home: Path) -> Iterator[Path]:
    """A desk in a place that an ordinary user reaches, and is made read-only for."""
    place = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(home, place / "desk")
        place.chmod(0o755)
        if os.geteuid() == 0:
            for path in (place, *place.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        yield place / "desk"
    finally:
        shutil.rmtree(place)


def _as_nobody(act: Callable[[], object]) -> str:
    """Run as an ordinary user, whom modes of files do bind, and return the error's words."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said = "no error"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setuid(NOBODY)
            act()
        except BreachdeskError as error:
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(writer, said.encode())
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as said_by_child:
        return said_by_child.read()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_folder_that_can_only_be_read_says_so(home: Path) -> None:
    key = key_of(home)
    open_store(home, key).close()
    with _owned_by_nobody(home) as desk:
        assert _as_nobody(open_store(desk, key).close) == "no error"
        desk.chmod(0o500)
        said = _as_nobody(lambda: open_store(desk, key))
        made = _as_nobody(lambda: cheap_desk(desk / "below"))
        desk.chmod(0o700)
        (desk / "desk.db").chmod(0o400)
        file_said = _as_nobody(lambda: open_store(desk, key))
        (desk / "desk.db").chmod(0o000)
        unread = _as_nobody(lambda: open_store(desk, key))
        desk.chmod(0o000)
        unreached = _as_nobody(lambda: open_store(desk, key))
        desk.chmod(0o700)
    assert all("may not read" in words for words in (unread, unreached))
    for words in (said, made, file_said):
        assert words.startswith("StoreError")
        assert "can only be read here" in words


@contextmanager
def _small_disk(place: Path, size: str) -> Iterator[Path]:
    place.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("a small disk can only be mounted by root")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def _write_until_it_fails(store: Store, incident_id: str, acknowledged: list[str]) -> None:
    while True:
        with store.transaction(actor=KARI, now=NOW) as writing:
            kept = writing.add(note(incident_id, "x" * 20_000), AuditAction.NOTE_RECORD)
        acknowledged.append(kept.id)


@pytest.mark.system
def test_a_full_disk_says_so_and_loses_nothing_that_was_written(tmp_path: Path) -> None:
    with _small_disk(tmp_path / "disk", "3m") as disk:
        home = disk / "desk"
        cheap_desk(home)
        store = open_store(home, key_of(home))
        incident_id = case_with_notes(store)
        (disk / "filler").write_bytes(b"x" * 1024 * 1024)
        acknowledged: list[str] = []
        with pytest.raises(StoreError, match="full") as refused:
            _write_until_it_fails(store, incident_id, acknowledged)
        assert "Make room" in str(refused.value.next_step)
        store.close()
        (disk / "filler").unlink()
        again = open_store(home, key_of(home))
        assert again.opening_findings == ()
        assert again.verify().ok
        assert again.verify().entries == 6 + len(acknowledged)
        again.close()


@pytest.mark.system
def test_a_full_disk_leaves_no_half_made_desk(tmp_path: Path) -> None:
    with _small_disk(tmp_path / "disk", "200k") as disk:
        with pytest.raises(StoreError, match="full"):
            cheap_desk(disk / "desk")
        assert list((disk / "desk").iterdir()) == []


@pytest.mark.system
def test_a_read_only_disk_says_so(home: Path, tmp_path: Path) -> None:
    key = key_of(home)
    with _small_disk(tmp_path / "disk", "3m") as disk:
        desk = shutil.copytree(home, disk / "desk")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(StoreError, match="can only be read here"):
            open_store(desk, key)
        with pytest.raises(StoreError, match="can only be read here"):
            cheap_desk(disk / "another")


_READS_WHERE_NOTHING_GROWS = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from breachdesk.errors import StoreError
from breachdesk.records import Incident, Note
from breachdesk.store.store import open_store
from breachdesk.terms import AuditAction

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
store = open_store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
print(store.verify().entries)
with store.reading() as desk:
    print(len(desk.rows(Note)))
try:
    with store.transaction(actor="Kari", now=datetime(2026, 11, 21, tzinfo=UTC)) as writing:
        writing.add(Incident(id="", year=2026, number=9), AuditAction.INCIDENT_LOG)
except StoreError as error:
    print(type(error).__name__)
store.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="no limits on the size of files here")
def test_a_desk_can_be_read_where_no_file_can_grow(home: Path) -> None:
    """As on a full disk: the index beside the database has no room, and is kept in memory."""
    store = open_store(home, key_of(home))
    case_with_notes(store)
    store.close()
    before = (home / "desk.db").read_bytes()
    ran = subprocess.run(
        [sys.executable, "-c", _READS_WHERE_NOTHING_GROWS, str(home), key_of(home).hex()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout.split() == ["6", "3", "StoreError"], ran.stderr
    assert (home / "desk.db").read_bytes() == before
    again = open_store(home, key_of(home))
    assert again.verify().ok
    again.close()
