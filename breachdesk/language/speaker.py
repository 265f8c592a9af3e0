"""Turns messages, words of the law, times and numbers into the reader's language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_gmt
from babel.numbers import format_decimal
from dateutil.tz import datetime_ambiguous

from breachdesk.language.catalogue import catalogue
from breachdesk.language.cleaning import clean
from breachdesk.language.veil import OPEN, veiled
from breachdesk.language.words import english
from breachdesk.message import InLanguages, Message, Value, say

LOCALES = {"en": "en_GB", "nb": "nb_NO", "nn": "nn_NO"}
GROUPED_FROM = 10_000
"""Smaller numbers stand without a thousands separator: years, and what reads well without."""
HOURS_ONLY = timedelta(hours=100)
"""Longer spans are said in days and hours."""
NOTHING = "–"

_QUOTES = str.maketrans("“”", "«»")
_PLACE = re.compile(r"\{(\w+)\}")
_DAY = ("EEEE d MMMM y", "EEEE d. MMMM y")
_MOMENT = ("EEE d MMM y HH:mm", "EEE d. MMM y 'kl.' HH:mm")
_BRIEF = ("EEE d MMM HH:mm", "EEE d. MMM HH:mm")
_WEEKDAY = ("EEE HH:mm", "EEE HH:mm")
_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things in one language, with times in one zone."""

    lang: str
    """``en``, ``nb`` or ``nn``; what a catalogue lacks is said in the next best."""
    zone: ZoneInfo
    is_veiled: bool = False
    """Draw what somebody typed as blocks."""

    def say(self, message: Message, *, lines: bool = False) -> str:
        """Return the sentence with its values in place, every text in it made harmless.

        Args:
            message: What to say; messages may stand inside one another.
            lines: Keep the line breaks of the values; else the sentence is one line.
        """
        if self.is_veiled:
            return self._fill(message, lambda text, name: _veiled(clean(text, lines=lines), name))
        return self._fill(message, lambda text, _: clean(text, lines=lines))

    def verbatim(self, message: Message) -> str:
        """Return the sentence with its values exactly as they were typed, for machines only."""
        return self._fill(message, lambda text, _: text)

    def word(self, term: Enum) -> str:
        """Return the human word of an enum's value, such as "high risk"."""
        return self.term(type(term).__name__, str(term.value))

    def term(self, kind: str, value: str) -> str:
        """Return the human word of a value that is no enum, such as ("TimelineKind", "sent")."""
        return catalogue(self.lang).pgettext(kind, english(kind, value))

    def of(self, words: InLanguages, *, lines: bool = False) -> str:
        """Return words that a form gave in several languages."""
        return clean(self._said_by_a_form(words), lines=lines)

    def _said_by_a_form(self, words: InLanguages) -> str:
        """Return a form's words; what a person typed in them is behind the veil, if it is down."""
        text = words.in_(self.lang)
        for one in getattr(words, "typed", ()) if self.is_veiled else ():
            text = text.replace(one, veiled(one))
        return text

    def moment(self, moment: datetime) -> str:
        """Return a local time in full: "Fri 20 Nov 2026 16:30"; seconds are cut.

        In the hour that comes twice in October, the offset is said.
        """
        return self._dated(moment, _MOMENT)

    def brief(self, moment: datetime) -> str:
        """Return a local time without the year: "Fri 20 Nov 16:30"."""
        return self._dated(moment, _BRIEF)

    def near(self, moment: datetime, *, now: datetime) -> str:
        """Return a local time as short as it can be said: "15:00" today, "Sat 16:30" this week."""
        local, here = moment.astimezone(self.zone), now.astimezone(self.zone)
        days = abs((local.date() - here.date()).days)
        if not days:
            return f"{local:%H:%M}"
        return self._dated(moment, _WEEKDAY) if days < _A_WEEK else self.brief(moment)

    def day(self, day: date | datetime) -> str:
        """Return a day in full: "Friday 20 November 2026"; a time gives its local day."""
        local = day.astimezone(self.zone).date() if isinstance(day, datetime) else day
        return format_date(local, self._pattern(_DAY), locale=self._locale)

    def number(self, number: int) -> str:
        """Return a whole number, grouped from 10,000 on."""
        if abs(number) < GROUPED_FROM:
            return str(number)
        return format_decimal(number, locale=self._locale)

    def span(self, span: timedelta) -> str:
        """Return a length of time, minutes cut: "2 h 14 min", "12 days 3 h"."""
        minutes = abs(span) // timedelta(minutes=1)
        hours, minutes = divmod(minutes, 60)
        if abs(span) >= HOURS_ONLY:
            days, hours = divmod(hours, 24)
            text = say("{days} days {hours} h", days=days, hours=hours)
            return self.say(text if hours else say("{days} days", days=days))
        if hours and minutes:
            return self.say(say("{hours} h {minutes} min", hours=hours, minutes=minutes))
        if hours:
            return self.say(say("{hours} h", hours=hours))
        return self.say(say("{minutes} min", minutes=minutes))

    def left(self, remaining: timedelta) -> str:
        """Return how long there is: "2 h 14 min left", or "5 min late" when it is negative."""
        is_late = remaining < timedelta()
        if abs(remaining) < timedelta(minutes=1):
            soon = say("less than a minute left")
            return self.say(say("less than a minute late") if is_late else soon)
        span = self.span(remaining)
        return self.say(say("{span} late", span=span) if is_late else say("{span} left", span=span))

    def _fill(self, message: Message, show: Callable[[str, str], str]) -> str:
        def place(found: re.Match[str]) -> str:
            name = found.group(1)
            if name not in message.values:
                return found.group()
            return self._value(message.values[name], lambda text: show(text, name), show)

        text = catalogue(self.lang).gettext(message.text)
        if self.lang != "en" and text == message.text:
            text = text.translate(_QUOTES)  # signs alone, such as “{text}” = {moment}
        return _PLACE.sub(place, text)

    def _value(
        self, value: Value, show: Callable[[str], str], inside: Callable[[str, str], str]
    ) -> str:
        """Return what stands in a place. Enums come before the text and numbers they may be.

        Args:
            value: What stands there.
            show: Makes its text harmless.
            inside: Makes texts harmless in a sentence that stands there, each with its place.
        """
        match value:
            case None:
                shown = NOTHING
            case Message():
                shown = self._fill(value, inside)
            case Enum():
                shown = self.word(value)
            case bool():
                shown = self.term("Owed", "yes" if value else "no")
            case int():
                shown = self.number(value)
            case datetime():
                shown = self.moment(value)
            case date():
                shown = self.day(value)
            case timedelta():
                shown = self.span(value)
            case str():
                shown = show(value)
            case _:
                shown = inside(self._said_by_a_form(value), "forms")
        return shown

    def _dated(self, moment: datetime, patterns: tuple[str, str]) -> str:
        local = moment.astimezone(self.zone)
        text = format_datetime(
            local, self._pattern(patterns), tzinfo=self.zone, locale=self._locale
        )
        if not datetime_ambiguous(local.replace(tzinfo=None), self.zone):
            return text
        return f"{text} (UTC{get_timezone_gmt(local, 'iso8601')})"

    def _pattern(self, patterns: tuple[str, str]) -> str:
        english, norwegian = patterns
        return norwegian if self.lang in {"nb", "nn"} else english

    @property
    def _locale(self) -> Locale:
        return Locale.parse(LOCALES.get(self.lang, "en_GB"))


def _veiled(text: str, place: str) -> str:
    return text if place in OPEN else veiled(text)
