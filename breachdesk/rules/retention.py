"""How long a closed case is kept: a length of time in the organisation's own words.

GDPR sets none; Art. 5(1)(e) asks for one all the same.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

_LENGTH = re.compile(
    r"\b(\d{1,3})\s*(years?|år|months?|måned(?:er)?|månad(?:er)?|days?|dag(?:er|ar)?)\b"
)
_UNITS = {"y": "years", "å": "years", "m": "months", "d": "days"}


def read_retention(text: str) -> relativedelta | None:
    """Return the length of time in a text such as "5 years" or "24 måneder", if there is one.

    Calendar years and months, in digits; a text that names two lengths is read as none.
    """
    found = _LENGTH.findall(text.casefold())
    if len(found) != 1:
        return None
    count, unit = found[0]
    return relativedelta(**{_UNITS[unit[0]]: int(count)})  # type: ignore[arg-type]


def kept_until(text: str, closed_at: datetime, *, zone: str) -> datetime | None:
    """Return when a case that was closed may go, in UTC; None where no length of time is set.

    Args:
        text: The organisation's rule, in its own words.
        closed_at: When the case was closed, in UTC.
        zone: IANA name, for which calendar its years and months are counted on.
    """
    length = read_retention(text)
    if length is None:
        return None
    return (closed_at.astimezone(ZoneInfo(zone)) + length).astimezone(closed_at.tzinfo)
