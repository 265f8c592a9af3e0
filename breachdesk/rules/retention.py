"""How long a case is kept: the organisation's own rule, counted from when the case was closed.

Art. 5(1)(e) and 5(2) GDPR: no longer than needed, and as long as we must be able to show what was
done (Art. 33(5)). No law gives a number, so the number is the organisation's. A date is advice:
nothing is ever erased by itself.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

_WORDS = re.compile(
    r"\s*(?P<count>[0-9]{1,4})\s*"
    r"(?:(?P<years>years?|år)|(?P<months>months?|måned(?:er)?|månad(?:er)?|mnd)|"
    r"(?P<weeks>weeks?|uker?|veker?)|(?P<days>days?|dag(?:er|ar)?|døgn))\.?\s*",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"\s*P(?:(?P<years>[0-9]{1,4})Y)?(?:(?P<months>[0-9]{1,4})M)?"
    r"(?:(?P<weeks>[0-9]{1,4})W)?(?:(?P<days>[0-9]{1,4})D)?\s*",
    re.IGNORECASE,
)
_LONGEST = relativedelta(years=100)
_LEAP = date(2000, 2, 29)


class KeepingState(StrEnum):
    """Where a case stands with how long it is kept."""

    NO_RULE = "no_rule"
    """The organisation has given none."""
    UNREADABLE = "unreadable"
    """It has given one that is no number of days, weeks, months or years."""
    OPEN = "open"
    """The case is open, so nothing counts yet."""
    KEPT = "kept"
    HELD = "held"
    """A named person wants it kept."""
    OVER = "over"
    """The time is over: it may be erased."""
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long one case is kept."""

    state: KeepingState
    rule: str
    """As the organisation wrote it; empty when it gave none."""
    until: date | None
    """The first day it may be erased, local; None while that is not known."""


def read_period(text: str) -> relativedelta | None:
    """Return the span of words such as “5 år”, “18 months” or “P5Y”; None when it is none."""
    found = _WORDS.fullmatch(text) or _ISO.fullmatch(text)
    if found is None:
        return None
    given = found.groupdict()
    spans = {
        unit: int(given.get("count") or amount)
        for unit, amount in given.items()
        if unit != "count" and amount
    }
    period = relativedelta(**spans)  # type: ignore[arg-type]
    is_sensible = _LEAP < _LEAP + period <= _LEAP + _LONGEST if _fits(spans) else False
    return period if is_sensible else None


def _fits(spans: dict[str, int]) -> bool:
    return spans.get("years", 0) <= _LONGEST.years


def read_retention(
    rule: str,
    *,
    closed_at: datetime | None,
    now: datetime,
    zone: str,
    is_held: bool = False,
    is_erased: bool = False,
) -> Retention:
    """Return how long a case is kept.

    Args:
        rule: what the organisation wrote, such as “5 år”; empty when it gave none.
        closed_at: when the case was closed, aware; None while it is open.
        now: the moment it is read at, aware.
        zone: IANA name; whose days count.
        is_held: a named person wants it kept.
        is_erased: it was erased already.
    """
    period = read_period(rule)
    until = None
    if period is not None and closed_at is not None and not is_erased:
        until = closed_at.astimezone(ZoneInfo(zone)).date() + period
    today = now.astimezone(ZoneInfo(zone)).date()
    if is_erased:
        state = KeepingState.ERASED
    elif is_held:
        state = KeepingState.HELD
    elif period is None:
        state = KeepingState.UNREADABLE if rule.strip() else KeepingState.NO_RULE
    elif until is None:
        state = KeepingState.OPEN
    else:
        state = KeepingState.OVER if today >= until else KeepingState.KEPT
    return Retention(state=state, rule=rule.strip(), until=until)


def closed_by(rule: str, *, now: datetime, zone: str) -> datetime | None:
    """Return the moment before which a case was closed that may be erased now, if the rule is one.

    Months have different lengths, so that the day is looked for and not only subtracted.

    Args:
        rule: what the organisation wrote.
        now: the present moment, aware.
        zone: IANA name; whose days count.
    """
    period = read_period(rule)
    if period is None:
        return None
    place = ZoneInfo(zone)
    today = now.astimezone(place).date()
    day = today - period
    while day + timedelta(days=1) + period <= today:
        day += timedelta(days=1)
    while day + period > today:
        day -= timedelta(days=1)
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=place)
