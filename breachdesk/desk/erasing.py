"""End a case for good: erase what it said, keep what Art. 33(5) GDPR asks to be documented.

The entries stay, so the chain still verifies. What is kept is written anew without free text: the
reference, times, kind of breach, categories and counts, effects, risk, decisions with the reason
the eraser gives, and when something was sent. Each row's salt goes with it, so that its digest in
the chain no longer tells anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.desk.beyond import out_of_reach, remembered
from breachdesk.desk.moving import copy_of
from breachdesk.desk.office import Office
from breachdesk.desk.projection import project, words_of
from breachdesk.desk.twins import left_files, twins_of
from breachdesk.desk.words import says_something
from breachdesk.errors import RefusedError
from breachdesk.exchange.parcel import case_records
from breachdesk.message import Message, say
from breachdesk.records import (
    Answer,
    Assessment,
    Decision,
    Erasure,
    Evidence,
    PeopleGroup,
)
from breachdesk.records.base import KeptInCase
from breachdesk.rules.groups import GROUP_REASONS
from breachdesk.store.reading import Reading
from breachdesk.store.sealed import sealed_name
from breachdesk.terms import (
    AuditAction,
    Duty,
    Matter,
    QuestionKind,
    Status,
)

_FREE_TEXT = "–"


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What was erased, and what could not be."""

    case: CaseFile
    rows: int
    files: int
    """Sealed files of evidence that were removed."""
    is_log_empty: bool
    """False: another program has the desk open, whose log still holds the old pages."""
    running: tuple[Duty, ...]
    """Duties that are still to be met: erasing ends none."""
    out_of_reach: tuple[Message, ...]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What erasing would do; nothing is done yet."""

    rows: int
    files: int
    """Sealed files of evidence that would be removed."""
    running: tuple[Duty, ...]
    """Duties that would still be to be met: erasing ends none."""
    out_of_reach: tuple[Message, ...]


class Erasing:
    """Where a case ends."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def outlook(self, ref: str) -> Outlook:
        """Return what erasing a case would do.

        Raises:
            RefusedError: It was erased already, or somebody holds it.
        """
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=True)
            case = self._office.case(reading, incident)
            left = self._need_unerased(reading, case)
            _check_hold(case)
            gone = tuple(_to_erase(reading, case))
            return Outlook(
                rows=len(gone),
                files=sum(isinstance(row, Evidence) and row.key is not None for row in gone)
                + len(left),
                running=_running(case),
                out_of_reach=self._beyond(reading, case, gone),
            )

    def out_of_reach(self, ref: str) -> tuple[Message, ...]:
        """Return what of an erased case is still there outside the desk, as far as it is known."""
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
            return self._beyond(reading, self._office.case(reading, incident))

    def erase(
        self, ref: str, because: str, *, rationales: Mapping[Matter, str] | None = None
    ) -> Erased:
        """Erase a case for good, but for what Art. 33(5) asks to be documented.

        Args:
            ref: The case.
            because: Why; stays in the record.
            rationales: The reason to keep for a decision, without anybody's data.

        Raises:
            RefusedError: No reason is given, the case was erased already, or somebody holds it.
        """
        if not says_something(because):
            raise RefusedError(say("A reason is needed."), say("Say why the case may go."))
        with self._office.changing(ref) as change:
            left = self._need_unerased(change.writing, change.case)
            _check_hold(change.case)
            since = _erased_up_to(change.writing, change.case)
            gone = tuple(_to_erase(change.writing, change.case))
            kept = (
                *_bare_answers(change.writing, change.case),
                *(
                    copy
                    for row, copy in _kept(change.case, because, rationales or {})
                    if row.seq > since
                ),
            )
            beyond = self._beyond(change.writing, change.case, gone)
            to_remember = remembered(change.writing, change.case)
            change.writing.erase(gone)
            change.writing.forget_half_typed(change.case.ref)
            for row in kept:
                change.writing.adopt(
                    copy_of(row, id=self._office.store.new_id(type(row).__name__.lower())),
                    AuditAction.CASE_ERASE,
                )
            change.add(
                Erasure(
                    id="",
                    incident_id=change.incident.id,
                    reason=because,
                    erased=[row.seq for row in gone],
                    beyond=to_remember,
                ),
                AuditAction.CASE_ERASE,
            )
            case = change.fresh()
            change.writing.put_register_row(project(case), words_of(case))
            change.writing.forget_words()
        return Erased(
            case=case,
            rows=len(gone),
            files=self._remove_files(gone, left),
            is_log_empty=self._office.store.forget_traces(),
            running=_running(case),
            out_of_reach=beyond,
        )

    def _beyond(
        self, reading: Reading, case: CaseFile, gone: tuple[KeptInCase, ...] = ()
    ) -> tuple[Message, ...]:
        twins = twins_of(self._office, reading, case)
        return (*twins, *out_of_reach(reading, case, gone))

    def _need_unerased(self, reading: Reading, case: CaseFile) -> tuple[Path, ...]:
        """Make sure that something of the case is left to erase; return the files without a row.

        An erasure that was killed between its rows and its files leaves these.
        """
        left = left_files(reading, self._office.store.home, case.incident.id)
        if not left:
            _need_unerased(reading, case)
        return left

    def _remove_files(self, gone: tuple[KeptInCase, ...], left: tuple[Path, ...]) -> int:
        paths = [*left] + [
            self._office.store.home / sealed_name(row.id)
            for row in gone
            if isinstance(row, Evidence) and row.key is not None
        ]
        there = [path for path in paths if path.exists()]
        for path in there:
            path.unlink()
        return len(there)


def running_words(duties: tuple[Duty, ...]) -> Message | None:
    """Return that duties still run, and that erasing ends none; None when there are none."""
    if not duties:
        return None
    if len(duties) == 1:
        return say(
            "One duty still runs, and erasing does not end it: {duty}. “breachdesk due” goes on "
            "listing it, and a sending or a decision can still be recorded.",
            duty=duties[0],
        )
    return say(
        "Duties still run, and erasing does not end them: {first}; {second}. “breachdesk due” goes "
        "on listing them, and a sending or a decision can still be recorded.",
        first=duties[0],
        second=duties[1],
    )


def _running(case: CaseFile) -> tuple[Duty, ...]:
    return tuple(clock.duty for clock in case.clocks if clock.is_running)


def _check_hold(case: CaseFile) -> None:
    if case.hold is not None:
        raise RefusedError(
            say(
                "{person} wants {ref} kept: {reason}",
                person=case.hold.person,
                ref=case.ref,
                reason=case.hold.reason,
            ),
            say("Release it first: “breachdesk hold {ref} --release --because TEXT”.",
                ref=case.ref),
        )  # fmt: skip


def _erased_up_to(reading: Reading, case: CaseFile) -> int:
    """Return the number of the case's newest erasure, 0 without one; what is newer may go."""
    return max((row.seq for row in reading.rows(Erasure, incident_id=case.incident.id)), default=0)


def _need_unerased(reading: Reading, case: CaseFile) -> None:
    if _erased_up_to(reading, case) and not any(_to_erase(reading, case)):
        raise RefusedError(
            say("{ref} was erased already.", ref=case.ref),
            say("“breachdesk show” says what is kept of it, and what is out of reach."),
        )


def _to_erase(reading: Reading, case: CaseFile) -> Iterator[KeptInCase]:
    """Yield every row of the case but answers that are no free text, name nobody, say no reason.

    What an earlier erasure left, and that erasure itself, stay as they are.
    """
    since = _erased_up_to(reading, case)
    for record in case_records().values():
        for row in reading.rows(record, incident_id=case.incident.id):
            is_newer = row.seq > since
            if is_newer and not (isinstance(row, Answer) and _is_closed(case, row)):
                yield row


def _is_closed(case: CaseFile, answer: Answer) -> bool:
    says_more = answer.owner or answer.reason
    return not says_more and _has_no_text(case, answer.question)


def _bare_answers(reading: Reading, case: CaseFile) -> Iterator[Answer]:
    """Yield the answers in force that go for their owner or reason, without these.

    Else an earlier answer to the same question would be in force again.
    """
    rows = reading.rows(Answer, incident_id=case.incident.id)
    for row in {one.question: one for one in rows}.values():
        if _has_no_text(case, row.question) and not _is_closed(case, row):
            yield copy_of(row, owner="", reason="", replaces=None)


def _has_no_text(case: CaseFile, question_id: str) -> bool:
    question = case.question(question_id)
    return question is not None and question.kind is not QuestionKind.TEXT


def _kept(
    case: CaseFile, because: str, rationales: Mapping[Matter, str]
) -> Iterator[tuple[KeptInCase, KeptInCase]]:
    """Yield rows with what is written anew for them: who recorded it and when stay as they were."""
    yield (
        case.facts,
        copy_of(
            case.facts,
            title=case.ref,
            summary="",
            awareness_reason="",
            processing=[],
            reason=because,
            status=Status.CLOSED,
        ),
    )
    for group in case.groups:
        yield group.rows[-1], _nameless(case, group.rows[-1], because)
    if case.assessments:
        yield case.assessments[-1], _without_text(case, case.assessments[-1])
    for decision in _decisions_kept(case):
        yield decision, _shortened(decision, rationales.get(decision.matter, ""))
    for sending in standing(case.dispatches):
        bare = copy_of(
            sending, document_id=None, to=_FREE_TEXT, channel=_FREE_TEXT, receipt="", reason=""
        )
        yield sending, bare


def _decisions_kept(case: CaseFile) -> Iterator[Decision]:
    for matter in Matter:
        decision = case.decision(matter)
        if decision is not None and decision.group_id is None:
            yield decision
    for group in case.groups:
        if group.decision is not None and group.decision.group_id is not None:
            yield group.decision


def _without_text(case: CaseFile, kept: Assessment) -> Assessment:
    answers: dict[str, Any] = {
        question: value for question, value in kept.answers.items() if _has_no_text(case, question)
    }
    return copy_of(kept, answers=answers, result=_without_names(kept.result))


def _without_names(plain: Any) -> Any:  # noqa: ANN401 - JSON
    """Return plain values without what groups of people are called, and reasons that say it."""
    if isinstance(plain, list):
        said = [one for one in plain if not (isinstance(one, dict) and _names_a_group(one))]
        return [_without_names(one) for one in said]
    if not isinstance(plain, dict):
        return plain
    bare = {key: _without_names(value) for key, value in plain.items()}
    return {**bare, "name": bare["id"]} if {"id", "name", "number"} <= set(bare) else bare


def _names_a_group(plain: Mapping[str, Any]) -> bool:
    return plain.get("rule") in GROUP_REASONS


def _nameless(case: CaseFile, row: PeopleGroup, because: str) -> PeopleGroup:
    """Return a group with its number and closed answers; what it was called may point at people."""
    answers = {
        question: {"unknown": True} if said.get("unknown") else said
        for question, said in row.answers.items()
        if _has_no_text(case, question)
    }
    return copy_of(row, name=row.group_id, answers=answers, reason=because)


def _shortened(decision: Decision, rationale: str) -> Decision:
    return copy_of(
        decision,
        rationale=rationale or _FREE_TEXT,
        assessment_id=None,
        advice=_without_names(decision.advice),
    )
