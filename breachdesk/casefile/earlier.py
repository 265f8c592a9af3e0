"""A case as it stood when it was last notified: what has changed since is worked out from it."""

from collections.abc import Iterable
from dataclasses import replace

from breachdesk.casefile.case import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.casefile.given import column_of, given_answers, in_force, without_known
from breachdesk.casefile.groups import CaseGroup, Told, read_groups, told_parts
from breachdesk.records import Answer, Dispatch
from breachdesk.records.base import KeptInCase
from breachdesk.rules.plain import from_plain
from breachdesk.rules.questionnaire import AnswerValue
from breachdesk.terms import DocumentKind, Duty, Matter


def last_sent(case: CaseFile) -> Dispatch | None:
    """Return the notification that reached the authority last and was not taken back.

    The time it was sent counts, not when that was recorded: an older sending may be recorded later.
    """
    sent = [
        (one.sent_at, one.seq, one)
        for one in standing(case.dispatches)
        if one.duty is Duty.NOTIFY_AUTHORITY and one.sent_at
    ]
    return max(sent, key=lambda one: one[:2])[-1] if sent else None


def last_notified(case: CaseFile) -> int | None:
    """Return up to which entry the authority knows the case; None before any notification.

    The paper sent last counts as it was issued; what was typed straight into a form, as the case
    stood when that was recorded. A paper that was issued and never sent counts when nothing was.
    """
    papers = {one.id: one.seq for one in case.documents if one.kind is DocumentKind.NOTIFICATION}
    sent = last_sent(case)
    if sent is not None:
        return papers.get(sent.document_id or "", sent.seq)
    return max(papers.values(), default=None)


def as_of(case: CaseFile, seq: int) -> CaseFile:
    """Return the case with the answers, decisions, sendings and assessment it had at an entry.

    Clocks, advice and timeline stay as they are now: they are no facts of the breach.
    """
    snapshots = tuple(one for one in case.snapshots if one.seq <= seq) or case.snapshots[:1]
    facts, forms = snapshots[-1], tuple(case.forms.values())
    answers = without_known(
        in_force(one for one in case.answer_log if one.seq <= seq), facts, forms
    )
    given = given_answers(answers, facts, forms)
    assessments = tuple(one for one in case.assessments if one.seq <= seq)
    decisions = tuple(one for one in case.decisions if one.seq <= seq)
    dispatches = tuple(one for one in case.dispatches if one.seq <= seq)
    groups = read_groups((one for one in case.group_log if one.seq <= seq), given)
    told = told_parts(groups, decisions, dispatches, given)
    return replace(
        case,
        facts=facts,
        snapshots=snapshots,
        answers=answers,
        given=given,
        answer_log=tuple(one for one in case.answer_log if one.seq <= seq),
        assessments=assessments,
        decisions=decisions,
        documents=tuple(one for one in case.documents if one.seq <= seq),
        dispatches=dispatches,
        groups=tuple(_as_told(one, told) for one in groups),
        told=told,
        group_log=tuple(one for one in case.group_log if one.seq <= seq),
        kept=from_plain(assessments[-1].result) if assessments else None,
        seq=seq,
    )


def _as_told(group: CaseGroup, told: tuple[Told, ...]) -> CaseGroup:
    """Return a group with what was decided and done for it by then."""
    stands = next(one for one in told if one.group and one.group.id == group.id)
    return replace(
        group,
        decision=stands.decision,
        is_declined=stands.is_declined,
        told_at=stands.told_at,
    )


def was_told(case: CaseFile, question_id: str) -> AnswerValue:
    """Return what the notification that was sent last says to a question; None for nothing."""
    seq = last_notified(case)
    is_sent = any(one.duty is Duty.NOTIFY_AUTHORITY for one in standing(case.dispatches))
    return as_of(case, seq).value(question_id) if is_sent and seq is not None else None


def cause(
    case: CaseFile,
    seq: int,
    *,
    questions: Iterable[str] = (),
    matters: Iterable[Matter] = (),
    duty: Duty | None = None,
    is_assessed: bool = False,
    has_groups: bool = False,
) -> KeptInCase | None:
    """Return the newest row after an entry that may have changed a line of a paper.

    Args:
        case: As it stands now.
        seq: The entry up to which the authority knows it.
        questions: Whose answers the line shows, those of the case's own facts included.
        matters: Whose decisions it shows.
        duty: Whose sendings it shows.
        is_assessed: Does it show the assessment?
        has_groups: Does it show the groups of people?
    """
    asked, decided = set(questions), set(matters)
    found: list[KeptInCase] = [one for one in case.answer_log if one.question in asked]
    found += _corrections(case, asked)
    found += _of_groups(case, asked)
    found += [one for one in case.decisions if one.matter in decided]
    found += [one for one in case.dispatches if one.duty is duty]
    found += case.assessments if is_assessed else ()
    if has_groups:
        found += [*case.group_log, *(one for one in case.decisions if one.group_id)]
    return max((one for one in found if one.seq > seq), key=lambda one: one.seq, default=None)


def _corrections(case: CaseFile, asked: set[str]) -> list[KeptInCase]:
    """Return the snapshots in which one of the case's own facts differs from the one before."""
    fields = [
        column_of(question.binds)
        for form in case.forms.values()
        for question in form.questions
        if question.binds and question.id in asked
    ]
    pairs = zip(case.snapshots, case.snapshots[1:], strict=False)
    return [
        after
        for before, after in pairs
        if any(getattr(before, one, None) != getattr(after, one, None) for one in fields)
    ]


def _of_groups(case: CaseFile, asked: set[str]) -> list[KeptInCase]:
    """Return the rows in which a group's own answer differs from the one before, or goes out."""
    newest: dict[str, dict[str, object]] = {}
    found: list[KeptInCase] = []
    for row in case.group_log:
        before = newest.get(row.group_id, {})
        after = {} if row.is_removed else row.answers
        if any(before.get(one) != after.get(one) for one in asked):
            found.append(row)
        newest[row.group_id] = after
    return found


def reason_of(row: KeptInCase | None) -> str:
    """Return why a row was written, in the words of who wrote it; empty when nobody said."""
    if isinstance(row, Answer | Dispatch):
        return row.reason.strip()
    reason = getattr(row, "rationale", "") or getattr(row, "reason", "")
    return str(reason).strip()
