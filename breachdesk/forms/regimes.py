"""Reads one jurisdiction's clocks, thresholds, working time and holidays."""

from datetime import date
from zoneinfo import ZoneInfo

from breachdesk.forms.findings import Findings
from breachdesk.forms.layers import Layered
from breachdesk.forms.parallel import read_parallel
from breachdesk.forms.source_text import canonical, digest_of
from breachdesk.forms.tables import Table
from breachdesk.message import say
from breachdesk.rules.regime import ClockRule, HolidayRule, Regime, WorkingTime
from breachdesk.terms import Duty

_LEAP_YEAR = 2028
_FURTHEST_FROM_EASTER = 70
_SUNDAY = 6


def read_regime(layered: Layered, calendar: Layered | None, findings: Findings) -> Regime:
    """Return the regime that its files give.

    Raises:
        FormError: Something it needs is missing or wrong.
    """
    head = layered.head
    thresholds = {one.text("id"): one for one in layered.items.get("threshold", ())}
    return Regime(
        id=head.text("id"),
        version=layered.version,
        digest=digest_of(canonical([layered.plain(), calendar.plain() if calendar else None])),
        valid_from=layered.valid_from,
        valid_to=layered.valid_to,
        reviewed_on=layered.reviewed_on,
        zone=read_zone(head),
        authority=head.words("authority"),
        clocks=_clocks(layered, _threshold(head, thresholds, "due_soon_hours"), findings),
        rationale_against_advice=_threshold(head, thresholds, "rationale_against_advice"),
        holidays=_holidays(calendar, findings),
        working_time=_working_time(head),
        eea=head.texts("eea"),
        parallel=read_parallel(layered, findings),
    )


def read_zone(head: Table) -> str:
    """Return the IANA name of the regime's time zone.

    Raises:
        FormError: There is none, or it is not known.
    """
    zone = head.text("zone")
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        raise head.wrong(say("“{zone}” is not a known time zone.", zone=zone)) from None
    return zone


def _threshold(head: Table, thresholds: dict[str, Table], name: str) -> int:
    if name not in thresholds:
        raise head.wrong(say("the threshold “{name}” is missing.", name=name))
    thresholds[name].expect("id", "value", "cites")
    thresholds[name].cites()
    return thresholds[name].whole("value")


def _clocks(layered: Layered, due_soon: int, findings: Findings) -> dict[Duty, ClockRule]:
    clocks: dict[Duty, ClockRule] = {}
    for table in layered.items.get("clock", ()):
        with findings.catching():
            table.expect("duty", "to", "hours", "due_soon_hours", "cites")
            duty = table.word("duty", Duty)
            clocks[duty] = ClockRule(
                duty=duty,
                to=table.words("to"),
                hours=table.whole("hours") if "hours" in table.values else None,
                due_soon_hours=table.whole("due_soon_hours", due_soon),
                cites=table.cites(),
            )
    for duty in (Duty.NOTIFY_AUTHORITY, Duty.NOTIFY_CONTROLLER, Duty.INFORM_SUBJECTS):
        if duty not in clocks:
            findings.add(layered.head.wrong(say("the clock “{duty}” is missing.", duty=duty)))
    return clocks


def _working_time(head: Table) -> WorkingTime:
    table = head.at(head.values.get("working_time", {}), say("working_time"))
    table.expect("weekdays", "opens", "closes", "cites")
    table.cites()
    weekdays = table.numbers("weekdays")
    if not weekdays or not all(0 <= day <= _SUNDAY for day in weekdays):
        raise table.wrong(say("“weekdays” must be numbers from 0 (Monday) to 6."))
    opens, closes = table.hour("opens"), table.hour("closes")
    if opens >= closes:
        raise table.wrong(say("it closes before it opens."))
    return WorkingTime(weekdays=weekdays, opens=opens, closes=closes)


def _holidays(calendar: Layered | None, findings: Findings) -> tuple[HolidayRule, ...]:
    holidays = []
    for table in calendar.items.get("holiday", ()) if calendar else ():
        with findings.catching():
            holidays.append(_holiday(table))
    return tuple(holidays)


def _holiday(table: Table) -> HolidayRule:
    table.expect("id", "name", "month", "day", "easter_offset", "closed", "cites")
    table.cites()
    is_movable = "easter_offset" in table.values
    if is_movable == ("month" in table.values or "day" in table.values):
        raise table.wrong(say("give a month and a day, or days from Easter, and not both."))
    rule = HolidayRule(
        id=table.text("id"),
        name=table.words("name"),
        month=None if is_movable else table.whole("month"),
        day=None if is_movable else table.whole("day"),
        easter_offset=table.signed("easter_offset") if is_movable else None,
        closed=table.flag("closed", default=True),
    )
    _check_day(table, rule)
    return rule


def _check_day(table: Table, rule: HolidayRule) -> None:
    if rule.easter_offset is not None and abs(rule.easter_offset) > _FURTHEST_FROM_EASTER:
        raise table.wrong(say("that is too far from Easter."))
    if rule.month is not None and rule.day is not None:
        try:
            date(_LEAP_YEAR, rule.month, rule.day)
        except ValueError:
            raise table.wrong(say("there is no such day.")) from None
