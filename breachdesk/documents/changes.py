"""What has changed since the last notification: each value marked, and all in a table.

Art. 33(4) GDPR lets the notification come in phases; whoever reads the second must see what is new.
Compared is what the papers print, line by line: as the case stood then, and as it stands now.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from breachdesk.casefile.earlier import as_of, cause, last_notified, reason_of
from breachdesk.casefile.whole import whole
from breachdesk.documents.draft import Block, FieldRow, Fields, Paragraph, Section, Table
from breachdesk.documents.form_paper import Part
from breachdesk.documents.rows import QUESTIONS
from breachdesk.documents.telling import Telling
from breachdesk.records.base import KeptInCase
from breachdesk.terms import Duty, Matter, Phase

PHASES = (Phase.SUPPLEMENTARY, Phase.FINAL)
"""Notifications that follow another and are read beside it."""

MADE_OF: Mapping[str, tuple[str, ...]] = {
    "role": ("role",),
    "period": ("period", "occurred_from", "occurred_to", "period_estimated"),
    "detected": ("detected_at",),
    "aware": ("became_aware_at",),
    "delay": ("reasons_for_delay",),
    "discovered_by": ("how_discovered", "discovery_text", "told_at", "processor_aware_at"),
    "other_parties": (
        "other_parties", "other_party_role", "other_party_name", "other_party_contact",
    ),
    "people": ("people_basis", "people_number"),
    "records": ("records_basis", "records_number"),
    "told": ("subjects_told", "told_on", "planned_on", "not_told_why"),
    "how_told": ("means", "means_text"),
    "contact": (
        "dpo", "dpo_name", "dpo_contact", "contact_name", "contact_function", "contact_details",
    ),
    "reporter": (
        "reporter_name", "reporter_function", "reporter_function_text", "reporter_contact",
    ),
}  # fmt: skip
"""Lines that several questions make together; the others are one question each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One line of the paper that is not as it was."""

    row_id: str
    label: str
    before: str
    """Empty when it was not known or not said."""
    after: str
    """Empty when it is not known or not said any more."""
    row: KeptInCase | None
    """What changed it, where that can be told: its time and its reason."""


def changed(
    telling: Telling, made: tuple[Part, ...], compose: Callable[[Telling], tuple[Part, ...]]
) -> tuple[Changed, ...]:
    """Return the lines that differ from the last notification, in the paper's order.

    Args:
        telling: The case as it stands now.
        made: Its parts.
        compose: Makes the same parts of another telling.
    """
    seq = last_notified(telling.case)
    if seq is None:
        return ()
    earlier = replace(telling, case=whole(as_of(telling.case, seq)))
    before = {row.label: _said(row) for row in _rows(compose(earlier))}
    after = {row.label: _said(row) for row in _rows(made)}
    ids = ids_of(telling)
    return tuple(
        Changed(
            row_id=ids[label],
            label=label,
            before=before.get(label, ""),
            after=after.get(label, ""),
            row=_cause(telling, seq, ids[label]),
        )
        for label in dict.fromkeys((*ids, *after, *before))
        if before.get(label, "") != after.get(label, "")
    )


def marked(
    telling: Telling, made: tuple[Part, ...], compose: Callable[[Telling], tuple[Part, ...]]
) -> tuple[Part, ...]:
    """Return the parts of a notification with what has changed marked, and listed after the first.

    A first notification, one without an earlier one, and a withdrawal stay as they are.
    """
    if telling.phase not in PHASES or last_notified(telling.case) is None:
        return made
    found = changed(telling, made, compose)
    labels = {one.label for one in found}
    first, *others = (_with_marks(telling, part, labels) for part in made)
    return (first, _table(telling, found), *others)


def _rows(made: tuple[Part, ...]) -> Iterator[FieldRow]:
    for part in made:
        for block in part.section.blocks:
            if isinstance(block, Fields):
                yield from block.rows


def _said(row: FieldRow) -> str:
    """Return what a line says; who supplies what is not known, and by when, is no fact."""
    return row.known if row.is_missing else row.value


def ids_of(telling: Telling) -> dict[str, str]:
    """Return the label of every line the paper may have, in its order, to the line's id."""
    wording = telling.wording
    rows = [row for one in wording.order("order.sections") for row in wording.order(f"order.{one}")]
    return {telling.word(f"label.{row}"): row for row in rows}


def _cause(telling: Telling, seq: int, row_id: str) -> KeptInCase | None:
    questions = MADE_OF.get(row_id) or QUESTIONS.get(row_id, ())
    if row_id == "risk":
        matters = (Matter.NOTIFY_AUTHORITY,)
        return cause(telling.case, seq, matters=matters, is_assessed=True)
    if row_id == "groups":
        return cause(telling.case, seq, has_groups=True, is_assessed=True)
    if row_id == "told":
        matters, duty = (Matter.INFORM_SUBJECTS,), Duty.INFORM_SUBJECTS
        found = cause(telling.case, seq, questions=questions, matters=matters, duty=duty)
        if found is None and telling.case.groups:  # are some people in no group? the number decides
            return cause(telling.case, seq, questions=("people_number",))
        return found
    return cause(telling.case, seq, questions=questions)


def _with_marks(telling: Telling, part: Part, labels: set[str]) -> Part:
    mark = telling.word("changes.mark")

    def marked_row(row: FieldRow) -> FieldRow:
        if row.label not in labels:
            return row
        return replace(row, note=f"{row.note} {mark}" if row.note else mark)

    blocks: list[Block] = [
        Fields(tuple(marked_row(row) for row in block.rows)) if isinstance(block, Fields) else block
        for block in part.section.blocks
    ]
    return replace(part, section=replace(part.section, blocks=tuple(blocks)))


def _table(telling: Telling, found: tuple[Changed, ...]) -> Part:
    word = telling.word
    rows = tuple(
        (
            one.label,
            one.before or word("changes.not_known"),
            one.after or word("changes.not_known"),
            _why(telling, one),
        )
        for one in found
    )
    header = tuple(word(f"changes.{one}") for one in ("what", "before", "now", "why"))
    blocks: tuple[Block, ...] = (
        (Table(header=header, rows=rows, widths=(3, 4, 4, 4)),)
        if rows
        else (Paragraph(word("changes.none")),)
    )
    unsaid = ", ".join(one.label for one in found if one.before and not reason_of(one.row))
    return Part(
        section=Section(id="changes", heading=word("changes.heading"), blocks=blocks),
        free=tuple((one.label, reason_of(one.row)) for one in found if reason_of(one.row)),
        warnings=(word("warning.no_reason", fields=unsaid),) if unsaid else (),
    )


def _why(telling: Telling, one: Changed) -> str:
    """Return the reason of a change and its date; a fact that was not known needs no reason."""
    reason = reason_of(one.row)
    if not reason:
        reason = telling.word("changes.no_reason" if one.before else "changes.now_known")
    if one.row is None:
        return reason
    return f"{reason}\n{telling.dates.moment(one.row.recorded_at)}"
