"""Read a time back in full, so that the person sees what was understood."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

_NEAR = {
    "en": {-1: "yesterday {time}", 0: "today {time}", 1: "tomorrow {time}"},
    "nb": {-1: "i går kl. {time}", 0: "i dag kl. {time}", 1: "i morgen kl. {time}"},
    "nn": {-1: "i går kl. {time}", 0: "i dag kl. {time}", 1: "i morgon kl. {time}"},
}
"""The same words that are read."""
_FULL = {
    "en": ("en_GB", "EEE d MMM y '{time}'"),
    "nb": ("nb_NO", "EEE d. MMM y 'kl. {time}'"),
    "nn": ("nn_NO", "EEE d. MMM y 'kl. {time}'"),
}


def echo(moment: datetime, zone: ZoneInfo, lang: str, *, now: datetime | None = None) -> str:
    """Return the reading of a time: "Fri 20 Nov 2026 16:30 (Oslo, UTC+1)".

    Args:
        moment: Aware.
        zone: What "local" means.
        lang: ``en``, ``nb`` or ``nn``.
        now: When given, a near day is named: "today 16:30 (Oslo, UTC+1)".
    """
    local = moment.astimezone(zone)
    speech = lang if lang in _FULL else "en"
    locale, pattern = _FULL[speech]
    full = format_datetime(local, pattern, tzinfo=zone, locale=locale)
    if now is not None:
        days = (local.date() - now.astimezone(zone).date()).days
        full = _NEAR[speech].get(days, full)
    time = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{full.replace('{time}', time)} ({_place(zone)}, {_offset(local)})"


def _place(zone: ZoneInfo) -> str:
    return zone.key.rpartition("/")[2].replace("_", " ")


def _offset(local: datetime) -> str:
    """Return the offset as people say it: UTC+1, UTC-3:30, UTC."""
    sign, hours, minutes = (text := f"{local:%z}")[:1], text[1:3], text[3:5]
    if not int(hours) and not int(minutes):
        return "UTC"
    return f"UTC{sign}{int(hours)}" + (f":{minutes}" if int(minutes) else "")
