"""Give a whole case to another desk as one file, and take one in."""

import gzip
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.desk.projection import project, words_of
from breachdesk.desk.rechecking import stands
from breachdesk.errors import BreachdeskError, FormError, RefusedError
from breachdesk.exchange.parcel import (
    Parcel,
    case_records,
    people_of,
    read_parcel,
    write_parcel,
)
from breachdesk.exchange.strangers import POINTERS
from breachdesk.message import Message, say
from breachdesk.records import (
    Answer,
    Attachment,
    Document,
    Erasure,
    Evidence,
    FormText,
    Imported,
    Incident,
    IncidentFacts,
    Kept,
    Mailing,
    PeopleGroup,
    Person,
)
from breachdesk.records.base import KeptInCase
from breachdesk.store.keyfile import read_key_file
from breachdesk.store.proof import links
from breachdesk.store.reading import Reading
from breachdesk.store.writing import Writing
from breachdesk.terms import AuditAction, EvidenceKeeping

K = TypeVar("K", bound=Kept)
_UNREADABLE = (
    BreachdeskError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
    RecursionError,
)  # fmt: skip
"""What rows that make no case end in."""


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """What importing a case gave."""

    case: CaseFile
    original_ref: str
    skipped: tuple[Message, ...]
    """What the file speaks of but does not hold; before that, that the case is here already."""


@dataclass(frozen=True, slots=True)
class SealedHere:
    """A piece of evidence whose bytes are sealed beside this desk's database already."""

    id: str
    """Names its file here."""
    key: bytes = field(repr=False)


class Moving:
    """Where cases leave and arrive."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def export(self, ref: str) -> bytes:
        """Return a whole case as one file; its entries verify on their own."""
        with self._office.reading() as reading:
            return write_parcel(parcel_of(self._office, reading, ref))

    def take(self, content: bytes, *, sealed: Mapping[str, SealedHere] | None = None) -> TakenIn:
        """Take a case in: under its own reference, or the next number of its year if taken.

        Who recorded what and when stays; the entries here say who brought it in. The file is kept
        with its old entries, which `verify` checks on their own.

        Args:
            content: The file.
            sealed: Evidence whose bytes are sealed here already, by its id in the file.

        Raises:
            RefusedError: It is no case file, does not hold together, or was changed.
        """
        here = sealed or {}
        parcel = read_parcel(content)
        found = parcel.findings()
        if found:
            raise RefusedError(
                say(
                    "The case was changed after it was exported: {count} of its entries do not "
                    "fit, first number {seq}.",
                    count=len(found),
                    seq=found[0].seq,
                ),
                say("Ask for the file again; nothing was written."),
            )
        older = [one for one in parcel.rows if isinstance(one, Imported)]
        if not all(stands(one.content, one.head) for one in older):
            raise RefusedError(
                say("The case came from yet another desk, whose entries in it do not hold."),
                say("Ask for the file again; nothing was written."),
            )
        with self._office.writing() as writing:
            known, erased = _here_already(writing, parcel)
            incident = _Arrival(self._office, writing, parcel, here).take_in(content)
            case = self._checked(writing, incident)
            writing.put_register_row(project(case), words_of(case))
        skipped = tuple(
            say("“{name}”: the file itself was not in it.", name=one.name)
            for one in parcel.rows
            if isinstance(one, Evidence) and one.id not in here
        )
        twin = say("The same case is here already as {refs}.", refs=", ".join(known))
        again = say(
            "The same case was erased here as {refs}: what was erased is on this desk again.",
            refs=", ".join(erased),
        )
        noted = (*((twin,) if known else ()), *((again,) if erased else ()), *skipped)
        return TakenIn(case=case, original_ref=parcel.ref, skipped=noted)

    def _checked(self, writing: Writing, incident: Incident) -> CaseFile:
        """Return the case, if the rows make one; else nothing of it is kept."""
        try:
            case = self._office.case(writing, incident)
            _check_answers(case)
        except _UNREADABLE as error:
            raise RefusedError(
                say("The rows in the file do not make a case that this desk can read."),
                say("Update breachdesk on both machines and export it again."),
            ) from error
        return case


def _check_answers(case: CaseFile) -> None:
    """Refuse answers, whoever they are about, that no question could have been given.

    Raises:
        TypeError: There is one.
    """
    from breachdesk.exchange.shapes import can_answer  # read only when something comes in

    given = [(one.question, one.value) for one in case.answer_log]
    for row in case.group_log:
        given += [(name, said.get("value")) for name, said in row.answers.items()]
    for name, value in given:
        question = case.question(name)
        if question is not None and not can_answer(question, value):
            raise TypeError(name)


def _here_already(reading: Reading, parcel: Parcel) -> tuple[list[str], list[str]]:
    """Return the references under which this desk has the case: its own, or taken in before.

    A case keeps its id where that is free, and its newest entry's digest wherever it goes.

    Returns:
        Those that are here, and those that were erased here.
    """
    mine = {parcel.incident.id} if reading.with_id(Incident, parcel.incident.id) else set()
    mine.update(reading.taken_in(parcel.head, parcel.ref, parcel.desk))
    erased = {one for one in mine if reading.rows(Erasure, incident_id=one)}
    refs = [sorted(reading.incident(one).ref for one in part) for part in (mine - erased, erased)]
    return refs[0], refs[1]


class _Arrival:
    """One case being taken in."""

    def __init__(
        self,
        office: Office,
        writing: Writing,
        parcel: Parcel,
        sealed: Mapping[str, SealedHere],
    ) -> None:
        self._office, self._writing, self._parcel = office, writing, parcel
        self._sealed = sealed
        self._people: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def take_in(self, content: bytes) -> Incident:
        parcel, writing = self._parcel, self._writing
        self._take_people()
        self._take_forms()
        self._choose_ids()
        incident = self._adopted(parcel.incident, number=self._number())
        for row in parcel.rows:
            self._adopted(row, incident_id=incident.id)
        kept = gzip.compress(content, mtime=0)
        writing.add(
            Imported(
                id="",
                incident_id=incident.id,
                original_ref=parcel.ref,
                original_desk=parcel.desk,
                head=parcel.head,
                content=kept,
                sha256=hashlib.sha256(kept).hexdigest(),
            ),
            AuditAction.CASE_IMPORT,
        )
        return incident

    def _take_people(self) -> None:
        for person in self._parcel.people:
            here = self._writing.with_id(Person, person.id)
            is_another = here is not None and here.name != person.name
            own = self._office.store.new_id("person") if is_another else person.id
            self._people[person.id] = own
            if here is None or is_another:
                self._writing.adopt(self._signed(person, id=own), AuditAction.PERSON_RECORD)

    def _take_forms(self) -> None:
        known = {one.digest for one in self._writing.rows(FormText)}
        for form in self._parcel.forms:
            if not self._is_form(form):
                raise RefusedError(
                    say("A form in the file is not the one its digest stands for."),
                    say("Ask for the file again; nothing was written."),
                )
            if form.digest not in known:
                fresh = self._signed(form, id=self._office.store.new_id("formtext"))
                self._writing.adopt(fresh, AuditAction.FORM_RECORD)

    def _is_form(self, form: FormText) -> bool:
        try:
            return self._office.forms.parse_questionnaire(form.source).digest == form.digest
        except FormError:
            return False

    def _signed(self, row: K, **changes: object) -> K:
        """Return a copy whose author is somebody of the file; nobody if they are not in it."""
        return copy_of(row, recorded_by=self._people.get(row.recorded_by, ""), **changes)

    def _choose_ids(self) -> None:
        """Keep the rows' ids, unless this desk has one of them already."""
        rows = (self._parcel.incident, *self._parcel.rows)
        is_free = all(self._writing.with_id(type(row), row.id) is None for row in rows)
        for row in rows:
            fresh = self._office.store.new_id(type(row).__name__.lower())
            here = self._sealed.get(row.id)
            self._ids[row.id] = here.id if here else row.id if is_free else fresh

    def _number(self) -> int:
        incident = self._parcel.incident
        if self._writing.find(incident.year, incident.number) is None:
            return incident.number
        return self._writing.next_number(incident.year)

    def _adopted(self, row: K, **changes: object) -> K:
        pointed: dict[str, object] = {
            name: self._ids[value]
            for name in POINTERS
            if (value := getattr(row, name, None)) is not None
        }
        if isinstance(row, Mailing):
            pointed["documents"] = {lang: self._ids[one] for lang, one in row.documents.items()}
        if isinstance(row, Evidence):
            here = self._sealed.get(row.id)  # else its bytes are not here, nor is a path opened
            keeping = EvidenceKeeping.SEALED if here else EvidenceKeeping.ELSEWHERE
            changes |= {"keeping": keeping, "key": here.key if here else None}
        fresh = self._signed(row, id=self._ids[row.id], **pointed, **changes)
        return self._writing.adopt(fresh, AuditAction.CASE_IMPORT)


def parcel_of(office: Office, reading: Reading, ref: str) -> Parcel:
    """Return everything a case is made of.

    Raises:
        RefusedError: It was erased.
    """
    incident = office.find(reading, ref, writing=False)
    if reading.rows(Erasure, incident_id=incident.id):
        raise RefusedError(
            say("{ref} was erased, so it cannot be exported whole.", ref=incident.ref),
            say(
                "Its register entry can: “breachdesk issue {ref} register-entry”.",
                ref=incident.ref,
            ),
        )
    rows: list[KeptInCase] = []
    for record in case_records().values():
        rows += _whole(reading, record, incident.id)
    entries = tuple(links(reading.connection(), incident_id=incident.id))
    authors = people_of((incident, *rows))
    digests = {one.form_digest for one in rows if isinstance(one, Answer)}
    facts = [one for one in rows if isinstance(one, IncidentFacts | PeopleGroup)]
    digests |= {str(digest) for one in facts for digest in one.forms.values()}
    return Parcel(
        ref=incident.ref,
        desk=desk_id(office),
        exported_at=office.now(),
        incident=incident,
        rows=tuple(sorted(rows, key=lambda row: row.seq)),
        people=tuple(one for one in reading.rows(Person) if one.id in authors),
        forms=tuple(one for one in reading.rows(FormText) if one.digest in digests),
        links=entries,
    )


def _whole(reading: Reading, record: type[KeptInCase], incident_id: str) -> list[KeptInCase]:
    rows = reading.rows(record, incident_id=incident_id)
    for row in rows:
        if isinstance(row, Document):
            row.__dict__["content"] = reading.document_content(row.id)
        elif isinstance(row, Attachment):
            row.__dict__["content"] = reading.bytes_of(Attachment, row.id)
    return list(rows)


def copy_of(row: K, **changes: object) -> K:
    """Return a row with some fields changed, to be kept anew under a number of its own."""
    values = {name: getattr(row, name) for name in type(row).model_fields}
    return type(row)(**{**values, **changes, "seq": 0})


def desk_id(office: Office) -> str:
    """Return the id of this desk; empty when it has none."""
    with suppress(BreachdeskError):
        return read_key_file(office.store.home).desk_id
    return ""
