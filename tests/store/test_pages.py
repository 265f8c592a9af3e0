"""A page damaged on disk is found, whether or not a row lies in it; a healthy desk never is."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text

from breachdesk.audit import Finding, FindingKind
from breachdesk.errors import StoreError
from breachdesk.store import engine as engine_module
from breachdesk.store.engine import damaged_pages
from breachdesk.store.store import DATABASE, Store, open_store
from breachdesk.terms import AuditAction

from .making import KARI, NOW, case_with_notes, document, key_of, note

PAGE = 4096
LOG_HEADER = 32
"""Bytes before the first frame of a write-ahead log, which begins with its page's number."""


def _harm(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE + 1000)
        file.write(b"12345678")


def _pages(path: Path) -> int:
    return path.stat().st_size // PAGE


@pytest.fixture
def written(home: Path) -> Path:
    """The folder of a closed desk with a case, notes and a paper of several pages."""
    store = open_store(home, key_of(home))
    incident_id = case_with_notes(store)
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.add(document(incident_id, b"x" * 5 * PAGE), AuditAction.DOCUMENT_ISSUE)
    store.close()
    return home


@pytest.fixture
def free_page(engine: Engine, store: Store, tmp_path: Path) -> int:
    """Number of a page that nothing uses any more: the file's last one."""
    case_with_notes(store)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE passing (bytes BLOB)"))
        connection.execute(text("INSERT INTO passing VALUES (zeroblob(80000))"))
        connection.execute(text("DROP TABLE passing"))
    assert store.verify().ok, "the write-ahead log is brought into the file"
    return _pages(tmp_path / DATABASE)


def test_a_damaged_page_that_holds_no_row_is_named(
    store: Store, tmp_path: Path, free_page: int
) -> None:
    case = case_with_notes(store)
    _harm(tmp_path / DATABASE, free_page)
    found = store.verify()
    assert found.findings == (Finding(FindingKind.PAGE_DAMAGED, 0, str(free_page)),)
    assert found.entries == found.head.seq
    assert store.verify(case).ok, "one case is checked without the rest of the file"


def test_every_damaged_page_is_named_or_said_in_one_sentence(
    written: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key, named = key_of(written), set()
    for page in range(1, _pages(written / DATABASE) + 1):
        harmed = shutil.copytree(written, tmp_path / f"page{page}")
        _harm(harmed / DATABASE, page)
        try:
            store = open_store(harmed, key)
        except StoreError:
            continue
        try:
            named |= {one.subject for one in store.verify().findings} ^ {str(page)}
        except StoreError as error:
            assert "damaged" in str(error)  # noqa: PT017 - either is right, depending on the page
        finally:
            store.close()
    assert named == set(), "each report names its page and no other"
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


def test_a_page_cut_short_is_named(store: Store, tmp_path: Path, free_page: int) -> None:
    path = tmp_path / DATABASE
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 100)
    assert (FindingKind.PAGE_DAMAGED, str(free_page)) in {
        (one.kind, one.subject) for one in store.verify().findings
    }


def test_a_page_that_is_whole_at_a_second_look_is_not_named(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: Iterator[set[int]] = iter([{3, 5}, {5, 7}])
    monkeypatch.setattr(engine_module, "_broken", lambda _connection: next(looks))
    assert damaged_pages(engine) == (5,)


def test_a_page_that_the_write_ahead_log_mends_is_not_named(store: Store, tmp_path: Path) -> None:
    case = case_with_notes(store)
    assert store.verify().ok
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.add(note(case), AuditAction.NOTE_RECORD)
    log = (tmp_path / f"{DATABASE}-wal").read_bytes()
    page = int.from_bytes(log[LOG_HEADER : LOG_HEADER + 4])
    _harm(tmp_path / DATABASE, page)  # as a crash would while the log is brought into the file
    assert store.verify().ok


def test_a_healthy_desk_stays_whole_while_another_program_writes(written: Path) -> None:
    key = key_of(written)
    writer, reader, enough = open_store(written, key), open_store(written, key), Event()
    failed: list[Exception] = []

    def write() -> None:
        try:
            while not enough.is_set():
                case_with_notes(writer, notes=1)
        except StoreError as error:
            failed.append(error)

    thread = Thread(target=write)
    thread.start()
    reports = [reader.verify() for _ in range(10)]
    enough.set()
    thread.join()
    writer.close()
    reader.close()
    assert failed == []
    assert all(report.ok for report in reports)
