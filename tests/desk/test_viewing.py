"""Looking at evidence: recorded first, shown as a copy that is gone afterwards."""

import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.evidence import EvidenceState
from breachdesk.desk.viewing import Viewed, shown_name
from breachdesk.errors import NoSuchThingError, RefusedError, StoreError
from breachdesk.message import say
from breachdesk.records import Evidence, NewEvidence, NewIncident
from breachdesk.store.showing import Showing, begin, clear_left
from breachdesk.terms import EvidenceKeeping, EvidenceUseKind
from tests.desk.desks import FRIDAY, ToldClock, new_desk

MAIL = b"From: payroll\n\nSalaries of everybody\n"


def desk_in(home: Path, clock: ToldClock, actor: str = "Ola Li") -> Desk:
    home.mkdir()
    return new_desk(home, clock, actor=actor)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_in(tmp_path / "desk", ToldClock(), actor="Kari Nordmann")
    desk.intake.log(NewIncident(title="Lønnsliste på avveie", became_aware_at=FRIDAY))
    yield desk
    desk.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "viewing"


def taken_in(desk: Desk, tmp_path: Path, name: str = "mail.eml", **how: bool) -> Evidence:
    path = tmp_path / name
    path.write_bytes(MAIL)
    return desk.evidence.add("1", path, NewEvidence(collector="Ola"), **how)[1]


def shown(folder: Path) -> list[Path]:
    return sorted(folder.glob("view-*"))


def viewed(desk: Desk, piece: Evidence, folder: Path) -> Viewed:
    return desk.viewing.view(piece.id, purpose="Hvem er rammet", folder=folder)


def test_looking_is_an_entry_with_who_and_what_for(
    desk: Desk, tmp_path: Path, folder: Path
) -> None:
    piece = taken_in(desk, tmp_path)
    seen = viewed(desk, piece, folder)
    assert seen.path.read_bytes() == MAIL
    (use,) = desk.intake.open("1").evidence_uses
    assert (use.kind, use.recipient, use.purpose) == (
        EvidenceUseKind.VIEWED, "Kari Nordmann", "Hvem er rammet",
    )  # fmt: skip
    assert (use.place, use.sha256) == ("", hashlib.sha256(MAIL).hexdigest())
    line = desk.intake.open("1").timeline[-1]
    assert line.kind == "viewed"
    assert desk.trust.trail("1").entries[0].action == "incident:evidence:view"
    assert desk.viewing.end(seen)
    assert shown(folder) == []
    assert desk.trust.verify().ok


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_only_its_owner_reaches_the_copy_and_nobody_runs_it(
    desk: Desk, tmp_path: Path, folder: Path
) -> None:
    before = os.umask(0)
    try:
        seen = viewed(desk, taken_in(desk, tmp_path), folder)
    finally:
        os.umask(before)
    assert stat.S_IMODE(seen.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(seen.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "ending", "opens"),
    [
        ("mail.eml", ".eml", True),
        ("-rf report.PDF", ".pdf", True),
        ("invoice.pdf.exe", ".bin", False),
        ("invoice.exe.pdf", ".pdf", True),
        ("page.html", ".txt", True),
        ("run.sh", ".txt", True),
        ("list.csv", ".txt", True),
        ("macro.docm", ".bin", False),
        ("start.desktop", ".bin", False),
        ("no ending", ".bin", False),
        ("gpj\u202e.exe", ".bin", False),
        ("new\nline.pdf\n", ".bin", False),
        ("x.pdf/../../y", ".bin", False),
    ],
)
def test_of_a_strangers_file_name_only_a_known_ending_is_used(
    name: str, ending: str, *, opens: bool
) -> None:
    row = Evidence(id="evd-0123456789ab", name=name)
    assert shown_name(row) == (f"evd-0123456789ab{ending}", opens)


def test_the_entry_stands_before_there_is_a_copy_to_see(
    desk: Desk, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = taken_in(desk, tmp_path)

    def failing(showing: Showing) -> None:
        assert len(desk.intake.open("1").evidence_uses) == 1
        assert not showing.path.exists()
        raise StoreError(say("x"))

    monkeypatch.setattr(Showing, "give_name", failing)
    with pytest.raises(StoreError):
        viewed(desk, piece, folder)
    assert shown(folder) == []


def test_what_was_changed_is_not_shown_and_nothing_is_recorded(
    desk: Desk, tmp_path: Path, folder: Path
) -> None:
    piece = taken_in(desk, tmp_path)
    sealed = tmp_path / "desk" / "evidence" / f"{piece.id}.sealed"
    content = bytearray(sealed.read_bytes())
    content[-1] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(StoreError):
        viewed(desk, piece, folder)
    assert shown(folder) == []
    assert desk.intake.open("1").evidence_uses == ()


@pytest.mark.parametrize("purpose", ["", "  ", " . "])
def test_a_look_without_a_purpose_is_refused(
    desk: Desk, tmp_path: Path, folder: Path, purpose: str
) -> None:
    piece = taken_in(desk, tmp_path)
    with pytest.raises(RefusedError):
        desk.viewing.view(piece.id, purpose=purpose, folder=folder)
    with pytest.raises(NoSuchThingError):
        desk.viewing.view("evd-000000000000", purpose="Hvem", folder=folder)
    assert not folder.exists()


def test_a_piece_by_reference_is_hashed_where_it_lies_and_that_is_recorded_too(
    desk: Desk, tmp_path: Path, folder: Path
) -> None:
    piece = taken_in(desk, tmp_path, is_reference=True)
    seen = viewed(desk, piece, folder)
    assert (seen.state, seen.path, seen.showing) == (
        EvidenceState.SAME, tmp_path / "mail.eml", None,
    )  # fmt: skip
    (tmp_path / "mail.eml").write_bytes(b"another")
    assert viewed(desk, piece, folder).state is EvidenceState.CHANGED
    first, second = desk.intake.open("1").evidence_uses
    assert first.sha256 == piece.sha256
    assert second.sha256 == hashlib.sha256(b"another").hexdigest()
    (tmp_path / "mail.eml").unlink()
    with pytest.raises(StoreError):
        viewed(desk, piece, folder)
    assert len(desk.intake.open("1").evidence_uses) == 2
    assert not folder.exists()


def test_closing_the_desk_removes_what_is_still_shown(tmp_path: Path, folder: Path) -> None:
    desk = desk_in(tmp_path / "desk", ToldClock())
    desk.intake.log(NewIncident(title="x", became_aware_at=FRIDAY))
    seen = viewed(desk, taken_in(desk, tmp_path), folder)
    assert seen.path.exists()
    desk.close()
    assert shown(folder) == []


def test_what_a_crash_left_is_removed_and_what_is_looked_at_stays(
    desk: Desk, tmp_path: Path, folder: Path
) -> None:
    seen = viewed(desk, taken_in(desk, tmp_path), folder)
    crash = (
        "import os, sys; from pathlib import Path; from breachdesk.store.showing import begin\n"
        "one = begin(Path(sys.argv[1]), 'evd-x.txt', size=1); one.path.write_bytes(b'x')\n"
        "print(one.path.parent, flush=True); os._exit(1)"
    )
    done = subprocess.run([sys.executable, "-c", crash, str(folder)], capture_output=True,
                          text=True, check=False)  # fmt: skip
    left = Path(done.stdout.strip())
    assert (left / "evd-x.txt").exists()
    assert clear_left(folder) == ((left,), ())
    assert not left.exists()
    assert seen.path.read_bytes() == MAIL
    assert clear_left(folder) == ((), ())


def test_a_copy_that_finds_no_room_is_refused(folder: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        begin(folder, "evd-x.bin", size=2**60)
    assert "evidence export" in (refused.value.next_step or refused.value.what).text
    assert shown(folder) == []


def test_what_stayed_elsewhere_is_neither_shown_nor_handed_out(
    desk: Desk, tmp_path: Path, folder: Path
) -> None:
    taken_in(desk, tmp_path)
    other = desk_in(tmp_path / "other", ToldClock())
    try:
        other.moving.take(desk.moving.export("1"))
        (piece,) = other.intake.open("1").evidence
        assert piece.keeping is EvidenceKeeping.ELSEWHERE
        with pytest.raises(RefusedError):
            viewed(other, piece, folder)
        with pytest.raises(RefusedError):
            other.evidence.export(piece.id, tmp_path / "out", purpose="A", recipient="B")
        assert not (tmp_path / "out").exists()
        assert [one.state for one in other.evidence.check()] == [EvidenceState.ELSEWHERE]
        assert other.trust.verify().ok
    finally:
        other.close()
