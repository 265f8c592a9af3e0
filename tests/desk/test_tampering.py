"""Each way to change what was recorded, done to a whole desk: all found, and none falsely."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from breachdesk.audit import Anchor, Report
from breachdesk.desk import Desk
from breachdesk.desk.sheets import Sheet
from breachdesk.records import Evidence, NewDispatch, NewEvidence, NewIncident, NewNote
from breachdesk.store.head import HEAD_FILE
from breachdesk.store.store import DATABASE, open_store
from breachdesk.terms import DocumentKind, Duty
from tests.desk.desks import FRIDAY, OSLO, ToldClock, the_forms
from tests.store.making import cheap_desk, key_of


def open_desk(home: Path) -> Desk:
    store = open_store(home, key_of(home))
    return Desk(store, the_forms(), actor="Kari Nordmann", clock=ToldClock(), zone=OSLO)


def worked_on(home: Path, notes: tuple[str, ...] = ("Ringte", "Slettet", "Bekreftet")) -> Desk:
    """A desk with two cases, answers, their forms, a paper, a sending and evidence."""
    cheap_desk(home)
    desk = open_desk(home)
    for title in ("Lønnsliste på avveie", "Tapt bærbar"):
        desk.intake.log(NewIncident(title=title, became_aware_at=FRIDAY))
        for text in notes:
            desk.timeline.note("1", NewNote(text=text))
    desk.assessment.answer("1", "facts", Sheet(values={"description": "Sendt til feil mottaker"}))
    issued = desk.papers.issue("1", DocumentKind.NOTIFICATION)
    desk.papers.sent(
        "1",
        NewDispatch(
            duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn",
            document_id=issued.document.id,
        ),
    )  # fmt: skip
    file = home.parent / "mail.eml"
    file.write_bytes(os.urandom(70_000))
    desk.evidence.add("1", file, NewEvidence(origin="Postkassen", collector="Ola"))
    return desk


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("worked") / "desk"
    worked_on(home).close()
    return home


@pytest.fixture
def home(worked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(worked, tmp_path / "desk")


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    made = open_desk(home)
    yield made
    made.close()


def kinds(report: Report) -> set[str]:
    return {one.kind.value for one in report.findings}


def do(desk: Desk, *statements: str) -> None:
    with desk.office.store.engine.begin() as connection:
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount


INSERTED_ROW = (
    "INSERT INTO note SELECT 'nte-x', 999, recorded_at, recorded_by, incident_id, "
    "occurred_at, fidelity, kind, text, source FROM note WHERE seq = 5"
)
INSERTED_ENTRY = (
    "INSERT INTO auditentry SELECT 999, at, actor, action, subject, record, "
    "record_version, incident, case_seq, payload_digest, previous, case_previous, digest "
    "FROM auditentry WHERE seq = 5"
)
CHANGES = {
    "changed row": (("UPDATE note SET text = 'Ingenting' WHERE text = 'Slettet'",), "row_changed"),
    "changed time": (
        ("UPDATE incidentfacts SET became_aware_at = '2026-11-21 15:30:00.000000'",),
        "row_changed",
    ),
    "changed decision on role": (("UPDATE incidentfacts SET role = 'processor'",), "row_changed"),
    "changed sending": (
        ("UPDATE dispatch SET sent_at = '2026-11-20 10:00:00.000000'",),
        "row_changed",
    ),
    "changed document": (("UPDATE document SET content = x'25504446'",), "row_changed"),
    "changed text of a document": (("UPDATE document SET text = 'x'",), "row_changed"),
    "changed form": (("UPDATE formtext SET source = source || ' '",), "row_changed"),
    "changed hash of evidence": (("UPDATE evidence SET sha256 = 'x'",), "row_changed"),
    "changed origin of evidence": (("UPDATE evidence SET origin = 'x'",), "row_changed"),
    "changed person": (("UPDATE person SET name = 'Ola'",), "row_changed"),
    "changed header": (
        ("UPDATE auditentry SET at = '2026-11-19 10:00:00.000000' WHERE seq = 4",),
        "header_changed",
    ),
    "removed row": (("DELETE FROM note WHERE text = 'Slettet'",), "row_missing"),
    "removed entry": (("DELETE FROM auditentry WHERE seq = 5",), "out_of_order"),
    "removed entry with its row": (
        ("DELETE FROM auditentry WHERE seq = 5", "DELETE FROM note WHERE seq = 5"),
        "out_of_order",
    ),
    "inserted row": (
        (INSERTED_ROW,),
        "row_without_entry",
    ),
    "inserted entry": (
        (INSERTED_ENTRY,),
        "out_of_order",
    ),
    "reordered entries": (
        (
            "UPDATE auditentry SET seq = 999 WHERE seq = 5",
            "UPDATE auditentry SET seq = 5 WHERE seq = 6",
            "UPDATE auditentry SET seq = 6 WHERE seq = 999",
        ),
        "out_of_order",
    ),
    "cut tail": (
        (
            "DELETE FROM evidence",
            "DELETE FROM auditentry WHERE seq = (SELECT max(seq) FROM auditentry)",
        ),
        "cut_tail",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found_by_its_kind(desk: Desk, change: str) -> None:
    assert desk.trust.verify().findings == ()
    statements, kind = CHANGES[change]
    do(desk, *statements)
    assert kind in kinds(desk.trust.verify())


LINES = {
    "a title": "UPDATE register_row SET title = 'Ingenting' WHERE number = 1",
    "an earlier title": "UPDATE register_row SET title = title || x'ff' WHERE number = 1",
    "a status": "UPDATE register_row SET status = 'closed' WHERE number = 1",
    "a role": "UPDATE register_row SET role = 'processor' WHERE number = 1",
    "a reference": "UPDATE register_row SET ref = 'BD-2026-999' WHERE number = 1",
    "when it began": (
        "UPDATE register_row SET became_aware_at = '2026-11-19 10:00:00.000000' WHERE number = 1"
    ),
    "an hour more": (
        "UPDATE register_row SET deadline = strftime('%Y-%m-%d %H:%M:%f000', deadline, '+1 hour')"
        " WHERE number = 1"
    ),
    "no deadline": "UPDATE register_row SET deadline = NULL WHERE number = 1",
    "no date": "UPDATE register_row SET deadline = 'soon' WHERE number = 1",
    "a drill": "UPDATE register_row SET is_drill = 1 WHERE number = 1",
    "another place": "UPDATE register_row SET number = 40 WHERE number = 1",
    "no line": "DELETE FROM register_row WHERE number = 1",
    "another case's": "UPDATE register_row SET incident_id = 'inc-x' WHERE number = 1",
}


@pytest.mark.parametrize("change", LINES)
def test_a_list_that_shows_a_case_otherwise_than_its_rows_is_found(desk: Desk, change: str) -> None:
    do(desk, LINES[change])
    report = desk.trust.verify()
    assert kinds(report) == kinds(desk.trust.verify("1")) == {"line_changed"}
    assert {one.seq for one in report.findings} == {2}
    assert desk.trust.verify("2").ok
    desk.register.rebuild()
    assert desk.trust.verify().ok


@pytest.mark.parametrize("place", [0, 30, 40_000, -1])
def test_a_changed_byte_of_sealed_evidence_is_found(desk: Desk, home: Path, place: int) -> None:
    (sealed,) = (home / "evidence").iterdir()
    content = bytearray(sealed.read_bytes())
    content[place] ^= 1
    sealed.write_bytes(content)
    assert kinds(desk.trust.verify()) == {"evidence_changed"}
    assert kinds(desk.trust.verify("2")) == set()


def test_missing_or_exchanged_evidence_is_found(desk: Desk, home: Path) -> None:
    other = home.parent / "other.eml"
    other.write_bytes(b"x" * 500)
    desk.evidence.add("2", other, NewEvidence(collector="Ola"))
    first, second = (home / "evidence" / f"{row.id}.sealed" for _, row in desk.evidence.all())
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    assert kinds(desk.trust.verify()) == {"evidence_changed"}
    first.write_bytes(kept)
    assert desk.trust.verify().ok
    second.unlink()
    assert kinds(desk.trust.verify()) == {"evidence_missing"}


def test_a_full_rewrite_is_found_against_an_anchor_and_only_against_one(
    home: Path, tmp_path: Path
) -> None:
    honest = open_desk(home)
    anchor = honest.trust.anchor()
    assert honest.trust.check_anchor(anchor).ok
    honest.close()
    forged = worked_on(tmp_path / "forged", notes=("Ringte", "Gjorde ingenting", "Bekreftet"))
    forged.close()
    for name in (DATABASE, HEAD_FILE, "key.json"):
        (home / name).write_bytes((tmp_path / "forged" / name).read_bytes())
    for path in (home / "evidence").iterdir():
        path.unlink()
    for path in (tmp_path / "forged" / "evidence").iterdir():
        path.rename(home / "evidence" / path.name)
    desk = open_desk(home)
    assert desk.trust.verify().ok
    assert kinds(desk.trust.check_anchor(anchor)) == {"rewritten"}
    desk.close()


def test_an_anchor_stands_while_work_goes_on_and_falls_with_an_older_copy(
    desk: Desk, home: Path
) -> None:
    older = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    early, of_case = desk.trust.anchor(), desk.trust.anchor("2")
    desk.timeline.note("2", NewNote(text="Videre"))
    later = desk.trust.anchor()
    assert all(desk.trust.check_anchor(one).ok for one in (early, of_case, later))
    assert of_case.head.seq < early.head.seq < later.head.seq
    desk.close()
    for name, content in older.items():
        (home / name).write_bytes(content)
    again = open_desk(home)
    assert again.trust.check_anchor(early).ok
    assert kinds(again.trust.check_anchor(later)) == {"cut_tail"}
    again.close()


def test_an_anchor_of_a_case_is_the_newest_entry_of_that_case(desk: Desk) -> None:
    with desk.office.reading() as reading:
        row = reading.newest(Evidence)
    assert row is not None
    anchor: Anchor = desk.trust.anchor("1")
    assert anchor.head.seq == row.seq
