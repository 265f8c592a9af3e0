"""Dates, times and numbers on paper: in the paper's language and the regime's zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from breachdesk.terms import Lang

_LOCALE = {Lang.EN: "en_GB", Lang.NB: "nb_NO", Lang.NN: "nn_NO"}
_DAY = {Lang.EN: "EEEE d MMMM y", Lang.NB: "EEEE d. MMMM y", Lang.NN: "EEEE d. MMMM y"}
_DATE = {Lang.EN: "d MMMM y", Lang.NB: "d. MMMM y", Lang.NN: "d. MMMM y"}
_CLOCK = {Lang.EN: "%H:%M", Lang.NB: "%H.%M", Lang.NN: "%H.%M"}
_AT = {Lang.EN: " at ", Lang.NB: " kl. ", Lang.NN: " kl. "}
_BRIEF = {Lang.EN: "d MMM", Lang.NB: "d.M.", Lang.NN: "d.M."}
_SHORT = {Lang.EN: "d MMM y", Lang.NB: "dd.MM.y", Lang.NN: "dd.MM.y"}


@dataclass(frozen=True, slots=True)
class Dates:
    """How one paper writes times."""

    lang: Lang
    zone: ZoneInfo

    def moment(self, at: datetime) -> str:
        """Return ``mandag 23. november 2026 kl. 16.30``; with the offset in an ambiguous hour."""
        local = at.astimezone(self.zone)
        said = f"{self._format(local, _DAY)}{_AT[self.lang]}{self._clock(local)}"
        return f"{said} ({offset(local)})" if _is_ambiguous(local) else said

    def exact(self, at: datetime) -> str:
        """Return the moment with its offset, for times that a deadline hangs on."""
        local = at.astimezone(self.zone)
        said = f"{self._format(local, _DAY)}{_AT[self.lang]}{self._clock(local)}"
        return f"{said} ({offset(local)})"

    def day(self, at: datetime) -> str:
        """Return the day with its weekday, in the zone of the paper."""
        return self._format(at.astimezone(self.zone), _DAY)

    def date(self, at: datetime) -> str:
        """Return the day without its weekday, as a letter is dated."""
        return self._format(at.astimezone(self.zone), _DATE)

    def short(self, at: datetime) -> str:
        """Return day and time for a table."""
        local = at.astimezone(self.zone)
        said = f"{self._format(local, _SHORT)} {self._clock(local)}"
        return f"{said} ({offset(local)})" if _is_ambiguous(local) else said

    def brief(self, at: datetime) -> str:
        """Return day and time without the year, for a drawing."""
        local = at.astimezone(self.zone)
        return f"{self._format(local, _BRIEF)} {self._clock(local)}"

    def brief_day(self, at: datetime) -> str:
        """Return the day without the year, for a drawing."""
        return self._format(at.astimezone(self.zone), _BRIEF)

    def short_day(self, at: datetime) -> str:
        """Return the day for a table."""
        return self._format(at.astimezone(self.zone), _SHORT)

    def clock(self, at: datetime) -> str:
        """Return the time of day."""
        return self._clock(at.astimezone(self.zone))

    def number(self, count: int) -> str:
        """Return a whole number with the language's grouping."""
        return format_decimal(count, locale=_LOCALE[self.lang])

    def decimal(self, quarters: int) -> str:
        """Return a number of quarters as a decimal number: 13 is 3,25 and 18 is 4,5."""
        whole, part = divmod(quarters, 4)
        sign = "." if self.lang is Lang.EN else ","
        digits = {1: "25", 2: "5", 3: "75"}
        return f"{whole}{sign}{digits[part]}" if part else str(whole)

    def _format(self, local: datetime, pattern: dict[Lang, str]) -> str:
        return format_date(local.date(), pattern[self.lang], locale=_LOCALE[self.lang])

    def _clock(self, local: datetime) -> str:
        return local.strftime(_CLOCK[self.lang])


def within(words: str) -> str:
    """Return words as they stand within a sentence: the first letter small, if the next one is."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def offset(local: datetime) -> str:
    """Return ``UTC+1`` or ``UTC+5:30`` for an aware local time."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    sign, minutes = ("−", -minutes) if minutes < 0 else ("+", minutes)
    hours, rest = divmod(minutes, 60)
    return f"UTC{sign}{hours}:{rest:02d}" if rest else f"UTC{sign}{hours}"


def _is_ambiguous(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
