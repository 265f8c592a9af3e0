"""Deadlines as a calendar (RFC 5545), for people who live in one.

Calendars are synced, shared and shown on lock screens. So an entry names the case by its reference
alone: not its title, nor what happened, nor to whom it happened.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from breachdesk.casefile import CaseFile
from breachdesk.casefile.follow_up import FollowUp, follow_ups
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records import RegisterRow
from breachdesk.rules.retention import KeepingState, read_retention
from breachdesk.rules.working import RUNNING
from breachdesk.terms import DueKind, Status

ALARMS = (timedelta(hours=24), timedelta(hours=4), timedelta(hours=1))
"""How long before a deadline the calendar rings."""

LENGTH = timedelta(minutes=15)
"""How long an entry is: it ends when the deadline does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deadline in a calendar."""

    uid: str
    """The same at every export, so that a calendar moves it and does not double it."""
    ends_at: datetime
    """In UTC."""
    title: Message
    text: Message


def calendar_entries(case: CaseFile) -> Iterator[Entry]:
    """Yield a case's coming and late deadlines: its clocks, what was promised, and tasks.

    A clock that has not started is entered by its worst case. Closed cases keep the GDPR's clocks.
    """
    case_id = case.incident.id
    for clock in case.clocks:
        ends = clock.deadline or clock.worst_case_deadline
        if clock.state in RUNNING and ends:
            text = say(
                "{duty}, to {to}. Open the desk for the rest: breachdesk clock {ref}",
                duty=clock.duty, to=clock.to, ref=case.ref,
            )  # fmt: skip
            yield _entry(case, f"{case_id}.{clock.duty.value}", ends, text)
    if case.facts.status is Status.CLOSED:
        return
    for one in follow_ups(case):
        ends = one.deadline or one.worst_case_deadline
        if ends:
            yield _follow_up(case, one, ends)


def _follow_up(case: CaseFile, one: FollowUp, ends: datetime) -> Entry:
    """Return an entry for what follows the duties up: to tell somebody, or to do."""
    if one.to is not None:
        text = say(
            "{duty}, to {to}. Open the desk for the rest: breachdesk clock {ref}",
            duty=one.what, to=one.to, ref=case.ref,
        )  # fmt: skip
        return _entry(case, f"{case.incident.id}.{one.id}", ends, text)
    title = say("To be done: {ref}", ref=case.ref)
    if one.kind is DueKind.PROMISED:
        title = say("To be found out: {ref}", ref=case.ref)
    return Entry(
        uid=f"{case.incident.id}.{one.id}@breachdesk",
        ends_at=ends.astimezone(UTC),
        title=title,
        text=_text(case, one),
    )


def _text(case: CaseFile, one: FollowUp) -> Message:
    """Return where the desk says more; what was typed by hand stays in the desk."""
    if one.kind is DueKind.PROMISED:
        return say("{question} breachdesk show {ref}", question=one.what, ref=case.ref)
    return say("Open the desk for the rest: breachdesk task list {ref}", ref=case.ref)


def erasable_entry(row: RegisterRow, *, rule: str, zone: str, now: datetime) -> Entry | None:
    """Return when our own rule lets a closed case go: at nine in the morning of that day.

    Args:
        row: The case's line in the register.
        rule: How long the organisation keeps a case, in its own words.
        zone: IANA name; whose days count.
        now: The present moment, aware.
    """
    retention = read_retention(
        rule, closed_at=row.closed_at, now=now, zone=zone, is_held=row.is_held
    )
    day = retention.until
    if day is None or retention.state is KeepingState.HELD:
        return None
    text = say("Kept long enough by our own rule. Look at it, then breachdesk erase {ref}",
               ref=row.ref)  # fmt: skip
    title = say("May be erased: {ref}", ref=row.ref)
    ends = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    uid = f"{row.incident_id}.retention@breachdesk"
    return Entry(uid=uid, ends_at=ends, title=title, text=text)


def _entry(case: CaseFile, name: str, ends: datetime, text: Message) -> Entry:
    title = say("Duty to tell: {ref}", ref=case.ref)
    if case.incident.is_drill:
        title = say("Drill, duty to tell: {ref}", ref=case.ref)
    return Entry(uid=f"{name}@breachdesk", ends_at=ends, title=title, text=text)


def write_calendar(entries: Iterable[Entry], *, now: datetime, speaker: Speaker) -> bytes:
    """Return the entries as an iCalendar file, soonest first, each with alarms.

    Args:
        entries: What falls due.
        now: When it was written; an alarm that would lie before it is left out.
        speaker: The language of its words.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//breachdesk//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in sorted(entries, key=lambda one: (one.ends_at, one.uid)):
        calendar.add_component(_event(entry, now, speaker))
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: datetime, speaker: Speaker) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("dtstart", entry.ends_at - LENGTH)
    event.add("dtend", entry.ends_at)
    event.add("summary", speaker.say(entry.title))
    event.add("description", speaker.say(entry.text))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for before in ALARMS:
        if entry.ends_at - before > now:
            event.add_component(_alarm(entry, before, speaker))
    return event


def _alarm(entry: Entry, before: timedelta, speaker: Speaker) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", speaker.say(entry.title))
    alarm.add("trigger", LENGTH - before)
    return alarm


def is_pressing(entry: Entry, *, within: timedelta | None, now: datetime) -> bool:
    """Does an entry fall due within a span from now, or is it late already?"""
    return within is None or entry.ends_at <= now + within
