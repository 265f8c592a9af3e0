"""Advice as text on a terminal: the risk, what is owed and why, and what would change it."""

from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.cli.plain_advice import QUARTERS
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.rules.advice import Advice, Assessed, ChangedAnswer, Flip, Severity

_FLIPS_SHOWN = 5


def tell_advice(errand: Errand, case: "CaseFile") -> None:
    """Print the advice on the answers as they stand."""
    errand.write()
    errand.tell(say("Risk: {risk}", risk=case.current.risk))
    for advice in case.current.advice:
        tell_one(errand, case, advice)


def tell_one(errand: Errand, case: "CaseFile", advice: "Advice", *, indent: str = "") -> None:
    """Print one duty's advice with its reasons and where they are written."""
    head = errand.speaker.say(say("{duty}: {owed}", duty=advice.duty, owed=advice.owed))
    errand.write(f"{indent}{head}")
    for reason in advice.reasons:
        sources = ", ".join(
            errand.speaker.of(case.sources[one]) for one in reason.cites if one in case.sources
        )
        text = f"– {errand.speaker.of(reason.words)}"
        errand.flow(f"{text} [{sources}]" if sources else text, indent=f"{indent}  ", hang=2)


def tell_assessed(errand: Errand, case: "CaseFile", assessed: "Assessed") -> None:
    """Print a whole assessment: score and trace, rules, advice, flips, contradictions."""
    tell_advice(errand, case)
    if assessed.severity is not None:
        errand.write()
        _tell_score(errand, assessed.severity)
    if assessed.flips:
        errand.write()
        errand.tell(say("These answers would change the advice:"))
    for flip in assessed.flips[:_FLIPS_SHOWN]:
        errand.flow(errand.speaker.say(flip_line(case, flip)), indent="  ", hang=2)
    _tell_pairs(errand, case, assessed)
    for problem in assessed.problems:
        errand.tell(say("! {problem}", problem=problem.words))


def _tell_pairs(errand: Errand, case: "CaseFile", assessed: "Assessed") -> None:
    """Print the pairs of answers that would change what no single answer changes."""
    if assessed.pairs:
        errand.write()
        errand.tell(say("No single answer would change this, but two together would:"))
    for pair in assessed.pairs[:_FLIPS_SHOWN]:
        first, second = (errand.speaker.say(flip_line(case, one)) for one in pair.changes)
        both = say("{first} – and – {second}", first=first, second=second)
        would = "; ".join(
            errand.speaker.say(say("{duty}: {owed}", duty=duty, owed=owed))
            for duty, owed in pair.would_change
        )
        errand.flow(f"{errand.speaker.say(both)}  ({would})", indent="  ", hang=2)


def flip_line(case: "CaseFile", flip: "Flip | ChangedAnswer") -> Message:
    """Return the one answer whose change would change an advice."""
    question = case.question(flip.question)
    option = question.option(flip.answer) if question else None
    asked = question.text if question else flip.question
    answer = option.text if option else flip.answer
    if flip.removes:
        return say("{question} → without “{answer}”", question=asked, answer=answer)
    return say("{question} → {answer}", question=asked, answer=answer)


def _tell_score(errand: Errand, severity: "Severity") -> None:
    level = errand.speaker.term("SeverityLevel", severity.level)
    errand.tell(
        say(
            "Score {score} ({level}), method {method}",
            score=_points(severity.low, severity.high),
            level=level,
            method=severity.method,
        )
    )
    for step in severity.trace:
        points = _points(step.low, step.high)
        errand.flow(f"{points}  {errand.speaker.of(step.words)}", indent="  ", hang=4)


def _points(low: int, high: int) -> str:
    least, most = f"{low / QUARTERS:g}", f"{high / QUARTERS:g}"
    return least if low == high else f"{least}–{most}"
