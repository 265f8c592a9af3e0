"""One case as plain values: the JSON of ``show`` and of every command that changes a case.

Keys are a contract. Ids and code words are the same in every language, texts follow the reader's,
times are ISO 8601 in UTC; a missing value is None and never absent.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from breachdesk.cli.plain_advice import plain_advice, plain_assessed, told_advice
from breachdesk.language import Speaker
from breachdesk.terms import Nature

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile, Unknown
    from breachdesk.records import Decision, Dispatch
    from breachdesk.rules.clock import ClockReading
    from breachdesk.rules.questionnaire import Question

Plain = dict[str, Any]


def iso(moment: datetime | None) -> str | None:
    """Return a time in UTC with its offset, whole seconds."""
    return None if moment is None else moment.isoformat(timespec="seconds")


def plain_case(case: "CaseFile", speaker: Speaker) -> Plain:
    """Return the whole case."""
    facts = case.facts
    return {
        "ref": case.ref,
        "title": facts.title,
        "summary": facts.summary or None,
        "status": facts.status.value,
        "drill": case.incident.is_drill,
        "role": facts.role.value,
        "regime": case.regime.id,
        "nature": list(facts.nature),
        "processing": list(facts.processing),
        "logged_at": iso(case.incident.recorded_at),
        "occurred_from": iso(facts.occurred_from),
        "occurred_to": iso(facts.occurred_to),
        "detected_at": iso(facts.detected_at),
        "first_sign_at": iso(case.first_sign_at),
        "became_aware_at": iso(facts.became_aware_at),
        "became_aware_because": facts.awareness_reason or None,
        "forms": [
            {"id": form.id, "version": form.version, "digest": form.digest}
            for form in case.forms.values()
        ],
        "facts": _facts(case, speaker),
        **_missing(case, speaker),
        "clock": plain_clocks(case, speaker),
        "assessment": _assessment(case, speaker),
        "advice": [plain_advice(one, speaker) for one in case.current.advice],
        "decisions": [_decision(case, one, speaker) for one in case.decisions],
        "documents": _documents(case),
        "dispatches": _dispatches(case),
        "timeline": _timeline(case, speaker),
        "tasks": _tasks(case),
        "evidence": plain_evidence(case),
        "warnings": [speaker.say(one) for one in case.warnings],
        "next_step": {"id": case.next_step.id, "text": speaker.say(case.next_step.text)},
    }


def _facts(case: "CaseFile", speaker: Speaker) -> Plain:
    from breachdesk.exchange.facts import value_text

    facts: Plain = {}
    for question_id, value in case.given.items():
        question, answer = case.question(question_id), case.answers.get(question_id)
        is_open = answer is not None and answer.is_unknown
        unknown = speaker.term("UnknownKind", "unknown") if is_open else None
        by, at = (answer.recorded_by, answer.recorded_at) if answer else _origin(case, question)
        facts[question_id] = {
            "value": list(value) if isinstance(value, tuple) else value,
            "text": unknown or value_text(question, value, speaker) or None,
            "by": case.name_of(by),
            "at": iso(at),
            "edpb": list(question.edpb) if question else [],
            "confirmed": answer is None or answer.is_confirmed,
        }
    return facts


def _origin(case: "CaseFile", question: "Question | None") -> tuple[str, datetime]:
    """Return who first recorded the present value of one of the case's own facts, and when."""
    field = (question.binds or "").removeprefix("incident.") if question else ""
    present = getattr(case.facts, field, None)
    first = case.snapshots[-1]
    for snapshot in reversed(case.snapshots):
        if getattr(snapshot, field, None) != present:
            break
        first = snapshot
    return first.recorded_by, first.recorded_at


def _missing(case: "CaseFile", speaker: Speaker) -> Plain:
    kinds = {"unknown": "unknown", "to_confirm": "unconfirmed", "unanswered": "unanswered"}
    return {
        key: [_unknown(one, speaker) for one in case.unknown if one.kind == kind]
        for key, kind in kinds.items()
    }


def _unknown(one: "Unknown", speaker: Speaker) -> Plain:
    return {
        "id": one.question.id,
        "text": speaker.of(one.question.text),
        "owner": one.owner or None,
        "due": iso(one.due),
        "settles": [duty.value for duty in one.settles],
    }


def plain_clocks(case: "CaseFile", speaker: Speaker) -> list[Plain]:
    """Return every clock with its working; the first is the authority's."""
    return [_clock(one, speaker) for one in case.clocks]


def _clock(clock: "ClockReading", speaker: Speaker) -> Plain:
    def seconds(span: Any) -> int | None:  # noqa: ANN401 - a timedelta or None
        return None if span is None else int(span.total_seconds())

    return {
        "duty": clock.duty.value,
        "regime": clock.regime,
        "to": speaker.of(clock.to),
        "started_at": iso(clock.started_at),
        "deadline": iso(clock.deadline),
        "worst_case_deadline": iso(clock.worst_case_deadline),
        "state": clock.state.value,
        "elapsed_seconds": seconds(clock.elapsed),
        "remaining_seconds": seconds(clock.remaining),
        "met_at": iso(clock.met_at),
        "working": [
            {"step": number, "text": speaker.say(step.text), "value": step.value or None}
            for number, step in enumerate(clock.working, start=1)
        ],
        "warnings": [speaker.say(one) for one in clock.warnings],
        "cites": list(clock.cites),
    }


def _assessment(case: "CaseFile", speaker: Speaker) -> Plain | None:
    if case.kept is None:
        return None
    row = case.assessments[-1]
    return {
        "id": row.id,
        "at": iso(row.recorded_at),
        "by": case.name_of(row.recorded_by),
        **plain_assessed(case.kept, speaker),
    }


def _decision(case: "CaseFile", one: "Decision", speaker: Speaker) -> Plain:
    return {
        "id": one.id,
        "matter": one.matter.value,
        "outcome": one.outcome.value,
        "ground": one.ground.value if one.ground else None,
        "because": one.rationale,
        "by": case.name_of(one.recorded_by),
        "at": iso(one.recorded_at),
        "advice": None if one.advice is None else told_advice(one.advice, speaker),
        "against_advice": one.is_against_advice,
    }


def _documents(case: "CaseFile") -> list[Plain]:
    return [
        {
            "document": one.id,
            "kind": one.kind.value,
            "phase": one.phase.value if one.phase else None,
            "lang": one.lang.value,
            "version": one.version,
            "title": one.title,
            "sha256": one.sha256,
            "audit_head": one.audit_head,
            "issued_at": iso(one.recorded_at),
            "by": case.name_of(one.recorded_by),
            "missing": one.missing,
        }
        for one in case.documents
    ]


def _dispatches(case: "CaseFile") -> list[Plain]:
    taken_back: Mapping[str, Dispatch] = {
        one.corrects: one for one in case.dispatches if one.corrects
    }
    return [
        {
            "id": one.id,
            "document": one.document_id,
            "duty": one.duty.value,
            "to": one.to,
            "channel": one.channel,
            "receipt": one.receipt or None,
            "sent_at": iso(one.sent_at),
            "by": case.name_of(one.recorded_by),
            "corrected_by": taken_back[one.id].id if one.id in taken_back else None,
            "corrected_because": taken_back[one.id].reason if one.id in taken_back else None,
        }
        for one in case.dispatches
        if not one.corrects
    ]


def _timeline(case: "CaseFile", speaker: Speaker) -> list[Plain]:
    return [
        {
            "id": one.id,
            "occurred_at": iso(one.occurred_at),
            "fidelity": one.fidelity.value,
            "recorded_at": iso(one.recorded_at),
            "kind": one.kind,
            "text": speaker.verbatim(one.text),
            "source": one.source or None,
            "by": one.by,
        }
        for one in case.timeline
    ]


def _tasks(case: "CaseFile") -> list[Plain]:
    return [
        {
            "id": one.task,
            "what": one.what,
            "owner": one.owner or None,
            "due": iso(one.due),
            "done_at": iso(one.done_at),
        }
        for one in case.tasks
    ]


def plain_evidence(case: "CaseFile") -> list[Plain]:
    """Return every piece of evidence, and who was given it."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "size": one.size,
            "sha256": one.sha256,
            "keeping": one.keeping.value,
            "place": one.place or None,
            "origin": one.origin or None,
            "collector": one.collector,
            "collected_at": iso(one.collected_at),
            "note": one.note or None,
            "added_at": iso(one.recorded_at),
            "by": case.name_of(one.recorded_by),
            "uses": [
                {
                    "id": use.id,
                    "purpose": use.purpose,
                    "recipient": use.recipient,
                    "place": use.place,
                    "at": iso(use.recorded_at),
                    "by": case.name_of(use.recorded_by),
                }
                for use in case.evidence_uses
                if use.evidence_id == one.id
            ],
        }
        for one in case.evidence
    ]


def nature_words(case: "CaseFile", speaker: Speaker) -> str:
    """Return the nature of the breach in words."""
    return ", ".join(speaker.word(Nature(one)) for one in case.facts.nature)
