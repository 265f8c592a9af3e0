"""An assessment as lines: risk, advice on each duty with its reasons, flips, rules, and the score.

Shown in the case, at the end of the risk questions, and (the advice alone) where it is decided.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from textual.content import Content

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.advice import (
    Advice,
    Assessed,
    ChangedAnswer,
    Flip,
    Reason,
    ScoreStep,
    Severity,
)
from breachdesk.terms import Duty, Owed, RiskLevel
from breachdesk.tui.screens.answers import value_words
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.linelist import Line, heading
from breachdesk.tui.widgets.tones import MUTED

QUARTERS = 4
MOST_AGAINST = 3
MOST_FLIPS = 6
"""How many changes of an answer are named; the nearest come first."""
RISK_SIGNS = {
    RiskLevel.UNLIKELY: ("○", "$text-success"),
    RiskLevel.RISK: ("▲", "$text-warning"),
    RiskLevel.HIGH_RISK: ("▲▲", "$text-error"),
    RiskLevel.UNDETERMINED: ("?", "$text-accent"),
}
OWED_SIGNS = {
    Owed.YES: ("✔", "$text-warning"),
    Owed.NO: ("✖", MUTED),
    Owed.UNDETERMINED: ("?", "$text-accent"),
}
_FACTORS = {"dpc": "DPC", "ei": "EI", "cb": "CB", "se": "SE"}


def risk_words(risk: RiskLevel, speaker: Speaker) -> Content:
    """Return the risk as sign, word and colour."""
    sign, style = RISK_SIGNS[risk]
    return Content.styled(f"{sign} {speaker.word(risk)}", f"bold {style}")


def owed_words(owed: Owed, speaker: Speaker) -> Content:
    """Return whether a duty is owed, as sign, word and colour."""
    sign, style = OWED_SIGNS[owed]
    return Content.styled(f"{sign} {speaker.word(owed)}", f"bold {style}")


def points(low: int, high: int, speaker: Speaker) -> str:
    """Return a score given in quarters of a point: "3.25", or "1.25 – 3" while it is open."""
    mark = "." if speaker.lang == "en" else ","
    ends = [f"{one / QUARTERS:g}".replace(".", mark) for one in (low, high)]
    return ends[0] if low == high else " – ".join(ends)


def cited(case: CaseFile, cites: Iterable[str], speaker: Speaker) -> str:
    """Return citations in their short form, parted by semicolons."""
    found = ((case.sources.get(one), one) for one in cites)
    return "; ".join(speaker.of(words) if words else cite for words, cite in found)


class AssessedLines:
    """The lines of one assessment in one language."""

    def __init__(self, case: CaseFile, assessed: Assessed, speaker: Speaker) -> None:
        """Take the assessment, and the case for the words of its questions and sources."""
        self.case, self.assessed, self.speaker = case, assessed, speaker
        self._count = 0

    def all(self) -> Iterator[Line]:
        """Return everything, the most important first."""
        yield from self._problems()
        for advice in self.assessed.advice:
            yield from self.advice(advice)
        yield from self._flips()
        yield from self._rules()
        if self.assessed.severity is not None:
            yield from self._score(self.assessed.severity)
        yield from self._factors()
        yield from self._channels()

    def advice(self, advice: Advice) -> Iterator[Line]:
        """Return one duty: is it owed, and why."""
        yield heading(self._duty_line(advice))
        yield from self.because(advice)

    def because(self, advice: Advice) -> Iterator[Line]:
        """Return the reasons of one advice."""
        for place, one in enumerate(advice.reasons):
            yield self._reason(None if place else say("because"), one)

    def against(self, duty: Duty) -> Iterator[Line]:
        """Return what would change the advice on one duty; that nothing would, is said."""
        flips = [
            one
            for one in self.assessed.flips
            if duty in {changed for changed, _ in one.would_change}
        ]
        label = Content.styled(self.speaker.say(say("against")), MUTED)
        if not flips:
            text = say("No single answer would change this advice.")
            yield self._line(label, Content.styled(self.speaker.say(text), MUTED))
            yield from self._pairs(duty)
        for place, flip in enumerate(flips[:MOST_AGAINST]):
            owed = dict(flip.would_change)[duty]
            text = say(
                "{change}: the advice becomes {owed}",
                change=flip_words(self.case, flip, self.speaker),
                owed=owed,
            )
            words = Content(self.speaker.say(text))
            yield self._line(Content() if place else label, words, (flip.question,))

    def _pairs(self, duty: Duty) -> Iterator[Line]:
        """Return the nearest two answers that together would change the advice on a duty."""
        pairs = (one for one in self.assessed.pairs if duty in dict(one.would_change))
        for pair in islice(pairs, MOST_AGAINST):
            first, second = (flip_words(self.case, one, self.speaker) for one in pair.changes)
            text = say(
                "{first} – and – {second}: the advice becomes {owed}",
                first=first,
                second=second,
                owed=dict(pair.would_change)[duty],
            )
            words = Content(self.speaker.say(text))
            yield self._line(Content(), words, (pair.changes[0].question,))

    def breach(self) -> Iterator[Line]:
        """Return what the law calls a breach, and what was said of this one: Art. 4(12) GDPR."""
        law = say(
            "A breach of security that leads to personal data being destroyed, lost, altered, "
            "disclosed or accessed without a right to it, by accident or on purpose."
        )
        label = Content.styled(self.speaker.say(say("the law")), MUTED)
        yield self._line(label, self._with_cites(self.speaker.say(law), ("gdpr-4-12",)))
        nature = [self.speaker.term("Nature", one) for one in self.case.facts.nature]
        known = ", ".join(nature) or self.speaker.say(say("not known yet"))
        label = Content.styled(self.speaker.say(say("here")), MUTED)
        yield self._line(label, Content(known), ("nature",))

    def _duty_line(self, advice: Advice) -> Content:
        duty = self.speaker.word(advice.duty)
        named = f"{duty[:1].upper()}{duty[1:]}: "
        return Content.assemble(named, owed_words(advice.owed, self.speaker))

    def _reason(self, label: Message | None, reason: Reason) -> Line:
        return self._line(
            Content.styled(self.speaker.say(label), MUTED) if label else Content(),
            self._with_cites(self.speaker.of(reason.words), reason.cites),
            reason.questions,
        )

    def _with_cites(self, text: str, cites: tuple[str, ...]) -> Content:
        names = cited(self.case, cites, self.speaker)
        return Content.assemble(text, (f"  {names}" if names else "", MUTED))

    def _line(self, label: Content, text: Content, questions: tuple[str, ...] = ()) -> Line:
        """Return a line whose id names the first question it comes from."""
        self._count += 1
        question = questions[0] if questions else ""
        return Line(Columns(Column(label, 12), Column(text)), f"{question}.{self._count}")

    def _problems(self) -> Iterator[Line]:
        if self.assessed.problems:
            yield heading(Content(self.speaker.say(say("These answers contradict each other"))))
        for one in self.assessed.problems:
            yield self._reason(say("look at"), one)

    def _flips(self) -> Iterator[Line]:
        if self.assessed.flips:
            yield heading(Content(self.speaker.say(say("What would change it"))))
        for flip in self.assessed.flips[:MOST_FLIPS]:
            yield self._flip(flip)

    def _flip(self, flip: Flip) -> Line:
        text = flip_words(self.case, flip, self.speaker)
        effect = ", ".join(_effect(duty, owed, self.speaker) for duty, owed in flip.would_change)
        whole = Content.assemble(text, ("  → ", MUTED), effect)
        label = Content.styled(self.speaker.say(say("if")), MUTED)
        return self._line(label, whole, (flip.question,))

    def _rules(self) -> Iterator[Line]:
        if self.assessed.rules:
            yield heading(Content(self.speaker.say(say("Rules beside the score"))))
        for rule in self.assessed.rules:
            text = self._with_cites(self.speaker.of(rule.reason.words), rule.reason.cites)
            effect = Content.styled(self.speaker.term("RuleEffect", rule.effect), "$text-accent")
            whole = Content.assemble(effect, ": ", text)
            yield self._line(Content(""), whole, rule.reason.questions)

    def _score(self, severity: Severity) -> Iterator[Line]:
        yield heading(score_words(severity, self.speaker))
        for step in severity.trace:
            yield self._step(step)

    def _step(self, step: ScoreStep) -> Line:
        name = _FACTORS.get(step.factor, step.factor)
        label = f"{name} {points(step.low, step.high, self.speaker)}"
        text = self._with_cites(self.speaker.of(step.words), step.cites)
        return self._line(Content.styled(label, MUTED), text)

    def _factors(self) -> Iterator[Line]:
        """Return the EDPB's factors with their ratings; what was not asked about is left out."""
        rated = [one for one in self.assessed.factors if one.rating != "not_rated"]
        if rated:
            yield heading(Content(self.speaker.say(say("Factors of the EDPB (9/2022, IV.B)"))))
        for one in rated:
            rating = self.speaker.term("Rating", one.rating)
            text = f"{self.speaker.of(one.title)}: {self.speaker.of(one.because)}"
            yield self._line(Content.styled(rating, MUTED), Content(text), one.questions)

    def _channels(self) -> Iterator[Line]:
        if self.assessed.channels:
            yield heading(Content(self.speaker.say(say("Each kind of breach by itself"))))
        for name, level in self.assessed.channels.items():
            text = Content.assemble(
                self.speaker.term("Nature", name), ": ", risk_words(level, self.speaker)
            )
            yield self._line(Content(""), text)


def flip_words(case: CaseFile, flip: Flip | ChangedAnswer, speaker: Speaker) -> str:
    """Return a change of one answer: "Have the data been deleted? Yes, confirmed"."""
    question = case.question(flip.question)
    if question is None:
        return flip.question
    answer = value_words(question, flip.answer, speaker)
    text = say("{question} {answer}", question=question.text, answer=answer)
    if flip.removes:
        text = say("{question} without “{answer}”", question=question.text, answer=answer)
    return speaker.say(text)


def _effect(duty: Duty, owed: Owed, speaker: Speaker) -> str:
    return speaker.say(say("{duty}: {owed}", duty=duty, owed=owed))


def score_words(severity: Severity, speaker: Speaker) -> Content:
    """Return the score and its band: "Score 3.25, high (ENISA 2013)"."""
    text = say(
        "Score {score}, {level} (ENISA 2013)",
        score=points(severity.low, severity.high, speaker),
        level=speaker.term("SeverityLevel", severity.level),
    )
    return Content(speaker.say(text))
