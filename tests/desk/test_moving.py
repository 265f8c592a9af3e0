"""A case goes from desk to desk whole, and its old entries still verify on their own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.sheets import Sheet
from breachdesk.errors import RefusedError
from breachdesk.exchange.parcel import read_parcel
from breachdesk.records import (
    Imported,
    NewDecision,
    NewDispatch,
    NewEvidence,
    NewIncident,
    NewNote,
)
from breachdesk.terms import DocumentKind, Duty, Matter, Outcome
from tests.desk.desks import FRIDAY, ToldClock, new_desk

Plain = dict[str, Any]


def worked_on(desk: Desk) -> str:
    case = desk.intake.log(NewIncident(title="Lønnsliste på avveie", became_aware_at=FRIDAY))
    sheet = Sheet(values={"description": "Sendt til feil mottaker", "people_number": 12})
    desk.assessment.answer(case.ref, "facts", sheet)
    desk.assessment.assess(case.ref)
    desk.decisions.decide(
        case.ref,
        NewDecision(
            matter=Matter.NOTIFY_AUTHORITY,
            outcome=Outcome.YES,
            rationale="Lønn og fødselsnummer er på avveie hos en ukjent mottaker.",
        ),
    )
    issued = desk.papers.issue(case.ref, DocumentKind.NOTIFICATION)
    sending = NewDispatch(
        duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn",
        document_id=issued.document.id,
    )  # fmt: skip
    sent = desk.papers.sent(case.ref, sending)
    desk.papers.unsent(sent.dispatches[-1].id, "Det var en annen sak")
    desk.timeline.note(case.ref, NewNote(text="Ringte mottakeren"))
    return case.ref


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    desk = new_desk(tmp_path_factory.mktemp("first"))
    content = desk.moving.export(worked_on(desk))
    desk.close()
    return content


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "other").mkdir()
    clock = ToldClock()
    clock.move(hours=5)
    desk = new_desk(tmp_path / "other", clock, actor="Ola Li")
    yield desk
    desk.close()


def essence(content: bytes) -> Plain:
    """What must come back the same: all but reference, import entry, entries and head."""
    plain = json.loads(content)
    for name in ("ref", "desk", "exported_at", "entries", "head"):
        del plain[name]
    del plain["incident"]["number"]
    plain["rows"].pop("imported", None)
    plain["people"] = [one for one in plain["people"] if one["name"] != "Ola Li"]
    plain["forms"] = [{**one, "id": "", "recorded_by": ""} for one in plain["forms"]]
    return dict(plain)


def test_export_import_export_is_equal_but_for_reference_import_entry_and_head(
    other: Desk, exported: bytes
) -> None:
    taken = other.moving.take(exported)
    assert taken.case.ref == taken.original_ref == "BD-2026-001"
    assert essence(other.moving.export(taken.case.ref)) == essence(exported)
    assert other.trust.verify().ok
    assert taken.case.decisions[0].recorded_at == FRIDAY
    assert taken.case.name_of(taken.case.decisions[0].recorded_by) == "Kari Nordmann"
    assert [one.ref for one in other.register.rows()] == ["BD-2026-001"]


def test_a_taken_reference_gives_the_next_and_taken_ids_give_new_ones(
    other: Desk, exported: bytes
) -> None:
    refs = [other.moving.take(exported).case.ref for _ in range(3)]
    assert refs == ["BD-2026-001", "BD-2026-002", "BD-2026-003"]
    assert other.trust.verify().ok
    third = other.intake.open("3")
    assert third.dispatches[1].corrects == third.dispatches[0].id
    assert third.dispatches[0].document_id == third.documents[0].id
    assert other.papers.content(third.documents[0].id) == other.papers.content(
        other.intake.open("1").documents[0].id
    )
    other.timeline.note("3", NewNote(text="Videre arbeid"))
    assert len(other.intake.open("2").notes) == 1


def test_the_old_entries_are_kept_and_verify_on_their_own(other: Desk, exported: bytes) -> None:
    other.moving.take(exported)
    with other.office.reading() as reading:
        (row,) = reading.rows(Imported)
    assert row.head == read_parcel(exported).head
    assert read_parcel(exported).findings() == ()
    assert other.trust.verify("1").ok


def test_a_case_that_was_imported_can_be_exported_again(other: Desk, exported: bytes) -> None:
    taken = other.moving.take(exported)
    again = other.moving.export(taken.case.ref)
    assert read_parcel(again).findings() == ()
    assert other.moving.take(again).case.ref == "BD-2026-002"
    assert other.trust.verify().ok


def test_evidence_travels_by_its_description_and_that_is_said(
    desk: Desk, other: Desk, tmp_path: Path
) -> None:
    ref = worked_on(desk)
    file = tmp_path / "mail.eml"
    file.write_bytes(b"content")
    desk.evidence.add(ref, file, NewEvidence(collector="Ola"))
    taken = other.moving.take(desk.moving.export(ref))
    assert [one.name for one in taken.case.evidence] == ["mail.eml"]
    assert len(taken.skipped) == 1
    assert other.trust.verify().ok


def changed(content: bytes, change: Callable[[Plain], object]) -> bytes:
    plain = json.loads(content)
    change(plain)
    return json.dumps(plain).encode()


TAMPERINGS: dict[str, Callable[[Plain], object]] = {
    "a note's text": lambda p: p["rows"]["note"][0].update(text="Gjorde ingenting"),
    "a decision": lambda p: p["rows"]["decision"][0].update(outcome="no"),
    "the paper": lambda p: p["rows"]["document"][0].update(text="Something else"),
    "the number": lambda p: p["incident"].update(number=7),
    "a header": lambda p: p["entries"][3].update(action="incident:status:close"),
    "a salt": lambda p: p["entries"][3].update(salt="00" * 16),
    "no salt": lambda p: p["entries"][3].update(salt=None),
    "order": lambda p: p["entries"].reverse(),
}


@pytest.mark.parametrize("change", TAMPERINGS)
def test_a_case_that_was_changed_on_its_way_is_refused(
    other: Desk, exported: bytes, change: str
) -> None:
    with pytest.raises(RefusedError, match="was changed after"):
        other.moving.take(changed(exported, TAMPERINGS[change]))
    assert other.trust.head() == (0, "0" * 64)


STRANGERS: dict[str, Callable[[Plain], object]] = {
    "another format": lambda p: p.update(format="breachdesk-case/2"),
    "no format": lambda p: p.pop("format"),
    "an unknown table": lambda p: p["rows"].update(person=[]) or p["rows"].update(x=[{}]),
    "an unknown field": lambda p: p["rows"]["note"][0].update(more=1),
    "a missing field": lambda p: p["rows"]["note"][0].pop("text"),
    "a number for a text": lambda p: p["rows"]["note"][0].update(text=1),
    "a time without a zone": lambda p: p["rows"]["note"][0].update(occurred_at="2026-11-20T10:00"),
    "a word of no list": lambda p: p["rows"]["note"][0].update(kind="rumour"),
    "broken bytes": lambda p: p["rows"]["document"][0].update(content="?"),
    "another case's row": lambda p: p["rows"]["note"][0].update(incident_id="inc-other"),
    "one row less": lambda p: p["rows"]["note"].pop(),
    "rows that are no list": lambda p: p["rows"].update(note={}),
    "nothing": lambda p: p.clear(),
    "half a character": lambda p: p["rows"]["note"][0].update(text="\ud800"),
    "a huge number": lambda p: p["incident"].update(number=2**70),
}


@pytest.mark.parametrize("change", STRANGERS)
def test_what_a_stranger_made_up_is_refused_whole(
    other: Desk, exported: bytes, change: str
) -> None:
    with pytest.raises(RefusedError, match="cannot be imported"):
        other.moving.take(changed(exported, STRANGERS[change]))
    assert other.trust.head() == (0, "0" * 64)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"[]", b"[" * 100_000, b"\xff", b"null"],
    ids=lambda one: one[:4].hex(),
)
def test_what_is_no_case_file_is_refused(other: Desk, content: bytes) -> None:
    with pytest.raises(RefusedError, match="cannot be imported"):
        other.moving.take(content)
