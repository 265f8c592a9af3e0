"""The template's fields and conditions: which are shown, which must be filled in, which letters.

Conditions are flat, as in a questionnaire: keys are joined by AND, the values of a key by OR. A key
is a field's number or one of the facts in `PayloadFacts`; ``*`` means any value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from breachdesk.rules.questionnaire import Condition
from breachdesk.terms import Words

Value = str | bool | int | tuple[str, ...] | Mapping[str, int]
"""A letter, letters, text, texts, number, ISO time or day, country codes, numbers by country."""

Payload = Mapping[int, Value]
"""Field number to value; a field that is not filled in is absent."""

_TYPE, _SUBTYPE = 3, 4
_FOLLOW_UP = "b"
COMPLETE, INCOMPLETE, WITHDRAWN = "a", "b", "c"
"""Field 4: all that is asked can be said; not yet; an earlier notification is taken back."""
_ANY = "*"


class FieldKind(StrEnum):
    """What a field's value looks like."""

    ONE = "one"
    MANY = "many"
    TEXT = "text"
    TEXTS = "texts"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    MOMENT = "moment"
    DATE = "date"
    COUNTRIES = "countries"
    """ISO 3166 codes of EEA countries."""
    NUMBERS = "numbers"
    """Country code to a whole number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the template."""

    id: str
    number: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input field of the template."""

    number: int
    section: str
    kind: FieldKind
    title: Words
    cites: tuple[str, ...]
    by: tuple[str, ...]
    """Questions that supply it, or ``case phase profile decision dispatch assessment letter``."""
    letters: tuple[str, ...] = ()
    while_incomplete: tuple[str, ...] = ()
    """Letters that exist only while field 4 is "incomplete"."""
    letter_if: Mapping[str, Condition] = field(default_factory=dict)
    """Letters that exist only under a condition."""
    visible_if: Condition = field(default_factory=dict)
    hidden_if: Condition = field(default_factory=dict)
    required: bool = True
    """Must it be filled in where it is shown?"""
    required_if: Condition = field(default_factory=dict)
    """Under which condition it must; empty: as `required` says."""
    past: bool = False
    """It cannot lie in the future."""
    minimum: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The fields in order."""

    version: str
    edition: str
    """Which edition of the EDPB's it follows."""
    reviewed_on: date
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    withdrawal_sections: tuple[str, ...]
    """All that a withdrawal fills in."""
    eea: tuple[str, ...]
    """ISO 3166 codes of the countries in the EEA."""

    def field(self, number: int) -> Field:
        """Return the field of that number.

        Raises:
            KeyError: There is none.
        """
        for one in self.fields:
            if one.number == number:
                return one
        raise KeyError(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadFacts:
    """What a condition depends on beside the fields."""

    now: datetime
    """The moment the payload is made, aware, in the authority's zone: its days count."""
    late: bool
    """Has the time for notifying passed without a notification? Art. 33(1) GDPR."""
    outside_eea: bool
    """Is the controller established outside the EEA? Art. 3(2), 27 GDPR."""


def is_shown(template: Template, one: Field, payload: Payload, facts: PayloadFacts) -> bool:
    """Is the field part of this notification?"""
    if is_withdrawal(payload) and one.section not in template.withdrawal_sections:
        return False
    if one.hidden_if and _holds(one.hidden_if, payload, facts):
        return False
    return _holds(one.visible_if, payload, facts)


def is_withdrawal(payload: Payload) -> bool:
    """Does the payload take back an earlier notification?"""
    return payload.get(_TYPE) == _FOLLOW_UP and payload.get(_SUBTYPE) == WITHDRAWN


def unmet(one: Field, payload: Payload, facts: PayloadFacts) -> tuple[str, tuple[str, ...]]:
    """Return the first key of the condition that keeps a field out, and the values it wants.

    The key is empty where something else keeps it out.
    """
    for key, wanted in one.visible_if.items():
        if not _meets(_value_of(key, payload, facts), wanted):
            return key, wanted
    return "", ()


def shown(template: Template, payload: Payload, facts: PayloadFacts) -> Iterator[Field]:
    """Yield the fields that are part of this notification, in order."""
    return (one for one in template.fields if is_shown(template, one, payload, facts))


def is_required(one: Field, payload: Payload, facts: PayloadFacts) -> bool:
    """Must the field, where it is shown, be filled in?"""
    return _holds(one.required_if, payload, facts) if one.required_if else one.required


def letters_offered(one: Field, payload: Payload, facts: PayloadFacts) -> tuple[str, ...]:
    """Return the option letters that may be chosen now."""
    is_open = payload.get(_SUBTYPE) == INCOMPLETE
    return tuple(
        letter
        for letter in one.letters
        if (is_open or letter not in one.while_incomplete)
        and _holds(one.letter_if.get(letter, {}), payload, facts)
    )


def _holds(condition: Condition, payload: Payload, facts: PayloadFacts) -> bool:
    return all(_meets(_value_of(key, payload, facts), wanted) for key, wanted in condition.items())


def _value_of(key: str, payload: Payload, facts: PayloadFacts) -> Value | None:
    match key:
        case "late":
            return facts.late
        case "outside_eea":
            return facts.outside_eea
        case "reported_elsewhere":
            return "a" in (payload.get(109), payload.get(110))
        case _:
            return payload.get(int(key))


def _meets(value: Value | None, wanted: tuple[str, ...]) -> bool:
    if value is None:
        return False
    if _ANY in wanted:
        return True
    if isinstance(value, bool):
        return ("true" if value else "false") in wanted
    if isinstance(value, tuple):
        return any(one in wanted for one in value)
    return str(value) in wanted
