"""From answers to advice: Art. 33(1), 33(2), 33(5) and 34(1) GDPR.

Every judgement is made twice, once with all that is unknown at its best and once at its worst.
Where both agree the advice is firm; where they differ it is undetermined, and names the questions
that would settle it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from breachdesk.rules.advice import (
    Advice,
    Assessed,
    Doubts,
    FiredRule,
    GroupAssessed,
    Reason,
    Severity,
)
from breachdesk.rules.doubts import doubts_about
from breachdesk.rules.duties import HIGH, LEVELS, Judgement, judge
from breachdesk.rules.factors import rate_factors
from breachdesk.rules.groups import GroupAnswers, together
from breachdesk.rules.pack import AT_LEAST_HIGH, AT_LEAST_RISK, LOWERS, PROTECTS, RulePack
from breachdesk.rules.problems import find_problems
from breachdesk.rules.questionnaire import Answers, Questionnaire
from breachdesk.rules.reading import Reading, deciding, read
from breachdesk.rules.severity import score_words, severity
from breachdesk.rules.situation import Situation
from breachdesk.rules.wording import option_words, reason
from breachdesk.terms import Duty, Lang, Nature, Owed, RiskLevel, Role, Words


def assess(
    form: Questionnaire,
    pack: RulePack,
    answers: Answers,
    *,
    role: Role,
    is_breach: bool | None = None,
    groups: Sequence[GroupAnswers] = (),
) -> Assessed:
    """Return the risk, the score and the advice for each duty, with reasons.

    Args:
        form: The questionnaire `risk`.
        pack: The rules in force at the time of awareness.
        answers: All answers of the case; None is "not known yet", and absent counts the same.
        role: What we are for this processing: Art. 4(7), 4(8), 26 GDPR.
        is_breach: The decision on Art. 4(12), None while not decided.
        groups: Groups of people with data of their own: each is assessed, the worst counts.
    """
    reading = read(form, pack, answers, role=role, own=[one.over(answers) for one in groups])
    if not groups:
        return _assessed(reading, answers, role, is_breach=is_breach)
    parts = tuple(
        GroupAssessed(
            id=one.id,
            name=one.name,
            number=one.number,
            assessed=_assessed(part, {**answers, **part.own}, role, is_breach=is_breach),
        )
        for one, part in zip(groups, reading.groups, strict=True)
    )
    alone = replace(reading, groups=())
    whole = _assessed(alone, answers, role, is_breach=is_breach)
    return together(reading, whole, parts, weighs=_weighs(role, is_breach=is_breach))


def _weighs(role: Role, *, is_breach: bool | None) -> bool:
    """Does what is owed hang on the risk?"""
    return role is not Role.PROCESSOR and is_breach is not False


def _assessed(
    reading: Reading, answers: Answers, role: Role, *, is_breach: bool | None
) -> Assessed:
    """Return what follows from one reading of the answers."""
    low, high = reading.at_best, reading.at_worst
    weighs = _weighs(role, is_breach=is_breach)
    return Assessed(
        pack=reading.pack.id,
        risk=LEVELS[low.level] if low.level == high.level else RiskLevel.UNDETERMINED,
        severity=_severity(reading),
        rules=_rules(reading),
        advice=_advice(reading, role, is_breach=is_breach),
        doubts=doubts_about(reading) if weighs else Doubts(),
        factors=rate_factors(reading),
        problems=find_problems(reading.form, reading.pack, answers),
        channels=_channels(low, high),
        groups=_groups(reading),
    )


def _severity(reading: Reading) -> Severity | None:
    """Return the score, or None before a kind of data is named."""
    if "data_types" not in reading.values:
        return None
    return severity(reading.form, reading.pack, reading.values, reading.best, reading.worst)


def _channels(low: Judgement, high: Judgement) -> dict[str, RiskLevel]:
    """Return each channel's own risk."""
    return {
        channel.value: LEVELS[level]
        if low.channels.get(channel) == level
        else RiskLevel.UNDETERMINED
        for channel, level in high.channels.items()
    }


def _rules(reading: Reading) -> tuple[FiredRule, ...]:
    """Return the rules that speak whatever the unknown turns out to be."""
    certain = dict(reading.at_worst.fired)
    return tuple(
        FiredRule(id=rule, effect=effect, reason=_rule_reason(reading, rule))
        for rule, effect in reading.at_best.fired
        if certain.get(rule) == effect
    )


def _rule_reason(reading: Reading, rule: str) -> Reason:
    return reason(reading.form, reading.pack, reading.pack.rules[rule], reading.values)


def _ground(reading: Reading, ground: str, **places: Words | str) -> Reason:
    return reason(
        reading.form, reading.pack, reading.pack.grounds[ground], reading.values, **places
    )


def _advice(reading: Reading, role: Role, *, is_breach: bool | None) -> tuple[Advice, ...]:
    """Return the advice on every duty that the role may have."""
    duties = [Duty.RECORD, Duty.NOTIFY_AUTHORITY, Duty.INFORM_SUBJECTS]
    if role is Role.PROCESSOR:
        duties.insert(1, Duty.NOTIFY_CONTROLLER)
    if is_breach is False:
        return tuple(_flat(reading, duty, Owed.NO, "not_a_breach") for duty in duties)
    if role is Role.PROCESSOR:
        return (
            _flat(reading, Duty.RECORD, Owed.YES, "record"),
            _flat(reading, Duty.NOTIFY_CONTROLLER, Owed.YES, "processor_tells"),
            _flat(reading, Duty.NOTIFY_AUTHORITY, Owed.NO, "controller_notifies"),
            _flat(reading, Duty.INFORM_SUBJECTS, Owed.NO, "controller_informs"),
        )
    joint = ("joint",) if role is Role.JOINT_CONTROLLER else ()
    return (
        _flat(reading, Duty.RECORD, Owed.YES, "record"),
        _weighed(reading, Duty.NOTIFY_AUTHORITY, ("risk_not_ruled_out", "risk_unlikely"), joint),
        _weighed(reading, Duty.INFORM_SUBJECTS, ("high_risk", "no_high_risk"), joint),
    )


def _flat(reading: Reading, duty: Duty, owed_: Owed, *grounds: str) -> Advice:
    """Return advice that needs no weighing of risk."""
    reasons = tuple(_ground(reading, one) for one in grounds)
    return Advice(duty=duty, owed=owed_, reasons=reasons, cites=_cites(reasons))


def _weighed(
    reading: Reading, duty: Duty, grounds: tuple[str, str], also: tuple[str, ...]
) -> Advice:
    """Return advice that follows from the level of risk, with what caused it."""
    answer = reading.owed(duty)
    settling = deciding(reading, duty) if answer is Owed.UNDETERMINED else ()
    if answer is Owed.UNDETERMINED:
        reasons = _unsettled(reading, settling)
    elif answer is Owed.YES:
        more = ("exceptions",) if duty is Duty.INFORM_SUBJECTS else ()
        reasons = (
            _ground(reading, grounds[0]),
            *_causes(reading, reading.thresholds[duty]),
            *_who(reading, duty),
            *(_ground(reading, one) for one in (*more, *also)),
        )
    else:
        reasons = (_ground(reading, grounds[1]), *_calming(reading))
    return Advice(duty=duty, owed=answer, reasons=reasons, cites=_cites(reasons), deciding=settling)


def _cites(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for one in reasons for cite in one.cites))


def _causes(reading: Reading, threshold: int) -> tuple[Reason, ...]:
    """Return the rules, and the score, that lift the risk to a threshold come what may.

    A rule that says no more than a stronger one, of the same answers, is left out.
    """
    judged = reading.at_best
    high = [_rule_reason(reading, rule) for rule, said in judged.fired if said == AT_LEAST_HIGH]
    spoken = {one for reason in high for one in reason.questions}
    if threshold < HIGH:
        lower = (
            _rule_reason(reading, rule) for rule, said in judged.fired if said == AT_LEAST_RISK
        )
        high += [one for one in lower if not spoken.issuperset(one.questions)]
    if judged.counted_level >= threshold:
        high.append(_score_reason(reading))
    return tuple(high)


def _score_reason(reading: Reading) -> Reason:
    """Return the score and its level, or the span that the unknown leaves."""
    ends = sorted((reading.at_best.score, reading.at_worst.score))
    return _ground(
        reading,
        "score",
        score=_span(*(score_words(one) for one in ends)),
        level=_span(*(reading.pack.level(one).words for one in ends)),
    )


def _span(low: Words, high: Words) -> Words:
    """Return "low – high", or the one where they are the same."""
    return low if low == high else Words(*(f"{low.in_(one)} – {high.in_(one)}" for one in Lang))


def _calming(reading: Reading) -> tuple[Reason, ...]:
    """Return what keeps the risk down: protection, or the score and what lowers it."""
    fired = reading.at_worst.fired
    shields = [_rule_reason(reading, rule) for rule, effect in fired if effect == PROTECTS]
    lowering = [_rule_reason(reading, rule) for rule, effect in fired if effect == LOWERS]
    scored = "data_types" in reading.values and Nature.CONFIDENTIALITY in _unshielded(reading)
    return (*shields, *((_score_reason(reading),) if scored else ()), *lowering)


def _unshielded(reading: Reading) -> set[Nature]:
    """Return the channels that no protection emptied."""
    rules = reading.pack.rules
    shielded = {
        channel
        for rule, effect in reading.at_worst.fired
        if effect == PROTECTS
        for channel in rules[rule].channels
    }
    return set(reading.at_worst.channels) - shielded


def _unsettled(reading: Reading, settling: tuple[str, ...]) -> tuple[Reason, ...]:
    """Return what lies between best and worst, which questions settle it, and what stands firm."""
    words = reading.pack.risk_words
    spread = _ground(
        reading,
        "not_settled",
        best=words[LEVELS[reading.at_best.level]],
        worst=words[LEVELS[reading.at_worst.level]],
    )
    asking = (
        replace(_ground(reading, "settles", question=question.text), questions=(question.id,))
        for one in settling
        if (question := reading.form.question(one))
    )
    firm = (one.reason for one in _rules(reading) if one.effect != LOWERS)
    return (spread, *asking, *firm)


def _groups(reading: Reading) -> dict[str, RiskLevel]:
    """Return the risk for those hit hardest and for the rest, where they differ in data.

    Art. 34(1) GDPR speaks of each person: what is high for ten need not be so for the others.
    """
    rest = reading.values.get("rest")
    if rest not in ("hardly-any", "a-little"):
        return {}
    low, high = (
        judge(Situation({**one.values, "insight": rest}, reading.sheet, reading.pack)).level
        for one in (reading.best, reading.worst)
    )
    return {
        "hardest": _between(reading.at_best.level, reading.at_worst.level),
        "rest": _between(low, high),
    }


def _between(low: int, high: int) -> RiskLevel:
    return LEVELS[low] if low == high else RiskLevel.UNDETERMINED


def _who(reading: Reading, duty: Duty) -> tuple[Reason, ...]:
    """Return whom the high risk concerns, where a smaller group has more in it."""
    groups = _groups(reading)
    if duty is not Duty.INFORM_SUBJECTS or not groups:
        return ()
    rest = option_words(reading.form, "rest", (str(reading.values["rest"]),))
    if groups["rest"] is RiskLevel.HIGH_RISK:
        return (_ground(reading, "everybody", rest=rest),)
    level = reading.pack.risk_words.get(groups["rest"]) or reading.pack.grounds["unknown"].text
    return (_ground(reading, "most_less", rest=rest, level=level),)
