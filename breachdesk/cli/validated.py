"""What is wrong with what was handed in, in our words: pydantic's own never reach the person."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from breachdesk.errors import RefusedError
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound="BaseModel")
Told = tuple[Message, Message]
"""What is wrong, and what to do."""


def made(kind: type[M], /, **values: object) -> M:
    """Return a validated input, or say in our words what is wrong with it."""
    from pydantic import ValidationError

    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise RefusedError(*first_problem(error)) from None


def first_problem(error: "ValidationError") -> Told:
    """Return the first of pydantic's complaints as place and what to do."""
    first = error.errors(include_url=False, include_input=False)[0]
    tell = _KINDS.get(first["type"], _unusable)
    return tell(_place(first["loc"]), first.get("ctx", {}))


def _missing(place: str, limits: Mapping[str, Any]) -> Told:
    del limits
    return say("“{place}” is missing.", place=place), say("Fill it in.")


def _unknown(place: str, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” is not known here.", place=place),
        say("Take it out, or check how it is spelled."),
    )


def _empty(place: str, limits: Mapping[str, Any]) -> Told:
    del limits
    return say("“{place}” is empty.", place=place), say("Fill it in.")


def _too_long(place: str, limits: Mapping[str, Any]) -> Told:
    limit = int(limits.get("max_length", 0))
    return (
        say("“{place}” has more than {limit} characters.", place=place, limit=limit),
        say("Shorten it."),
    )


def _not_listed(place: str, limits: Mapping[str, Any]) -> Told:
    choices = str(limits.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return (
        say("“{place}” has a value that is not on its list.", place=place),
        say("Choose one of: {choices}.", choices=choices),
    )


def _no_number(place: str, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” is no number that can be meant.", place=place),
        say("Write a whole number, such as 72."),
    )


def _unusable(place: str, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” cannot be used as it stands.", place=place),
        say("Compare it with the sample profiles in forms/organisations."),
    )


def _no_flag(place: str, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” is neither true nor false.", place=place),
        say("Write true or false without quotation marks; leave it out when it is not known."),
    )


def _no_day(place: str, limits: Mapping[str, Any]) -> Told:
    del limits
    return (
        say("“{place}” is no day.", place=place),
        say("Write it as 2026-11-22, without quotation marks."),
    )


_KINDS: Mapping[str, Callable[[str, Mapping[str, Any]], Told]] = {
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
