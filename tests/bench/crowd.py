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

from sqlalchemy import Column, Connection, Dialect, Table

from breachdesk.audit import (
    SALT_BYTES,
    ZERO,
    Header,
    declared_fields,
    row_digest,
    seal,
)
from breachdesk.audit.spelling import spelled, spelled_time
from breachdesk.desk import Desk, Sheet
from breachdesk.desk.projection import words_of
from breachdesk.records import (
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
from breachdesk.terms import Duty, Matter, Outcome
from tests.desk.desks import FRIDAY, ToldClock, new_desk, new_store
from tests.engines import gather_as_usual, gather_much

AT_ONCE = 2_000
"""Times whose text is remembered."""
CASES_AT_ONCE = 2_000
"""Cases handed to the database together."""
PEOPLE = ("employees", "customers", "patients", "students")
WORDS = ("lønnsliste", "pasientjournal", "mailbox", "laptop", "vedlegg", "backup", "portal", "api")
_SALT = "INSERT INTO auditsalt (seq, salt) VALUES (?, ?)"
_WORDS = "INSERT INTO case_text (rowid, body) VALUES (?, ?)"

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
        found_lines = (reading.register_row(one.incident_id) for one in reading.register_rows())
        lines = {line.incident_id: line for line in found_lines if line is not None}
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


_ENTRY = """
INSERT INTO auditentry (
    seq, at, actor, action, subject, record, record_version, incident, case_seq,
    payload_digest, previous, case_previous, digest
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Mould:
    """A row as it is poured again and again: what stays is spelled and converted once."""

    record: str
    version: int
    action: str
    insert: str
    raw: tuple[Any, ...]
    """What the driver is given, by column."""
    template: str
    """The spelled row, with a gap for each value that changes."""
    gaps: tuple[tuple[str, int], ...]
    """Field and column of each, in the template's order."""
    changing: Mapping[str, Any]
    """Value of each in the model."""


def mould(row: KeptRow, ids: frozenset[str], dialect: Dialect) -> Mould:
    """Return the mould of a row: times, these ids, numbers and titles change from copy to copy."""
    record, values, action = row
    table = table_of(record)
    columns = [column.name for column in table.c]
    pieces, gaps = [], []
    for name in sorted(declared_fields(record, record.RECORD_VERSION)):
        value = values[name]
        if name in {"seq", "title", "year", "number"} or isinstance(value, datetime):
            changes = True
        else:
            changes = isinstance(value, str) and value in ids
        gaps += [(name, columns.index(name))] if changes else []
        spelling = "%s" if changes else spelled(value).replace("%", "%%")
        pieces.append(f"{spelled(name)}:{spelling}")
    return Mould(
        table.name,
        record.RECORD_VERSION,
        action,
        _insert(table),
        tuple(_raw(column, values[column.name], dialect) for column in table.c),
        "{" + ",".join(pieces) + "}",
        tuple(gaps),
        {name: values[name] for name, _ in gaps},
    )


def _insert(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.c)
    gaps = ", ".join("?" for _ in table.c)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({gaps})'  # noqa: S608 - our own names


def _raw(column: Column[Any], value: object, dialect: Dialect) -> object:
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    return convert(value) if convert else value


@dataclass
class Chain:
    """Where the bulk of rows goes: kept together with their entries."""

    connection: Connection
    seq: int = 0
    digest: str = ZERO
    waiting: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    _times: dict[datetime, str] = field(default_factory=dict)

    def add(self, mould: Mould, changed: Mapping[str, Any], case: "CaseChain | None") -> None:
        """Keep a row with its entry."""
        self.seq += 1
        changed = {**changed, "seq": self.seq}
        raw, spellings = list(mould.raw), []
        for name, place in mould.gaps:
            value = changed[name]
            if isinstance(value, datetime):
                raw[place] = self.text_of(value)
                spellings.append(spelled_time(value))
            else:
                raw[place] = value
                spellings.append(spelled(value))
        text = (mould.template % tuple(spellings)).encode()
        header = Header(
            seq=self.seq,
            at=changed["recorded_at"],
            actor=changed.get("recorded_by", raw[3]),
            action=mould.action,
            subject=changed.get("id", raw[0]),
            record=mould.record,
            record_version=mould.version,
            incident=case.incident if case else None,
            case_seq=case.seq + 1 if case else None,
            case_previous=case.digest if case else None,
        )
        salt = secrets.token_bytes(SALT_BYTES)
        payload = row_digest(salt, mould.record, mould.version, text)
        previous, self.digest = self.digest, seal(self.digest, header, payload)
        if case:
            case.seq, case.digest = case.seq + 1, self.digest
        self.waiting[mould.insert].append(tuple(raw))
        at = self.text_of(header.at)
        sealed = (payload, previous, header.case_previous, self.digest)
        self.waiting[_ENTRY].append((header.seq, at, *header[2:9], *sealed))
        self.waiting[_SALT].append((self.seq, salt))

    def text_of(self, moment: datetime) -> str:
        """Return a time as the database keeps it."""
        found = self._times.get(moment)
        if found is None:
            found = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.000000")
            if len(self._times) > AT_ONCE:
                self._times.clear()
            self._times[moment] = found
        return found

    def write(self) -> None:
        """Hand what waits to the database."""
        if not self.connection.in_transaction():
            self.connection.begin()
        driver: Any = self.connection.connection.driver_connection
        for insert, rows in self.waiting.items():
            driver.executemany(insert, rows)
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
    writing = for_writing(store._engine)
    with writing.connect() as connection:
        gather_much(connection)
        chain = Chain(connection)
        for row in apart:
            chain.add(mould(row, frozenset(), writing.dialect), row[1], None)
        copiers = [Copier(chain, model, writing.dialect) for model in found]
        for number in range(cases):
            copiers[number % len(copiers)].copy(number)
            if number % CASES_AT_ONCE == CASES_AT_ONCE - 1:
                chain.write()
                connection.commit()
        chain.write()
        gather_as_usual(connection)
        connection.commit()
    store._keep_head()
    store.close()
    return chain.seq


class Copier:
    """One model, ready to be copied."""

    def __init__(self, chain: Chain, model: Model, dialect: Dialect) -> None:
        self._chain, self._model, self._dialect = chain, model, dialect
        self._ids = frozenset(values["id"] for _, values, _ in model.rows)
        self._moulds = [mould(row, self._ids, dialect) for row in model.rows]
        self._line = table_of(RegisterRow)
        self._insert_line = _insert(self._line)

    def copy(self, number: int) -> None:
        """Add a copy of the case, some days before or after it, under the next reference."""
        chain, model = self._chain, self._model
        ids = {old: _fresh(old, number) for old in self._ids}
        year, place = 2026 - number % 3, number // 3 + 1
        later = timedelta(days=number % 365 - 300)
        case = CaseChain(ids[model.line["incident_id"]])
        first = chain.seq + 1
        unique = f"nr {number:06d} {secrets.token_hex(4)}"
        for one in self._moulds:
            mine = {name: _moved(value, ids, later) for name, value in one.changing.items()}
            if one.record == "incident":
                mine |= {"year": year, "number": place}
            if "title" in mine:
                mine["title"] = f"{mine['title']} {unique}"
            chain.add(one, mine, case)
        line = {name: _moved(value, ids, later) for name, value in model.line.items()}
        ref = f"BD-{year}-{place:03d}"
        line |= {"seq": first, "year": year, "number": place, "ref": ref}
        line["title"] = f"{line['title']} {unique}"
        raw = (_raw(column, line[column.name], self._dialect) for column in self._line.c)
        chain.waiting[self._insert_line].append(tuple(raw))
        chain.waiting[_WORDS].append((first, f"{model.words} {ref} {unique}"))


def _fresh(old: str, number: int) -> str:
    return f"{old[:4]}{number:06d}{old[4:]}"


def _moved(value: Any, ids: Mapping[str, str], later: timedelta) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):
        return value + later
    if isinstance(value, str):
        return ids.get(value, value)
    return value
