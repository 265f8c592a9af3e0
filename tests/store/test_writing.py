"""What is written is kept with its entry, or not at all."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest

from breachdesk.audit import ZERO
from breachdesk.errors import NoSuchCaseError, RefusedError, StoreError
from breachdesk.records import HalfTyped, Incident, IncidentFacts, Note, Person
from breachdesk.store.store import Store
from breachdesk.terms import AuditAction, Nature, Role, Status

from .making import KARI, NOW, case_with_notes, document, line, log_case, note


def test_a_row_gets_id_number_time_and_author(store: Store) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        incident_id = log_case(writing)
        kept = writing.add(note(incident_id), AuditAction.NOTE_RECORD)
    with store.reading() as reading:
        (person,) = reading.rows(Person)
        (found,) = reading.rows(Note)
    assert kept == found
    assert kept.id.startswith("nte-")
    assert (kept.seq, kept.recorded_at, kept.recorded_by) == (4, NOW, person.id)
    assert person.name == KARI
    assert person.recorded_by == person.id


def test_every_row_has_an_entry_that_says_nothing_of_the_case(store: Store) -> None:
    case_with_notes(store, notes=1)
    with store.reading() as reading:
        entries = list(reading.entries())
    assert [entry.action for entry in entries] == [
        "desk:person:record",
        "incident:reference:log",
        "incident:facts:log",
        "incident:note:record",
    ]
    assert [entry.case_seq for entry in entries] == [None, 1, 2, 3]
    assert entries[0].previous == ZERO
    assert all(later.previous == entry.digest for entry, later in pairwise(entries))
    assert not any(
        word in repr(entry.model_dump()) for entry in entries for word in (KARI, "mottaker")
    )


def test_a_person_is_recorded_once(store: Store) -> None:
    for _ in range(2):
        with store.transaction(actor=KARI, now=NOW) as writing:
            log_case(writing)
    with store.transaction(actor="Ola", now=NOW) as writing:
        log_case(writing)
    with store.reading() as reading:
        assert [person.name for person in reading.rows(Person)] == [KARI, "Ola"]


def test_what_comes_back_is_what_the_database_holds(store: Store) -> None:
    finely = datetime(2026, 11, 20, 16, 30, 59, 999999, tzinfo=timezone(timedelta(hours=1)))
    with store.transaction(actor=KARI, now=NOW) as writing:
        told: dict[str, Any] = {"role": "processor", "nature": (Nature.AVAILABILITY,)}
        facts = IncidentFacts(
            id="", incident_id="inc-1", title="Tittel", regime="no", detected_at=finely, **told
        )
        kept = writing.add(facts, AuditAction.FACTS_LOG)
    assert kept.role is Role.PROCESSOR
    assert kept.status is Status.OPEN
    assert kept.nature == ["availability"]
    assert kept.detected_at == NOW.replace(second=59)
    assert store.verify().ok


def test_nothing_is_kept_when_the_block_raises(store: Store) -> None:
    with pytest.raises(NoSuchCaseError), store.transaction(actor=KARI, now=NOW) as writing:
        writing.incident(log_case(writing) + "x")
    with store.reading() as reading:
        assert reading.head() == (0, ZERO)
        assert reading.rows(Person) == []
        assert reading.rows(Incident) == []


def test_the_head_before_is_the_one_the_first_act_follows(store: Store) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        before = (writing.seq_before, writing.head_before)
        log_case(writing)
        assert (writing.seq_before, writing.head_before) == before
        assert writing.head()[0] == 3
    with store.reading() as reading:
        person, incident, *_ = reading.entries()
    assert before == (person.seq, person.digest)
    assert incident.previous == before[1]


def test_numbers_count_within_the_year_and_grow_past_999(store: Store) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        assert writing.next_number(2026) == 1
        writing.add(Incident(id="", year=2026, number=999), AuditAction.INCIDENT_LOG)
        assert writing.next_number(2026) == 1000
        assert writing.next_number(2027) == 1
        kept = writing.add(Incident(id="", year=2026, number=1000), AuditAction.INCIDENT_LOG)
    assert kept.ref == "BD-2026-1000"


def test_a_number_cannot_be_given_twice(store: Store) -> None:
    case_with_notes(store)
    with (
        pytest.raises(StoreError, match="does not take"),
        store.transaction(actor=KARI, now=NOW) as writing,
    ):
        writing.add(Incident(id="", year=2026, number=1), AuditAction.INCIDENT_LOG)


def test_a_time_without_a_zone_is_a_mistake_of_ours(store: Store) -> None:
    with (
        pytest.raises(ValueError, match="zone"),
        store.transaction(actor=KARI, now=NOW.replace(tzinfo=None)),
    ):
        pass


@pytest.mark.parametrize("text", ["half a character: \ud83d", "\udce6"])
def test_broken_characters_are_refused_in_one_sentence(store: Store, text: str) -> None:
    with (
        pytest.raises(RefusedError, match="broken characters"),
        store.transaction(actor=KARI, now=NOW) as writing,
    ):
        writing.add(note(log_case(writing), text), AuditAction.NOTE_RECORD)
    with store.reading() as reading:
        assert reading.head()[0] == 0


@pytest.mark.parametrize("text", ["", "nul \x00 inside", "\x1b[31m", "\u202eabc", "🙂", "a\r\nb"])
def test_any_text_is_kept_as_it_is(store: Store, text: str) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.add(note(log_case(writing), text), AuditAction.NOTE_RECORD)
    with store.reading() as reading:
        assert [one.text for one in reading.rows(Note)] == [text]
    assert store.verify().ok


def test_changing_a_row_that_was_read_changes_nothing_in_the_database(store: Store) -> None:
    case_with_notes(store, notes=1)
    with store.transaction(actor=KARI, now=NOW) as writing:
        (found,) = writing.rows(Note)
        found.text = "Noe annet"
        writing.add(note(found.incident_id), AuditAction.NOTE_RECORD).text = "Også noe annet"
    with store.reading() as reading:
        assert [one.text for one in reading.rows(Note)] == ["Linje 0", "Ringte mottakeren"]
    assert store.verify().ok


def test_a_paper_is_kept_byte_for_byte(store: Store) -> None:
    content = bytes(range(256)) * 1000
    with store.transaction(actor=KARI, now=NOW) as writing:
        kept = writing.add(document(log_case(writing), content), AuditAction.DOCUMENT_ISSUE)
        assert kept.content == content
    with store.reading() as reading:
        assert reading.document_content(kept.id) == content


def test_half_typed_words_replace_each_other_and_leave_no_entry(store: Store) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.save_half_typed(KARI, "new", "title", "E-po")
        writing.save_half_typed(KARI, "new", "title", "E-post til")
        writing.save_half_typed(KARI, "new", "summary", "Vi")
        writing.save_half_typed("Ola", "new", "title", "Annet")
    with store.reading() as reading:
        assert [(one.field, one.text) for one in reading.half_typed(KARI)] == [
            ("title", "E-post til"),
            ("summary", "Vi"),
        ]
        assert reading.head()[0] == 0
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.drop_half_typed(KARI, "new", "title")
    with store.reading() as reading:
        assert [one.field for one in reading.half_typed(KARI, "new")] == ["summary"]
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.drop_half_typed(KARI, "new")
    with store.reading() as reading:
        assert reading.half_typed(KARI) == []
        assert isinstance(reading.half_typed("Ola")[0], HalfTyped)


def test_a_register_line_is_replaced_whole(store: Store) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        writing.put_register_row(line(1, hours=4, title="Først"))
        writing.put_register_row(line(1, title="Så"))
    with store.reading() as reading:
        (found,) = reading.register_rows()
    assert (found.title, found.presses_at) == ("Så", None)
