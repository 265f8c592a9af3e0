"""Personal data of the people affected that do not belong in a paper: what a check can find.

Identity numbers are eleven digits with valid control digits and a date that can exist:
fødselsnummer, D-numbers (day + 40), H-numbers (month + 40) and synthetic ones (month + 80).
Control digits alone would take 8 % of valid account numbers for identity numbers.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

_ELEVEN = re.compile(r"(?<!\d)(\d{6})[ \u00a0.\-]?(\d{5})(?!\d)")
_ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_PHONE = re.compile(
    r"(?<![\w@+\-])(?:(?:\+|00)\d{1,3}[ \u00a0\-]?)?"
    r"(?:\d{2}(?:[ \u00a0]\d{2}){3}|\d{3}[ \u00a0]\d{2}[ \u00a0]\d{3}|[2-9]\d{7})(?![\w\-])"
)
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DAY_SHIFT, _MONTH_SHIFTS = 40, (0, 40, 80)
_CENTURIES = (18, 19, 20)


def is_identity_number(digits: str) -> bool:
    """Could these eleven digits be a Norwegian identity number?"""
    numbers = [int(one) for one in digits]
    return (
        sum(a * b for a, b in zip(_FIRST, numbers, strict=False)) % 11 == 0
        and sum(a * b for a, b in zip(_SECOND, numbers, strict=True)) % 11 == 0
        and _has_date(digits)
    )


def _has_date(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= _DAY_SHIFT if day > _DAY_SHIFT else 0
    shifted = (month - shift for shift in _MONTH_SHIFTS)
    return any(
        _exists(century * 100 + year, real, day) for century, real in product(_CENTURIES, shifted)
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def identity_numbers(text: str) -> Iterator[str]:
    """Return what looks like identity numbers, all but the birth date hidden."""
    for match in _ELEVEN.finditer(text):
        if is_identity_number(match[1] + match[2]):
            yield f"{match[1]} *****"


def addresses(text: str, own: Iterable[str] = ()) -> Iterator[str]:
    """Return e-mail addresses that are not the organisation's own."""
    known = {one.casefold() for one in own}
    for match in _ADDRESS.finditer(text):
        if match[0].casefold() not in known:
            yield match[0]


def phones(text: str, own: Iterable[str] = ()) -> Iterator[str]:
    """Return what looks like telephone numbers that are not the organisation's own."""
    known = {_digits(one) for one in own}
    for match in _PHONE.finditer(_ELEVEN.sub(" ", text)):
        if _digits(match[0]) not in known:
            yield match[0]


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())[-8:]
