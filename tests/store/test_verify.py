"""Whoever changes the database behind the desk's back is found out, by name of what they did."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, literal_column, text

from breachdesk.audit import Finding, FindingKind, verification
from breachdesk.errors import StoreError
from breachdesk.records import (
    Answer,
    AuditEntry,
    AuditSalt,
    Document,
    Incident,
    IncidentFacts,
    Kept,
    Note,
    Person,
)
from breachdesk.store.proof import kept_records
from breachdesk.store.reading import table_of
from breachdesk.store.store import Store
from breachdesk.terms import AuditAction

from .making import KARI, NOW, case_with_notes, document, log_case, note

CHANGED, MISSING = FindingKind.ROW_CHANGED, FindingKind.ROW_MISSING
STRAY, HEADER = FindingKind.ROW_WITHOUT_ENTRY, FindingKind.HEADER_CHANGED
ORDER = FindingKind.OUT_OF_ORDER


@pytest.fixture
def case(store: Store) -> str:
    """Entries: 1 person, 2 incident, 3 facts, 4-6 notes, 7 paper, 8 answer."""
    incident_id = case_with_notes(store)
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.add(document(incident_id), AuditAction.DOCUMENT_ISSUE)
        answer = Answer(
            id="",
            incident_id=incident_id,
            question="nature",
            form="facts",
            form_digest="0" * 64,
            value=["a", 1, None, {"b": True}],
        )
        writing.add(answer, AuditAction.ANSWER_RECORD)
    return incident_id


@pytest.fixture
def tamper(engine: Engine) -> "Tamper":
    return Tamper(engine)


class Tamper:
    """Somebody with the key and a database tool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, *statements: str) -> None:
        with self._engine.begin() as connection:
            for statement in statements:
                assert connection.execute(text(statement)).rowcount


def _found(store: Store, incident_id: str | None = None) -> list[tuple[FindingKind, int]]:
    return [(one.kind, one.seq) for one in store.verify(incident_id).findings]


@pytest.mark.usefixtures("case")
def test_an_honest_desk_is_whole(store: Store) -> None:
    report = store.verify()
    assert report.ok
    assert report.entries == 8
    with store.reading() as reading:
        assert reading.head() == (report.head.seq, report.head.digest)


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE note SET text = 'Linje 1 ' WHERE seq = 5",
        "UPDATE note SET occurred_at = '2026-11-20 15:30:01.000000' WHERE seq = 5",
        "UPDATE note SET occurred_at = '2026-11-20 15:30:00.000001' WHERE seq = 5",
        "UPDATE note SET occurred_at = 'yesterday' WHERE seq = 5",
        "UPDATE note SET occurred_at = 5 WHERE seq = 5",
        "UPDATE note SET fidelity = 'day' WHERE seq = 5",
        "UPDATE note SET fidelity = 'roughly' WHERE seq = 5",
        "UPDATE note SET source = x'ff' WHERE seq = 5",
        "UPDATE note SET recorded_by = 'per-other' WHERE seq = 5",
        "UPDATE note SET text = 'Linje 1' || char(10) WHERE seq = 5",
        "UPDATE note SET text = CAST(text AS BLOB) WHERE seq = 5",
        "UPDATE auditsalt SET salt = x'00' WHERE seq = 5",
        "DELETE FROM auditsalt WHERE seq = 5",
    ],
)
def test_a_changed_row_is_named(store: Store, tamper: Tamper, change: str) -> None:
    tamper(change)
    assert _found(store) == [(CHANGED, 5)]


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE document SET content = x'255044462d312e38'", 7),
        ("UPDATE document SET missing = '[1.5]'", 7),
        ("UPDATE document SET missing = 'no json'", 7),
        ("UPDATE document SET missing = '[], []'", 7),
        ("UPDATE answer SET value = replace(value, ',', ', ')", None),
        ("UPDATE answer SET value = replace('[[', '[', '[')", 8),
        ("UPDATE answer SET value = printf('%.*c', 99999, '[')", 8),
        ("""UPDATE answer SET value = '["a", 1, null, {"b": false}]'""", 8),
        ("UPDATE answer SET is_unknown = 1", 8),
        ("UPDATE incidentfacts SET title = 'Noe annet'", 3),
        ("UPDATE incidentfacts SET became_aware_at = '2026-11-20 12:00:00.000000'", 3),
        ("UPDATE incident SET is_drill = 1", 2),
        ("UPDATE person SET name = 'Ola'", 1),
    ],
)
def test_a_change_in_any_kind_of_row_is_named(
    store: Store, tamper: Tamper, change: str, seq: int | None
) -> None:
    """None: the same value, written with other spaces."""
    tamper(change)
    assert _found(store) == ([] if seq is None else [(CHANGED, seq)])


@pytest.mark.usefixtures("case")
def test_a_missing_row_is_named(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM note WHERE seq = 5")
    assert _found(store) == [(MISSING, 5)]


@pytest.mark.parametrize("record", kept_records(), ids=lambda record: record.__name__)
def test_every_kept_table_is_searched_for_rows_without_an_entry(
    store: Store, engine: Engine, record: type[Kept]
) -> None:
    case_with_notes(store)
    told: dict[str, object] = {column.name: literal_column("1") for column in table_of(record).c}
    smuggled = {**told, "id": "smuggled", "seq": 77}
    with engine.begin() as connection:
        connection.execute(table_of(record).insert().values(smuggled))
    assert store.verify().findings == (Finding(STRAY, 77, "smuggled"),)


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE auditentry SET at = '2026-11-20 15:30:01.000000' WHERE seq = 5",
        "UPDATE auditentry SET at = 'never' WHERE seq = 5",
        "UPDATE auditentry SET actor = 'per-other' WHERE seq = 5",
        "UPDATE auditentry SET action = 'incident:status:close' WHERE seq = 5",
        "UPDATE auditentry SET record_version = 2 WHERE seq = 5",
        "UPDATE auditentry SET payload_digest = digest WHERE seq = 5",
        "UPDATE auditentry SET previous = digest WHERE seq = 5",
        "UPDATE auditentry SET case_seq = 9 WHERE seq = 5",
        "UPDATE auditentry SET case_previous = NULL WHERE seq = 5",
    ],
)
def test_a_changed_header_is_named(store: Store, tamper: Tamper, change: str) -> None:
    tamper(change)
    found = _found(store)
    assert (HEADER, 5) in found
    assert found[0][1] == 5


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("number", "found"),
    [
        (5.5, [(CHANGED, 5)]),
        ("x", [(MISSING, 5), (STRAY, 2**63)]),
        (float("inf"), [(MISSING, 5), (STRAY, 2**63)]),
    ],
)
def test_a_row_whose_number_is_none_leaves_the_others_in_peace(
    store: Store, engine: Engine, number: object, found: list[tuple[FindingKind, int]]
) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE note SET seq = :it WHERE seq = 5"), {"it": number})
    assert _found(store) == found


@pytest.mark.usefixtures("case")
def test_a_missing_entry_is_named_with_its_row(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM auditentry WHERE seq = 5")
    assert _found(store) == [(STRAY, 5), (ORDER, 6)]


@pytest.mark.usefixtures("case")
def test_an_entry_and_its_row_taken_out_break_the_order(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM auditentry WHERE seq = 5", "DELETE FROM note WHERE seq = 5")
    assert _found(store) == [(ORDER, 6)]


@pytest.mark.usefixtures("case")
def test_swapped_entries_are_named(store: Store, tamper: Tamper) -> None:
    tamper(
        "UPDATE auditentry SET seq = 99 WHERE seq = 5",
        "UPDATE auditentry SET seq = 5 WHERE seq = 6",
        "UPDATE auditentry SET seq = 6 WHERE seq = 99",
    )
    found = _found(store)
    assert {(HEADER, 5), (HEADER, 6), (ORDER, 5), (ORDER, 6)} <= set(found)
    assert found[0][1] == 5


@pytest.mark.usefixtures("case")
def test_a_row_moved_to_another_number_is_missing_and_without_entry(
    store: Store, tamper: Tamper
) -> None:
    tamper("UPDATE note SET seq = 50 WHERE seq = 5")
    assert _found(store) == [(MISSING, 5), (STRAY, 50)]


@pytest.mark.usefixtures("case")
def test_a_cut_tail_is_named(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM auditentry WHERE seq > 6", "DELETE FROM document", "DELETE FROM answer")
    tamper("DELETE FROM auditsalt WHERE seq > 6")
    assert _found(store) == [(FindingKind.CUT_TAIL, 8)]


def test_a_desk_that_was_written_anew_is_named(
    store: Store, engine: Engine, tmp_path: Path
) -> None:
    case_with_notes(store)
    forger = Store(engine, path=tmp_path / "desk.db")
    with engine.begin() as connection:
        for record in (Note, IncidentFacts, Incident, Person, AuditEntry, AuditSalt):
            connection.execute(table_of(record).delete())
    case_with_notes(forger)
    assert forger.verify().ok
    assert _found(store) == [(FindingKind.REWRITTEN, 6)]


@pytest.mark.usefixtures("case")
def test_several_things_are_all_named_in_order(store: Store, tamper: Tamper) -> None:
    tamper(
        "UPDATE note SET text = 'x' WHERE seq = 6",
        "DELETE FROM note WHERE seq = 4",
        "UPDATE auditentry SET actor = 'x' WHERE seq = 2",
    )
    assert _found(store) == [(HEADER, 2), (MISSING, 4), (CHANGED, 6)]


@pytest.mark.parametrize(
    "value", [7, 2**60, True, None, "7", "7.0", "1e3", "æ\n\x01", {"b": [1], "a": 2}]
)
def test_an_answer_of_any_kind_is_verified(store: Store, tamper: Tamper, value: object) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        given = {"question": "people_number", "form": "facts", "form_digest": "0" * 64}
        answer = Answer(id="", incident_id=log_case(writing), value=value, **given)
        seq = writing.add(answer, AuditAction.ANSWER_RECORD).seq
    assert store.verify().ok
    tamper("UPDATE answer SET value = '8'")
    assert _found(store) == [(CHANGED, seq)]


def test_one_case_is_verified_without_the_others(store: Store, tamper: Tamper, case: str) -> None:
    other = case_with_notes(store, notes=1)
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.add(note(case, "Til slutt"), AuditAction.NOTE_RECORD)
    assert store.verify(case).ok
    assert store.verify(case).entries == 8
    tamper("UPDATE note SET text = 'x' WHERE seq = 5")
    assert _found(store, other) == []
    assert _found(store, case) == [(CHANGED, 5)]


def test_cases_beyond_those_remembered_are_read_again(
    store: Store, tamper: Tamper, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "CASES_AT_ONCE", 1)
    for other in (case_with_notes(store, notes=1), case, case_with_notes(store, notes=1), case):
        with store.transaction(actor=KARI, now=NOW) as writing:
            writing.add(note(other, "Videre"), AuditAction.NOTE_RECORD)
    assert store.verify().ok
    newest = store.verify().entries
    tamper("UPDATE auditentry SET case_seq = 99 WHERE seq = (SELECT max(seq) FROM auditentry)")
    assert _found(store) == [(ORDER, newest), (HEADER, newest)]


@pytest.mark.usefixtures("case")
def test_progress_ends_where_the_chain_does(store: Store) -> None:
    told: list[tuple[int, int]] = []
    store.verify(on_progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 8)
    assert told[-1] == (8, 8)


def test_a_missing_entry_of_one_case_is_seen_in_that_case(
    store: Store, tamper: Tamper, case: str
) -> None:
    tamper("DELETE FROM auditentry WHERE seq = 5", "DELETE FROM note WHERE seq = 5")
    assert _found(store, case) == [(ORDER, 6)]


@pytest.mark.usefixtures("case")
def test_reading_a_row_that_was_spoilt_is_one_sentence(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE note SET fidelity = 'roughly' WHERE seq = 5")
    with store.reading() as reading, pytest.raises(StoreError, match="cannot be read"):
        reading.rows(Note)


def test_a_row_is_verified_in_the_version_it_was_written_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Note, "ADDED_IN", {"source": 2})
    case_with_notes(store, notes=1)
    monkeypatch.setattr(Note, "RECORD_VERSION", 2)
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.add(note(log_case(writing), source="Telefon"), AuditAction.NOTE_RECORD)
    with store.reading() as reading:
        versions = [entry.record_version for entry in reading.entries() if entry.record == "note"]
    assert versions == [1, 2]
    assert store.verify().ok


def test_every_record_that_is_kept_is_verified() -> None:
    records = set(kept_records())
    assert {Note, Document, IncidentFacts} <= records
    assert len(records) == 26
