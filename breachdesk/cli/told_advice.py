"""Advice as text on a terminal: the risk, what is owed and why, and what would change it."""

from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.message import Message, say
from breachdesk.rules.severity import score_words
from breachdesk.terms import Duty

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.rules.advice import (
        Advice,
        Assessed,
        ChangedAnswer,
        Flip,
        GroupAssessed,
        Severity,
    )

_FLIPS_SHOWN = 5
_GROUP_FLIPS = 2
"""As many beside each group."""


def tell_advice(errand: Errand, case: "CaseFile", assessed: "Assessed | None" = None) -> None:
    """Print the advice on the answers as they stand, or another assessment's."""
    shown = assessed or case.current
    errand.write()
    errand.tell(say("Risk: {risk}", risk=shown.risk))
    for advice in shown.advice:
        tell_one(errand, case, advice)


def tell_one(errand: Errand, case: "CaseFile", advice: "Advice", *, indent: str = "") -> None:
    """Print one duty's advice with its reasons and where they are written."""
    head = errand.speaker.say(say("{duty}: {owed}", duty=advice.duty, owed=advice.owed))
    errand.write(f"{indent}{head}")
    for reason in advice.reasons:
        sources = _sources(errand, case, reason.cites)
        text = f"– {errand.speaker.of(reason.words)}"
        errand.flow(f"{text} [{sources}]" if sources else text, indent=f"{indent}  ", hang=2)


def tell_assessed(errand: Errand, case: "CaseFile", assessed: "Assessed") -> None:
    """Print a whole assessment: advice; score, factors and rules; flips and contradictions."""
    tell_advice(errand, case, assessed)
    if assessed.severity is not None:
        errand.write()
        _tell_score(errand, assessed.severity)
    _tell_factors(errand, assessed)
    _tell_rules(errand, case, assessed)
    if assessed.flips:
        errand.write()
        errand.tell(say("These answers would change the advice:"))
    for flip in assessed.flips[:_FLIPS_SHOWN]:
        errand.flow(errand.speaker.say(flip_line(case, flip)), indent="  ", hang=2)
    _tell_pairs(errand, case, assessed)
    for problem in assessed.problems:
        errand.tell(say("! {problem}", problem=problem.words))
    for group in assessed.people_groups:
        errand.write()
        _tell_group(errand, case, group)


def _tell_group(errand: Errand, case: "CaseFile", group: "GroupAssessed") -> None:
    """Print the advice on telling one group, what it rests on, and what would change it."""
    called = say("Group “{group}”", group=group.name)
    if group.number is not None:
        called = say("Group “{group}” ({count})", group=group.name, count=group.number)
    errand.tell(say("{group}: {risk}", group=called, risk=group.assessed.risk))
    advice = group.assessed.for_duty(Duty.INFORM_SUBJECTS)
    if advice is not None:
        tell_one(errand, case, advice, indent="  ")
    telling = [
        one for one in group.assessed.flips if Duty.INFORM_SUBJECTS in dict(one.would_change)
    ]
    for flip in telling[:_GROUP_FLIPS]:
        change = say("Would change this: {change}", change=flip_line(case, flip))
        errand.flow(errand.speaker.say(change), indent="  ", hang=4)
    for problem in group.assessed.problems:
        errand.flow(errand.speaker.say(say("! {problem}", problem=problem.words)), indent="  ")


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
            score=_points(errand, severity.low, severity.high),
            level=level,
            method=severity.method,
        )
    )
    for step in severity.trace:
        points = _points(errand, step.low, step.high)
        errand.flow(f"{points}  {errand.speaker.of(step.words)}", indent="  ", hang=4)


def _tell_factors(errand: Errand, assessed: "Assessed") -> None:
    """Print the EDPB's factors with their ratings; what was not asked about is left out."""
    rated = [one for one in assessed.factors if one.rating != "not_rated"]
    if not rated:
        return
    errand.write()
    errand.tell(say("Factors of the EDPB (guidelines 9/2022, IV.B); they decide nothing alone:"))
    for one in rated:
        rating = errand.speaker.term("Rating", one.rating)
        head = f"{rating}  {errand.speaker.of(one.title)}"
        because = errand.speaker.of(one.because)
        errand.flow(f"{head}: {because}" if because else head, indent="  ", hang=4)


def _tell_rules(errand: Errand, case: "CaseFile", assessed: "Assessed") -> None:
    """Print the named rules that spoke, in their order of precedence."""
    if not assessed.rules:
        return
    errand.write()
    errand.tell(say("Rules:"))
    for rule in assessed.rules:
        effect = errand.speaker.term("RuleEffect", rule.effect)
        text = f"{effect}: {errand.speaker.of(rule.reason.words)}"
        sources = _sources(errand, case, rule.reason.cites)
        errand.flow(f"{text} [{sources}]" if sources else text, indent="  ", hang=4)


def _sources(errand: Errand, case: "CaseFile", cites: tuple[str, ...]) -> str:
    """Return the short names of what is cited."""
    return ", ".join(errand.speaker.of(case.sources[one]) for one in cites if one in case.sources)


def _points(errand: Errand, low: int, high: int) -> str:
    least, most = (errand.speaker.of(score_words(one)) for one in (low, high))
    return least if low == high else f"{least}–{most}"
