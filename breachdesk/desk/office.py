"""What every counter shares: store, law, who acts, and the one way to read and change a case."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from breachdesk.casefile import CaseFile, CaseRows, CaseRules, assemble
from breachdesk.desk.projection import project, words_of
from breachdesk.documents.draft import Stamp
from breachdesk.errors import NoSuchCaseError, RefusedError
from breachdesk.forms import Forms
from breachdesk.message import say
from breachdesk.records import (
    Answer,
    Assessment,
    Attachment,
    CasePack,
    Decision,
    Delivery,
    Dispatch,
    Document,
    Erasure,
    Evidence,
    EvidenceUse,
    FormText,
    Hold,
    Incident,
    IncidentFacts,
    Kept,
    Mailing,
    Note,
    Organisation,
    PeopleGroup,
    Person,
    Profile,
    Task,
)
from breachdesk.rules.questionnaire import Questionnaire
from breachdesk.store.reading import Reading
from breachdesk.store.store import Store
from breachdesk.store.writing import Writing
from breachdesk.terms import AuditAction

Row = TypeVar("Row", bound=Kept)

_REFERENCE = re.compile(r"^(?:BD-)?(?:([0-9]{4})-)?0*([0-9]{1,9})$", re.IGNORECASE)


@dataclass(frozen=True)
class Office:
    """The shared tools of all counters. Thread-safe: each call opens its own transaction."""

    store: Store
    forms: Forms
    actor: str
    """Name of the person who acts."""
    clock: Callable[[], datetime]
    """The only source of time; aware."""
    zone: ZoneInfo
    """For "local": the year of a reference."""

    def now(self) -> datetime:
        """Return the present moment in UTC, whole seconds."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def stamp(self, head: str) -> Stamp:
        """Return what a paper gets when it leaves the desk now, the chain standing at `head`."""
        return Stamp(issued_at=self.now(), actor=self.actor, audit_head=head, zone=self.zone.key)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Give one consistent snapshot."""
        with self.store.reading() as reading:
            yield reading

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Give one transaction that is written whole or not at all."""
        with self.store.transaction(actor=self.actor, now=self.now()) as writing:
            yield writing

    @contextmanager
    def changing(self, ref: str) -> Iterator["Change"]:
        """Give one case to change, in one transaction; its line in the register follows.

        Raises:
            NoSuchCaseError: no case, or a short reference that fits two years.
        """
        with self.writing() as writing:
            incident = self.find(writing, ref, writing=True)
            change = Change(self, writing, incident, self.case(writing, incident))
            yield change
            fresh = change.fresh()
            writing.put_register_row(project(fresh), words_of(fresh))

    def find(self, reading: Reading, ref: str, *, writing: bool) -> Incident:
        """Return the incident of ``BD-2026-007``, ``2026-7`` or ``7`` (newest year that has it).

        Raises:
            NoSuchCaseError: nothing fits, or (when writing) a bare number fits two years.
        """
        match = _REFERENCE.match(ref.strip())
        if match is None:
            raise NoSuchCaseError(
                say("“{ref}” is not a case reference.", ref=ref),
                say("Write it as BD-2026-007, or just 7. “breachdesk list” shows the cases."),
            )
        year, number = match.groups()
        years = (int(year),) if year else reading.years_with(int(number))
        if writing and len(years) > 1:
            choices = ", ".join(f"BD-{one}-{int(number):03d}" for one in years)
            raise NoSuchCaseError(
                say("“{ref}” fits more than one case: {choices}.", ref=ref, choices=choices),
                say("Write the whole reference."),
            )
        incident = reading.find(years[0], int(number)) if years else None
        if incident is None:
            raise NoSuchCaseError(
                say("There is no case {ref} on this desk.", ref=ref),
                say("“breachdesk list” shows the cases."),
            )
        return incident

    def case(
        self,
        reading: Reading,
        incident: Incident,
        *,
        up_to: int | None = None,
        at: datetime | None = None,
    ) -> CaseFile:
        """Return the case, as it stood after entry `up_to` and read at `at` (default: now)."""
        rows = _rows(reading, incident, up_to)
        if not rows.snapshots:
            raise RefusedError(
                say("What {ref} said at that time was erased.", ref=incident.ref),
                say("Show it as it is now: leave --at out."),
            )
        now = at or self.now()
        return assemble(rows, self.rules(reading, rows, now), now=now)

    def rules(self, reading: Reading, rows: CaseRows, now: datetime) -> CaseRules:
        """Return the law a case reads: the regime by awareness, the forms of its first answers."""
        facts = rows.snapshots[-1]
        return CaseRules(
            regime=self.forms.regime_for(facts.became_aware_at, now, facts.regime),
            pack=self.forms.rule_pack(facts.became_aware_at, now),
            forms=self._forms_of(reading, rows),
            sources=self.forms.sources,
        )

    def _forms_of(self, reading: Reading, rows: CaseRows) -> dict[str, Questionnaire]:
        kept: dict[str, str] = {}
        for answer in rows.answers:
            kept.setdefault(answer.form, answer.form_digest)
        for group in rows.groups:
            for form, digest in group.forms.items():
                kept.setdefault(form, str(digest))
        kept.update({form: str(digest) for form, digest in rows.snapshots[-1].forms.items()})
        return {
            form_id: self._version(reading, form, kept.get(form_id, form.digest))
            for form_id, form in self.forms.questionnaires.items()
        }

    def _version(self, reading: Reading, form: Questionnaire, digest: str) -> Questionnaire:
        if digest == form.digest:
            return form
        texts = [one for one in reading.rows(FormText) if one.digest == digest]
        return self.forms.parse_questionnaire(texts[0].source) if texts else form


@dataclass
class Change:
    """One case being changed: what stands, and where its new rows go."""

    office: Office
    writing: Writing
    incident: Incident
    case: CaseFile
    """As it stood when the transaction began."""
    _fresh: tuple[tuple[int, str], CaseFile] | None = None
    """The head it was last put together at, and the case."""

    def add(self, row: Row, action: AuditAction) -> Row:
        """Keep one row with its audit entry; return it as the database holds it."""
        return self.writing.add(row, action)

    def fresh(self) -> CaseFile:
        """Return the case with everything added so far; put together once for each addition."""
        head = self.writing.head()
        if self._fresh is None or self._fresh[0] != head:
            self._fresh = (head, self.office.case(self.writing, self.incident))
        return self._fresh[1]

    def keep_form(self, form: Questionnaire) -> None:
        """Keep the source text of a form, once."""
        keep_form(self.office, self.writing, form)

    def snapshot(self, action: AuditAction, **changes: object) -> None:
        """Keep a new full snapshot of the case's facts with some changed."""
        old = self.case.facts.model_dump(
            exclude={"id", "seq", "recorded_at", "recorded_by", "reason"}
        )
        self.add(IncidentFacts(id="", **{**old, **changes}), action)


def keep_form(office: Office, writing: Writing, form: Questionnaire) -> None:
    """Keep the source text of a form that is answered, once for each version."""
    if any(one.digest == form.digest for one in writing.rows(FormText)):
        return
    source = office.forms.source_texts.get(form.digest)
    if source is not None:
        writing.add(
            FormText(id="", form=form.id, version=form.version, digest=form.digest, source=source),
            AuditAction.FORM_RECORD,
        )


def profile_in_force(reading: Reading) -> Profile | None:
    """Return the organisation's newest profile, if one was imported."""
    organisation = reading.newest(Organisation)
    return organisation.as_profile() if organisation else None


def _rows(reading: Reading, incident: Incident, up_to: int | None) -> CaseRows:
    def of(table: type[Row]) -> tuple[Row, ...]:
        return tuple(reading.rows(table, incident_id=incident.id, up_to=up_to))

    people: Sequence[Person] = reading.rows(Person)
    return CaseRows(
        incident=incident,
        snapshots=of(IncidentFacts),
        answers=of(Answer),
        assessments=of(Assessment),
        groups=of(PeopleGroup),
        decisions=of(Decision),
        notes=of(Note),
        tasks=of(Task),
        documents=of(Document),
        dispatches=of(Dispatch),
        attachments=of(Attachment),
        mailings=of(Mailing),
        deliveries=of(Delivery),
        evidence=of(Evidence),
        evidence_uses=of(EvidenceUse),
        packs=of(CasePack),
        holds=of(Hold),
        erasure=next(reversed(of(Erasure)), None),
        people={person.id: person.name for person in people},
        profile=profile_in_force(reading),
        seq=up_to if up_to is not None else reading.head()[0],
    )
