"""The chain's head outside the database tells of what the chain cannot."""

import json
import shutil
from pathlib import Path

import pytest

from breachdesk.audit import FindingKind
from breachdesk.store.head import HEAD_FILE, HeadFile, HeadState
from breachdesk.store.store import Store, open_store
from breachdesk.terms import AuditAction

from .making import KARI, KEY, NOW, case_with_notes, key_of, note

CUT, REWRITTEN = FindingKind.CUT_TAIL, FindingKind.REWRITTEN
LOST, FORGED = FindingKind.HEAD_FILE_MISSING, FindingKind.HEAD_FILE_CHANGED


@pytest.fixture
def key(home: Path) -> bytes:
    return key_of(home)


def _write(home: Path, key: bytes, notes: int = 1) -> None:
    store = open_store(home, key)
    case_with_notes(store, notes)
    store.close()


def _found(home: Path, key: bytes) -> list[tuple[FindingKind, int]]:
    store = open_store(home, key)
    at_opening = [(one.kind, one.seq) for one in store.opening_findings]
    verified = [(one.kind, one.seq) for one in store.verify().findings]
    store.close()
    assert at_opening == verified
    return at_opening


def test_the_file_follows_the_chain(home: Path, key: bytes) -> None:
    store = open_store(home, key)
    heads = HeadFile(home / HEAD_FILE, key)
    for _ in range(3):
        case_with_notes(store)
        with store.reading() as reading:
            newest = heads.read().newest
            assert newest is not None
            assert (newest.seq, newest.digest) == reading.head()
    store.close()


def test_half_typed_words_leave_the_file_alone(home: Path, opened: Store) -> None:
    before = (home / HEAD_FILE).stat().st_mtime_ns
    with opened.transaction(actor=KARI, now=NOW) as writing:
        writing.save_half_typed(KARI, "new", "title", "E-po")
    assert (home / HEAD_FILE).stat().st_mtime_ns == before


def test_an_older_head_is_found_at_its_place(home: Path, key: bytes) -> None:
    """As after a crash between the commit and the file."""
    _write(home, key)
    older = (home / HEAD_FILE).read_bytes()
    _write(home, key)
    (home / HEAD_FILE).write_bytes(older)
    assert _found(home, key) == []
    _write(home, key)
    assert _found(home, key) == []


def test_an_older_copy_of_the_database_is_named_even_after_writing_on(
    home: Path, key: bytes
) -> None:
    _write(home, key)
    shutil.copy(home / "desk.db", home.parent / "copy.db")
    _write(home, key, notes=2)
    shutil.copy(home.parent / "copy.db", home / "desk.db")
    assert _found(home, key) == [(CUT, 8)]
    _write(home, key, notes=2)
    assert _found(home, key) == [(REWRITTEN, 8)]
    _write(home, key)
    assert _found(home, key) == [(REWRITTEN, 8)], "writing on never covers it up"


def test_a_missing_file_is_named_even_after_writing_on(home: Path, key: bytes) -> None:
    _write(home, key)
    (home / HEAD_FILE).unlink()
    assert _found(home, key) == [(LOST, 4)]
    _write(home, key)
    assert _found(home, key) == [(LOST, 7)]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"mac": 1}', b'{"mac": "00"}', b"\xff"]
)
def test_a_file_of_another_hand_is_named(home: Path, key: bytes, content: bytes) -> None:
    _write(home, key)
    (home / HEAD_FILE).write_bytes(content)
    assert _found(home, key) == [(FORGED, 4)]


def test_a_head_put_back_by_hand_is_named(home: Path, key: bytes) -> None:
    _write(home, key)
    plain = json.loads((home / HEAD_FILE).read_bytes())
    plain["seq"] = 3
    (home / HEAD_FILE).write_text(json.dumps(plain))
    assert _found(home, key) == [(FORGED, 4)]


def test_another_desks_file_is_named(home: Path, key: bytes) -> None:
    _write(home, key)
    foreign = HeadFile(home / HEAD_FILE, KEY).read()
    assert foreign.state is HeadState.CHANGED


def test_a_file_that_cannot_be_written_does_not_undo_the_act(home: Path, opened: Store) -> None:
    (home / HEAD_FILE).unlink()
    (home / HEAD_FILE).mkdir()
    incident_id = case_with_notes(opened)
    with opened.transaction(actor=KARI, now=NOW) as writing:
        writing.add(note(incident_id), AuditAction.NOTE_RECORD)
    (home / HEAD_FILE).rmdir()
    assert opened.verify().entries == 7


def test_a_head_that_another_writer_kept_back_is_written_when_the_desk_closes(
    home: Path, key: bytes
) -> None:
    heads = HeadFile(home / HEAD_FILE, key)
    store, other = open_store(home, key), open_store(home, key)
    really = heads.read().newest
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HeadFile, "write", _disk_is_full)
        case_with_notes(store)
    assert heads.read().newest == really
    with other.transaction(actor=KARI, now=NOW) as writing:
        writing.save_half_typed(KARI, "new", "title", "E-po")
    store.close()
    other.close()
    newest = heads.read().newest
    assert newest is not None
    assert newest.seq == 6


def test_an_older_copy_of_the_whole_folder_is_named_by_a_head_kept_elsewhere(
    home: Path, key: bytes
) -> None:
    _write(home, key)
    older = shutil.copytree(home, home.parent / "older")
    _write(home, key)
    store = open_store(home, key)
    with store.reading() as reading:
        kept = reading.head()
    store.close()
    assert open_store(home, key, known_head=kept).opening_findings == ()
    assert _found(older, key) == []
    accused = open_store(older, key, known_head=kept)
    assert [(one.kind, one.seq) for one in accused.opening_findings] == [(CUT, 7)]
    assert [one.kind for one in accused.verify().findings] == [CUT]
    accused.close()
    assert _found(older, key) == [(CUT, 7)], "also when the other place has forgotten"


def _disk_is_full(*_: object) -> None:
    raise OSError(28, "no space left")
