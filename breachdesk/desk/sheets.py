"""Answers as they are handed in together, and how what is new on the sheet is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from breachdesk.casefile import CaseFile
from breachdesk.casefile.given import as_value
from breachdesk.desk.office import Change
from breachdesk.desk.own_facts import first_values, takes_a_first_value
from breachdesk.desk.words import OWNER_LENGTH
from breachdesk.errors import StaleCaseError
from breachdesk.message import Message, say
from breachdesk.records import Answer
from breachdesk.rules.questionnaire import AnswerValue, Questionnaire
from breachdesk.terms import AuditAction

ALL = "all"
"""Confirms everything in a form that came from the profile."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Answers handed in together: all are taken, or none."""

    values: Mapping[str, object] = field(default_factory=dict)
    """Question id to value as read from a file, a flag or a field."""
    unknown: Mapping[str, tuple[str, datetime | None]] = field(default_factory=dict)
    """Question id to (who finds out, by when); what is left empty stays as it was said before."""
    cleared: Sequence[str] = ()
    """Question ids whose answer is taken back."""
    confirmed: Sequence[str] = ()
    """Question ids whose answer, taken from the profile, is right for this case."""
    replaces: Mapping[str, str | None] = field(default_factory=dict)
    """Question id to the id of the answer that was shown; for noticing that it changed since."""
    because: str = ""
    """Why the answers differ from those before; a later notification prints it."""
    group: str = ""
    """The group of people they are about, by name or id; empty: everybody."""

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question on it, in the order of the lists."""
        return (*self.values, *self.unknown, *self.cleared, *self.confirmed)

    def spelled_out(self, case: CaseFile, form: Questionnaire) -> "Sheet":
        """Return the sheet with "all" written out: each answer that waits to be confirmed."""
        if ALL not in self.confirmed:
            return self
        waiting = (
            one for one, answer in case.answers.items() if form.question(one) and answer.waits
        )
        named = (one for one in self.confirmed if one != ALL)
        return replace(self, confirmed=tuple(dict.fromkeys((*named, *waiting))))


def contradictions(sheet: Sheet, case: CaseFile) -> dict[str, Message]:
    """Return what is handed in twice, owners that are no names, and what cannot be confirmed."""
    handed_in = sheet.questions
    problems = {
        one: say(
            "It is answered, said to be unknown, taken back or confirmed at the same time: "
            "choose one."
        )
        for one in handed_in
        if handed_in.count(one) > 1
    }
    for question_id, (owner, _) in sheet.unknown.items():
        if len(owner) > OWNER_LENGTH or "\0" in owner:
            problems[question_id] = say(
                "Who finds out is a name of at most {limit} characters.", limit=OWNER_LENGTH
            )
    for question_id in sheet.confirmed:
        answer = case.answers.get(question_id)
        if answer is None or answer.is_unknown:
            problems.setdefault(question_id, say("There is no answer yet that could be confirmed."))
    return problems


def keep_first(change: Change, form: Questionnaire, read: Mapping[str, AnswerValue]) -> set[str]:
    """Give the case's own facts their first value; return the questions that gave one."""
    first = {
        question.id: question.binds
        for question in form.questions
        if question.binds
        and question.id in read
        and takes_a_first_value(change.case.facts, question.binds)
    }
    if first:
        values = {binds: read[question] for question, binds in first.items()}
        change.snapshot(AuditAction.FACTS_LOG, **first_values(values))
    return set(first)


def keep_answers(
    change: Change, form: Questionnaire, read: Mapping[str, AnswerValue], sheet: Sheet
) -> set[str]:
    """Keep what is new on a sheet, and return the questions it was written for.

    Args:
        change: The case, and where it is written.
        form: The form that was answered.
        read: Its values as the rules read them.
        sheet: Everything else that was handed in.
    """
    rows = [row for row in _rows(change, form, read, sheet) if _is_new(change.case, row)]
    if rows:
        change.keep_form(form)
    for row in rows:
        change.add(row, AuditAction.ANSWER_RECORD)
    return {row.question for row in rows}


def _rows(
    change: Change, form: Questionnaire, read: Mapping[str, AnswerValue], sheet: Sheet
) -> Iterator[Answer]:
    """Yield a row for everything on the sheet but the case's own facts."""
    bound = {question.id for question in form.questions if question.binds}
    for question_id, value in read.items():
        if question_id not in bound:
            row = _row(change, form, question_id, sheet.because)
            row.value = list(value) if isinstance(value, tuple) else value
            yield row
    for question_id, (owner, due) in sheet.unknown.items():
        row = _row(change, form, question_id, sheet.because)
        before = change.case.answers.get(question_id)
        row.is_unknown = True
        row.owner = owner or (before.owner if before else "")
        row.due = due or (before.due if before else None)
        yield row
    for question_id in sheet.cleared:
        row = _row(change, form, question_id, sheet.because)
        row.is_cleared = True
        yield row
    for question_id in sheet.confirmed:
        row = _row(change, form, question_id, sheet.because)
        row.value = change.case.answers[question_id].value
        yield row


def check_stale(case: CaseFile, sheet: Sheet) -> None:
    """Refuse an answer to a question that somebody else answered since it was shown.

    Raises:
        StaleCaseError: Somebody did.
    """
    for question_id, shown in sheet.replaces.items():
        current = case.answers.get(question_id)
        if (current.id if current else None) != shown:
            raise StaleCaseError(
                question_id,
                _as_text(as_value(current)) if current else "–",
                _as_text(sheet.values.get(question_id)),
            )


def _as_text(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value)
    return "?" if value is None else str(value)


def _row(change: Change, form: Questionnaire, question_id: str, because: str) -> Answer:
    before = change.case.answers.get(question_id)
    return Answer(
        id="",
        incident_id=change.incident.id,
        question=question_id,
        form=form.id,
        form_digest=form.digest,
        replaces=before.id if before else None,
        reason=because.strip(),
    )


def _is_new(case: CaseFile, row: Answer) -> bool:
    """Does a row say anything that is not in force already?"""
    before = case.answers.get(row.question)
    if before is None:
        return not row.is_cleared
    if row.is_cleared:
        return True
    return not before.is_confirmed or (
        (before.value, before.is_unknown, before.owner, before.due)
        != (row.value, row.is_unknown, row.owner, row.due)
    )
