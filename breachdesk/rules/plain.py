"""An assessment as plain values and back, without floats: what is kept as it was."""

from collections.abc import Mapping
from typing import Any

from breachdesk.rules.advice import (
    Advice,
    Assessed,
    ChangedAnswer,
    Doubts,
    FiredRule,
    Flip,
    FlipPair,
    GroupAssessed,
    RatedFactor,
    Reason,
    ScoreStep,
    Severity,
)
from breachdesk.terms import Duty, Owed, RiskLevel, Words

Plain = dict[str, Any]
"""JSON values only: text, whole numbers, booleans, null, lists, objects."""


def to_plain(assessed: Assessed) -> Plain:
    """Return the assessment as JSON values; words stand in every language."""
    return {
        "pack": assessed.pack,
        "risk": assessed.risk.value,
        "severity": _severity(assessed.severity),
        "rules": [
            {"id": one.id, "effect": one.effect, "reason": _reason(one.reason)}
            for one in assessed.rules
        ],
        "advice": [_advice(one) for one in assessed.advice],
        "flips": [_flip(one) for one in assessed.flips],
        "pairs": [_pair(one) for one in assessed.pairs],
        "factors": [_factor(one) for one in assessed.factors],
        "problems": [_reason(one) for one in assessed.problems],
        "channels": {name: level.value for name, level in assessed.channels.items()},
        "groups": {name: level.value for name, level in assessed.groups.items()},
        **_people_groups(assessed),
    }


def _people_groups(assessed: Assessed) -> Plain:
    if not assessed.people_groups:
        return {}
    groups = [
        {"id": one.id, "name": one.name, "number": one.number, **to_plain(one.assessed)}
        for one in assessed.people_groups
    ]
    return {"people_groups": groups, "led_by": assessed.led_by}


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "nb": words.nb, "nn": words.nn}


def _reason(one: Reason) -> Plain:
    return {
        "rule": one.rule,
        "words": _words(one.words),
        "cites": list(one.cites),
        "questions": list(one.questions),
    }


def _severity(one: Severity | None) -> Plain | None:
    if one is None:
        return None
    trace = [
        {
            "factor": step.factor,
            "words": _words(step.words),
            "low": step.low,
            "high": step.high,
            "cites": list(step.cites),
        }
        for step in one.trace
    ]
    return {
        "method": one.method,
        "low": one.low,
        "high": one.high,
        "level": one.level,
        "trace": trace,
    }


def _advice(one: Advice) -> Plain:
    return {
        "duty": one.duty.value,
        "owed": one.owed.value,
        "reasons": [_reason(reason) for reason in one.reasons],
        "cites": list(one.cites),
        "deciding": list(one.deciding),
    }


def _flip(one: Flip) -> Plain:
    return {
        "question": one.question,
        "answer": one.answer,
        "removes": one.removes,
        "would_change": [[duty.value, owed.value] for duty, owed in one.would_change],
    }


def _factor(one: RatedFactor) -> Plain:
    return {
        "id": one.id,
        "title": _words(one.title),
        "rating": one.rating,
        "least": one.least,
        "most": one.most,
        "because": _words(one.because),
        "questions": list(one.questions),
        "cites": list(one.cites),
    }


def _pair(one: FlipPair) -> Plain:
    return {
        "changes": [
            {"question": each.question, "answer": each.answer, "removes": each.removes}
            for each in one.changes
        ],
        "would_change": [[duty.value, owed.value] for duty, owed in one.would_change],
    }


def from_plain(plain: Mapping[str, Any]) -> Assessed:
    """Return the assessment that `to_plain` wrote."""
    severity = plain["severity"]
    return Assessed(
        pack=plain["pack"],
        risk=RiskLevel(plain["risk"]),
        severity=None if severity is None else _read_severity(severity),
        rules=tuple(
            FiredRule(id=one["id"], effect=one["effect"], reason=_read_reason(one["reason"]))
            for one in plain["rules"]
        ),
        advice=tuple(_read_advice(one) for one in plain["advice"]),
        doubts=_read_doubts(plain),
        factors=tuple(_read_factor(one) for one in plain.get("factors", ())),
        problems=tuple(_read_reason(one) for one in plain["problems"]),
        channels={name: RiskLevel(level) for name, level in plain["channels"].items()},
        groups={name: RiskLevel(level) for name, level in plain["groups"].items()},
        people_groups=tuple(
            GroupAssessed(
                id=one["id"], name=one["name"], number=one["number"], assessed=from_plain(one)
            )
            for one in plain.get("people_groups", ())
        ),
        led_by=plain.get("led_by", ""),
    )


def _read_words(plain: Mapping[str, str]) -> Words:
    return Words(plain["en"], plain["nb"], plain["nn"])


def _read_reason(plain: Mapping[str, Any]) -> Reason:
    return Reason(
        rule=plain["rule"],
        words=_read_words(plain["words"]),
        cites=tuple(plain["cites"]),
        questions=tuple(plain["questions"]),
    )


def _read_severity(plain: Mapping[str, Any]) -> Severity:
    trace = tuple(
        ScoreStep(
            factor=step["factor"],
            words=_read_words(step["words"]),
            low=step["low"],
            high=step["high"],
            cites=tuple(step["cites"]),
        )
        for step in plain["trace"]
    )
    return Severity(
        method=plain["method"],
        low=plain["low"],
        high=plain["high"],
        level=plain["level"],
        trace=trace,
    )


def _read_advice(plain: Mapping[str, Any]) -> Advice:
    return Advice(
        duty=Duty(plain["duty"]),
        owed=Owed(plain["owed"]),
        reasons=tuple(_read_reason(one) for one in plain["reasons"]),
        cites=tuple(plain["cites"]),
        deciding=tuple(plain["deciding"]),
    )


def _read_doubts(plain: Mapping[str, Any]) -> Doubts:
    return Doubts(
        flips=lambda: tuple(_read_flip(one) for one in plain["flips"]),
        pairs=lambda: tuple(_read_pair(one) for one in plain.get("pairs", ())),
    )


def _read_flip(plain: Mapping[str, Any]) -> Flip:
    return Flip(
        question=plain["question"],
        answer=plain["answer"],
        removes=plain["removes"],
        would_change=tuple((Duty(duty), Owed(owed)) for duty, owed in plain["would_change"]),
    )


def _read_pair(plain: Mapping[str, Any]) -> FlipPair:
    first, second = (ChangedAnswer(**one) for one in plain["changes"])
    return FlipPair(
        changes=(first, second),
        would_change=tuple((Duty(duty), Owed(owed)) for duty, owed in plain["would_change"]),
    )


def _read_factor(plain: Mapping[str, Any]) -> RatedFactor:
    return RatedFactor(
        id=plain["id"],
        title=_read_words(plain["title"]),
        rating=plain["rating"],
        least=plain["least"],
        most=plain["most"],
        because=_read_words(plain["because"]),
        questions=tuple(plain["questions"]),
        cites=tuple(plain["cites"]),
    )
