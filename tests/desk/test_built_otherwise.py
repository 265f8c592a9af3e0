"""Whoever changes what the database is built of is found out, and changes no decision quietly."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine

from breachdesk.errors import BreachdeskError, StoreError
from breachdesk.records import NewDecision, NewNote
from breachdesk.store.engine import make_engine
from breachdesk.store.schema import tables
from breachdesk.store.store import DATABASE
from breachdesk.terms import Matter, Outcome
from tests.desk.test_tampering import open_desk, worked_on
from tests.store.making import key_of

NAMES = sorted(table.name for table in tables() if table.name != "alembic_version")
FLIPS = {
    "the decision": "AFTER INSERT ON decision BEGIN UPDATE decision SET outcome = 'no' "
    "WHERE id = new.id; END",
    "the decision, once it is sealed": "AFTER INSERT ON auditsalt BEGIN UPDATE decision "
    "SET outcome = 'no' WHERE seq = new.seq; END",
    "who decided": "AFTER INSERT ON decision BEGIN UPDATE decision SET recorded_by = 'x' "
    "WHERE id = new.id; END",
    "when, to what is no time": "AFTER INSERT ON decision BEGIN UPDATE decision "
    "SET recorded_at = 'x' WHERE id = new.id; END",
    "nothing, for it is not kept": "BEFORE INSERT ON decision BEGIN SELECT raise(IGNORE); END",
    "nothing, for its entry is not kept": "BEFORE INSERT ON auditentry BEGIN "
    "SELECT raise(IGNORE); END",
    "nothing, for it is refused": "BEFORE INSERT ON auditentry BEGIN SELECT raise(ABORT, ''); END",
}
CHANGES = {
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM task; END", "t"),
    "a trigger named as a table": (
        "CREATE TRIGGER note AFTER INSERT ON note BEGIN DELETE FROM task; END", "note",
    ),
    "a table": ("CREATE TABLE odd (x)", "odd"),
    "a view": ("CREATE VIEW odd AS SELECT 1", "odd"),
    "an index": ("CREATE INDEX odd ON note (text)", "odd"),
    "no index": ("DROP INDEX ix_note_incident_id", "ix_note_incident_id"),
    "one column more": ("ALTER TABLE note ADD COLUMN odd", "note"),
    "one column less": ("ALTER TABLE note DROP COLUMN source", "note"),
    "no search": ("DROP TABLE case_text", "case_text"),
}  # fmt: skip


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("built") / "desk"
    worked_on(home).close()
    return home


@pytest.fixture
def home(worked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(worked, tmp_path / "desk")


def change(home: Path, *statements: str) -> None:
    engine: Engine = make_engine(home / DATABASE, key_of(home))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def found_in(home: Path) -> list[tuple[str, str]]:
    desk = open_desk(home)
    try:
        said = {one.subject for one in desk.office.store.opening_findings}
        report = desk.trust.verify()
    finally:
        desk.close()
    found = [(one.kind.value, one.subject) for one in report.findings]
    assert said >= {name for kind, name in found if kind == "schema_changed"}
    return found


def decide(home: Path) -> None:
    desk = open_desk(home)
    try:
        because = "Lønnslisten ble lest av en fremmed"
        desk.decisions.decide(
            "2", NewDecision(matter=Matter.IS_BREACH, outcome=Outcome.YES, rationale=because)
        )
    finally:
        desk.close()


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_built_otherwise_is_named_at_opening_and_when_verifying(
    home: Path, what: str
) -> None:
    assert found_in(home) == []
    statement, name = CHANGES[what]
    change(home, statement)
    found = found_in(home)
    assert ("schema_changed", name) in found
    assert {kind for kind, _ in found} == {"schema_changed"}


@pytest.mark.parametrize("table", NAMES)
def test_a_table_that_is_gone_is_a_finding_and_no_crash(home: Path, table: str) -> None:
    change(home, f'DROP TABLE "{table}"')
    found = found_in(home)
    assert ("schema_changed", table) in found
    others = {kind for kind, _ in found} - {"schema_changed"}
    assert others == ({"cut_tail"} if table == "auditentry" else set())
    desk = open_desk(home)
    acts = (
        desk.register.rows,
        lambda: desk.intake.open("1"),
        lambda: desk.timeline.note("1", NewNote(text="Ringte igjen")),
        desk.register.rebuild,
    )
    for act in acts:
        with suppress(BreachdeskError):  # anything else is a crash
            act()
    desk.close()


@pytest.mark.parametrize("what", FLIPS)
def test_a_trigger_that_changes_what_is_decided_keeps_it_from_being_written(
    home: Path, what: str
) -> None:
    change(home, f"CREATE TRIGGER t {FLIPS[what]}")
    with pytest.raises(StoreError, match="was changed by something else"):
        decide(home)
    change(home, "DROP TRIGGER t")
    assert found_in(home) == [], "nothing was written"
    decide(home)
    assert found_in(home) == []


def test_a_salt_of_no_entry_is_found_and_is_one_sentence_for_who_writes(home: Path) -> None:
    change(home, "INSERT INTO auditsalt SELECT max(seq) + 1, zeroblob(16) FROM auditentry")
    assert found_in(home) == [("row_without_entry", "auditsalt")]
    with pytest.raises(StoreError, match="does not take what was to be written") as refused:
        decide(home)
    assert "verify" in str(refused.value.next_step)
