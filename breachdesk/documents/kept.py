"""Rows about what the desk itself keeps: the log, assessments, decisions, sendings."""

from breachdesk.documents.draft import FieldRow
from breachdesk.documents.risk import reasons_of, score_lines
from breachdesk.documents.telling import Telling
from breachdesk.documents.told import sending_line
from breachdesk.records import Decision, Dispatch
from breachdesk.rules.advice import ScoreStep
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
        ("erased", _erased(telling)),
        ("processing", _processing(telling)),
    )
    return tuple(
        FieldRow(label=telling.word(f"label.{row}"), value=value) for row, value in rows if value
    )


def _erased(telling: Telling) -> str:
    """Return when the case was erased, by whom and why, and what is left of it."""
    erasure = telling.case.erasure
    if erasure is None:
        return ""
    who, when = telling.case.name_of(erasure.recorded_by), telling.dates.exact(erasure.recorded_at)
    said = telling.word("said.erased", when=when, who=who, why=erasure.reason.strip())
    return f"{said}\n{telling.word('said.left')}"


def erased_rows(telling: Telling) -> tuple[FieldRow, ...]:
    """Return the row that says when a case was erased, by whom and why; none where it was not."""
    said = _erased(telling)
    return (FieldRow(label=telling.word("label.erased"), value=said),) if said else ()


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
    return ["", *score_lines(telling, kept), *(_step(telling, one) for one in kept.severity.trace)]


def _step(telling: Telling, step: ScoreStep) -> str:
    """Return one line of the score; what an unknown leaves open stands as a span of points."""
    said = f"– {telling.words(step.words)}"
    if step.low == step.high:
        return said
    low, high = (telling.dates.decimal(one) for one in (step.low, step.high))
    return telling.word("said.points", said=said, low=low, high=high)


def decision_rows(telling: Telling) -> tuple[FieldRow, ...]:
    """Return every decision with its reasons, the superseded ones marked as such."""
    return tuple(_decision(telling, one) for one in telling.case.decisions)


def _decision(telling: Telling, decision: Decision) -> FieldRow:
    ground = telling.word(f"ground.{decision.ground}") if decision.ground else ""
    by = telling.word(
        "said.put_off" if decision.outcome is Outcome.NOT_YET else "said.decided",
        who=telling.case.name_of(decision.recorded_by),
        when=telling.dates.exact(decision.recorded_at),
    )
    against = telling.word("said.against") if decision.is_against_advice else ""
    outcome = telling.word(f"outcome.{decision.outcome}")
    value = "\n".join(x for x in (outcome, ground, _why(telling, decision), against, by) if x)
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


def _why(telling: Telling, decision: Decision) -> str:
    """Return the reasons of a decision; where an erasure took them, that it did."""
    why = decision.rationale.strip()
    is_gone = telling.case.was_shortened(decision) and not any(one.isalnum() for one in why)
    return telling.word("decision.no_reason") if is_gone else why


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
    label, is_erased = telling.word(f"matter.{matter}"), telling.case.is_erased
    value = telling.word("decision.erased" if is_erased else "decision.none")
    return FieldRow(label=label, value=value, is_missing=not is_erased)


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
    if document:
        lines.append(
            telling.word(
                "said.paper", title=document.title, version=document.version, id=document.id
            )
        )
    elif not telling.case.was_shortened(sending):
        lines.append(telling.word("said.no_paper"))
    note = telling.word("note.taken_back", reason=correction.reason) if correction else ""
    return FieldRow(label=telling.word(f"duty.{sending.duty}"), value="\n".join(lines), note=note)
