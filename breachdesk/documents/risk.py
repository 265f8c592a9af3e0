"""The outcome of the kept risk assessment in words, and what it rests on: EDPB template 89-90."""

from breachdesk.documents.draft import FieldRow, MissingItem
from breachdesk.documents.lines import Line, asked_of, known, label_of, not_known, promised
from breachdesk.documents.telling import Telling
from breachdesk.rules.advice import Assessed
from breachdesk.terms import Duty, Matter, Outcome, RiskLevel

_TO_OURSELVES = frozenset(
    {"exceptions", "joint", "everybody", "score", "risk_not_ruled_out", "risk_unlikely",
     "high_risk", "no_high_risk", "group_told", "group_not_told", "group_open"}
)  # fmt: skip
"""Reasons that tell us what to do or consider, or what the first lines say already."""
REASONS_SHOWN = 6
"""As many reasons stand in a notification; the register entry has them all."""


def risk(telling: Telling) -> Line:
    """Return the outcome of the risk assessment and what it rests on: EDPB template 89-90."""
    number = telling.wording.get("number.risk")
    kept = telling.case.kept
    if kept is None:
        return not_known(telling, "risk", number=number)
    if kept.risk is RiskLevel.UNDETERMINED:
        return _undetermined(telling, kept, number)
    lines = [telling.word(f"risk.{kept.risk}"), *score_lines(telling, kept)]
    lines += [f"– {one}" for one in reasons_of(telling, kept, _TO_OURSELVES)[:REASONS_SHOWN]]
    own = _own_words(telling)
    value = "\n".join([*lines, *own])
    return known(telling, "risk", value, number=number, free="\n".join(own))


def _undetermined(telling: Telling, kept: Assessed, number: str) -> Line:
    """Return that it cannot be said yet, what it hangs on, and what a first view gives."""
    deciding = _deciding(telling, kept)
    said = [telling.word("risk.undetermined"), *score_lines(telling, kept), *deciding]
    value = "\n".join([*said, *_own_words(telling)])
    label = label_of(telling, "risk")
    owner, due = promised(telling, *_deciding_ids(kept))
    return Line(
        row=FieldRow(label=label, value=value, is_missing=True, known=value, number=number),
        missing=MissingItem(
            item="risk",
            text=label,
            owner=owner,
            due=due,
            question=asked_of(telling, *_deciding_ids(kept)),
        ),
        free="\n".join(_own_words(telling)),
    )


def score_lines(telling: Telling, kept: Assessed) -> tuple[str, ...]:
    """Return the severity score as a sentence; while the risk is open, as a first view only."""
    if kept.severity is None:
        return ()
    low, high = (telling.dates.decimal(one) for one in (kept.severity.low, kept.severity.high))
    score = low if low == high else telling.word("said.range", low=low, high=high)
    level = telling.word(f"severity.{kept.severity.level}")
    is_open = kept.risk is RiskLevel.UNDETERMINED
    if is_open and kept.severity.level == RiskLevel.UNDETERMINED:
        return (telling.word("risk.first_view_open", score=score),)
    text_id = "risk.first_view" if is_open else "risk.score"
    return (telling.word(text_id, score=score, level=level),)


def _own_words(telling: Telling) -> tuple[str, ...]:
    """Return why the named person decided to notify, in that person's words."""
    decision = telling.case.decision(Matter.NOTIFY_AUTHORITY)
    if decision is None or decision.outcome is not Outcome.YES:
        return ()
    why = decision.rationale.strip()
    ending = "" if why.endswith((".", "!", "?", "…", ".”", ".»")) else "."
    return (telling.word("risk.own_words", why=why + ending),)


def reasons_of(
    telling: Telling, kept: Assessed, without: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return why the risk was found to be what it is, each reason once, some rules left out."""
    advice = (kept.for_duty(Duty.NOTIFY_AUTHORITY), kept.for_duty(Duty.INFORM_SUBJECTS))
    reasons = (one for some in advice if some for one in some.reasons if one.rule not in without)
    return tuple(dict.fromkeys(telling.words(one.words) for one in reasons))


def _deciding_ids(kept: Assessed) -> tuple[str, ...]:
    advice = (kept.for_duty(Duty.NOTIFY_AUTHORITY), kept.for_duty(Duty.INFORM_SUBJECTS))
    return tuple(dict.fromkeys(question for one in advice if one for question in one.deciding))


def _deciding(telling: Telling, kept: Assessed) -> list[str]:
    """Return the facts that would settle the risk."""
    found = [question for one in _deciding_ids(kept) if (question := telling.case.question(one))]
    asked = [f"– {telling.words(question.text)}" for question in found[:REASONS_SHOWN]]
    return [telling.word("risk.deciding"), *asked] if asked else []
