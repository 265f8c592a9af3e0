"""Public holidays and working hours, for warnings only: no duty ever rolls to the next working day.

Art. 3(3) of Regulation (EEC, Euratom) 1182/71: a period in hours includes holidays and weekends.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from breachdesk.message import Message, say
from breachdesk.rules.regime import HolidayRule, Regime

LONGEST_CLOSURE = timedelta(days=15)
"""How far back the last full working day is looked for."""


def holidays(regime: Regime, year: int) -> Mapping[date, HolidayRule]:
    """Return the regime's holidays of one year; where two meet, the one that closes wins."""
    found: dict[date, HolidayRule] = {}
    for rule in sorted(regime.holidays, key=lambda one: not one.closed):
        day = _day_of(rule, year)
        if day is not None:
            found.setdefault(day, rule)
    return dict(sorted(found.items()))


def _day_of(rule: HolidayRule, year: int) -> date | None:
    if rule.easter_offset is not None:
        return easter(year) + timedelta(days=rule.easter_offset)
    if rule.month is None or rule.day is None:
        return None
    try:
        return date(year, rule.month, rule.day)
    except ValueError:  # 29 February in most years
        return None


def calendar_warnings(ends: datetime, regime: Regime) -> tuple[Message, ...]:
    """Return what to know about the local day and hour at which a clock ends, most telling first.

    Args:
        ends: The deadline, aware.
        regime: Its zone, holidays and working hours are looked at.
    """
    local = ends.astimezone(ZoneInfo(regime.zone))
    found = tuple(
        warning
        for warning in (_holiday(local, regime), _weekend(local, regime), _hour(local, regime))
        if warning is not None
    )
    if not found:
        return ()
    last = last_working_close(ends, regime)
    return found if last is None else (*found, _send_by(last))


def _holiday(local: datetime, regime: Regime) -> Message | None:
    rule = holidays(regime, local.year).get(local.date())
    if rule is None:
        return None
    if rule.closed:
        return say(
            "It ends on {holiday}, {day}. The clock does not wait.",
            holiday=rule.name,
            day=local.date(),
        )
    return say(
        "It ends on {holiday}, {day}: many offices close early.",
        holiday=rule.name,
        day=local.date(),
    )


def _weekend(local: datetime, regime: Regime) -> Message | None:
    if local.weekday() in regime.working_time.weekdays:
        return None
    return say("It ends at the weekend, {day}. The clock does not wait.", day=local.date())


def _hour(local: datetime, regime: Regime) -> Message | None:
    hours = regime.working_time
    if hours.opens <= local.time() <= hours.closes:
        return None
    return say(
        "It ends at {time}, outside working hours ({opens} to {closes}).",
        time=_clock_time(local.time()),
        opens=_clock_time(hours.opens),
        closes=_clock_time(hours.closes),
    )


def _clock_time(of_day: time) -> str:
    return f"{of_day:%H:%M}"


def _send_by(last: datetime) -> Message:
    return say("Last full working day before that: until {moment}.", moment=last)


def last_working_close(ends: datetime, regime: Regime) -> datetime | None:
    """Return when the last full working day before `ends` closes, in UTC, if any does."""
    zone = ZoneInfo(regime.zone)
    hours = regime.working_time
    day = ends.astimezone(zone).date()
    for back in range(LONGEST_CLOSURE.days):
        candidate = day - timedelta(days=back)
        closes = datetime.combine(candidate, hours.closes, zone).astimezone(UTC)
        is_workday = candidate.weekday() in hours.weekdays
        if closes <= ends and is_workday and candidate not in holidays(regime, candidate.year):
            return closes
    return None
