"""The timeline, derived from the rows: no fact is stored twice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum
from itertools import pairwise

from breachdesk.casefile.case import TimelineEntry
from breachdesk.casefile.matters import QUESTION_OF
from breachdesk.casefile.rows import CaseRows
from breachdesk.casefile.todo import what_of
from breachdesk.message import Message, Value, say
from breachdesk.records import (
    CasePack,
    Decision,
    Delivery,
    Dispatch,
    Document,
    EvidenceUse,
    IncidentFacts,
    Mailing,
    PeopleGroup,
    Task,
)
from breachdesk.records.base import KeptInCase
from breachdesk.terms import (
    Duty,
    EvidenceKeeping,
    EvidenceUseKind,
    Fidelity,
    Nature,
    Outcome,
    Status,
    Words,
)

_TIMES = (
    ("occurred_from", "occurred", say("The breach began")),
    ("occurred_to", "occurred", say("The breach ended")),
    ("detected_at", "first_sign", say("First sign: somebody saw something")),
    ("became_aware_at", "aware", say("We became aware of the breach: the clock runs from here")),
)
_FIRST: Mapping[str, Callable[[Value], Message]] = {
    "summary": lambda value: say("Summary: {value}", value=value),
    "nature": lambda value: say("Nature of the breach: {value}", value=value),
    "occurred_from": lambda value: say("Beginning: {value}", value=value),
    "occurred_to": lambda value: say("End: {value}", value=value),
    "detected_at": lambda value: say("First sign: {value}", value=value),
}
"""How a fact that was not known before is told; a first value corrects nothing."""
_MOMENTS = {field for field, _, _ in _TIMES}
_CHANGES: Mapping[str, Message] = {
    "title": say("Title changed"),
    "summary": say("Summary changed"),
    "role": say("Our role changed"),
    "nature": say("Nature of the breach changed"),
    "occurred_from": say("Beginning changed"),
    "occurred_to": say("End changed"),
    "detected_at": say("First sign changed"),
    "became_aware_at": say("Time of awareness changed"),
    "forms": say("Newer forms taken into use"),
}


def derive(rows: CaseRows) -> tuple[TimelineEntry, ...]:
    """Return every line, by time of occurrence, then in the order it was recorded."""
    lines = [*_times(rows), *_logged(rows), *_changes(rows), *_notes(rows), *_acts(rows)]
    order = {row.id: row.seq for row in rows.all_rows()}
    return tuple(sorted(lines, key=lambda line: (line.occurred_at, order.get(line.id, 0))))


def _line(
    rows: CaseRows,
    row: KeptInCase,
    kind: str,
    text: Message,
    *,
    at: datetime | None = None,
    fidelity: Fidelity = Fidelity.MINUTE,
    source: str = "",
) -> TimelineEntry:
    return TimelineEntry(
        id=row.id,
        occurred_at=at or row.recorded_at,
        fidelity=fidelity,
        recorded_at=row.recorded_at,
        kind=kind,
        text=text,
        source=source,
        by=rows.people.get(row.recorded_by, row.recorded_by),
    )


def _times(rows: CaseRows) -> Iterator[TimelineEntry]:
    newest = rows.snapshots[-1]
    for field, kind, text in _TIMES:
        at = getattr(newest, field)
        if at is None:
            continue
        first = next(one for one in rows.snapshots if getattr(one, field) == at)
        why = newest.awareness_reason if field == "became_aware_at" else ""
        yield _line(rows, first, kind, _with_reason(text, why), at=at)


def _with_reason(text: Message, reason: str) -> Message:
    return say("{what} – {reason}", what=text, reason=reason) if reason else text


def _logged(rows: CaseRows) -> Iterator[TimelineEntry]:
    """Tell who logged it and when: the incident's own row knows, also once its facts are erased."""
    first, incident = rows.snapshots[0], rows.incident
    text = say("Logged: {title}", title=first.title)
    yield replace(
        _line(rows, first, "logged", text, at=incident.recorded_at),
        recorded_at=incident.recorded_at,
        by=rows.people.get(incident.recorded_by, incident.recorded_by),
    )


def _changes(rows: CaseRows) -> Iterator[TimelineEntry]:
    for before, after in pairwise(rows.snapshots):
        if before.status != after.status:
            closed = after.status == Status.CLOSED
            text = say("Case closed") if closed else say("Case reopened")
            yield _line(
                rows, after, "closed" if closed else "reopened", _with_reason(text, after.reason)
            )
        for field, text in _CHANGES.items():
            old, new = getattr(before, field), getattr(after, field)
            if old != new and not old and field != "forms":
                yield from _first(rows, after, field)
            elif old != new:
                yield _line(rows, after, "corrected", _changed(before, after, field, text))


def _first(rows: CaseRows, after: IncidentFacts, field: str) -> Iterator[TimelineEntry]:
    """Tell a first value; a moment has its line already, at its own time."""
    tells = _FIRST.get(field)
    if tells is not None and (after.reason or field not in _MOMENTS):
        text = tells(_shown(getattr(after, field)))
        yield _line(rows, after, "information", _with_reason(text, after.reason))


def _changed(before: IncidentFacts, after: IncidentFacts, field: str, text: Message) -> Message:
    old, new = getattr(before, field), getattr(after, field)
    if isinstance(old, dict) or isinstance(new, dict):
        return _with_reason(text, after.reason)
    return say(
        "{what}: from “{old}” to “{new}”. Reason: {reason}",
        what=text,
        old=_shown(old),
        new=_shown(new),
        reason=after.reason or after.awareness_reason or "–",
    )


def _shown(value: object) -> Value:
    if isinstance(value, datetime | Enum):
        return value
    if isinstance(value, list):
        return _listed([Nature(one) for one in value]) if value else say("not known yet")
    return str(value) if value else say("not known yet")


def _listed(natures: Sequence[Nature]) -> Value:
    first, *rest = natures
    return say("{first}, {rest}", first=first, rest=_listed(rest)) if rest else first


def _notes(rows: CaseRows) -> Iterator[TimelineEntry]:
    for note in rows.notes:
        yield _line(
            rows,
            note,
            note.kind.value,
            say("{text}", text=note.text),
            at=note.occurred_at,
            fidelity=note.fidelity,
            source=note.source,
        )


def _acts(rows: CaseRows) -> Iterator[TimelineEntry]:
    for assessment in rows.assessments:
        text = say("Risk assessed: {risk}", risk=assessment.risk)
        yield _line(rows, assessment, "assessed", text)
    yield from _groups(rows)
    for decision in rows.decisions:
        yield _line(rows, decision, "decision", _decided(rows, decision))
    for document in rows.documents:
        yield _line(rows, document, "issued", _issued(rows, document))
    for dispatch in rows.dispatches:
        yield _sending(rows, dispatch)
    yield from _tasks(rows)
    for mailing in rows.mailings:
        yield _line(rows, mailing, "letters", _mailed(mailing))
    for delivery in rows.deliveries:
        yield _line(rows, delivery, "delivery", _delivered(delivery))
    yield from _evidence(rows)


def _used(use: EvidenceUse, name: str) -> Message:
    if use.kind is EvidenceUseKind.VIEWED:
        return say(
            "Evidence viewed: {name}, by {recipient}. Purpose: {purpose}",
            name=name,
            recipient=use.recipient,
            purpose=use.purpose,
        )
    return say(
        "Evidence handed out: {name}, to {recipient}. Purpose: {purpose}",
        name=name,
        recipient=use.recipient,
        purpose=use.purpose,
    )


def _evidence(rows: CaseRows) -> Iterator[TimelineEntry]:
    names = {one.id: one.name for one in rows.evidence}
    for piece in rows.evidence:
        taken_in = say(
            "Evidence taken in: {name}, SHA-256 {digest}", name=piece.name, digest=piece.sha256
        )
        is_here = piece.keeping is not EvidenceKeeping.ELSEWHERE
        text = (
            taken_in
            if is_here
            else say("{taken_in}; {keeping}", taken_in=taken_in, keeping=piece.keeping)
        )
        yield _line(rows, piece, "evidence", text, at=piece.collected_at, source=piece.origin)
    for use in rows.evidence_uses:
        yield _line(rows, use, use.kind.value, _used(use, names.get(use.evidence_id, "–")))
    for pack in rows.packs:
        yield _line(rows, pack, "handed_out", _packed(pack))
    for hold in rows.holds:
        held = say("To be kept until further notice, says {person}: {reason}",
                   person=hold.person, reason=hold.reason)  # fmt: skip
        free = say("No longer to be kept longer than usual: {reason}", reason=hold.reason)
        yield _line(rows, hold, "decision", held if hold.is_held else free)


def _packed(pack: CasePack) -> Message:
    text = say(
        "Signed pack written: {kind}, manifest SHA-256 {digest}",
        kind=pack.kind,
        digest=pack.manifest_sha256,
    )
    if pack.recipient:
        text = say("{what}, to {recipient}", what=text, recipient=pack.recipient)
    return (
        say("{what}. Purpose: {purpose}", what=text, purpose=pack.purpose) if pack.purpose else text
    )


def _groups(rows: CaseRows) -> Iterator[TimelineEntry]:
    """Tell which groups of people were named, corrected or taken out; not what was answered."""
    before: dict[str, PeopleGroup] = {}
    for row in rows.groups:
        earlier = before.get(row.group_id)
        before[row.group_id] = row
        if earlier is None:
            text = say("Group of people named: {group}", group=_called(row))
            yield _line(rows, row, "information", text)
        elif row.is_removed:
            text = say("Group of people taken out: {group}", group=_called(row))
            yield _line(rows, row, "corrected", _with_reason(text, row.reason))
        elif (earlier.name, earlier.people) != (row.name, row.people):
            text = say("Group of people: from {old} to {new}", old=_called(earlier),
                       new=_called(row))  # fmt: skip
            yield _line(rows, row, "corrected", _with_reason(text, row.reason))


def _called(row: PeopleGroup) -> Message:
    if row.people is None:
        return say("“{group}”", group=row.name)
    return say("“{group}” ({count})", group=row.name, count=row.people)


def _decided(rows: CaseRows, decision: Decision) -> Message:
    about = _matter(rows, decision)
    words = {
        Outcome.YES: say("Decided: {matter} Yes. {rationale}", **about),
        Outcome.NO: say("Decided: {matter} No. {rationale}", **about),
        Outcome.NOT_YET: say("Decided: {matter} Not yet. {rationale}", **about),
    }
    return words[decision.outcome]


def _matter(rows: CaseRows, decision: Decision) -> dict[str, str | Message]:
    matter = QUESTION_OF[decision.matter]
    names = {one.group_id: one.name for one in rows.groups}
    if decision.group_id in names:
        name = names[decision.group_id]
        matter = say("{matter}, for the group “{group}”", matter=matter, group=name)
    return {"matter": matter, "rationale": decision.rationale}


def _issued(rows: CaseRows, document: Document) -> Message:
    group = {one.group_id: one.name for one in rows.groups}.get(document.group_id or "")
    if group:
        return say(
            "Paper issued: {title}, for the group “{group}”, version {version}",
            title=document.title,
            group=group,
            version=document.version,
        )
    return say(
        "Paper issued: {title}, version {version}", title=document.title, version=document.version
    )


def _mailed(mailing: Mailing) -> Message:
    if mailing.letters == 1:
        return say(
            "Letter made for one person; rows of the list kept back: {skipped} of {rows}",
            skipped=mailing.skipped,
            rows=mailing.rows,
        )
    return say(
        "Letters made for {letters} people; {skipped} of {rows} rows of the list were kept back",
        letters=mailing.letters,
        skipped=mailing.skipped,
        rows=mailing.rows,
    )


def _delivered(delivery: Delivery) -> Message:
    return say(
        "Of the letters, {delivered} arrived and {returned} came back",
        delivered=delivery.delivered_count,
        returned=delivery.returned_count,
    )


def _sending(rows: CaseRows, dispatch: Dispatch) -> TimelineEntry:
    if dispatch.corrects:
        text = say(
            "A recorded sending was taken back ({duty}): {reason}",
            duty=dispatch.duty,
            reason=dispatch.reason,
        )
        return _line(rows, dispatch, "unsent", text)
    is_short = rows.erasure is not None and rows.erasure.shortened(dispatch)
    text = _sent_to_somebody(dispatch.duty) if is_short else _sent(dispatch)
    if dispatch.receipt:
        text = say("{what}, receipt {receipt}", what=text, receipt=dispatch.receipt)
    return _line(rows, dispatch, "sent", text, at=dispatch.sent_at)


def _tasks(rows: CaseRows) -> Iterator[TimelineEntry]:
    """Tell what was done, and what was opened again; what is still to be done did not happen."""
    was_done: set[str] = set()
    for task in rows.tasks:
        if task.done_at is not None:
            was_done.add(task.task)
            text = _with_reason(say("Done: {what}", what=_what(task)), task.reason)
            yield _line(rows, task, "action", text, at=task.done_at)
        elif task.task in was_done:
            text = _with_reason(
                say("To be done again: {what}", what=_what(task)),
                task.reason,
            )
            yield _line(rows, task, "corrected", text)


def _sent(dispatch: Dispatch) -> Message:
    to, channel = dispatch.to, dispatch.channel
    match dispatch.duty:
        case Duty.NOTIFY_AUTHORITY:
            return say("Notification sent to {to} by {channel}", to=to, channel=channel)
        case Duty.INFORM_SUBJECTS:
            return say("The people affected told: {to}, by {channel}", to=to, channel=channel)
        case Duty.NOTIFY_CONTROLLER:
            return say("The controller told: {to}, by {channel}", to=to, channel=channel)
        case _:
            return say("Sent to {to} by {channel}", to=to, channel=channel)


def _sent_to_somebody(duty: Duty) -> Message:
    """Tell a sending of which an erasure took to whom and how."""
    match duty:
        case Duty.NOTIFY_AUTHORITY:
            return say("Notification sent")
        case Duty.INFORM_SUBJECTS:
            return say("The people affected told")
        case Duty.NOTIFY_CONTROLLER:
            return say("The controller told")
        case _:
            return say("Sent")


def _what(task: Task) -> Words | str:
    """Return a step in the reader's language, a hand-written task as it was typed."""
    return what_of(task) if task.words else task.what
