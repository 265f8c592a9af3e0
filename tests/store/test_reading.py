"""What is asked of the desk comes from one snapshot."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm.exc import DetachedInstanceError

from breachdesk.errors import NoSuchCaseError, NoSuchThingError
from breachdesk.records import Document, Incident, IncidentFacts, Note, RegisterRow
from breachdesk.store.reading import Reading
from breachdesk.store.store import Store
from breachdesk.terms import AuditAction, Duty, Status

from .making import KARI, NOW, case_with_notes, document, line, log_case, note


def _refs(reading: Reading, **asked: object) -> list[str]:
    return [row.ref for row in reading.register_rows(**asked)]  # type: ignore[arg-type]


@pytest.fixture
def register(store: Store) -> Store:
    with store.transaction(actor=KARI, now=NOW) as writing:
        for row in (
            line(1, title="Ærlig svar til ØKOKRIM", hours=50),
            line(2, title="Stjålet 100% PC_1", hours=2),
            line(3, status=Status.CLOSED),
            line(4),
            line(5, hours=2),
            line(1, year=2025),
        ):
            writing.put_register_row(row, f"{row.title} {row.ref} sykmelding")
    return store


def test_the_register_lists_the_most_pressing_first_then_the_newest(register: Store) -> None:
    with register.reading() as reading:
        *this_year, last = _refs(reading)
    assert this_year == [f"BD-2026-{number:03d}" for number in (5, 2, 1, 4, 3)]
    assert last == "BD-2025-001"


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"open_only": True, "year": 2026}, [5, 2, 1, 4]),
        ({"search": "ærlig økokrim"}, [1]),
        ({"search": "ØKOKRIM"}, [1]),
        ({"search": "100%"}, [2]),
        ({"search": "pc_1"}, [2]),
        ({"search": "%"}, [2]),
        ({"search": "bd-2026-003"}, [3]),
        ({"search": "ærlig pc"}, []),
        ({"search": "MELDING ærlig"}, [1]),
        ({"search": '"kokrim" OR'}, []),
        ({"search": "kokrim*"}, []),
        ({"limit": 2}, [5, 2]),
        ({"presses_before": NOW + timedelta(hours=24)}, [5, 2]),
    ],
)
def test_the_register_is_filtered(
    register: Store, asked: dict[str, object], numbers: list[int]
) -> None:
    with register.reading() as reading:
        assert _refs(reading, **asked) == [f"BD-2026-{number:03d}" for number in numbers]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_of_the_register_join_without_gap_or_overlap(register: Store, size: int) -> None:
    with register.reading() as reading:
        whole, pages, after = _refs(reading), [], None
        while page := _refs(reading, limit=size, after=after):
            pages += page
            after = page[-1]
    assert pages == whole


@pytest.fixture
def crowded(store: Store) -> Store:
    """Return more cases than a search looks up one by one; many press at the same moment."""
    duties = Duty.NOTIFY_AUTHORITY.value
    with store.transaction(actor=KARI, now=NOW) as writing:
        for number in range(1, 541):
            hours = number % 7 * 24 if number % 3 == 0 else None
            row = line(number, year=2024 + number % 2, hours=hours)
            row.open_duties = duties if number % 3 < 2 else ""
            row.status = Status.OPEN if number % 5 else Status.CLOSED
            writing.put_register_row(row, f"sykmelding {number}")
    return store


@pytest.mark.parametrize("turn", [None, *(NOW + timedelta(hours=at) for at in (-1, 48, 60, 999))])
@pytest.mark.parametrize("asked", [{}, {"open_only": True}, {"year": 2025}])
def test_all_lines_and_all_found_stand_in_one_order(
    crowded: Store, turn: datetime | None, asked: dict[str, object]
) -> None:
    def place(row: RegisterRow) -> tuple[object, ...]:
        newest = (-row.year, -row.number)
        if row.presses_at is not None:
            is_soon = turn is None or row.presses_at <= turn
            return (0 if is_soon else 2, row.presses_at, *newest)
        return (1 if row.open_duties else 3, NOW, *newest)

    with crowded.reading() as reading:
        rows = reading.register_rows(untimed_at=turn, **asked)  # type: ignore[arg-type]
        assert rows == sorted(rows, key=place)
        assert len(rows) > 200
        for search in ("", "sykmelding", "sykmelding bd"):
            pages: list[str] = []
            while page := _refs(
                reading,
                untimed_at=turn,
                search=search,
                limit=90,
                after=pages[-1] if pages else None,
                **asked,
            ):
                pages += page
            assert pages == [row.ref for row in rows]


def test_paging_after_a_case_that_is_not_there_says_so(register: Store) -> None:
    with register.reading() as reading, pytest.raises(NoSuchCaseError, match="BD-2026-099"):
        reading.register_rows(after="BD-2026-099")


def test_rows_come_oldest_first_of_one_case_up_to_a_number(store: Store) -> None:
    first = case_with_notes(store, notes=3)
    case_with_notes(store, notes=2)
    with store.reading() as reading:
        assert len(reading.rows(Note)) == 5
        mine = reading.rows(Note, incident_id=first)
        assert [one.text for one in mine] == ["Linje 0", "Linje 1", "Linje 2"]
        assert reading.rows(Note, incident_id=first, up_to=mine[1].seq) == mine[:2]
        assert [one.id for one in reading.rows(Incident, incident_id=first)] == [first]
        newest = reading.newest(Note)
    assert newest is not None
    assert newest.text == "Linje 1"


def test_a_snapshot_does_not_see_what_is_written_meanwhile(store: Store) -> None:
    incident_id = case_with_notes(store, notes=1)
    with store.reading() as reading:
        before = reading.head()
        with store.transaction(actor=KARI, now=NOW) as writing:
            writing.add(note(incident_id), AuditAction.NOTE_RECORD)
        assert reading.head() == before
        assert len(reading.rows(Note)) == 1
    with store.reading() as reading:
        assert len(reading.rows(Note)) == 2


def test_the_entry_of_a_moment_is_the_last_recorded_by_then(store: Store) -> None:
    for hours in (0, 1, 2):
        with store.transaction(actor=KARI, now=NOW + timedelta(hours=hours)) as writing:
            log_case(writing)
    with store.reading() as reading:
        assert reading.seq_at(NOW - timedelta(seconds=1)) == 0
        assert reading.seq_at(NOW) == 3
        assert reading.seq_at(NOW + timedelta(minutes=61)) == 5
        assert reading.seq_at(NOW + timedelta(days=9)) == 7


def test_a_case_is_found_by_id_and_by_year_and_number(store: Store) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        found = log_case(writing)
        log_case(writing, year=2025)
        log_case(writing)
    with store.reading() as reading:
        assert reading.incident(found).ref == "BD-2026-001"
        assert (case := reading.find(2026, 1))
        assert case.id == found
        assert reading.find(2026, 3) is None
        assert reading.find(10**30, 10**30) is None
        assert reading.years_with(1) == (2026, 2025)
        assert reading.years_with(10**30) == ()
        assert reading.newest_year_with(2) == 2026
        assert reading.newest_year_with(3) is None
        assert reading.references() == ("BD-2026-002", "BD-2026-001", "BD-2025-001")
        with pytest.raises(NoSuchCaseError):
            reading.incident("inc-nowhere")


def test_papers_are_listed_without_their_bytes(store: Store) -> None:
    with store.transaction(actor=KARI, now=NOW) as writing:
        kept = writing.add(document(log_case(writing)), AuditAction.DOCUMENT_ISSUE)
    with store.reading() as reading:
        (listed,) = reading.rows(Document)
        assert listed.title == "Melding"
        with pytest.raises(DetachedInstanceError):
            _ = listed.content
        assert reading.with_id(Document, kept.id) == listed
        assert reading.with_id(Document, "doc-nowhere") is None
        with pytest.raises(NoSuchThingError):
            reading.document_content("doc-nowhere")


def test_rows_live_on_when_the_snapshot_is_gone(store: Store) -> None:
    incident_id = case_with_notes(store)
    with store.reading() as reading:
        (facts,) = reading.rows(IncidentFacts, incident_id=incident_id)
        entries = list(reading.entries(incident_id))
    assert facts.title == "E-post til feil mottaker"
    assert [entry.case_seq for entry in entries] == [1, 2, 3, 4, 5]
