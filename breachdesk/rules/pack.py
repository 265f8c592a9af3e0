"""The rule pack: the numbers, limits, names and words that the rules use, as a form gives them.

Logic is not here: conditions are in `duties`, the score's formula in `severity`. A pack is valid
from one date to another, counted by when the controller became aware.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from breachdesk.errors import RuleError
from breachdesk.message import say
from breachdesk.rules.questionnaire import Condition
from breachdesk.terms import Duty, Nature, RiskLevel, Words

Table = Mapping[str, object]
"""A table of a form file, as plain values."""

PROTECTS, LOWERS = "protects", "lowers"
AT_LEAST_RISK, AT_LEAST_HIGH = "at_least_risk", "at_least_high"
ANY_ANSWER = "*"
"""In the condition of a contradiction: the question has an answer, whichever."""

GROUP, MORE_THAN = "@", ">"
"""In a condition: any option of a group; a number above a threshold."""

EFFECTS = frozenset({PROTECTS, LOWERS, AT_LEAST_RISK, AT_LEAST_HIGH})
"""What a named rule may do to its channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """Words with places for answers, and where they come from."""

    id: str
    text: Words
    """Text for `string.Template`; a place is a question's id or a value the caller names."""
    cites: tuple[str, ...]
    about: tuple[str, ...] = ()
    """The questions whose answers it speaks of."""
    only: Mapping[str, str] = field(default_factory=dict)
    """Question to the group whose options alone are named in the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRule(NamedText):
    """A rule above the score: what it does and to which channel."""

    effect: str
    """One of `EFFECTS`."""
    channels: tuple[Nature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProblem(NamedText):
    """Answers that contradict each other: a flat condition, as data."""

    when: Condition
    """Question to the answers that do not go together: keys AND, values OR."""
    unless: Condition = field(default_factory=dict)
    """Answers that explain it, in the same shape; none when empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedBy:
    """A factor of EDPB guidelines 9/2022 and what it takes for each rating, as data."""

    id: str
    title: Words
    about: tuple[str, ...]
    """The questions whose answers are quoted whatever the rating."""
    ratings: Mapping[str, tuple[Condition, ...]]
    """Rating to conditions, any of which gives it; the highest rating that holds counts."""
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A band of the score; its lower bound belongs to it."""

    id: str
    start: int
    """In quarters of a point."""
    risk: RiskLevel
    """What the score alone would say."""
    words: Words
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataType:
    """What a kind of data counts in the score before it is adjusted."""

    category: str
    base: int
    """In steps of DPC, 1 to 4; 0 for log-ins, which count by what they open."""
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """Everything the rules take from a form."""

    id: str
    """Name and version, such as ``risk@2026-11-22``."""
    digest: str
    """Fingerprint of the form it was read from."""
    method: str
    """Id of the scoring method; the formula is `severity`."""
    valid_from: date
    """First day of awareness it applies to, on the regime's calendar."""
    valid_to: date | None
    levels: tuple[Level, ...]
    """From the lowest up."""
    data_types: Mapping[str, DataType]
    categories: Mapping[str, Words]
    groups: Mapping[str, tuple[str, frozenset[str]]]
    """Group id to its question and options."""
    thresholds: Mapping[str, int]
    owed_from: Mapping[Duty, RiskLevel]
    """From which risk a duty is owed: Art. 33(1) and 34(1) GDPR."""
    rules: Mapping[str, NamedRule]
    factors: Mapping[str, NamedText]
    edpb_factors: Mapping[str, RatedBy]
    """In the order in which the guidelines name them."""
    grounds: Mapping[str, NamedText]
    problems: Mapping[str, NamedProblem]
    risk_words: Mapping[RiskLevel, Words]

    def level(self, quarters: int) -> Level:
        """Return the band a score falls in; the lower bound is included."""
        return next(one for one in reversed(self.levels) if quarters >= one.start)


def parse_pack(table: Table, *, digest: str) -> RulePack:
    """Return the rule pack that a form's tables describe.

    Args:
        table: The merged file as plain values, its head included.
        digest: Fingerprint of `table`.

    Raises:
        RuleError: Something is missing or does not fit, with the item's id.
    """
    return RulePack(
        id=f"{_text(table, 'id')}@{_text(table, 'version')}",
        digest=digest,
        method=_text(cast("Table", table.get("method", {})), "id"),
        valid_from=_day(table["valid_from"]),
        valid_to=_day(table["valid_to"]) if "valid_to" in table else None,
        levels=tuple(sorted(_each(table, "level", _level).values(), key=lambda one: one.start)),
        data_types=_each(table, "data_type", _data_type),
        categories=_each(table, "category", _words),
        groups=_each(table, "group", _group),
        thresholds=_each(table, "threshold", lambda item: _number(item, "value")),
        owed_from={Duty(k): v for k, v in _each(table, "owed_from", _risk).items()},
        rules=_each(table, "rule", _rule),
        factors=_each(table, "factor", _named),
        edpb_factors=_each(table, "edpb_factor", _rated_by),
        grounds=_each(table, "ground", _named),
        problems=_each(table, "problem", _problem),
        risk_words={RiskLevel(k): v for k, v in _each(table, "risk_word", _words).items()},
    )


T = TypeVar("T")


def _each(table: Table, name: str, read: Callable[[Table], T]) -> dict[str, T]:
    """Return every item of an array of tables by id; a fault names the item."""
    items = cast("Iterable[Table]", table.get(name, ()))
    found: dict[str, T] = {}
    for item in items:
        try:
            found[_text(item, "id")] = read(item)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise RuleError(
                say(
                    "“{item}” in [[{table}]] is not complete: {fault}.",
                    item=str(item.get("id", "?")),
                    table=name,
                    fault=str(fault),
                )
            ) from fault
    return found


def _level(item: Table) -> Level:
    return Level(
        id=_text(item, "id"),
        start=_number(item, "from"),
        risk=RiskLevel(_text(item, "risk")),
        words=_words(item),
        cites=_texts(item, "cites"),
    )


def _risk(item: Table) -> RiskLevel:
    return RiskLevel(_text(item, "risk"))


def _data_type(item: Table) -> DataType:
    return DataType(
        category=_text(item, "category"), base=_number(item, "base"), cites=_texts(item, "cites")
    )


def _group(item: Table) -> tuple[str, frozenset[str]]:
    return _text(item, "question"), frozenset(_texts(item, "options"))


def _named(item: Table) -> NamedText:
    return NamedText(
        id=_text(item, "id"),
        text=Words.of(cast("Mapping[str, str]", item["text"])),
        cites=_texts(item, "cites"),
        about=_texts(item, "about") if "about" in item else (),
        only=dict(cast("Mapping[str, str]", item.get("only", {}))),
    )


def _problem(item: Table) -> NamedProblem:
    named = _named(item)
    return NamedProblem(
        id=named.id,
        text=named.text,
        cites=named.cites,
        about=named.about,
        only=named.only,
        when=_condition(item, "when"),
        unless=_condition(item, "unless") if "unless" in item else {},
    )


def _rated_by(item: Table) -> RatedBy:
    return RatedBy(
        id=_text(item, "id"),
        title=Words.of(cast("Mapping[str, str]", item["title"])),
        about=_texts(item, "about"),
        ratings={
            rating: tuple(_terms(one) for one in cast("Iterable[Table]", item[rating]))
            for rating in ("low", "medium", "high")
        },
        cites=_texts(item, "cites"),
    )


def _condition(item: Table, key: str) -> Condition:
    return _terms(cast("Table", item[key]))


def _terms(table: Table) -> Condition:
    if not table:
        raise ValueError(table)
    return {question: _texts(table, question) for question in table}


def _rule(item: Table) -> NamedRule:
    effect = _text(item, "effect")
    if effect not in EFFECTS:
        raise ValueError(effect)
    named = _named(item)
    return NamedRule(
        id=named.id,
        text=named.text,
        cites=named.cites,
        about=named.about,
        effect=effect,
        channels=tuple(Nature(one) for one in _texts(item, "channels")),
        only=named.only,
    )


def _words(item: Table) -> Words:
    return Words.of(cast("Mapping[str, str]", item["words"]))


def _text(item: Table, key: str) -> str:
    value = item[key]
    if not isinstance(value, str) or not value:
        raise ValueError(key)
    return value


def _texts(item: Table, key: str) -> tuple[str, ...]:
    value = item[key]
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise TypeError(key)
    return tuple(value)


def _number(item: Table, key: str) -> int:
    value = item[key]
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(key)
    return value


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
