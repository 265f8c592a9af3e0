"""The severity score of ENISA 2013: SE = DPC x EI + CB, as a voice beside the law's own tests.

DPC (kind of data, 1 to 4 in whole steps), EI (ease of identification) and CB (circumstances of the
breach) come from the form's points; sums are whole quarters of a point, so nothing is rounded.
The score measures how bad it would be, not whether anything happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from breachdesk.rules.advice import ScoreStep, Severity
from breachdesk.rules.pack import NamedText, RulePack
from breachdesk.rules.questionnaire import AnswerValue, Questionnaire
from breachdesk.rules.situation import Situation
from breachdesk.rules.wording import fill, number_words, option_words
from breachdesk.terms import Words

Values = Mapping[str, AnswerValue]

QUARTERS = 4
"""Quarters in a point."""

LEAST_DPC, MOST_DPC = 1, 4
"""DPC always lies between these: ENISA 2013, annex 1."""

CIRCUMSTANCES = {
    "confidentiality": ("holder",),
    "integrity": ("altered",),
    "availability": ("restored",),
    "malicious": ("intent", "holder"),
}
"""Element of CB to the questions that may give its points; the highest counts. ENISA annex 3."""


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one situation, and its parts."""

    dpc: int
    """In steps, 1 to 4."""
    dpc_type: str
    """The kind of data that scored highest."""
    ei: int
    """In quarters, 1 to 4."""
    cb: Mapping[str, int]
    """In quarters, by element."""

    @property
    def se(self) -> int:
        """The score in quarters."""
        return severity_score(self.dpc, self.ei, sum(self.cb.values()))


def severity_score(dpc: int, ei: int, cb: int) -> int:
    """Return SE = DPC x EI + CB in quarters of a point. ENISA 2013, section 4.

    Args:
        dpc: Data processing context, in steps from 1 to 4.
        ei: Ease of identification, in quarters from 1 to 4.
        cb: Circumstances of the breach, in quarters from 0 to 8.
    """
    return dpc * ei + cb


def measure(situation: Situation) -> Score:
    """Return the score of a situation. ENISA 2013: the highest kind of data counts.

    What the records give away by themselves counts as simple data, whatever else is in them.
    """
    types = situation.values.get("data_types")
    known = situation.pack.data_types
    scored = [
        (steps(situation, one), known[one].base if one in known else 0, one)
        for one in (types if isinstance(types, tuple) else ())
    ]
    dpc, _, highest = max(scored, default=(LEAST_DPC, 0, ""))
    dpc = max(dpc, _adjusted(situation, "simple", LEAST_DPC))
    return Score(
        dpc,
        highest,
        points(situation, "identifiability", "ei", QUARTERS),
        {name: circumstance(situation, name) for name in CIRCUMSTANCES},
    )


def steps(situation: Situation, data_type: str) -> int:
    """Return the DPC of one kind of data: its basic score, adjusted by context. ENISA annex 1.

    Log-ins are no category of their own: they count by what they open.
    """
    known = situation.pack.data_types.get(data_type)
    return _adjusted(situation, known.category, known.base) if known else LEAST_DPC


def _adjusted(situation: Situation, category: str, base: int) -> int:
    """Return a basic score adjusted by how much the data tell and what they give away."""
    adjusted = (
        base
        + points(situation, "insight", category)
        + points(situation, "implied", category)
        + (points(situation, "logins", category) if category == "access" else 0)
    )
    return max(LEAST_DPC, min(MOST_DPC, adjusted))


def circumstance(situation: Situation, element: str) -> int:
    """Return one element of CB in quarters. ENISA annex 3.

    Confidentiality counts only once somebody obtained the data: exposed without evidence is 0.
    """
    if element == "confidentiality" and not situation.says("exposure", "obtained"):
        return 0
    return max(points(situation, one, element) for one in CIRCUMSTANCES[element])


def points(situation: Situation, question: str, factor: str, otherwise: int = 0) -> int:
    """Return what the chosen option counts for a factor; `otherwise` where nothing was asked."""
    value = situation.values.get(question)
    if not isinstance(value, str):
        return otherwise
    return situation.sheet.points[question].get(value, {}).get(factor, otherwise)


def score_words(quarters: int) -> Words:
    """Return a score as each language writes it, such as ``3.25``; quarters are exact."""
    whole, rest = divmod(quarters, QUARTERS)
    if not rest:
        return Words(str(whole), str(whole), str(whole))
    norwegian = f"{whole},{rest * 25:02d}"
    return Words(f"{whole}.{rest * 25:02d}", norwegian, norwegian)


def severity(
    form: Questionnaire, pack: RulePack, given: Values, low: Situation, high: Situation
) -> Severity:
    """Return the score with its trace, every unknown at its best and at its worst.

    The best is not always the lower number: protected data are not asked how much they tell. A span
    is written from its lower end all the same.

    Args:
        form: The questionnaire `risk`.
        pack: The rules in force.
        given: What is known; only this is said as a fact.
        low: All that is unknown at its best.
        high: All that is unknown at its worst.
    """
    best, worst = measure(low), measure(high)
    levels = (pack.level(best.se), pack.level(worst.se))
    return Severity(
        method=pack.method,
        low=min(best.se, worst.se),
        high=max(best.se, worst.se),
        level=levels[0].id if levels[0] is levels[1] else "undetermined",
        trace=(*_trace(form, pack, given, (low, best), (high, worst)), *_flags(pack, low, high)),
    )


def _trace(
    form: Questionnaire,
    pack: RulePack,
    given: Values,
    low: tuple[Situation, Score],
    high: tuple[Situation, Score],
) -> list[ScoreStep]:
    """Return a line for each factor of the formula, then the sum."""
    (at_best, best), (at_worst, worst) = low, high

    def said(question: str, span: tuple[int, int]) -> Words:
        if question in given:
            return _chosen(form, question, given[question])
        value = at_worst.values.get(question)
        if value is None:
            named = "unknown" if question in at_best.values else "not_asked"
            return pack.grounds[named].text
        named = "at_worst" if span[0] != span[1] else "as_worst"
        return fill(pack.grounds[named].text, {"what": _chosen(form, question, value)})

    kind = pack.data_types.get(worst.dpc_type)
    lines = [
        _step(
            pack.factors["dpc"],
            best.dpc * QUARTERS,
            worst.dpc * QUARTERS,
            what=option_words(form, "data_types", (worst.dpc_type,)),
            category=pack.categories[kind.category] if kind else pack.grounds["unknown"].text,
            steps=str(worst.dpc) if best.dpc == worst.dpc else f"{best.dpc}–{worst.dpc}",
        ),
        _step(
            pack.factors["ei"],
            best.ei,
            worst.ei,
            what=said("identifiability", (best.ei, worst.ei)),
        ),
    ]
    for element, questions in CIRCUMSTANCES.items():
        if any(one in at_worst.values for one in questions):
            asked = next(one for one in questions if one in at_worst.values)
            span = best.cb[element], worst.cb[element]
            lines.append(_step(pack.factors[f"cb.{element}"], *span, what=said(asked, span)))
    lines.append(_step(pack.factors["se"], best.se, worst.se))
    return lines


def _chosen(form: Questionnaire, question: str, value: AnswerValue) -> Words:
    return option_words(form, question, (str(value),))


def _flags(pack: RulePack, low: Situation, high: Situation) -> list[ScoreStep]:
    """Return what ENISA notes beside the number: many people, unintelligible data (section 4.4).

    Only what holds whatever the unknown turns out to be is noted.
    """
    flags = []
    limit = pack.thresholds["flagged_people"]
    if low.number("people_number") > limit:
        flags.append(_step(pack.factors["flag.people"], 0, 0, limit=number_words(limit)))
    if all(one.says("protection", "strong") and one.says("key", "safe") for one in (low, high)):
        flags.append(_step(pack.factors["flag.unintelligible"], 0, 0))
    return flags


def _step(named: NamedText, low: int, high: int, **places: Words | str) -> ScoreStep:
    return ScoreStep(
        factor=named.id,
        words=fill(named.text, places),
        low=min(low, high),
        high=max(low, high),
        cites=named.cites,
    )
