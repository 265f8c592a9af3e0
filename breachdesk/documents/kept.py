"""Rows about what the desk itself keeps: the log, assessments, decisions, sendings."""

from breachdesk.documents.draft import FieldRow
from breachdesk.documents.risk import reasons_of, score_lines
from breachdesk.documents.telling import Telling
from breachdesk.documents.told import sending_line
from breachdesk.records import Decision, Dispatch
from breachdesk.terms import Duty, Matter, Outcome, Role


def logged_rows(telling: Telling) -> tuple[FieldRow, ...]:
    """Return what the case is, who logged it and when, and where it stands."""
    case = telling.case
    logged = telling.word(
        "said.logged",
        when=telling.dates.exact(case.incident.recorded_at),
        who=case.name_of(case.incident.recorded_by),
    )
    drill = telling.word("said.drill") if case.incident.is_drill else ""
    rows = (
        ("incident", case.facts.title),
        ("summary", case.facts.summary),
        ("drill", drill),
        ("logged", logged),
        ("status", telling.word(f"status.{case.facts.status}")),
        ("processing", _processing(telling)),
    )
    return tuple(
        FieldRow(label=telling.word(f"label.{row}"), value=value) for row, value in rows if value
    )


def _processing(telling: Telling) -> str:
    """Return the processing activities affected, by the titles the profile gives them."""
    known = {one.id: one.title for one in telling.profile.processing} if telling.profile else {}
    return telling.listed(known.get(one, one) for one in telling.case.facts.processing)


def assessment_rows(telling: Telling) -> tuple[FieldRow, ...]:
    """Return each kept assessment: when, by whom, by which rules; the newest with its reasons."""
    case = telling.case
    rows = []
    for number, one in enumerate(case.assessments, 1):
        is_newest = one is case.assessments[-1]
        said = [
            telling.word(f"risk.{one.risk}"),
            telling.word(
                "said.assessed",
                when=telling.dates.exact(one.recorded_at),
                who=case.name_of(one.recorded_by),
                pack=one.pack,
            ),
        ]
        if is_newest and case.kept:
            said += [f"– {reason}" for reason in reasons_of(telling, case.kept)]
            said += _trace(telling)
        label = telling.word("label.assessment", number=number)
        rows.append(FieldRow(label=label, value="\n".join(said)))
    return tuple(rows)


def _trace(telling: Telling) -> list[str]:
    """Return how the severity score was counted, line by line."""
    kept = telling.case.kept
    if kept is None or kept.severity is None:
        return []
    steps = [f"– {telling.words(step.words)}" for step in kept.severity.trace]
    return ["", *score_lines(telling, kept), *steps]


def decision_rows(telling: Telling) -> tuple[FieldRow, ...]:
    """Return every decision with its reasons, the superseded ones marked as such."""
    return tuple(_decision(telling, one) for one in telling.case.decisions)


def _decision(telling: Telling, decision: Decision) -> FieldRow:
    ground = telling.word(f"ground.{decision.ground}") if decision.ground else ""
    by = telling.word(
        "said.decided",
        who=telling.case.name_of(decision.recorded_by),
        when=telling.dates.exact(decision.recorded_at),
    )
    against = telling.word("said.against") if decision.is_against_advice else ""
    outcome = telling.word(f"outcome.{decision.outcome}")
    value = "\n".join(x for x in (outcome, ground, decision.rationale.strip(), against, by) if x)
    is_in_force = any(one.id == decision.id for one in decisions_in_force(telling, decision.matter))
    note = "" if is_in_force else telling.word("note.superseded")
    label, group = telling.word(f"matter.{decision.matter}"), decision.group_id
    if group is not None:
        label = f"{label} – {telling.case.group_name(group)}"
    return FieldRow(label=label, value=value, note=note)


def decisions_in_force(telling: Telling, matter: Matter) -> tuple[Decision, ...]:
    """Return what is decided about a matter now: one, or where people are told by group, each."""
    if matter is Matter.INFORM_SUBJECTS and telling.case.told:
        found = tuple(one.decision for one in telling.case.told)
    else:
        found = (telling.case.decision(matter),)
    return tuple(one for one in found if one is not None)


def duties_not_decided(telling: Telling) -> tuple[Matter, ...]:
    """Return the matters our role must decide and nobody has: reasons belong in the record."""
    is_breach = telling.case.decision(Matter.IS_BREACH)
    if is_breach and is_breach.outcome is Outcome.NO:
        return ()
    is_processor = telling.case.facts.role is Role.PROCESSOR
    owed = (
        (Matter.NOTIFY_CONTROLLER,)
        if is_processor
        else (Matter.NOTIFY_AUTHORITY, Matter.INFORM_SUBJECTS)
    )
    return tuple(one for one in owed if not _is_decided(telling, one))


def _is_decided(telling: Telling, matter: Matter) -> bool:
    """Has somebody decided a matter; where people are told group by group, for all of them?"""
    if matter is Matter.INFORM_SUBJECTS and telling.case.told:
        return all(one.decision for one in telling.case.told)
    return telling.case.decision(matter) is not None


def undecided_row(telling: Telling, matter: Matter) -> FieldRow:
    """Return a row that says a decision is still to be made."""
    value = telling.word("decision.none")
    return FieldRow(label=telling.word(f"matter.{matter}"), value=value, is_missing=True)


def sending_rows(telling: Telling) -> tuple[FieldRow, ...]:
    """Return what was sent when, to whom and how; what was taken back stays, with the reason."""
    standing = {one.id for duty in Duty for one in telling.sendings(duty)}
    taken_back = {one.corrects: one for one in telling.case.dispatches if one.corrects}
    return tuple(
        _sending(telling, one, None if one.id in standing else taken_back.get(one.id))
        for one in telling.case.dispatches
        if not one.corrects
    )


def _sending(telling: Telling, sending: Dispatch, correction: Dispatch | None) -> FieldRow:
    lines = [sending_line(telling, sending)]
    if sending.group_id is not None:
        lines.insert(0, telling.case.group_name(sending.group_id))
    document = next((x for x in telling.case.documents if x.id == sending.document_id), None)
    lines.append(
        telling.word("said.paper", title=document.title, version=document.version, id=document.id)
        if document
        else telling.word("said.no_paper")
    )
    note = telling.word("note.taken_back", reason=correction.reason) if correction else ""
    return FieldRow(label=telling.word(f"duty.{sending.duty}"), value="\n".join(lines), note=note)
