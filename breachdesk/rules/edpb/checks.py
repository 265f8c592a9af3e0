"""What is wrong in a payload of the EDPB template: field by field, then what must fit together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from breachdesk.message import Message, say
from breachdesk.rules.edpb.template import (
    Field,
    FieldKind,
    Payload,
    PayloadFacts,
    Template,
    Value,
    is_required,
    is_shown,
    letters_offered,
    unmet,
)

TEXT_LENGTH = 20_000
"""Most characters a text may have; the draft gives no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, and in which field."""

    field: int
    what: Message


def check(template: Template, payload: Payload, facts: PayloadFacts) -> tuple[Problem, ...]:
    """Return what is wrong in a payload, by field number; nothing when it is valid."""
    found = [
        Problem(field=number, what=say("The template has no such field."))
        for number in payload
        if number not in {one.number for one in template.fields}
    ]
    for one in template.fields:
        wrong = _wrong(template, one, payload, facts)
        if wrong is not None:
            found.append(Problem(field=one.number, what=wrong))
    faulty = {one.field for one in found}
    found += [one for one in _misfits(payload, facts.now.tzinfo) if one.field not in faulty]
    return tuple(sorted(found, key=lambda one: one.field))


def _wrong(template: Template, one: Field, payload: Payload, facts: PayloadFacts) -> Message | None:
    value = payload.get(one.number)
    if not is_shown(template, one, payload, facts):
        if value is None:
            return None
        return _out_of_place(one, payload, facts)
    if value is None:
        must = is_required(one, payload, facts)
        return say("It must be filled in.") if must else None
    if one.kind in (FieldKind.ONE, FieldKind.MANY):
        return _wrong_letters(one, value, payload, facts)
    return _CHECKS[one.kind](template, one, value, facts)


def _out_of_place(one: Field, payload: Payload, facts: PayloadFacts) -> Message:
    key, wanted = unmet(one, payload, facts)
    if not key.isdigit():
        return say("This field does not belong to the notification as it is filled in.")
    values = {"true": say("yes"), "false": say("no")}
    return say(
        "It belongs here only if field {number} is {value}.",
        number=int(key),
        value=values.get(wanted[0], " / ".join(wanted)),
    )


def _wrong_letters(
    one: Field, value: Value, payload: Payload, facts: PayloadFacts
) -> Message | None:
    chosen = (value,) if one.kind is FieldKind.ONE else value
    if not isinstance(chosen, tuple) or not chosen:
        return say("Choose at least one option.")
    if len(set(chosen)) < len(chosen):
        return say("An option is chosen twice.")
    offered = letters_offered(one, payload, facts)
    for letter in chosen:
        if letter in one.while_incomplete and letter not in offered:
            return say("Option {letter} exists only in an incomplete notification.", letter=letter)
        if letter not in offered:
            return say(
                "“{letter}” is not an option here; choose from: {letters}.",
                letter=str(letter),
                letters=", ".join(offered),
            )
    if len(chosen) > 1 and set(chosen) & set(one.while_incomplete):
        return say("“Not known yet” cannot be combined with other options.")
    return None


def _check_text(_: Template, __: Field, value: Value, ___: PayloadFacts) -> Message | None:
    if not isinstance(value, str) or not value.strip():
        return say("Write a text.")
    if len(value) > TEXT_LENGTH:
        return say("The text has more than {limit} characters.", limit=TEXT_LENGTH)
    return None


def _check_texts(_: Template, __: Field, value: Value, ___: PayloadFacts) -> Message | None:
    if not isinstance(value, tuple) or not value or not all(one.strip() for one in value):
        return say("Write one entry on each line.")
    return None


def _check_boolean(_: Template, __: Field, value: Value, ___: PayloadFacts) -> Message | None:
    return None if isinstance(value, bool) else say("Answer yes or no.")


def _check_integer(_: Template, one: Field, value: Value, __: PayloadFacts) -> Message | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return say("Write a whole number, such as 120.")
    if value < one.minimum:
        return say("The number is at least {minimum}.", minimum=one.minimum)
    return None


def _check_moment(_: Template, one: Field, value: Value, facts: PayloadFacts) -> Message | None:
    moment = _moment(value)
    if moment is None:
        return say("Write a time with its offset, such as 2026-11-22T08:30:00+00:00.")
    if one.past and moment > facts.now:
        return say("This lies in the future.")
    return None


def _check_date(_: Template, one: Field, value: Value, facts: PayloadFacts) -> Message | None:
    day = _day(value)
    if day is None:
        return say("Write a date such as 2026-11-22.")
    if one.past and day > facts.now.date():
        return say("This lies in the future.")
    return None


def _check_countries(
    template: Template, _: Field, value: Value, __: PayloadFacts
) -> Message | None:
    if not isinstance(value, tuple) or not value:
        return say("Name at least one country.")
    if len(set(value)) < len(value):
        return say("A country is named twice.")
    return _not_in_eea(template, value)


def _check_numbers(template: Template, _: Field, value: Value, __: PayloadFacts) -> Message | None:
    if not isinstance(value, Mapping) or not value:
        return say("Write a number for each country, such as “Norway 1200; Sweden 300”.")
    if any(isinstance(one, bool) or not isinstance(one, int) or one < 0 for one in value.values()):
        return say("Write a whole number for each country.")
    return _not_in_eea(template, tuple(value))


def _not_in_eea(template: Template, codes: tuple[str, ...]) -> Message | None:
    for code in codes:
        if code not in template.eea:
            return say("“{country}” is no country in the EEA.", country=code)
    return None


_CHECKS: Mapping[FieldKind, Callable[[Template, Field, Value, PayloadFacts], Message | None]] = {
    FieldKind.TEXT: _check_text,
    FieldKind.TEXTS: _check_texts,
    FieldKind.BOOLEAN: _check_boolean,
    FieldKind.INTEGER: _check_integer,
    FieldKind.MOMENT: _check_moment,
    FieldKind.DATE: _check_date,
    FieldKind.COUNTRIES: _check_countries,
    FieldKind.NUMBERS: _check_numbers,
}


def _moment(value: Value | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment and moment.tzinfo else None


def _day(value: Value | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _misfits(payload: Payload, zone: tzinfo | None) -> Iterator[Problem]:
    """Yield what is wrong between fields that are each right alone; days are those of `zone`."""
    start, end, aware = (
        moment and moment.astimezone(zone)
        for moment in (_moment(payload.get(number)) for number in (46, 47, 48))
    )
    if start and end and end < start:
        yield Problem(field=47, what=say("It ended before it began."))
    elif start and end and payload.get(44) == "a" and end.date() != start.date():
        yield Problem(field=47, what=say("Field 44 says that it was one day; these are two."))
    if start and aware and aware < start:
        yield Problem(field=48, what=say("The controller knew before it happened."))
    told, told_us = _day(payload.get(98)), _day(payload.get(52))
    if told and start and told < start.date():
        yield Problem(field=98, what=say("People were told before it happened."))
    if told_us and start and told_us < start.date():
        yield Problem(field=52, what=say("Others told of it before it happened."))
    yield from _misfit_countries(payload)


def _misfit_countries(payload: Payload) -> Iterator[Problem]:
    """Yield countries with a number of people that are not among those with people in them."""
    for listed, counted in ((116, 117), (121, 122)):
        countries, numbers = payload.get(listed), payload.get(counted)
        if isinstance(countries, tuple) and isinstance(numbers, Mapping):
            extra = sorted(set(numbers) - set(countries))
            lacking = sorted(set(countries) - set(numbers))
            if extra:
                what = say("{country} is not in field {number}.", country=extra[0], number=listed)
                yield Problem(field=counted, what=what)
            elif lacking:
                what = say("The number for {country} is missing.", country=lacking[0])
                yield Problem(field=counted, what=what)
            elif payload.get(67) == "a" and sum(numbers.values()) > _number(payload.get(68)):
                what = say("The countries add up to more people than field 68 says.")
                yield Problem(field=counted, what=what)


def _number(value: Value | None) -> float:
    return value if isinstance(value, int) else float("inf")
