"""Log an incident, settle when we became aware, correct what was wrong, close and reopen."""

from datetime import datetime

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Change, Office, keep_form, profile_in_force
from breachdesk.desk.own_facts import check_order, checked
from breachdesk.desk.prefill import activities, prefilled, role_of
from breachdesk.desk.projection import project, words_of
from breachdesk.desk.words import says_something
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records import Answer, Incident, IncidentFacts, NewIncident
from breachdesk.store.writing import Writing
from breachdesk.terms import AuditAction, Role, Status


class Intake:
    """Where a case begins, and where its own facts are kept right."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def open(self, ref: str, *, at: datetime | None = None) -> CaseFile:
        """Return a case as it is, or as the desk knew it at an earlier moment.

        Raises:
            NoSuchCaseError: no such case, or it was not logged yet by then.
        """
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
            if at is None:
                return self._office.case(reading, incident)
            up_to = reading.seq_at(at)
            if up_to < incident.seq + 1:
                raise RefusedError(
                    say("{ref} was not logged yet at {at}.", ref=incident.ref, at=at),
                    say("It was logged at {at}.", at=incident.recorded_at),
                )
            return self._office.case(reading, incident, up_to=up_to, at=at)

    def log(self, new: NewIncident) -> CaseFile:
        """Log an incident and return the case: its reference is given at once.

        What is known of the chosen processing activities stands in the facts, to be confirmed.
        """
        now = self._office.now()
        _check_times(new)
        with self._office.writing() as writing:
            profile = profile_in_force(writing)
            chosen = activities(profile, new.processing)
            year = now.astimezone(self._office.zone).year
            incident = writing.add(
                Incident(id="", year=year, number=writing.next_number(year), is_drill=new.is_drill),
                AuditAction.INCIDENT_LOG,
            )
            facts = _first_snapshot(new, incident, role=new.role or role_of(chosen))
            writing.add(facts, AuditAction.FACTS_LOG)
            eea = self._office.forms.regime_for(new.became_aware_at, now).eea
            self._prefill(writing, incident, prefilled(profile, chosen, facts.role, eea))
            case = self._office.case(writing, incident)
            writing.put_register_row(project(case), words_of(case))
            return case

    def _prefill(self, writing: Writing, incident: Incident, values: dict[str, object]) -> None:
        form = self._office.forms.questionnaires["facts"]
        keep = {key: value for key, value in values.items() if _fits(self._office, key, value)}
        if keep:
            keep_form(self._office, writing, form)
        for question, value in keep.items():
            writing.add(
                Answer(
                    id="",
                    incident_id=incident.id,
                    question=question,
                    form=form.id,
                    form_digest=form.digest,
                    value=list(value) if isinstance(value, tuple) else value,
                    is_confirmed=False,
                ),
                AuditAction.ANSWER_PREFILL,
            )

    def become_aware(self, ref: str, at: datetime, because: str) -> CaseFile:
        """Set or correct when we became aware; the old time stays in the record.

        `at` is aware and not in the future (Art. 33(1) GDPR: the clock runs from here).
        """
        _need_reason(because)
        if at > self._office.now():
            raise RefusedError(
                say("{at} is in the future.", at=at), say("Awareness is something that happened.")
            )
        with self._office.changing(ref) as change:
            facts = change.case.facts
            if (facts.became_aware_at, facts.awareness_reason) == (at, because):
                return change.case
            change.snapshot(
                AuditAction.AWARENESS_RECORD,
                became_aware_at=at,
                awareness_reason=because,
                reason=because,
            )
            return change.fresh()

    def correct(self, ref: str, field: str, value: object, because: str) -> CaseFile:
        """Correct one of the case's own facts (`CORRECTABLE`); the old value stays in the record.

        The value it has already is no correction: nothing is written.

        Args:
            ref: The case.
            field: One of `CORRECTABLE`.
            value: Text, a `Role`, natures, or an aware time; None for a time no longer known.
            because: Why.
        """
        _need_reason(because)
        column, kept = checked(field, value)
        with self._office.changing(ref) as change:
            if getattr(change.case.facts, column) == kept:
                return change.case
            change.snapshot(AuditAction.FACTS_CORRECT, **{column: kept}, reason=because)
            fresh = change.fresh()
            check_order(fresh.facts.occurred_from, fresh.facts.occurred_to)
            return fresh

    def close(self, ref: str, because: str) -> CaseFile:
        """Close a case. With a duty open this is said, not refused."""
        return self._set_status(ref, Status.CLOSED, because)

    def reopen(self, ref: str, because: str) -> CaseFile:
        """Reopen a closed case; its clocks never stopped."""
        return self._set_status(ref, Status.OPEN, because)

    def _set_status(self, ref: str, status: Status, because: str) -> CaseFile:
        _need_reason(because)
        closing = status == Status.CLOSED
        with self._office.changing(ref) as change:
            if change.case.facts.status == status:
                already = say("{ref} is closed already.", ref=change.case.ref)
                is_open = say("{ref} is open already.", ref=change.case.ref)
                raise RefusedError(already if closing else is_open)
            action = AuditAction.STATUS_CLOSE if closing else AuditAction.STATUS_REOPEN
            change.snapshot(action, status=status, reason=because)
            return change.fresh()

    def resolve(self, ref: str, *, writing: bool) -> str:
        """Return the whole reference of a short one."""
        with self._office.reading() as reading:
            return self._office.find(reading, ref, writing=writing).ref

    def newer_forms(self, ref: str) -> tuple[str, ...]:
        """Return the ids of the forms that are newer on this desk than in the case."""
        with self._office.reading() as reading:
            case = self._office.case(reading, self._office.find(reading, ref, writing=False))
        return _newer(case, self._office)

    def upgrade_forms(self, ref: str) -> CaseFile:
        """Let a case use the newest forms; answers whose question is gone are kept, unread.

        With nothing newer, nothing is written.
        """
        with self._office.changing(ref) as change:
            if not _newer(change.case, self._office):
                return change.case
            for form in self._office.forms.questionnaires.values():
                change.keep_form(form)
            _record_upgrade(change, self._office)
            return change.fresh()


def _newer(case: CaseFile, office: Office) -> tuple[str, ...]:
    newest = office.forms.questionnaires
    return tuple(one.id for one in newest.values() if case.forms[one.id].digest != one.digest)


def _record_upgrade(change: Change, office: Office) -> None:
    digests = {form.id: form.digest for form in office.forms.questionnaires.values()}
    change.snapshot(AuditAction.FORM_UPGRADE, forms=digests)


def _first_snapshot(new: NewIncident, incident: Incident, *, role: Role) -> IncidentFacts:
    return IncidentFacts(
        id="",
        incident_id=incident.id,
        title=" ".join(new.title.split()),
        summary=new.summary,
        role=role,
        regime="no",
        nature=[one.value for one in new.nature],
        processing=list(new.processing),
        occurred_from=new.occurred_from,
        occurred_to=new.occurred_to,
        detected_at=new.detected_at,
        became_aware_at=new.became_aware_at,
        awareness_reason=new.awareness_reason,
    )


def _check_times(new: NewIncident) -> None:
    check_order(new.occurred_from, new.occurred_to)
    if not says_something(new.title):
        raise RefusedError(say("A case needs a title."), say("Say in a few words what happened."))


def _need_reason(because: str) -> None:
    if not says_something(because):
        raise RefusedError(
            say("A reason is needed."), say("Say in your own words why; it stays in the record.")
        )


def _fits(office: Office, question_id: str, value: object) -> bool:
    from breachdesk.rules.questionnaire import check_value

    question = office.forms.questionnaires["facts"].question(question_id)
    return question is not None and check_value(question, value) is None  # type: ignore[arg-type]
