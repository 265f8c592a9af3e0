"""The forms a time may be typed in. They are closed: what is none of them is not guessed at.

ISO 8601 comes first, so that 2026-11-03 is never the eleventh of March. Digits are ASCII only.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

LONGEST = 80
"""More characters than this are not a time."""

DAY_NAMES = {
    "today": 0,
    "i dag": 0,
    "idag": 0,
    "yesterday": -1,
    "i går": -1,
    "igår": -1,
    "i gar": -1,
    "tomorrow": 1,
    "i morgen": 1,
    "imorgen": 1,
    "i morgon": 1,
    "imorgon": 1,
}
NOW = frozenset({"now", "nå", "na"})

_HOUR = r"(?P<hour>[0-9]{1,2})"
_TIME = (
    rf"{_HOUR}(?P<sep>[:.])(?P<minute>[0-9]{{2}})(?:(?P=sep)(?P<second>[0-9]{{2}})(?:[.,][0-9]+)?)?"
)
_COLON_TIME = _TIME.replace("[:.]", ":", 1)
_OFFSET = r"(?: ?(?P<offset>z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
_AT = r"(?:at |kl\.? ?)?"
_AT_HOUR = rf"(?:at |kl\.? ?){_HOUR}{_OFFSET}"
"""A whole hour, once it is said to be one: "kl. 22"."""
_NUMBER = r"(?:[0-9]{1,5} ?|(?:an?|one|en|ei|ett) )"
_SPAN = (
    rf"(?:(?P<hours>{_NUMBER})(?:h|hrs?|hours?|t|timer?))?"
    rf"(?: ?(?:and |og )?(?P<minutes>{_NUMBER})(?:m|mins?|minutes?|minutt|minutter))?"
)

_ISO_DAY = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_LOCAL_DAY = r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"
_DATED = tuple(
    re.compile(form)
    for form in (
        rf"{_ISO_DAY}[t ]{_AT}{_TIME}{_OFFSET}",
        rf"{_LOCAL_DAY},? {_AT}{_TIME}{_OFFSET}",
        rf"{_ISO_DAY}[t ]{_AT_HOUR}",
        rf"{_LOCAL_DAY},? {_AT_HOUR}",
    )
)
_NAME = rf"(?P<name>{'|'.join(DAY_NAMES)})"
_NAMED = tuple(re.compile(rf"{_NAME},? {form}") for form in (rf"{_AT}{_TIME}{_OFFSET}", _AT_HOUR))
_BARE = tuple(
    re.compile(form)
    for form in (rf"{_COLON_TIME}{_OFFSET}", rf"(?:at |kl\.? ?){_TIME}{_OFFSET}", _AT_HOUR)
)
_AGO = re.compile(rf"(?:for )?{_SPAN} (?:ago|siden)")
_AHEAD = re.compile(rf"(?:in|om) {_SPAN}")
_DAY_ONLY = tuple(re.compile(form) for form in (_ISO_DAY, _LOCAL_DAY, _NAME))


@dataclass(frozen=True, slots=True)
class Elapsed:
    """So much real time before (negative) or after now."""

    span: timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """A day and a time of day; the offset is None where local time is meant."""

    year: int | None
    """None: counted from today."""
    month: int
    day: int
    """Of the month, or days from today."""
    hour: int
    minute: int
    second: int
    offset: tzinfo | None

    def on(self, today: datetime) -> datetime:
        """Return the naive or offset time; ValueError or OverflowError when there is none."""
        if self.year is None:
            day = today.date() + timedelta(days=self.day)
        else:
            day = datetime(self.year, self.month, self.day, tzinfo=UTC).date()
        return datetime(
            day.year, day.month, day.day, self.hour, self.minute, self.second, tzinfo=self.offset
        )


def tidy(text: str) -> str:
    """Return the text in lower case with single spaces; accents in one piece."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def parse(tidied: str) -> Elapsed | Clock | None:
    """Return what was typed; None when it is none of the forms.

    Raises:
        ValueError: The offset cannot exist.
    """
    if len(tidied) > LONGEST:
        return None
    if tidied in NOW:
        return Elapsed(timedelta())
    for form, sign in ((_AGO, -1), (_AHEAD, 1)):
        if (found := form.fullmatch(tidied)) and (span := _span(found)) is not None:
            return Elapsed(sign * span)
    for form in (*_DATED, *_NAMED, *_BARE):
        if found := form.fullmatch(tidied):
            return _clock(found)
    return None


def parse_day(tidied: str) -> Clock | None:
    """Return the midnight that begins a day typed without a time; None when it is no such day."""
    found = next((match for form in _DAY_ONLY if (match := form.fullmatch(tidied))), None)
    return None if found is None else _clock(found)


def _span(found: re.Match[str]) -> timedelta | None:
    hours, minutes = (found.group(name) for name in ("hours", "minutes"))
    if hours is None and minutes is None:
        return None
    return timedelta(hours=_number(hours or "0"), minutes=_number(minutes or "0"))


def _number(word: str) -> int:
    digits = word.strip()
    return int(digits) if digits.isdigit() else 1


def _clock(found: re.Match[str]) -> Clock:
    part = found.groupdict()
    year = part.get("year")
    return Clock(
        year=None if year is None else int(year),
        month=int(part.get("month") or 1),
        day=DAY_NAMES[part["name"]] if "name" in part else int(part.get("day") or 0),
        hour=int(part.get("hour") or 0),
        minute=int(part.get("minute") or 0),
        second=int(part.get("second") or 0),
        offset=_offset(part.get("offset")),
    )


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text == "z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-span if text[0] == "-" else span)
