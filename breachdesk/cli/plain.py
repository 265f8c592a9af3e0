"""One case as plain values: the JSON of ``show`` and of every command that changes a case.

Keys are a contract. Ids and code words are the same in every language, texts follow the reader's,
times are ISO 8601 in UTC; a missing value is None and never absent.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from breachdesk.cli.plain_advice import plain_advice, plain_assessed, told_advice
from breachdesk.cli.plain_altinn import plain_files
from breachdesk.cli.plain_groups import plain_groups
from breachdesk.cli.plain_tasks import plain_tasks
from breachdesk.language import Speaker
from breachdesk.terms import Nature

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile, Unknown
    from breachdesk.records import Decision, Dispatch, Mailing
    from breachdesk.rules.beside import OtherClock
    from breachdesk.rules.clock import ClockReading, WorkingStep
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
        "people_groups": plain_groups(case, speaker),
        "decisions": [_decision(case, one, speaker) for one in case.decisions],
        "documents": _documents(case),
        "dispatches": _dispatches(case),
        "letters": _letters(case),
        "timeline": _timeline(case, speaker),
        "tasks": plain_tasks(case, speaker),
        "evidence": plain_evidence(case),
        "retention": _retention(case),
        "hold": _hold(case),
        "packs": _packs(case),
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
    from breachdesk.casefile.given import column_of

    field = column_of(question.binds or "") if question else ""
    present = getattr(case.facts, field, None)
    first = case.snapshots[-1]
    for snapshot in reversed(case.snapshots):
        if getattr(snapshot, field, None) != present:
            break
        first = snapshot
    return first.recorded_by, first.recorded_at


def _letters(case: "CaseFile") -> list[Plain]:
    return [
        {
            "id": one.id,
            "at": iso(one.recorded_at),
            "by": case.name_of(one.recorded_by),
            "documents": one.documents,
            "recipients_sha256": one.recipients_sha256,
            "rows": one.rows,
            "letters": one.letters,
            "skipped": one.skipped,
            "languages": one.languages,
            **_outcome(case, one),
        }
        for one in case.mailings
    ]


def _outcome(case: "CaseFile", mailing: "Mailing") -> Plain:
    from breachdesk.exchange.recipients.ranges import outcome

    arrived, returned = outcome(case.deliveries, mailing.id)
    return {"delivered": len(arrived), "returned": len(returned)}


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
        "group": one.group or None,
    }


def plain_clocks(case: "CaseFile", speaker: Speaker) -> list[Plain]:
    """Return every clock with its working; the first is the authority's."""
    return [
        *(plain_clock(one, speaker) for one in case.clocks),
        *(plain_other(one, speaker) for one in case.other_clocks),
    ]


def _seconds(span: "timedelta | None") -> int | None:
    return None if span is None else int(span.total_seconds())


def _working(steps: "Iterable[WorkingStep]", speaker: Speaker) -> list[Plain]:
    return [
        {"step": number, "text": speaker.say(step.text), "value": step.value or None}
        for number, step in enumerate(steps, start=1)
    ]


def _read(clock: "ClockReading | OtherClock", speaker: Speaker) -> Plain:
    """Return what every clock has."""
    return {
        "to": speaker.of(clock.to),
        "started_at": iso(clock.started_at),
        "deadline": iso(clock.deadline),
        "worst_case_deadline": iso(clock.worst_case_deadline),
        "state": clock.state.value,
        "elapsed_seconds": _seconds(clock.elapsed),
        "remaining_seconds": _seconds(clock.remaining),
        "met_at": iso(clock.met_at),
        "working": _working(clock.working, speaker),
        "cites": list(clock.cites),
    }


def plain_clock(clock: "ClockReading", speaker: Speaker) -> Plain:
    """Return one clock with its working."""
    return {
        "duty": clock.duty.value,
        "regime": clock.regime,
        **_read(clock, speaker),
        "warnings": [speaker.say(one) for one in clock.warnings],
    }


def plain_other(clock: "OtherClock", speaker: Speaker) -> Plain:
    """Return a clock beside the GDPR's; ``duty`` is its id, such as ``dora.first``."""
    return {
        "duty": clock.id,
        "regime": clock.id.partition(".")[0],
        **_read(clock, speaker),
        "warnings": [],
        "title": speaker.of(clock.title),
        "report": speaker.of(clock.step),
        "applies": clock.applies.value,
        "law": clock.is_law,
        "settles": list(clock.settles),
        "note": speaker.of(clock.note) if clock.note else None,
        "reviewed_on": clock.reviewed_on.isoformat() if clock.reviewed_on else None,
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
        "group": one.group_id,
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
            "allowed_numbers": one.allowed_numbers,
            "because": one.reason or None,
            "group": one.group_id,
            "to": case.addressee(one) or None,
        }
        for one in case.documents
    ]


def _dispatches(case: "CaseFile") -> list[Plain]:
    taken_back: Mapping[str, Dispatch] = {
        one.corrects: one for one in case.dispatches if one.corrects
    }
    files = plain_files(case)
    return [
        {
            "id": one.id,
            "document": one.document_id,
            "duty": one.duty.value,
            "to": one.to,
            "channel": one.channel,
            "receipt": one.receipt or None,
            "sent_at": iso(one.sent_at),
            "group": one.group_id,
            "attachments": files.get(one.id, []),
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
                    "kind": use.kind.value,
                    "purpose": use.purpose,
                    "recipient": use.recipient,
                    "place": use.place or None,
                    "at": iso(use.recorded_at),
                    "by": case.name_of(use.recorded_by),
                }
                for use in case.evidence_uses
                if use.evidence_id == one.id
            ],
        }
        for one in case.evidence
    ]


def _retention(case: "CaseFile") -> Plain:
    kept = case.retention
    return {
        "state": kept.state.value,
        "rule": kept.rule or None,
        "until": None if kept.until is None else kept.until.isoformat(),
    }


def _hold(case: "CaseFile") -> Plain | None:
    if case.hold is None:
        return None
    return {
        "person": case.hold.person,
        "reason": case.hold.reason,
        "by": case.name_of(case.hold.recorded_by),
        "at": iso(case.hold.recorded_at),
    }


def _packs(case: "CaseFile") -> list[Plain]:
    return [
        {
            "id": one.id,
            "kind": one.kind.value,
            "place": one.place,
            "recipient": one.recipient or None,
            "purpose": one.purpose or None,
            "manifest_sha256": one.manifest_sha256,
            "public_key": one.public_key,
            "at": iso(one.recorded_at),
            "by": case.name_of(one.recorded_by),
        }
        for one in case.packs
    ]


def nature_words(case: "CaseFile", speaker: Speaker) -> str:
    """Return the nature of the breach in words."""
    return ", ".join(speaker.word(Nature(one)) for one in case.facts.nature)
