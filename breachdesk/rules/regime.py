"""One jurisdiction's clocks, thresholds and calendar, as its form gives them.

A regime is data with dates: which one applies follows the time of awareness, not today's date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from breachdesk.terms import Duty, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """How long a duty may take, and from when."""

    duty: Duty
    to: Words
    """Who is to be told: the authority's name, the controller, the data subjects."""
    hours: int | None
    """Elapsed hours from awareness; None where the law says only "without undue delay"."""
    due_soon_hours: int
    """From how many hours before the deadline the state is ``due_soon``."""
    cites: tuple[str, ...]
    """Ids of sources in forms/eu/sources.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRule:
    """A public holiday: a fixed day of the year, or days counted from Easter Sunday."""

    id: str
    name: Words
    month: int | None = None
    day: int | None = None
    easter_offset: int | None = None
    closed: bool = True
    """False for days when offices often close early (such as Christmas Eve): warned of, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """When people can be expected at work; for warnings only, never for a deadline."""

    weekdays: tuple[int, ...]
    """0 is Monday."""
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """The clocks and calendar of one jurisdiction, valid between two dates of awareness."""

    id: str
    version: str
    digest: str
    valid_from: date
    valid_to: date | None
    reviewed_on: date
    zone: str
    """IANA name, for what "local" means in this jurisdiction."""
    authority: Words
    clocks: Mapping[Duty, ClockRule]
    rationale_against_advice: int
    """Least number of characters of a rationale that goes against a firm advice (40)."""
    holidays: tuple[HolidayRule, ...]
    working_time: WorkingTime
    eea: tuple[str, ...] = ()
    """ISO 3166 codes of the countries in the EEA: Art. 3(2), 27, 56 GDPR."""
