"""A second database in sight: tables and statements are said in PostgreSQL's words too.

No server is needed. What stands in the engine and in the search index is the first database's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Engine, MetaData, Table, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import CompileError
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement, column, select
from sqlalchemy.types import NullType
from sqlmodel import SQLModel

from breachdesk.audit import Head
from breachdesk.records import NewIncident, NewNote, Note
from breachdesk.register import RegisterFilter
from breachdesk.store.schema import _VERSION
from breachdesk.store.store import Store
from breachdesk.terms import AuditAction
from tests.desk.desks import FRIDAY, new_desk

from .making import KARI, NOW, case_with_notes, document, line, note

SECOND = postgresql.dialect()
SEARCH = ("case_text", "breachdesk_fold")
"""The search index and the function it folds words with: another database brings its own."""


def spelled(statement: ClauseElement) -> str:
    return str(statement.compile(dialect=SECOND))


@contextmanager
def heard(engine: Engine) -> Iterator[list[ClauseElement]]:
    """Collect every statement that is carried out, as it was put together."""
    found: list[ClauseElement] = []

    def hear(connection: Connection, element: ClauseElement, *_: object) -> None:
        del connection
        found.append(element)

    event.listen(engine, "before_execute", hear)
    yield found
    event.remove(engine, "before_execute", hear)


def portable(statements: list[ClauseElement]) -> list[str]:
    """Return the statements as PostgreSQL would read them, without those of the search index."""
    ours = (one for one in statements if not any(word in str(one) for word in SEARCH))
    return [spelled(one) for one in ours]


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda one: one.name)
def test_every_table_and_index_can_be_made_there(table: object) -> None:
    made = spelled(CreateTable(table))  # type: ignore[arg-type]
    assert made.strip().startswith("CREATE TABLE")
    assert "TIMESTAMP WITHOUT" not in made, "a time would lose its zone"
    for index in table.indexes:  # type: ignore[attr-defined]
        assert "CREATE" in spelled(CreateIndex(index))


def test_the_version_can_be_kept_there() -> None:
    assert "alembic_version" in spelled(CreateTable(_VERSION))


def test_what_a_case_and_the_register_ask_for_can_be_asked_there(store: Store) -> None:
    with heard(store.engine) as statements:
        incident_id = case_with_notes(store, notes=2)
        with store.transaction(actor=KARI, now=NOW) as writing:
            kept = writing.add(note(incident_id), AuditAction.NOTE_RECORD)
            writing.add(document(incident_id), AuditAction.DOCUMENT_ISSUE)
            writing.put_register_row(line(1), "words")
            writing.put_register_row(line(1), "other words")
            writing.save_half_typed(KARI, "new", "title", "Half")
            writing.drop_half_typed(KARI, "new", "title")
            writing.forget_half_typed("BD-2026-001")
            writing.next_number(2026)
            writing.erase([kept])
        with store.reading() as reading:
            reading.incident(incident_id)
            reading.rows(Note, incident_id=incident_id, up_to=9)
            reading.newest(Note)
            reading.seq_at(NOW)
            reading.times_going_back()
            list(reading.entries(incident_id))
            list(reading.heads())
            reading.count_entries()
            reading.closed_count(NOW)
            reading.half_typed(KARI)
            reading.references()
            reading.register_rows(open_only=True, year=2026, limit=5, untimed_at=NOW)
            reading.register_rows(running_only=True, presses_before=NOW + timedelta(days=1))
            reading.register_rows(closed_before=NOW, limit=2)
        store.verify(known=(Head(1, "0" * 64),))
    said = portable(statements)
    assert len(said) > 60
    assert any("lag(" in one for one in said)
    assert {one.split()[0] for one in said} >= {"SELECT", "INSERT", "DELETE"}


def test_what_the_desk_asks_for_can_be_asked_there(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    with heard(desk.office.store.engine) as statements:
        desk.intake.log(NewIncident(title="Payroll list astray", became_aware_at=FRIDAY))
        desk.timeline.note("1", NewNote(text="Called the receiver"))
        desk.intake.open("1")
        desk.register.rows()
        desk.register.rows(RegisterFilter(search="payroll to", limit=3))
        desk.register.due(None)
        desk.erasing.erase("1", "Logged by mistake")
    desk.close()
    assert len(portable(statements)) > 100


def test_what_cannot_be_said_there_is_seen() -> None:
    with pytest.raises(CompileError):
        spelled(CreateTable(Table("odd", MetaData(), Column("what", NullType()))))
    assert portable([select(column("a")).where(column("case_text") == "x")]) == []
