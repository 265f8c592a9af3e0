"""What is wrong with what was handed in, in our words: pydantic's own never reach the person."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from breachdesk.errors import RefusedError
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound="BaseModel")
_FIELDS: Mapping[str, Message] = {
    "title": say("title"), "rationale": say("reasons"), "summary": say("summary"),
    "awareness_reason": say("why this is the moment of awareness"), "text": say("text"),
    "source": say("source"), "to": say("to whom"), "channel": say("channel"),
    "name": say("name"), "people": say("how many people"),
    "receipt": say("receipt"), "what": say("what is to be done"), "owner": say("owner"),
}  # fmt: skip
"""What a person calls the fields of what is typed; a profile's keys are shown as they stand."""
Told = tuple[Message, Message]
"""What is wrong, and what to do."""


def made(kind: type[M], /, **values: object) -> M:
    """Return a validated input, or say in our words what is wrong with it."""
    from pydantic import ValidationError

    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise RefusedError(*first_problem(error, _FIELDS)) from None


def first_problem(error: "ValidationError", names: Mapping[str, Message] | None = None) -> Told:
    """Return the first of pydantic's complaints as place and what to do; `names` are for people."""
    first = error.errors(include_url=False, include_input=False)[0]
    tell = _KINDS.get(first["type"], _unusable)
    place = _place(first["loc"])
    return tell((names or {}).get(place, Message("{key}", {"key": place})), first.get("ctx", {}))


def _missing(place: Message, limits: Mapping[str, Any]) -> Told:
    del limits
    return say("“{place}” is missing.", place=place), say("Fill it in.")


def _unknown(place: Message, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” is not known here.", place=place),
        say("Take it out, or check how it is spelled."),
    )


def _empty(place: Message, limits: Mapping[str, Any]) -> Told:
    del limits
    return say("“{place}” is empty.", place=place), say("Fill it in.")


def _too_long(place: Message, limits: Mapping[str, Any]) -> Told:
    limit = int(limits.get("max_length", 0))
    return (
        say("“{place}” has more than {limit} characters.", place=place, limit=limit),
        say("Shorten it."),
    )


def _not_listed(place: Message, limits: Mapping[str, Any]) -> Told:
    choices = str(limits.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return (
        say("“{place}” has a value that is not on its list.", place=place),
        say("Choose one of: {choices}.", choices=choices),
    )


def _no_number(place: Message, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” is no number that can be meant.", place=place),
        say("Write a whole number, such as 72."),
    )


def _unusable(place: Message, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” cannot be used as it stands.", place=place),
        say("Compare it with the sample profiles in forms/organisations."),
    )


def _no_flag(place: Message, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” is neither true nor false.", place=place),
        say("Write true or false without quotation marks; leave it out when it is not known."),
    )


def _no_day(place: Message, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” is no day.", place=place),
        say("Write it as 2026-11-22, without quotation marks."),
    )


_KINDS: Mapping[str, Callable[[Message, Mapping[str, Any]], Told]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "enum": _not_listed,
    "less_than_equal": _no_number,
    "greater_than_equal": _no_number,
    "int_parsing": _no_number,
    "int_type": _no_number,
    "bool_type": _no_flag,
    "bool_parsing": _no_flag,
    "date_type": _no_day,
    "date_parsing": _no_day,
    "date_from_datetime_parsing": _no_day,
    "date_from_datetime_inexact": _no_day,
}


def _place(parts: Iterable[object]) -> str:
    """Return ``processing[2].role``, counted from one."""
    text = ""
    for part in parts:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else str(part)
    return text or "?"
