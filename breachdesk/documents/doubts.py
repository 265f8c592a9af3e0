"""What the author of a paper should know before it is issued; nothing of it stops an issue.

Who we are, whether the paper is ours to send in our role, and whether it says the same as what was
decided.
"""

from collections.abc import Iterator

from breachdesk.casefile.warnings import disorders
from breachdesk.casefile.whole import set_aside
from breachdesk.documents.draft import FieldRow, Fields, Section
from breachdesk.documents.telling import Telling
from breachdesk.terms import DocumentKind, Ground, Matter, Outcome, Phase, RiskLevel, Role

_FROM_US = frozenset(
    {
        DocumentKind.NOTIFICATION,
        DocumentKind.COMMUNICATION,
        DocumentKind.GUARDIAN_LETTER,
        DocumentKind.PROCESSOR_NOTICE,
    }
)
_OF_CONTROLLER = {
    DocumentKind.NOTIFICATION: Matter.NOTIFY_AUTHORITY,
    DocumentKind.COMMUNICATION: Matter.INFORM_SUBJECTS,
    DocumentKind.GUARDIAN_LETTER: Matter.INFORM_SUBJECTS,
}
"""Papers that only a controller owes, and the matter that decides each."""
_IN_LETTERS = ("data_types", "data_types_text", "impacts", "impacts_text")
"""What a letter tells of the data and the consequences."""
_AGAINST = {
    Matter.NOTIFY_AUTHORITY: "warning.decided_no_notification",
    Matter.INFORM_SUBJECTS: "warning.decided_no_communication",
}
"""What is said of a paper that goes against the decision on its matter."""

_BEARS = {
    Matter.NOTIFY_AUTHORITY: (RiskLevel.UNLIKELY,),
    Matter.INFORM_SUBJECTS: (RiskLevel.UNLIKELY, RiskLevel.RISK),
}
"""The risks with which "the risk is unlikely" (no high risk, for Art. 34) can stand."""


def about(telling: Telling, kind: DocumentKind) -> Iterator[str]:
    """Yield what is doubtful about this paper in this case, the gravest first."""
    if telling.profile is None:
        yield telling.word("warning.no_profile", place=telling.word("place.organisation"))
    yield from _times(telling)
    yield from _role(telling, kind)
    yield from _said_alone(telling)
    if kind in _FROM_US and telling.phase is not Phase.WITHDRAWAL:
        yield from _decided(telling, kind)


def doubted(section: Section) -> tuple[FieldRow, ...]:
    """Return the rows of a section with a remark to ourselves."""
    rows = (row for block in section.blocks if isinstance(block, Fields) for row in block.rows)
    return tuple(row for row in rows if row.doubt)


def _times(telling: Telling) -> Iterator[str]:
    """Yield that two of the times in the paper cannot both be right."""
    facts = telling.case.facts
    moments = (facts.occurred_from, facts.detected_at, facts.became_aware_at)
    said = [telling.dates.exact(one) if one else "" for one in moments]
    for one in disorders(facts):
        yield telling.word(f"warning.{one}", start=said[0], sign=said[1], aware=said[2])


def _role(telling: Telling, kind: DocumentKind) -> Iterator[str]:
    """Yield that the paper belongs to the other role: Art. 33(1), 33(2) and 34(1) GDPR."""
    is_processor = telling.case.facts.role is Role.PROCESSOR
    if is_processor and kind in _OF_CONTROLLER:
        yield telling.word("warning.as_processor")
    if not is_processor and kind is DocumentKind.PROCESSOR_NOTICE:
        yield telling.word("warning.as_controller")


def _said_alone(telling: Telling) -> Iterator[str]:
    """Yield what a letter to one group leaves out because the group has its own answer to it."""
    group = telling.case.seen_for
    for question_id in _IN_LETTERS if group else ():
        question = telling.case.question(question_id)
        if group is None or question is None:
            continue
        left = [telling.option(question, x) for x in set_aside(telling.case, question, group)]
        if left:
            yield telling.word(
                "warning.group_alone",
                group=group.name,
                left=", ".join(left),
                question=telling.words(question.text),
            )


def _decided(telling: Telling, kind: DocumentKind) -> Iterator[str]:
    """Yield where the paper and a decision in force do not say the same."""
    breach = telling.case.decision(Matter.IS_BREACH)
    if breach and breach.outcome is Outcome.NO:
        yield telling.word("warning.no_breach")
    matter = _OF_CONTROLLER.get(kind)
    decision = telling.case.decision(matter) if matter else None
    if matter and decision and decision.outcome is Outcome.NO:
        yield telling.word(_AGAINST[matter])
    if kind is DocumentKind.NOTIFICATION:
        yield from _risk(telling)


def _risk(telling: Telling) -> Iterator[str]:
    """Yield that the paper's risk is not the risk that a decision rests on."""
    kept = telling.case.kept
    if kept is None:
        return
    decided = {one: telling.case.decision(one) for one in _BEARS}
    grounds = {one: decision.ground for one, decision in decided.items() if decision}
    if any(
        grounds.get(matter) is Ground.RISK_UNLIKELY and kept.risk not in bearable
        for matter, bearable in _BEARS.items()
    ):
        yield telling.word("warning.risk_differs", risk=telling.word(f"risk.{kept.risk}"))
    if kept.risk is not telling.case.current.risk:
        yield telling.word("warning.assessed_before", risk=telling.word(f"risk.{kept.risk}"))
