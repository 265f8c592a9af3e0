"""Read a past time (WHEN) or a future one (DUE) as the command-line contract says."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.tz import datetime_ambiguous, datetime_exists

from breachdesk.errors import RefusedError
from breachdesk.message import Message, say
from breachdesk.when.grammar import LONGEST, Clock, Elapsed, parse, parse_day, tidy

SLACK = timedelta(minutes=2)
"""So far ahead still counts as now: two watches seldom agree."""
YEARS = range(1900, 2200)
"""Years that can be meant."""

_LIKE_PAST = say(
    "Write it like 14:30, yesterday 14:30, 40 min ago, 21.11.2026 14:30 or 2026-11-21 14:30."
)
_LIKE_DUE = say(
    "Write it like 15:00, in 2 h, tomorrow 12:00, 23.11.2026 12:00 or 2026-11-23 12:00."
)

_LIKE_DAY = say("Write it like 20.11.2026, 2026-11-20 or 20.11.2026 14:30.")


def read_past(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when something happened, in UTC and whole seconds.

    Args:
        text: What was typed; without an offset it is local time.
        now: The moment it was typed; up to two minutes ahead of it counts as it.
        zone: What "local" means.

    Raises:
        RefusedError: It cannot be read, does not exist, comes twice, or lies ahead.
    """
    moment = _read(text, now=now, zone=zone, like=_LIKE_PAST)
    at = now.astimezone(UTC).replace(microsecond=0)
    if moment > at + SLACK:
        raise RefusedError(say("{moment} lies ahead.", moment=moment), _LIKE_PAST)
    return min(moment, at)


def read_due(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when something is due, in UTC and whole seconds.

    Args:
        text: What was typed; without an offset it is local time.
        now: The moment it was typed; what is due lies after it.
        zone: What "local" means.

    Raises:
        RefusedError: It cannot be read, does not exist, comes twice, or has passed.
    """
    moment = _read(text, now=now, zone=zone, like=_LIKE_DUE)
    if moment <= now:
        raise RefusedError(say("{moment} has passed already.", moment=moment), _LIKE_DUE)
    return moment


def read_day(text: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the local midnight, in UTC, that begins a day typed without a time of day.

    For what is asked with a day only; whatever else was typed gives None and is read as a time.

    Args:
        text: What was typed.
        now: The moment it was typed.
        zone: What "local" means.

    Raises:
        RefusedError: There is no such day.
    """
    tidied = tidy(text)
    if len(tidied) > LONGEST:
        return None
    try:
        day = parse_day(tidied)
        return None if day is None else _placed(day, now=now, zone=zone, like=_LIKE_DAY)
    except (ValueError, OverflowError) as error:
        raise RefusedError(
            say("There is no such day or time: “{text}”.", text=_short(text)), _LIKE_DAY
        ) from error


def _read(text: str, *, now: datetime, zone: ZoneInfo, like: Message) -> datetime:
    tidied = tidy(text)
    try:
        typed = parse(tidied)
        if isinstance(typed, Elapsed):
            return (now.astimezone(UTC) + typed.span).replace(microsecond=0)
        if typed is None:
            raise _unreadable(text, tidied, like, now.astimezone(zone))
        return _placed(typed, now=now, zone=zone, like=like)
    except (ValueError, OverflowError) as error:
        raise RefusedError(
            say("There is no such day or time: “{text}”.", text=_short(text)), like
        ) from error


def _placed(typed: Clock, *, now: datetime, zone: ZoneInfo, like: Message) -> datetime:
    """Return the one moment, in UTC, that a day and time of day mean."""
    moment = typed.on(now.astimezone(zone))
    if moment.year not in YEARS:
        raise RefusedError(say("The year {year} cannot be meant.", year=str(moment.year)), like)
    return (moment if moment.tzinfo else _local(moment, zone)).astimezone(UTC)


def _unreadable(text: str, tidied: str, like: Message, now: datetime) -> RefusedError:
    day = parse_day(tidied) if len(tidied) <= LONGEST else None
    if day is not None:
        return RefusedError(
            say("“{text}” has no time of day, and here the hour matters.", text=tidied),
            _with_a_time(tidied, day.on(now).date(), like, now),
        )
    return RefusedError(say("“{text}” is not a time the desk can read.", text=_short(text)), like)


def _with_a_time(tidied: str, day: date, like: Message, now: datetime) -> Message:
    """Return how to add a time, by an example that would be taken; else what would be.

    On the present day the time is the present minute, or for what is due the last of the day.
    """
    is_past = like is _LIKE_PAST
    if day == now.date():
        example = f"{tidied} {now:%H:%M}" if is_past else f"{tidied} 23:59"
    elif (day < now.date()) == is_past:
        example = f"{tidied} 14:30"
    else:
        return like
    return say("Add the time, like “{example}”.", example=example)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - fits one line


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the local time as an aware one, if it comes exactly once that day."""
    shown = f"{moment:%H:%M}"
    if not datetime_exists(moment, zone):
        after = (moment + timedelta(hours=1)).replace(tzinfo=zone)
        raise RefusedError(
            say("{time} did not exist that night: the clocks went forward.", time=shown),
            say("Write the time as the clock showed it, like “{example}”.", example=_typed(after)),
        )
    if datetime_ambiguous(moment, zone):
        first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        raise RefusedError(
            say("{time} came twice that night: the clocks went back.", time=shown),
            say(
                "Write “{first}” for the first time or “{second}” for the second.",
                first=_typed(first),
                second=_typed(second),
            ),
        )
    return moment.replace(tzinfo=zone)


def _typed(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")
