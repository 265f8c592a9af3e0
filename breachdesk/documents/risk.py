"""The outcome of the kept risk assessment in words, and what it rests on: EDPB template 89-90."""

from breachdesk.documents.lines import Line, known, not_known
from breachdesk.documents.telling import Telling
from breachdesk.rules.advice import Assessed
from breachdesk.terms import Duty, Matter, Outcome, RiskLevel

REASONS_SHOWN = 6
"""As many reasons stand in a notification; the register entry has them all."""


def risk(telling: Telling) -> Line:
    """Return the outcome of the risk assessment and what it rests on: EDPB template 89-90."""
    number = telling.wording.get("number.risk")
    kept = telling.case.kept
    if kept is None:
        return not_known(telling, "risk", number=number)
    lines = [telling.word(f"risk.{kept.risk}")]
    if kept.severity:
        low, high = (telling.dates.decimal(one) for one in (kept.severity.low, kept.severity.high))
        score = low if low == high else telling.word("said.range", low=low, high=high)
        level = telling.word(f"severity.{kept.severity.level}")
        lines.append(telling.word("risk.score", score=score, level=level))
    if kept.risk is RiskLevel.UNDETERMINED:
        lines += _deciding(telling, kept)
        return not_known(telling, "risk", number=number, beside="\n".join(lines))
    lines += [f"– {one}" for one in reasons_of(telling, kept)[:REASONS_SHOWN]]
    own = _own_words(telling)
    value = "\n".join([*lines, *own])
    return known(telling, "risk", value, number=number, free="\n".join(own))


def _own_words(telling: Telling) -> tuple[str, ...]:
    """Return why the named person decided to notify, in that person's words."""
    decision = telling.case.decision(Matter.NOTIFY_AUTHORITY)
    if decision is None or decision.outcome is not Outcome.YES:
        return ()
    return (telling.word("risk.own_words", why=decision.rationale.strip()),)


def reasons_of(telling: Telling, kept: Assessed) -> tuple[str, ...]:
    """Return why the risk was found to be what it is, each reason once."""
    advice = (kept.for_duty(Duty.NOTIFY_AUTHORITY), kept.for_duty(Duty.INFORM_SUBJECTS))
    reasons = (telling.words(one.words) for some in advice if some for one in some.reasons)
    return tuple(dict.fromkeys(reasons))


def _deciding(telling: Telling, kept: Assessed) -> list[str]:
    """Return the facts that would settle the risk."""
    advice = (kept.for_duty(Duty.NOTIFY_AUTHORITY), kept.for_duty(Duty.INFORM_SUBJECTS))
    ids = dict.fromkeys(question for one in advice if one for question in one.deciding)
    found = [question for one in ids if (question := telling.case.question(one))]
    asked = [f"– {telling.words(question.text)}" for question in found[:REASONS_SHOWN]]
    return [telling.word("risk.deciding"), *asked] if asked else []
