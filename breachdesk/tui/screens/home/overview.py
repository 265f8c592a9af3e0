"""What the register's screen reads from the desk, in one go and off the message loop."""

from collections.abc import Mapping
from dataclasses import dataclass

from breachdesk.casefile import CaseFile
from breachdesk.desk import Desk
from breachdesk.errors import BreachdeskError
from breachdesk.register import RegisterFilter, RegisterLine
from breachdesk.rules.regime import ClockRule, Regime
from breachdesk.terms import Duty, Role
from breachdesk.tui.widgets.timing import Timing

PAGE = 50
"""Cases read at a time; more are read when the cursor comes near the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The register at one moment."""

    lines: tuple[RegisterLine, ...]
    """The first page, what presses most first."""
    has_more: bool
    pressing: CaseFile | None
    """The case that presses most; None when no duty runs."""
    has_cases: bool
    """Is there any case at all, whatever is searched for?"""
    has_profile: bool
    organisation: str
    waiting: Mapping[str, tuple[str, ...]]
    """Places with half-typed words, and the fields they stand in."""
    regime: Regime

    def timing(self, line: RegisterLine) -> Timing:
        """Return how a line's leading clock stands."""
        return Timing.of_line(line, self.rule(line))

    def rule(self, line: RegisterLine) -> ClockRule:
        """Return the rule of the duty a line counts by."""
        is_processor = line.role == Role.PROCESSOR
        duty = Duty.NOTIFY_CONTROLLER if is_processor else Duty.NOTIFY_AUTHORITY
        return self.regime.clocks[duty]


def overview_or_why(desk: Desk, search: str) -> Overview | BreachdeskError:
    """Return the register as it stands, or why it cannot be read now."""
    try:
        return read_overview(desk, search)
    except BreachdeskError as error:
        return error


def read_overview(desk: Desk, search: str) -> Overview:
    """Return the register as it stands."""
    lines, has_more = read_page(desk, search, after=None)
    first = lines if not search else desk.register.rows(RegisterFilter(limit=1))
    pressing = first[0] if first and first[0].duties else None
    profile = desk.organisation.profile()
    return Overview(
        lines=lines,
        has_more=has_more,
        pressing=desk.intake.open(pressing.ref) if pressing else None,
        has_cases=bool(first),
        has_profile=profile is not None,
        organisation=profile.organisation.name if profile else "",
        waiting=_waiting(desk),
        regime=desk.office.forms.regime_for(None, desk.now()),
    )


def _waiting(desk: Desk) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in desk.drafts.all():
        place = one.place.partition("/")[0]
        found[place] = (*found.get(place, ()), one.field)
    return found


def read_page(
    desk: Desk, search: str, *, after: str | None
) -> tuple[tuple[RegisterLine, ...], bool]:
    """Return the next page of cases, and whether there are more."""
    found = desk.register.rows(RegisterFilter(search=search, limit=PAGE + 1, after=after))
    return found[:PAGE], len(found) > PAGE
