"""Deadlines as a calendar: every clock, alarms, and nothing of the case in the titles."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from breachdesk.casefile import CaseFile
from breachdesk.exchange.calendar import (
    Entry,
    calendar_entries,
    is_pressing,
    write_calendar,
)
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.rules.beside import Moments
from breachdesk.rules.other_clocks import read_parallel_clocks
from breachdesk.terms import ClockState
from tests.exchange.cases import LOGGED, a_case, a_clock
from tests.rules.answers import NOW as TODAY
from tests.rules.answers import Given, shipped

SPEAKER = Speaker("en", ZoneInfo("Europe/Oslo"))
DUE = LOGGED + timedelta(hours=72)


def with_nis(case: CaseFile) -> CaseFile:
    moments = Moments(aware=LOGGED, detected=None, logged=LOGGED, now=LOGGED)
    answers: Given = {
        "other_who": ("essential-service",),
        "nis_threshold": True,
        "nis_network": True,
        "nis_effect": True,
    }
    clocks = read_parallel_clocks(shipped().regime_for(None, TODAY), answers, moments)
    return replace(case, other_clocks=clocks)


def running(case: CaseFile) -> CaseFile:
    clock = replace(a_clock(), state=ClockState.RUNNING, deadline=DUE)
    return replace(case, clocks=(clock,))


def events(case: CaseFile, now: datetime = LOGGED) -> list[Event]:
    text = write_calendar(calendar_entries(case), now=now, speaker=SPEAKER)
    found = Calendar.from_ical(text).walk("VEVENT")
    return [one for one in found if isinstance(one, Event)]


def test_every_running_clock_is_an_entry_that_ends_with_it() -> None:
    found = events(with_nis(running(a_case())))
    ends = [one.decoded("dtend") for one in found]
    assert ends == sorted([LOGGED + timedelta(hours=24), DUE])
    assert len({str(one["uid"]) for one in found}) == len(found)


def test_title_and_text_say_nothing_of_the_case_but_its_reference() -> None:
    case = with_nis(running(a_case()))
    for one in events(case):
        title = str(one["summary"])
        assert title == f"Duty to tell: {case.ref}"
        whole = title + str(one["description"])
        assert case.facts.title not in whole
        assert str(one["class"]) == "PRIVATE"


def test_each_entry_rings_a_day_four_hours_and_one_hour_before_the_deadline() -> None:
    one = events(running(a_case()))[0]
    rings = sorted(
        one.decoded("dtstart") + alarm.decoded("trigger") for alarm in one.walk("VALARM")
    )
    assert rings == [DUE - timedelta(hours=hours) for hours in (24, 4, 1)]


def test_alarm_that_would_lie_in_the_past_is_left_out() -> None:
    one = events(running(a_case()), now=DUE - timedelta(hours=2))[0]
    assert len(one.walk("VALARM")) == 1
    late = events(running(a_case()), now=DUE + timedelta(hours=2))[0]
    assert late.walk("VALARM") == []


def test_met_clock_has_no_entry() -> None:
    case = running(a_case())
    met = replace(case.clocks[0], state=ClockState.MET)
    assert events(replace(case, clocks=(met,))) == []


def test_same_deadline_keeps_its_name_when_it_moves() -> None:
    case = running(a_case())
    later = replace(case.clocks[0], deadline=DUE + timedelta(hours=5))
    first, second = events(case)[0], events(replace(case, clocks=(later,)))[0]
    assert str(first["uid"]) == str(second["uid"])


def test_lines_are_folded_and_end_as_rfc_5545_wants() -> None:
    entry = Entry(uid="a@b", ends_at=DUE, title=say("Ø{x}", x="ø" * 200), text=say("; , \\"))
    raw = write_calendar([entry], now=LOGGED, speaker=SPEAKER)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    back = Calendar.from_ical(raw).walk("VEVENT")[0]
    assert str(back["summary"]) == "Ø" + "ø" * 200
    assert str(back["description"]) == "; , \\"


def test_span_keeps_what_is_late_and_leaves_out_what_is_far_off() -> None:
    entry = Entry(uid="a", ends_at=DUE, title=say("a"), text=say("a"))
    day = timedelta(hours=24)
    assert not is_pressing(entry, within=day, now=LOGGED)
    assert is_pressing(entry, within=day, now=datetime(2100, 1, 1, tzinfo=UTC))
    assert is_pressing(entry, within=None, now=LOGGED)
