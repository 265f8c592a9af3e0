"""Answer a form, assess the risk, and keep both with what they were based on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import is_declined, sent_at
from breachdesk.casefile.given import field_of
from breachdesk.casefile.groups import CaseGroup
from breachdesk.casefile.whole import set_aside
from breachdesk.desk.groups import find_group, keep_own_answers, not_for_groups
from breachdesk.desk.office import Office
from breachdesk.desk.own_facts import (
    check_order,
    spelled_out,
    takes_a_first_value,
)
from breachdesk.desk.sheets import Sheet, check_stale, contradictions, keep_answers, keep_first
from breachdesk.errors import AnswersRefusedError, NoSuchThingError, RefusedError, with_remedy
from breachdesk.forms.proposals import Proposal
from breachdesk.message import Message, say
from breachdesk.records import Assessment
from breachdesk.rules.advice import Assessed
from breachdesk.rules.assessment import assess
from breachdesk.rules.clock import ClockReading, read_clock
from breachdesk.rules.plain import to_plain
from breachdesk.rules.questionnaire import (
    Answers,
    AnswerValue,
    Question,
    Questionnaire,
    asked,
    check_value,
    missing,
    read_value,
)
from breachdesk.terms import AuditAction, Duty, Matter, Outcome, QuestionKind
from breachdesk.when import read_day, read_due, read_past


@dataclass(frozen=True, kw_only=True)
class AnswerReport:
    """What came of a sheet."""

    case: CaseFile
    accepted: tuple[str, ...]
    missing: tuple[str, ...]
    """Questions of the form that are asked and still have no value."""
    not_asked: tuple[str, ...] = ()
    """Answers that were taken and are not asked for as things stand; they are kept."""
    unchanged: tuple[str, ...] = ()
    """Those of the accepted that stood so already; nothing was written for them."""
    group: CaseGroup | None = None
    """The group of people that was answered for; None: everybody."""
    set_aside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Question to what is answered for everybody and, by this answer, not for the group."""


@dataclass(frozen=True, kw_only=True)
class AsIf:
    """What a proposal would say of a case. It is not law, and nothing of it is kept."""

    case: CaseFile
    proposal: Proposal
    assessed: Assessed
    clock: ClockReading
    """The authority's, by the proposal's hours."""


class Assessments:
    """Where questions are answered and risk is assessed."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def answer(self, ref: str, form_id: str, sheet: Sheet) -> AnswerReport:
        """Take a sheet of answers to one form.

        A question bound to one of the case's own facts is answered once here; another value
        later is a correction, which gives a reason.

        Raises:
            NoSuchThingError: no such form.
            AnswersRefusedError: at least one value is wrong; nothing was written.
            StaleCaseError: somebody answered the same question since it was shown.
        """
        with self._office.changing(ref) as change:
            form = _form(change.case, form_id)
            group = find_group(change.case, sheet.group) if sheet.group else None
            sheet = sheet.spelled_out(change.case, form)
            read, problems = self._read(change.case, form, sheet)
            if group is not None:
                problems |= not_for_groups(change.case, form, sheet)
            if problems:
                raise AnswersRefusedError(tuple(problems.items()))
            if group is not None:
                check_stale(change.case.for_group(group), sheet)
                written = keep_own_answers(change, group, form, read, sheet)
            else:
                check_stale(change.case, sheet)
                written = {
                    *keep_first(change, form, read),
                    *keep_answers(change, form, read, sheet),
                }
            fresh = change.fresh()
            check_order(fresh.facts.occurred_from, fresh.facts.occurred_to)
            theirs = fresh.group(group.id) if group else None
            given = theirs.given if theirs else fresh.given
            asks = {one.id for one in asked(form, given, fresh.derived)}
            accepted = (*read, *sheet.unknown, *sheet.cleared, *sheet.confirmed)
            return AnswerReport(
                case=fresh,
                accepted=accepted,
                missing=tuple(one.id for one in missing(form, given, fresh.derived)),
                not_asked=tuple(one for one in read if one not in asks),
                unchanged=tuple(one for one in accepted if one not in written),
                group=theirs,
                set_aside=_set_aside(fresh, form, read, theirs),
            )

    def _read(
        self, case: CaseFile, form: Questionnaire, sheet: Sheet
    ) -> tuple[dict[str, AnswerValue], dict[str, Message]]:
        read: dict[str, AnswerValue] = {}
        problems = contradictions(sheet, case)
        for question_id in sheet.questions:
            question = form.question(question_id)
            if question_id in problems:
                continue
            if question is None:
                problems[question_id] = say("“{form}” has no such question.", form=form.id)
            elif question_id in sheet.values:
                value = self._value(question, sheet.values[question_id])
                if isinstance(value, Message):
                    problems[question_id] = value
                elif _is_open(case, question) or value == case.value(question_id):
                    read[question_id] = value
                else:
                    problems[question_id] = _bound(question)
            elif not _is_open(case, question):
                problems[question_id] = _bound(question)
        return read, problems

    def _value(self, question: Question, raw: object) -> AnswerValue | Message:
        if question.kind == QuestionKind.MOMENT and isinstance(raw, date):
            raw = raw.isoformat()
        if question.kind == QuestionKind.MOMENT and isinstance(raw, str):
            moment = self._moment(question, raw)
            if isinstance(moment, Message):
                return moment
            raw = moment.isoformat(timespec="seconds")
        value = read_value(question, spelled_out(question.binds, raw))
        if isinstance(value, Message):
            return value
        return check_value(question, value) or value

    def _moment(self, question: Question, text: str) -> datetime | Message:
        """Read a time: it has been, but for a day that is planned (`day_suffices`)."""
        now, zone = self._office.now(), self._office.zone
        try:
            day = read_day(text, now=now, zone=zone) if question.day_suffices else None
            return day or read_past(text, now=now, zone=zone)
        except RefusedError as past:
            if not question.day_suffices:
                return with_remedy(past)
            try:
                return read_due(text, now=now, zone=zone)
            except RefusedError:
                return with_remedy(past)

    def advise(self, ref: str) -> Assessed:
        """Return the advice on the answers as they stand; nothing is kept."""
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
            return self._office.case(reading, incident).current

    def what_if(self, case: CaseFile, instead: Answers) -> Assessed:
        """Return the advice if some answers were others; nothing is read and nothing is kept.

        Of a case as it is for one group: the advice for that group.
        """
        return assess(
            case.forms["risk"],
            self._office.forms.rule_pack(case.facts.became_aware_at, case.read_at),
            {**case.given, **instead},
            role=case.facts.role,
            is_breach=_is_breach(case),
            groups=() if case.seen_for else [one.for_rules for one in case.groups],
        )

    def as_if(self, ref: str, proposal_id: str) -> AsIf:
        """Return the advice and the clock that a proposal would give. Nothing is kept.

        Raises:
            NoSuchThingError: there is no such proposal.
        """
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
            case = self._office.case(reading, incident)
        aware = case.facts.became_aware_at
        proposal = self._office.forms.proposal(proposal_id, aware, case.read_at)
        duty = Duty.NOTIFY_AUTHORITY
        return AsIf(
            case=case,
            proposal=proposal,
            assessed=assess(
                case.forms["risk"],
                proposal.pack,
                case.given,
                role=case.facts.role,
                is_breach=_is_breach(case),
                groups=[one.for_rules for one in case.groups],
            ),
            clock=read_clock(
                proposal.regime.clocks[duty],
                regime=proposal.regime,
                became_aware_at=aware,
                first_sign_at=case.first_sign_at,
                logged_at=case.incident.recorded_at,
                now=case.read_at,
                sent_at=sent_at(case.dispatches, duty),
                not_owed=is_declined(case.decisions, duty),
            ),
        )

    def assess(self, ref: str) -> CaseFile:
        """Assess the answers as they stand and keep the assessment beside the earlier ones."""
        with self._office.changing(ref) as change:
            case = change.case
            for form in case.forms.values():
                change.keep_form(form)
            change.add(
                Assessment(
                    id="",
                    incident_id=case.incident.id,
                    pack=case.current.pack,
                    forms={form.id: form.digest for form in case.forms.values()},
                    answers={
                        key: list(value) if isinstance(value, tuple) else value
                        for key, value in case.given.items()
                    },
                    risk=case.current.risk,
                    result=to_plain(case.current),
                ),
                AuditAction.ASSESSMENT_RECORD,
            )
            return change.fresh()


def _set_aside(
    case: CaseFile,
    form: Questionnaire,
    read: Mapping[str, AnswerValue],
    group: CaseGroup | None,
) -> dict[str, tuple[str, ...]]:
    """Return what answers for a group take the place of, by question."""
    if group is None:
        return {}
    questions = [one for one in form.questions if one.id in read]
    found = {one.id: set_aside(case, one, group) for one in questions}
    return {question: left for question, left in found.items() if left}


def _is_breach(case: CaseFile) -> bool | None:
    """Return what was decided on Art. 4(12) GDPR, None while it is open."""
    decided = case.decision(Matter.IS_BREACH)
    return {Outcome.YES: True, Outcome.NO: False}.get(decided.outcome) if decided else None


def _is_open(case: CaseFile, question: Question) -> bool:
    """Return whether a form may answer it: all but the case's own facts once they are known."""
    return question.binds is None or takes_a_first_value(case.facts, question.binds)


def _form(case: CaseFile, form_id: str) -> Questionnaire:
    form = case.forms.get(form_id)
    if form is None:
        raise NoSuchThingError(
            say("There is no form “{form}”.", form=form_id),
            say("Choose one of: {forms}.", forms=", ".join(case.forms)),
        )
    return form


def _bound(question: Question) -> Message:
    if question.id == "became_aware_at":
        return say("This is changed with “breachdesk aware REF WHEN --because …”.")
    return say(
        "This is changed with “breachdesk correct REF {field} VALUE --because …”.",
        field=field_of(question.binds or ""),
    )
