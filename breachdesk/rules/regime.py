"""One jurisdiction's clocks, thresholds and calendar, as its form gives them.

A regime is data with dates: which one applies follows the time of awareness, not today's date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from breachdesk.rules.questionnaire import Condition
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
class Limit:
    """How long one step of another duty may take, and from when."""

    start: str
    """``aware``, ``detected``, ``previous`` (the step before), or a question with a time."""
    hours: int | None = None
    """Elapsed hours."""
    months: int | None = None
    """Calendar months in the regime's zone; the last day where a month is shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStep:
    """One report that another duty asks for."""

    id: str
    words: Words
    limits: tuple[Limit, ...]
    """The earliest counts; none where the law says only "at once" or "without undue delay"."""
    told_at: str
    """The question whose answer says that it was done, and if it is a time, when."""
    only_if: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelDuty:
    """A duty to tell under another law, beside the GDPR's."""

    id: str
    title: Words
    to: Words
    applies_if: tuple[Condition, ...]
    """Any of these makes it apply; each by question, keys AND, values OR."""
    steps: tuple[ReportStep, ...]
    note: Words | None
    """What a reader must know before relying on it."""
    is_law: bool
    """False for what is not law in this jurisdiction."""
    reviewed_on: date
    cites: tuple[str, ...]


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
    parallel: tuple[ParallelDuty, ...] = ()
    """Duties under other laws, in the form's order."""
