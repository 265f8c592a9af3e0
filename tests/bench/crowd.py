"""A desk with as many cases as one likes, made in bulk: real cases, copied with their own chain.

A few cases are worked through on a desk of their own, by the same verbs as anybody's. Their rows
are copied under new ids, references and days, each with its entry, salt and place in the register,
so that the large desk verifies like any other.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from breachdesk.audit import (
    SALT_BYTES,
    ZERO,
    Header,
    declared_fields,
    fields_of,
    payload_digest,
    seal,
)
from breachdesk.desk import Desk, Sheet
from breachdesk.desk.projection import words_of
from breachdesk.records import (
    AuditEntry,
    AuditSalt,
    Incident,
    Kept,
    NewDecision,
    NewDispatch,
    NewIncident,
    NewNote,
    RegisterRow,
)
from breachdesk.store.engine import for_writing
from breachdesk.store.proof import kept_records
from breachdesk.store.reading import table_of
from breachdesk.store.search import put_text
from breachdesk.terms import Duty, Matter, Outcome
from tests.desk.desks import FRIDAY, ToldClock, new_desk, new_store

AT_ONCE = 2_000
"""Rows handed to the database together."""
PEOPLE = ("employees", "customers", "patients", "students")
WORDS = ("lønnsliste", "pasientjournal", "mailbox", "laptop", "vedlegg", "backup", "portal", "api")


KeptRow = tuple[type[Kept], dict[str, Any], str]
"""Record, values by field, and the action of its entry."""


@dataclass(frozen=True, slots=True)
class Model:
    """A case that was worked through, row by row."""

    rows: tuple[KeptRow, ...]
    """In the order they were written."""
    line: dict[str, Any]
    words: str


def models(folder: Path, count: int) -> tuple[list[Model], list[KeptRow]]:
    """Return that many cases, each of some twenty entries, and the rows that belong to no case."""
    clock = ToldClock(FRIDAY - timedelta(days=60))
    desk = new_desk(folder, clock)
    for number in range(count):
        clock.move(hours=1)
        _work_through(desk, clock, number)
    with desk.office.reading() as reading:
        actions = {entry.seq: entry.action for entry in reading.entries()}
        every = sorted(
            (row for record in kept_records() for row in reading.rows(record)),
            key=lambda row: row.seq,
        )
        kept = [(type(row), row.model_dump(), actions[row.seq]) for row in every]
        lines = {line.incident_id: line for line in reading.register_rows()}
        found = [
            Model(
                tuple(one for one in kept if _case_of(one[0], one[1]) == case),
                line.model_dump(),
                words_of(desk.intake.open(line.ref)),
            )
            for case, line in lines.items()
        ]
    desk.close()
    return found, [one for one in kept if _case_of(one[0], one[1]) is None]


def _work_through(desk: Desk, clock: ToldClock, number: int) -> None:
    what = WORDS[number % len(WORDS)]
    case = desk.intake.log(
        NewIncident(title=f"{what} astray", became_aware_at=clock.now - timedelta(hours=1))
    )
    facts = {
        "nature": ["confidentiality"],
        "people_basis": "exact",
        "people_number": 10 + number,
        "data_subjects": [PEOPLE[number % len(PEOPLE)]],
        "data_types": ["basic", "contact"],
        "description": f"A {what} was sent to somebody who had no right to it; see the mail log.",
        "measures_taken": "The recipient was asked to delete it, and the mail was recalled.",
    }
    desk.assessment.answer(case.ref, "facts", Sheet(values=facts))
    desk.assessment.answer(
        case.ref, "risk", Sheet(values={"exposure": "obtained", "intent": "mistake"})
    )
    desk.timeline.note(case.ref, NewNote(text="The recipient called our switchboard."))
    desk.timeline.note(case.ref, NewNote(text="The log was saved and sent to the security lead."))
    desk.assessment.assess(case.ref)
    for matter in (Matter.IS_BREACH, Matter.NOTIFY_AUTHORITY):
        because = "The list reached a person with no right to it, and it was opened there."
        new = NewDecision(matter=matter, outcome=Outcome.YES, rationale=because)
        desk.decisions.decide(case.ref, new)
    if number % 3:
        clock.move(hours=1)
        sent = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
        desk.papers.sent(case.ref, sent)
    if number % 3 == 2:
        because = "The data were deleted before anybody read them; confirmed in writing by all."
        new = NewDecision(matter=Matter.INFORM_SUBJECTS, outcome=Outcome.NO, rationale=because)
        desk.decisions.decide(case.ref, new)
        desk.intake.close(case.ref, "All done")


def _case_of(record: type[Kept], values: Mapping[str, Any]) -> str | None:
    return values["id"] if record is Incident else values.get("incident_id")


@dataclass
class Chain:
    """Where the bulk of rows goes: kept together with their entries."""

    connection: Connection
    seq: int = 0
    digest: str = ZERO
    waiting: dict[Any, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: KeptRow, case: "CaseChain | None") -> None:
        """Keep a row with its entry."""
        record, values, action = row
        self.seq += 1
        values["seq"] = self.seq
        header = Header(
            seq=self.seq,
            at=values["recorded_at"],
            actor=values["recorded_by"],
            action=action,
            subject=values["id"],
            record=table_of(record).name,
            record_version=record.RECORD_VERSION,
            incident=case.incident if case else None,
            case_seq=case.seq + 1 if case else None,
            case_previous=case.digest if case else None,
        )
        salt = secrets.token_bytes(SALT_BYTES)
        names = declared_fields(record, record.RECORD_VERSION)
        payload = payload_digest(
            salt, header.record, header.record_version, {name: values[name] for name in names}
        )
        previous, self.digest = self.digest, seal(self.digest, header, payload)
        if case:
            case.seq, case.digest = case.seq + 1, self.digest
        self.waiting[table_of(record)].append(values)
        self.waiting[table_of(AuditEntry)].append(
            {
                **fields_of(header),
                "payload_digest": payload,
                "previous": previous,
                "digest": self.digest,
            }
        )
        self.waiting[table_of(AuditSalt)].append({"seq": self.seq, "salt": salt})

    def write(self, *, least: int = 1) -> None:
        """Hand what waits to the database, once there is enough of it."""
        if sum(map(len, self.waiting.values())) >= least:
            for table, rows in self.waiting.items():
                self.connection.execute(table.insert(), rows)
            self.waiting.clear()


@dataclass
class CaseChain:
    """Where one case's own chain ends."""

    incident: str
    seq: int = 0
    digest: str = ZERO


def crowd(home: Path, cases: int, *, model_count: int = 24) -> int:
    """Make a desk with that many cases in an empty folder; return how many entries it has.

    Its key is all zeros, as `tests.desk.desks.new_store` makes it.
    """
    (home / "models").mkdir(parents=True)
    found, apart = models(home / "models", model_count)
    store = new_store(home)
    with for_writing(store._engine).begin() as connection:
        chain = Chain(connection)
        for record, values, action in apart:
            chain.add((record, dict(values), action), None)
        for number in range(cases):
            _copy(chain, found[number % len(found)], number)
            chain.write(least=AT_ONCE)
        chain.write()
    store._keep_head()
    store.close()
    return chain.seq


def _copy(chain: Chain, model: Model, number: int) -> None:
    """Add a copy of a case, some days before or after it, under the next reference."""
    ids = {values["id"]: _fresh(values["id"], number) for _, values, _ in model.rows}
    year, place = 2026 - number % 3, number // 3 + 1
    later = timedelta(days=number % 365 - 300)
    case = CaseChain(ids[model.line["incident_id"]])
    first = chain.seq + 1
    unique = f"nr {number:06d} {secrets.token_hex(4)}"
    for record, values, action in model.rows:
        mine = {name: _moved(value, ids, later) for name, value in values.items()}
        if record is Incident:
            mine |= {"year": year, "number": place}
        if "title" in mine and "summary" in mine:
            mine["title"] = f"{mine['title']} {unique}"
        chain.add((record, mine, action), case)
    line = {name: _moved(value, ids, later) for name, value in model.line.items()}
    ref = f"BD-{year}-{place:03d}"
    line |= {"seq": first, "year": year, "number": place, "ref": ref}
    line["title"] = f"{line['title']} {unique}"
    chain.waiting[table_of(RegisterRow)].append(line)
    put_text(chain.connection, first, f"{model.words} {ref} {unique}")


def _fresh(old: str, number: int) -> str:
    return f"{old[:4]}{number:06d}{old[4:]}"


def _moved(value: Any, ids: Mapping[str, str], later: timedelta) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):
        return (value + later).astimezone(UTC)
    if isinstance(value, str):
        return ids.get(value, value)
    return value
