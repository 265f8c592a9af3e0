"""A case with a row of every kind goes from desk to desk, and every row still finds the others."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.letters import Order
from breachdesk.desk.packing import Wanted
from breachdesk.desk.sheets import Sheet
from breachdesk.errors import RefusedError
from breachdesk.exchange.parcel import case_records, read_parcel
from breachdesk.language.speaker import Speaker
from breachdesk.records import (
    NewDecision,
    NewDispatch,
    NewEvidence,
    NewGroup,
    NewHold,
    NewIncident,
    NewNote,
    NewTask,
)
from breachdesk.records.attachment import NewAttachment
from breachdesk.terms import DocumentKind, Duty, Matter, Outcome
from tests.desk.desks import FRIDAY, OSLO, ToldClock, new_desk
from tests.desk.strangers import Plain, made_up

RECEIPT = b"%PDF kvittering AR123"
NOT_IN_A_FRESH_CASE = {"erasure", "imported"}
"""What an erased case has is never exported; what an imported one has comes with its import."""
WHERE_IT_LIES = ("keeping", "key")
"""Of evidence: its bytes and their key stay at the desk they are from."""


def filled(desk: Desk, folder: Path) -> str:
    """A case with at least one row of every kind."""
    ref = desk.intake.log(NewIncident(title="Lønnsliste på avveie", became_aware_at=FRIDAY)).ref
    desk.assessment.answer(ref, "facts", Sheet(values={"description": "Feil mottaker"}))
    desk.groups.add(ref, NewGroup(name="Ansatte", people=12))
    desk.assessment.assess(ref)
    desk.decisions.decide(
        ref,
        NewDecision(
            matter=Matter.NOTIFY_AUTHORITY, outcome=Outcome.YES, rationale="Lønn er på avveie."
        ),
    )
    issued = desk.papers.issue(ref, DocumentKind.NOTIFICATION)
    sent = desk.papers.sent(
        ref,
        NewDispatch(
            duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn",
            document_id=issued.document.id,
        ),
    )  # fmt: skip
    receipt = NewAttachment(name="kvittering.pdf", content=RECEIPT)
    desk.attachments.attach(sent.dispatches[-1].id, receipt)
    desk.tasks.add(ref, NewTask(what="Ring mottakeren", owner="Ola"))
    desk.timeline.note(ref, NewNote(text="Ringte mottakeren"))
    people = "navn;adresse;postnummer;poststed\nKari Li;Veien 1;0155;Oslo\n"
    desk.letters.make(ref, Order(content=people.encode(), print_file=folder / "print.pdf"))
    desk.letters.results(ref, b"rad;status\n2;levert\n")
    mail = folder / "mail.eml"
    mail.write_bytes(b"content")
    _, piece = desk.evidence.add(ref, mail, NewEvidence(collector="Ola"))
    desk.evidence.export(piece.id, folder / "copy", purpose="Anmeldelse", recipient="Kripos")
    desk.packing.pack(ref, folder / "case.zip", Wanted(), speaker=Speaker("nb", OSLO))
    desk.retaining.hold(ref, NewHold(is_held=True, person="Ola", reason="Søksmål"))
    return ref


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    home = tmp_path_factory.mktemp("first")
    desk = new_desk(home)
    content = desk.moving.export(filled(desk, home))
    desk.close()
    return content


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path, ToldClock(), actor="Kari Nordmann")
    yield desk
    desk.close()


def rows_of(content: bytes) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = json.loads(content)["rows"]
    rows.pop("imported", None)
    return rows


def test_every_kind_of_row_is_in_the_file(exported: bytes) -> None:
    assert set(rows_of(exported)) == set(case_records()) - NOT_IN_A_FRESH_CASE


def test_every_kind_of_row_comes_back_the_same(other: Desk, exported: bytes) -> None:
    before, after = rows_of(exported), rows_of(other.moving.export(taken_in(other, exported)))
    for row in (*before["evidence"], *after["evidence"]):
        for name in WHERE_IT_LIES:
            del row[name]
    assert after == before
    case = other.intake.open("1")
    assert other.attachments.content(case.attachments[0].id)[1] == RECEIPT
    assert other.trust.verify().ok


def test_rows_under_new_ids_point_at_one_another_and_not_at_the_first_copys(
    other: Desk, exported: bytes
) -> None:
    taken_in(other, exported)
    second = other.moving.export(taken_in(other, exported))
    old = {row["id"] for rows in rows_of(exported).values() for row in rows}
    text = json.dumps(rows_of(second))
    assert {one for one in old if one in text} == set()
    case = other.intake.open("2")
    assert case.attachments[0].dispatch_id == case.dispatches[0].id
    assert case.deliveries[0].mailing_id == case.mailings[0].id
    assert set(case.mailings[0].documents.values()) <= {one.id for one in case.documents}
    assert other.trust.verify().ok
    assert read_parcel(second).findings() == ()


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("mailing", "lettered"),
        ("mailing", "kept_back"),
        ("delivery", "delivered"),
        ("delivery", "returned"),
    ],
)
@pytest.mark.parametrize("rows", ["x", "1-999999999", "5-2", "2 2", " 2", "-1", "2,3"])
def test_rows_of_a_list_that_no_desk_writes_are_refused(
    other: Desk, exported: bytes, table: str, field: str, rows: str
) -> None:
    def changed(plain: Plain) -> None:
        plain["rows"][table][0][field] = rows

    with pytest.raises(RefusedError, match="laid out as no desk"):
        other.moving.take(made_up(exported, changed))


def taken_in(desk: Desk, content: bytes) -> str:
    return desk.moving.take(content).case.ref
