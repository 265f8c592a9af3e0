"""Why a breach was or was not notified and told: the reasons a supervisor asks for later.

Art. 33(5) and 5(2) GDPR: also a decision not to do something is accounted for.
"""

from collections.abc import Iterator

from breachdesk.casefile.groups import Told
from breachdesk.documents.draft import Block, Fields, Gap, MissingItem, Paragraph
from breachdesk.documents.form_paper import Part, Said, parts
from breachdesk.documents.kept import (
    assessment_rows,
    decision_rows,
    decisions_in_force,
    duties_not_decided,
    undecided_row,
)
from breachdesk.documents.letter import closing_by
from breachdesk.documents.telling import Telling
from breachdesk.records import Decision
from breachdesk.terms import DocumentKind, Matter


def decision_memo(telling: Telling) -> tuple[Part, ...]:
    """Return what was decided first, then the facts, the assessment and every reason."""
    leads = {"decided": _decided, "assessment": _assessment, "reasons": _reasons, "again": _again}
    made = parts(telling, DocumentKind.DECISION_MEMO, leads)
    return (*made, closing_by(telling, _who_decided(telling)))


def _decided(telling: Telling) -> Said:
    """Return each decision in force in one sentence, and those nobody has made."""
    blocks: list[Block] = []
    for matter in Matter:
        if matter is Matter.INFORM_SUBJECTS and telling.case.told:
            blocks += [_of_group(telling, one) for one in telling.case.told]
            continue
        decision = telling.case.decision(matter)
        if decision is not None:
            said = telling.word(f"memo.{matter}.{decision.outcome}")
            blocks.append(_by(telling, said, decision))
    missing = duties_not_decided(telling)
    by_group = {Matter.INFORM_SUBJECTS} if telling.case.told else set()
    blocks += [Gap(telling.word(f"memo.{one}.none")) for one in missing if one not in by_group]
    items = (
        MissingItem(item=f"decision.{one}", text=telling.word(f"matter.{one}")) for one in missing
    )
    return tuple(blocks), tuple(items)


def _who_decided(telling: Telling) -> Iterator[str]:
    """Yield the name of who made each decision in force: theirs is the hand under the memo."""
    for matter in Matter:
        for decision in decisions_in_force(telling, matter):
            yield telling.case.name_of(decision.recorded_by)


def _by(telling: Telling, said: str, decision: Decision) -> Paragraph:
    day = telling.dates.day(decision.recorded_at)
    who = telling.case.name_of(decision.recorded_by)
    return Paragraph(telling.word("memo.by", said=said, who=who, day=day))


def _of_group(telling: Telling, part: Told) -> Block:
    """Return what is decided about telling one group, or that nobody has decided."""
    outcome = part.decision.outcome if part.decision else "none"
    if part.group is None:
        said = telling.word(f"memo.rest.{outcome}")
    else:
        said = telling.word(f"memo.group.{outcome}", name=part.group.name)
    return _by(telling, said, part.decision) if part.decision else Gap(said)


def _assessment(telling: Telling) -> Said:
    rows = assessment_rows(telling)
    if rows:
        return (Fields(rows),), ()
    lacking = MissingItem(item="assessment", text=telling.word("section.assessment"))
    return (Gap(telling.word("memo.not_assessed")),), (lacking,)


def _reasons(telling: Telling) -> Said:
    owed = duties_not_decided(telling)
    rows = (*decision_rows(telling), *(undecided_row(telling, one) for one in owed))
    return ((Fields(rows),) if rows else ()), ()


def _again(telling: Telling) -> Said:
    """Return what is still open and would have the decisions looked at again."""
    names = [telling.words(one.question.text) for one in telling.case.unknown if one.settles]
    said = telling.word("memo.open" if names else "memo.nothing_open")
    listed = Paragraph(telling.listed(f"{one}" for one in names))
    return ((Paragraph(said), listed) if names else (Paragraph(said),)), ()
