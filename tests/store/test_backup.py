"""A backup is whole or not there, opens with what the desk opened with, and shows one moment."""

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from breachdesk.audit import FindingKind
from breachdesk.errors import DeskExistsError, RefusedError, StoreError, WrongKeyError
from breachdesk.records import Evidence, Note
from breachdesk.store.backup import back_up
from breachdesk.store.container import MAGIC, Contents, read_contents
from breachdesk.store.head import HEAD_FILE
from breachdesk.store.keyfile import KEY_FILE
from breachdesk.store.restoring import restore, unlock_backup
from breachdesk.store.sealed import seal_file, sealed_name
from breachdesk.store.store import DATABASE, Store, open_store, random_id
from breachdesk.terms import AuditAction, EvidenceKeeping

from .making import KARI, NOW, PASSPHRASE, case_with_notes, cheap_desk, key_of, note

LENGTH = 8


def killed(act: str, home: Path, rounds: int) -> Any:  # noqa: ANN401 - JSON
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed", act, home, str(rounds), "2026"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "desk.backup"


def unlocked(path: Path) -> tuple[Contents, bytes]:
    contents = read_contents(path)
    return contents, unlock_backup(path, contents, passphrase=PASSPHRASE, recovery="")


def brought_back(path: Path, home: Path) -> Store:
    _, key = unlocked(path)
    restore(path, home, key)
    return open_store(home, key)


def with_evidence(store: Store, home: Path, content: bytes) -> Evidence:
    evidence_id = random_id("evidence")
    source = home.parent / "source.bin"
    source.write_bytes(content)
    with source.open("rb") as file:
        sealed = seal_file(file, home, evidence_id)
    incident_id = case_with_notes(store)
    with store.transaction(actor=KARI, now=NOW) as writing:
        row = Evidence(
            id=evidence_id,
            incident_id=incident_id,
            name="mail.eml",
            size=sealed.size,
            sha256=sealed.sha256,
            keeping=EvidenceKeeping.SEALED,
            key=sealed.key,
            origin="Postkassen",
            collector=KARI,
            collected_at=NOW,
        )
        return writing.add(row, AuditAction.EVIDENCE_ADD)


def test_a_desk_comes_back_whole_with_passphrase_or_recovery_code(
    opened: Store, home: Path, target: Path, tmp_path: Path, recovery_code: str
) -> None:
    evidence = with_evidence(opened, home, os.urandom(3_000_000))
    made = back_up(opened, target, now=NOW)
    contents = read_contents(target)
    for number, secret in enumerate(({"passphrase": PASSPHRASE}, {"recovery": recovery_code})):
        place = tmp_path / f"new-{number}"
        key = unlock_backup(target, contents, **{"passphrase": "", "recovery": "", **secret})
        done = restore(target, place, key)
        assert done.report.ok
        assert (done.report.entries, done.report.head) == (made.entries, made.head)
        store = open_store(place, key)
        assert store.verify().ok
        assert not store.opening_findings
        store.close()
        name = sealed_name(evidence.id)
        assert (place / name).read_bytes() == (home / name).read_bytes()
        for file in (DATABASE, HEAD_FILE, KEY_FILE, name):
            assert stat.S_IMODE((place / file).stat().st_mode) == 0o600
    assert made.evidence == 1
    assert made.findings == ()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert made.size == target.stat().st_size
    assert not [one for one in tmp_path.iterdir() if one.suffix == ".tmp"]


def test_a_backup_shows_one_moment_while_others_write(
    opened: Store, home: Path, target: Path, tmp_path: Path
) -> None:
    incident_id = case_with_notes(opened, notes=200)
    busy = open_store(home, key_of(home))
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            with busy.transaction(actor=KARI, now=NOW) as writing:
                writing.add(note(incident_id), AuditAction.NOTE_RECORD)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        made = [back_up(opened, target, now=NOW, force=True) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert all(one.findings == () for one in made)
    assert [one.entries for one in made] == sorted(one.entries for one in made)
    with busy.reading() as desk:
        assert len(desk.rows(Note)) > 200
    assert busy.verify().ok
    busy.close()
    store = brought_back(target, tmp_path / "new")
    assert store.verify().entries == made[-1].entries
    store.close()


def test_a_backup_never_goes_over_another_file(opened: Store, target: Path) -> None:
    target.write_text("keep me")
    with pytest.raises(RefusedError, match="there already"):
        back_up(opened, target, now=NOW)
    assert target.read_text() == "keep me"


def test_what_is_wrong_with_the_desk_is_said_of_the_backup(opened: Store, target: Path) -> None:
    case_with_notes(opened)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE note SET text = 'forged' WHERE seq = 5")
    made = back_up(opened, target, now=NOW)
    assert [one.kind for one in made.findings] == [FindingKind.ROW_CHANGED]


def test_evidence_that_is_gone_is_named_and_the_rest_is_backed_up(
    opened: Store, home: Path, target: Path
) -> None:
    evidence = with_evidence(opened, home, b"content")
    (home / sealed_name(evidence.id)).unlink()
    made = back_up(opened, target, now=NOW)
    assert made.absent == (evidence.id,)
    assert made.evidence == 0


def test_a_desk_that_is_there_is_never_touched_and_the_difference_is_said(
    opened: Store, home: Path, target: Path, tmp_path: Path
) -> None:
    case_with_notes(opened)
    back_up(opened, target, now=NOW)
    _, key = unlocked(target)
    before = {one.name: one.read_bytes() for one in home.iterdir() if one.is_file()}
    with pytest.raises(DeskExistsError, match="at the same entry 6"):
        restore(target, home, key)
    assert {one.name: one.read_bytes() for one in home.iterdir() if one.is_file()} == before
    case_with_notes(opened)
    with pytest.raises(DeskExistsError, match="at entry 11; the backup ends at entry 6"):
        restore(target, home, key)
    older = tmp_path / "older"
    back_up(opened, tmp_path / "later.backup", now=NOW)
    brought_back(target, older).close()
    with pytest.raises(DeskExistsError, match="at entry 6; the backup goes on to entry 11"):
        restore(tmp_path / "later.backup", older, key)
    parted = open_store(older, key)
    case_with_notes(parted, notes=9)
    parted.close()
    with pytest.raises(DeskExistsError, match="entry 11 says something else"):
        restore(tmp_path / "later.backup", older, key)
    cheap_desk(tmp_path / "other")
    with pytest.raises(DeskExistsError, match="another desk"):
        restore(target, tmp_path / "other", key)


def test_a_wrong_passphrase_opens_no_backup(opened: Store, target: Path) -> None:
    back_up(opened, target, now=NOW)
    with pytest.raises(WrongKeyError, match="does not open the backup"):
        unlock_backup(target, read_contents(target), passphrase="feil", recovery="")


@pytest.mark.parametrize("where", [0, 10, 25, 40, 200, 700, 5_000, -5_000, -1])
def test_a_changed_byte_anywhere_is_noticed_and_nothing_is_restored(
    opened: Store, target: Path, tmp_path: Path, where: int
) -> None:
    back_up(opened, target, now=NOW)
    content = bytearray(target.read_bytes())
    content[where] ^= 1
    target.write_bytes(content)
    with pytest.raises((StoreError, WrongKeyError)):
        brought_back(target, tmp_path / "new")
    assert not (tmp_path / "new" / KEY_FILE).exists()
    assert not (tmp_path / "new" / DATABASE).exists()


@pytest.mark.parametrize("size", [0, 5, 30, 500, 10_000])
def test_a_backup_that_was_cut_short_is_refused(opened: Store, target: Path, size: int) -> None:
    back_up(opened, target, now=NOW)
    with target.open("r+b") as file:
        file.truncate(size)
    with pytest.raises(StoreError, match=r"is not a backup|cannot be used"):
        read_contents(target)


def changed_header(path: Path, **changes: object) -> None:
    content = path.read_bytes()
    start = len(MAGIC) + LENGTH
    length = int.from_bytes(content[len(MAGIC) : start], "big")
    plain = {**json.loads(content[start : start + length]), **changes}
    header = json.dumps(plain).encode()
    path.write_bytes(
        MAGIC + len(header).to_bytes(LENGTH, "big") + header + content[start + length :]
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"parts": [["../../.bashrc", 1, "0" * 64]]},
        {"parts": [["/etc/passwd", 1, "0" * 64]]},
        {"parts": [["desk.db", 1, "0" * 64], ["evidence/../key.json", 1, "0" * 64]]},
        {"parts": [["desk.db", 1, "0" * 64], ["desk.db", 1, "0" * 64]]},
        {"parts": [["desk.db", -1, "0" * 64]]},
        {"parts": [["desk.db", 2**60, "0" * 64]]},
        {"parts": [["desk.db", 1.5, "0" * 64]]},
        {"parts": [["desk.db", 1, "0"]]},
        {"parts": []},
        {"parts": {}},
        {"parts": None},
        {"key": {}},
        {"head": [1]},
        {"head": "1"},
        {"made_at": "yesterday"},
        {"mac": None},
    ],
    ids=str,
)
def test_a_header_from_a_stranger_writes_nothing(
    opened: Store, target: Path, tmp_path: Path, changes: dict[str, object]
) -> None:
    back_up(opened, target, now=NOW)
    changed_header(target, **changes)
    before = sorted(one.name for one in tmp_path.rglob("*"))
    with pytest.raises(StoreError, match="cannot be used"):
        read_contents(target)
    assert sorted(one.name for one in tmp_path.rglob("*")) == before


def test_slots_that_ask_for_endless_work_are_refused(opened: Store, target: Path) -> None:
    back_up(opened, target, now=NOW)
    content = target.read_bytes()
    target.write_bytes(content.replace(b'"memory_kib": 8,', b'"memory_kib": 2000000000,'))
    with pytest.raises(StoreError):
        read_contents(target)


def test_a_header_changed_by_somebody_without_the_key_is_noticed(
    opened: Store, target: Path
) -> None:
    back_up(opened, target, now=NOW)
    changed_header(target, made_at="2020-01-01T00:00:00+00:00")
    with pytest.raises(StoreError, match="its header was changed"):
        unlocked(target)


def test_the_names_and_words_of_a_case_are_not_in_a_backup(opened: Store, target: Path) -> None:
    case_with_notes(opened)
    back_up(opened, target, now=NOW)
    content = target.read_bytes()
    for word in (b"Nordmann", b"mottaker", b"Linje"):
        assert word not in content


@pytest.mark.parametrize(
    "rounds", [6, pytest.param(100, marks=pytest.mark.long)], ids=["few", "hundred"]
)
@pytest.mark.parametrize("act", ["backup", "restore", "rekey"])
def test_a_kill_leaves_no_half_backup_no_half_desk_and_a_key_that_opens(
    tmp_path: Path, act: str, rounds: int
) -> None:
    said = killed(act, tmp_path, rounds)
    assert said["findings"] == []
    assert sum(said.get(how, 0) for how in ("none", "whole", "opened", "old", "new")) == rounds
    assert said.get("left", []) == []
