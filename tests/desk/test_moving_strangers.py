"""A case that is whole in itself but that no desk has written: refused, whatever it reaches for."""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.sheets import Sheet
from breachdesk.errors import RefusedError
from breachdesk.records import (
    NewAttachment,
    NewDispatch,
    NewEvidence,
    NewGroup,
    NewIncident,
    NewNote,
    NewTask,
)
from breachdesk.terms import DocumentKind, Duty
from tests.desk.desks import new_desk
from tests.desk.strangers import Plain, made_up, resealed
from tests.desk.test_moving import essence, worked_on

Change = Callable[[Plain], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A case with a row of nearly every kind."""
    home = tmp_path_factory.mktemp("whole")
    desk = new_desk(home)
    ref = worked_on(desk)
    for name in ("Ansatte", "Kunder"):
        desk.groups.add(ref, NewGroup(name=name, people=20))
    desk.tasks.add(ref, NewTask(what="Ring", owner="Ola"))
    desk.assessment.answer(ref, "risk", Sheet(values={"exposure": "obtained"}))
    sent = desk.papers.sent(
        ref, NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    )
    receipt = NewAttachment(name="kvittering.pdf", content=b"%PDF")
    desk.attachments.attach(sent.dispatches[-1].id, receipt)
    (home / "mail.eml").write_bytes(b"mail")
    desk.evidence.add(ref, home / "mail.eml", NewEvidence(collector="Ola"))
    content = desk.moving.export(ref)
    desk.close()
    return content


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a case of its own, on which nothing is ever taken in."""
    desk = new_desk(tmp_path_factory.mktemp("standing"), actor="Ola Li")
    desk.intake.log(NewIncident(title="Our own"))
    yield desk
    desk.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a worked-on case of its own."""
    (tmp_path / "other").mkdir()
    desk = new_desk(tmp_path / "other", actor="Ola Li")
    worked_on(desk)
    yield desk
    desk.close()


def test_what_is_not_changed_is_taken_in_whatever_entries_it_has(other: Desk, whole: bytes) -> None:
    taken = other.moving.take(made_up(whole, lambda _: None)).case
    assert taken.ref == "BD-2026-002"
    before, after = (essence(one)["rows"] for one in (whole, other.moving.export(taken.ref)))
    assert before.pop("evidence")[0]["sha256"] == after.pop("evidence")[0]["sha256"]
    assert after == before
    assert other.trust.verify().ok


def test_taken_in_twice_every_pointer_stays_within_its_case(other: Desk, whole: bytes) -> None:
    for _ in range(2):
        case = other.moving.take(whole).case
    (receipt,) = case.attachments
    assert receipt.dispatch_id in {one.id for one in case.dispatches}
    assert {one.document_id for one in case.dispatches} - {None} <= {
        one.id for one in case.documents
    }
    assert other.attachments.content(receipt.id)[1] == b"%PDF"
    assert other.trust.verify().ok


def first(table: str, **values: object) -> Change:
    return lambda plain: plain["rows"][table][0].update(values)


def named(table: str, value: str) -> Change:
    """The first row of a table called otherwise, and its entry too."""

    def change(plain: Plain) -> None:
        plain["rows"][table][0]["id"] = value

    return change


NAMES = (
    "", "x", "../../../../tmp/x", "evd-000000000000/../x", "evd-00000000000\n", "EVD-000000000000",
    "evd-0000000000000", "evd-\x1b[2J0000000", "[red]x[/red]", "evd-" + "0" * 1_000_000,
)  # fmt: skip
POINTERS = {
    "answer": "replaces", "assessment": "id", "decision": "assessment_id", "document": "id",
    "dispatch": "document_id", "attachment": "dispatch_id", "evidence": "id", "note": "id",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_that_no_desk_gives_is_refused_wherever_it_stands(
    standing: Desk, whole: bytes, name: str
) -> None:
    before = standing.trust.head()
    changes = [first(table, **{field: name}) for table, field in POINTERS.items()]
    changes += [
        first("task", task=name), first("peoplegroup", group_id=name),
        first("decision", group_id=name), first("document", group_id=name),
        first("dispatch", corrects=name), first("note", recorded_by=name),
        lambda plain: plain["people"][0].update(id=name),
        lambda plain: plain["forms"][0].update(id=name),
        lambda plain: plain["incident"].update(recorded_by=name),
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(RefusedError, match="cannot be imported") as refused:
            standing.moving.take(refused_whole(whole, change))
        assert len(str(refused.value)) < 300
    assert standing.trust.head() == before


def refused_whole(content: bytes, change: Change) -> bytes:
    """The changed case, sealed anew where entries can be made for it at all."""
    plain = json.loads(content)
    change(plain)
    with suppress(ValueError, KeyError, TypeError):
        plain = resealed(plain)
    return json.dumps(plain).encode()


def test_nothing_in_it_can_point_to_a_case_of_this_desk(other: Desk, whole: bytes) -> None:
    own = other.intake.open("1")
    kari = {name: who for who, name in own.people.items()}["Ola Li"]
    reached: dict[str, tuple[str, dict[str, object]]] = {
        "its paper": ("dispatch", {"document_id": own.documents[0].id}),
        "its sending": ("dispatch", {"corrects": own.dispatches[0].id}),
        "its receipt": ("attachment", {"dispatch_id": own.dispatches[0].id}),
        "its answer": ("answer", {"replaces": own.answer_log[0].id}),
        "its assessment": ("decision", {"assessment_id": own.assessments[0].id}),
        "its case": ("note", {"incident_id": own.incident.id}),
        "its people": ("note", {"recorded_by": kari}),
    }
    before = other.trust.head()
    for what, (table, values) in reached.items():
        with pytest.raises(RefusedError):
            other.moving.take(refused_whole(whole, first(table, **values)))
        assert other.trust.head() == before, what
    same_ids = json.loads(whole)
    same_ids["incident"]["id"] = own.incident.id
    for several in same_ids["rows"].values():
        for row in several:
            row["incident_id"] = own.incident.id
    same_ids["rows"]["note"][0]["id"] = own.notes[0].id
    taken = other.moving.take(json.dumps(resealed(same_ids)).encode()).case
    assert taken.incident.id != own.incident.id
    assert taken.notes[0].id != own.notes[0].id
    now = other.intake.open("1")
    assert (now.notes, now.dispatches, now.facts) == (own.notes, own.dispatches, own.facts)
    assert other.trust.verify().ok


def imported(content: bytes, head: str) -> Change:
    def change(plain: Plain) -> None:
        row = {
            **{name: plain["rows"]["note"][0][name] for name in
               ("incident_id", "recorded_at", "recorded_by")},
            "id": "imp-000000000000", "original_ref": "BD-2020-001", "original_desk": "",
            "head": head, "content": b64encode(content).decode(), "sha256": "0" * 64,
        }  # fmt: skip
        plain["rows"]["imported"] = [row]

    return change


def erased(plain: Plain) -> None:
    note = plain["rows"]["note"][0]
    row = {name: note[name] for name in ("incident_id", "recorded_at", "recorded_by")}
    row |= {"id": "ers-000000000000", "reason": "x", "erased": list(range(100))}
    plain["rows"]["erasure"] = [row]


def doubled(plain: Plain) -> None:
    plain["rows"]["note"].append({**plain["rows"]["note"][0]})


ODD: dict[str, Change] = {
    "a number that leaves none": lambda plain: plain["incident"].update(number=2**31 - 1),
    "no number": lambda plain: plain["incident"].update(number=0),
    "a year before there were any": lambda plain: plain["incident"].update(year=-5),
    "a year far off": lambda plain: plain["incident"].update(year=30_000),
    "rows that nobody would miss": erased,
    "a desk before it that does not hold": imported(b"x", "0" * 64),
    "a desk before it of another head": imported(gzip.compress(b"{}"), "0" * 64),
    "a title without end": first("incidentfacts", title="x" * 10_000_000),
    "a note without end": first("note", text="x" * 10_000_000),
    "a name without end": lambda plain: plain["people"][0].update(name="x" * 10_000_000),
    "a name that steers": lambda plain: plain["people"][0].update(name="Kari\x1b[2J"),
    "nobody's name": lambda plain: plain["people"][0].update(name=" "),
    "a file in another folder": first("evidence", name="../../.ssh/authorized_keys"),
    "a receipt in another folder": first("attachment", name="/etc/cron.d/x"),
    "a file with another drive": first("evidence", name="C:\\x"),
    "a file of less than nothing": first("evidence", size=-1),
    "a paper that is another": first("document", content=b64encode(b"other").decode()),
    "a receipt that is another": first("attachment", size=1),
    "a time before there were clocks": first("note", occurred_at="0001-01-01T00:00:00+00:00"),
    "a time after all": first("note", occurred_at="9999-12-31T23:59:59+00:00"),
    "lists without end": first("answer", value=json.loads("[" * 60 + "]" * 60)),
    "a number without end": first("answer", value=10**4000),
    "half a number": first("answer", value=1.5),
    "an answer of another kind": first("answer", value={"x": 1}),
    "a result that is none": first("assessment", result={"risk": "high"}),
    "a result of another kind": first("assessment", result=[]),
    "advice of another kind": first("decision", advice={"duty": "notify_authority"}),
    "forms of another kind": first("incidentfacts", forms={"facts": ["x"]}),
    "kinds of breach that are none": first("incidentfacts", nature=["[red]"]),
    "law of nowhere": first("incidentfacts", regime="../../etc"),
    "answers of a group of another kind": first("peoplegroup", answers={"exposure": "x"}),
    "tasks in no words": first("task", words={"nb": None}),
    "two rows of one name": doubled,
    "a form that is none": lambda plain: plain["forms"][0].update(source="{}"),
    "a form without end": lambda plain: plain["forms"][0].update(source="[" * 6_000_000),
    "another form": lambda plain: plain["forms"][0].update(digest="0" * 64),
}


@pytest.mark.parametrize("change", ODD)
def test_what_no_desk_writes_is_refused_whole(standing: Desk, whole: bytes, change: str) -> None:
    before = standing.trust.head()
    with pytest.raises(RefusedError) as refused:
        standing.moving.take(refused_whole(whole, ODD[change]))
    assert len(str(refused.value)) < 300
    assert standing.trust.head() == before
    assert [one.ref for one in standing.register.rows()] == ["BD-2026-001"]


HOSTILE = (
    "[red]x[/red] [@click=app.quit]y[/]", "\x1b[2J\x1b]0;owned\x07", "{title} {0} %s ${HOME}",
    "=1+1", "\u202eevil", "' OR 1=1 --",
)  # fmt: skip
WORDS = ("title", "summary", "text", "source", "rationale", "to", "note", "what")


@pytest.mark.parametrize("text", HOSTILE)
def test_words_that_would_steer_something_are_kept_as_words(
    other: Desk, whole: bytes, text: str
) -> None:
    def change(plain: Plain) -> None:
        for several in plain["rows"].values():
            for row in several:
                for name in (
                    "title",
                    "summary",
                    "text",
                    "source",
                    "rationale",
                    "to",
                    "note",
                    "what",
                ):
                    if isinstance(row.get(name), str):
                        row[name] = text

    ref = other.moving.take(made_up(whole, change)).case.ref
    case = other.intake.open(ref)
    assert (case.facts.title, case.notes[0].text) == (text, text)
    for kind in DocumentKind:
        try:
            other.papers.draft(ref, kind)
        except RefusedError:
            continue
    told: Any = other.timeline.export(ref, "csv", lang="en")
    assert "\x1b" not in str(told)
    other.timeline.note(ref, NewNote(text="Videre"))
    assert other.trust.verify().ok
