"""What the desk advises, with everything a lawyer needs to check it. Values only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from breachdesk.terms import Duty, Owed, RiskLevel, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why: which rule spoke, what in the answers made it speak, and where it is written."""

    rule: str
    """Id of the rule or of the scored factor."""
    words: Words
    """The reason in each language, the answers' own words filled in."""
    cites: tuple[str, ...]
    questions: tuple[str, ...] = ()
    """The questions whose answers caused it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreStep:
    """One line of the severity score's trace, in quarters of a point."""

    factor: str
    """``dpc``, ``ei``, ``cb`` or ``se``."""
    words: Words
    low: int
    """Quarters, the lower end of what the unknown leaves open."""
    high: int
    """Quarters, the higher end."""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """The ENISA 2013 score: SE = DPC x EI + CB, kept in quarters."""

    method: str
    low: int
    """Quarters of SE, the lower end of what the unknown leaves open."""
    high: int
    """Quarters of SE, the higher end; equal to `low` when nothing is unknown."""
    level: str
    """``low``, ``medium``, ``high``, ``very_high``; ``undetermined`` when low and high differ."""
    trace: tuple[ScoreStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedFactor:
    """One factor of EDPB guidelines 9/2022, section IV.B, rated from the answers."""

    id: str
    title: Words
    rating: str
    """``low``, ``medium``, ``high``; ``undetermined`` or ``not_rated``."""
    least: str
    """The rating with every unknown at its best."""
    most: str
    """The rating with every unknown at its worst."""
    because: Words
    """The answers that caused it, in their own words."""
    questions: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredRule:
    """A named rule above the score that spoke."""

    id: str
    effect: str
    """``protects``, ``at_least_risk``, ``at_least_high``, ``lowers``."""
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the desk advises about one duty."""

    duty: Duty
    owed: Owed
    reasons: tuple[Reason, ...]
    cites: tuple[str, ...]
    deciding: tuple[str, ...] = ()
    """When undetermined: the questions whose answers would settle it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One answer whose change would change an advice."""

    question: str
    answer: str
    """The option id it would be changed to, or a number as text."""
    removes: bool = False
    """For multiple choice: the option would be taken away, not added."""
    would_change: tuple[tuple[Duty, Owed], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedAnswer:
    """One of two answers that are changed together."""

    question: str
    answer: str
    """The option id it would be changed to, or a number as text."""
    removes: bool = False
    """For multiple choice: the option would be taken away, not added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipPair:
    """Two answers that together would change an advice which no single one changes."""

    changes: tuple[ChangedAnswer, ChangedAnswer]
    would_change: tuple[tuple[Duty, Owed], ...]


class Doubts:
    """The answers that would change an advice, looked for when somebody first asks."""

    def __init__(
        self,
        flips: Callable[[], tuple[Flip, ...]] = tuple,
        pairs: Callable[[], tuple[FlipPair, ...]] = tuple,
    ) -> None:
        """Take how to find single answers, and pairs of them."""
        self._find_flips, self._find_pairs = flips, pairs

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """Every single answer."""
        return self._find_flips()

    @cached_property
    def pairs(self) -> tuple[FlipPair, ...]:
        """Where no single answer would change an advice: the two answers that together would."""
        return self._find_pairs()

    def __eq__(self, other: object) -> bool:
        """Are the same answers found?"""
        if not isinstance(other, Doubts):
            return NotImplemented
        return (self.flips, self.pairs) == (other.flips, other.pairs)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The result of assessing the answers: risk, score, rules, advice for each duty."""

    pack: str
    """Id and version of the rule pack, such as ``eu.risk@2026-11-22``."""
    risk: RiskLevel
    severity: Severity | None
    """None before enough is known to score at all (no data type named)."""
    rules: tuple[FiredRule, ...]
    advice: tuple[Advice, ...]
    doubts: Doubts = field(default_factory=Doubts, repr=False)
    """What would change an advice; costly, so only worked out where it is shown."""
    factors: tuple[RatedFactor, ...] = ()
    """The EDPB's factors, between the score and the rules; they decide nothing by themselves."""
    problems: tuple[Reason, ...] = ()
    """Answers that contradict each other."""
    channels: Mapping[str, RiskLevel] = field(default_factory=dict)
    """Confidentiality, integrity, availability: each on its own; the worst counts."""
    groups: Mapping[str, RiskLevel] = field(default_factory=dict)
    """``hardest`` and ``rest``, where some people have more data in it than the others."""
    people_groups: tuple["GroupAssessed", ...] = ()
    """Each named group of people with the assessment of its own; the worst is the case's."""
    led_by: str = ""
    """Id of the group whose score, factors and rules stand here; empty: those of the whole."""

    @property
    def flips(self) -> tuple[Flip, ...]:
        """Every single answer that would change an advice, most plausible first."""
        return self.doubts.flips

    @property
    def pairs(self) -> tuple[FlipPair, ...]:
        """Where no single answer would change an advice: the two answers that together would."""
        return self.doubts.pairs

    def for_duty(self, duty: Duty) -> Advice | None:
        """Return the advice about one duty."""
        return next((one for one in self.advice if one.duty == duty), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAssessed:
    """The assessment of one named group of people."""

    id: str
    name: str
    number: int | None
    """How many they are; None when nobody has said."""
    assessed: Assessed
