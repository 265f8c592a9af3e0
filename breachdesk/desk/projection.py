"""A case as one line of the register: the projection that lists read without opening cases."""

from collections.abc import Iterator
from datetime import datetime

from breachdesk.casefile import CaseFile
from breachdesk.casefile.follow_up import owed_to_others
from breachdesk.records import RegisterRow
from breachdesk.rules.clock import ClockReading
from breachdesk.terms import Duty, Role


def project(case: CaseFile) -> RegisterRow:
    """Return the case's line; states that change with the hour are computed when it is read."""
    leading = leading_clock(case)
    facts = case.facts
    still = [one for one in case.todos if one.is_open]
    return RegisterRow(
        incident_id=case.incident.id,
        seq=case.incident.seq,
        ref=case.ref,
        year=case.incident.year,
        number=case.incident.number,
        title=facts.title,
        role=facts.role,
        status=facts.status,
        is_drill=case.incident.is_drill,
        became_aware_at=facts.became_aware_at,
        first_sign_at=case.first_sign_at,
        deadline=leading.deadline,
        worst_case_deadline=leading.worst_case_deadline,
        settled="" if leading.is_running else leading.state.value,
        presses_at=_presses_at(case),
        risk=case.kept.risk if case.kept else None,
        open_duties=",".join(clock.duty.value for clock in case.clocks if clock.is_running),
        tasks_open=len(still),
        task_due=min((one.due for one in still if one.due), default=None),
        closed_at=None if case.is_erased else case.closed_at,
        is_held=case.hold is not None,
        others_run=any(True for _ in owed_to_others(case)),
        next_step=case.next_step.id,
    )


def words_of(case: CaseFile) -> str:
    """Return every text a person wrote into a case, earlier ones too: what it is found by."""
    return "\n".join(dict.fromkeys((case.ref, *_texts(case))))


def _texts(case: CaseFile) -> Iterator[str]:
    for facts in case.snapshots:
        yield from (facts.title, facts.summary, facts.awareness_reason, facts.reason)
    for answer in case.answer_log:
        yield answer.owner
        if isinstance(answer.value, str):
            yield answer.value
    for group in case.group_log:
        yield from (group.name, group.reason)
        for said in group.answers.values():
            yield from (one for one in said.values() if isinstance(one, str))
    for note in case.notes:
        yield from (note.text, note.source)
    for decision in case.decisions:
        yield decision.rationale
    for task in case.tasks:
        yield from (task.what, *task.words.values(), task.owner, task.reason)
    yield from _texts_of_files(case)


def _texts_of_files(case: CaseFile) -> Iterator[str]:
    """Return what was written of papers, sendings and evidence."""
    for document in case.documents:
        yield document.title
    for dispatch in case.dispatches:
        yield from (dispatch.to, dispatch.channel, dispatch.receipt, dispatch.reason)
    yield from (file.name for file in case.attachments)
    for piece in case.evidence:
        yield from (piece.name, piece.origin, piece.collector, piece.note)
    for use in case.evidence_uses:
        yield from (use.purpose, use.recipient)
    for pack in case.packs:
        yield from (pack.purpose, pack.recipient)
    for hold in case.holds:
        yield from (hold.person, hold.reason)


def leading_clock(case: CaseFile) -> ClockReading:
    """Return the clock a list counts by: the authority's, or as processor the controller's."""
    is_processor = case.facts.role == Role.PROCESSOR
    own = case.clock(Duty.NOTIFY_CONTROLLER) if is_processor else None
    return own or case.clocks[0]


def _presses_at(case: CaseFile) -> datetime | None:
    """Return when the soonest running duty with hours falls due; None when only others run."""
    times = [
        clock.deadline or clock.worst_case_deadline for clock in case.clocks if clock.is_running
    ]
    return min((one for one in times if one is not None), default=None)
