"""An assessment as plain values: risk, score, rules, advice, and what would change it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from breachdesk.language import Speaker
from breachdesk.terms import Words

if TYPE_CHECKING:
    from breachdesk.rules.advice import (
        Advice,
        Assessed,
        FiredRule,
        Flip,
        FlipPair,
        RatedFactor,
        Reason,
        Severity,
    )

Plain = dict[str, Any]
QUARTERS = 4
"""The score is kept in quarters of a point."""


def plain_assessed(assessed: "Assessed", speaker: Speaker) -> Plain:
    """Return the whole result of assessing."""
    return {
        "pack": assessed.pack,
        "risk": assessed.risk.value,
        "severity": None if assessed.severity is None else _severity(assessed.severity, speaker),
        "factors": [_factor(one, speaker) for one in assessed.factors],
        "rules": [_rule(one, speaker) for one in assessed.rules],
        "advice": [plain_advice(one, speaker) for one in assessed.advice],
        "flips": [_flip(one) for one in assessed.flips],
        "flip_pairs": [_pair(one) for one in assessed.pairs],
        "problems": [
            {"id": one.rule, "problem": speaker.of(one.words), "questions": list(one.questions)}
            for one in assessed.problems
        ],
        "channels": {name: level.value for name, level in assessed.channels.items()},
        "groups": {name: level.value for name, level in assessed.groups.items()},
        "people_groups": [
            {
                "id": one.id,
                "name": one.name,
                "number": one.number,
                **plain_assessed(one.assessed, speaker),
            }
            for one in assessed.people_groups
        ],
        "led_by": assessed.led_by or None,
    }


def plain_advice(advice: "Advice", speaker: Speaker) -> Plain:
    """Return the advice about one duty."""
    return {
        "duty": advice.duty.value,
        "owed": advice.owed.value,
        "because": sentences(speaker.of(one.words) for one in advice.reasons),
        "cites": list(advice.cites),
        "deciding": list(advice.deciding),
        "reasons": [_reason(one, speaker) for one in advice.reasons],
    }


def told_advice(kept: Mapping[str, Any], speaker: Speaker) -> Plain:
    """Return an advice as it was shown beside a decision, kept as plain values."""
    reasons = [(one, speaker.of(Words.of(one["words"]))) for one in kept["reasons"]]
    return {
        "duty": str(kept["duty"]),
        "owed": str(kept["owed"]),
        "because": sentences(text for _, text in reasons),
        "cites": list(kept["cites"]),
    }


def sentences(parts: Iterable[str]) -> str:
    """Return reasons as running text."""
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


def score(low: int, high: int) -> float | Plain:
    """Return a score in points; with unknowns, the least and the most it can be."""
    if low == high:
        return low / QUARTERS
    return {"min": low / QUARTERS, "max": high / QUARTERS}


def _severity(severity: "Severity", speaker: Speaker) -> Plain:
    return {
        "method": severity.method,
        "score": score(severity.low, severity.high),
        "level": severity.level,
        "trace": [
            {
                "factor": step.factor,
                "score": score(step.low, step.high),
                "text": speaker.of(step.words),
                "cites": list(step.cites),
            }
            for step in severity.trace
        ],
    }


def _factor(factor: "RatedFactor", speaker: Speaker) -> Plain:
    return {
        "id": factor.id,
        "title": speaker.of(factor.title),
        "rating": factor.rating,
        "least": factor.least,
        "most": factor.most,
        "because": speaker.of(factor.because) or None,
        "questions": list(factor.questions),
        "cites": list(factor.cites),
    }


def _rule(rule: "FiredRule", speaker: Speaker) -> Plain:
    return {
        "id": rule.id,
        "effect": rule.effect,
        "because": speaker.of(rule.reason.words),
        "cites": list(rule.reason.cites),
        "questions": list(rule.reason.questions),
    }


def _reason(reason: "Reason", speaker: Speaker) -> Plain:
    return {
        "rule": reason.rule,
        "text": speaker.of(reason.words),
        "cites": list(reason.cites),
        "questions": list(reason.questions),
    }


def _flip(flip: "Flip") -> Plain:
    return {
        "question": flip.question,
        "answer": flip.answer,
        "removes": flip.removes,
        "would_change": [
            {"duty": duty.value, "owed": owed.value} for duty, owed in flip.would_change
        ],
    }


def _pair(pair: "FlipPair") -> Plain:
    return {
        "changes": [
            {"question": one.question, "answer": one.answer, "removes": one.removes}
            for one in pair.changes
        ],
        "would_change": [
            {"duty": duty.value, "owed": owed.value} for duty, owed in pair.would_change
        ],
    }
