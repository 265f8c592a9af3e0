"""The 72-hour clock: elapsed hours, never rolled, whatever the local clocks do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk.errors import RuleError
from breachdesk.forms import find_forms, load
from breachdesk.rules.clock import ClockReading, holidays, read_clock
from breachdesk.rules.regime import ClockRule, HolidayRule, Regime, WorkingTime
from breachdesk.terms import ClockState, Duty, Words

OSLO = ZoneInfo("Europe/Oslo")
AWARE = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
DEADLINE = AWARE + timedelta(hours=72)
A_SECOND = timedelta(seconds=1)
FIXED = [
    ("new-year", 1, 1, True),
    ("labour-day", 5, 1, True),
    ("constitution-day", 5, 17, True),
    ("christmas-eve", 12, 24, False),
    ("christmas-day", 12, 25, True),
    ("second-christmas-day", 12, 26, True),
]
MOVABLE = [
    ("maundy-thursday", -3),
    ("good-friday", -2),
    ("easter-sunday", 0),
    ("easter-monday", 1),
    ("ascension", 39),
    ("whit-sunday", 49),
    ("whit-monday", 50),
]


def a_rule(hours: int | None = 72, duty: Duty = Duty.NOTIFY_AUTHORITY) -> ClockRule:
    return ClockRule(
        duty=duty, to=Words("the authority"), hours=hours, due_soon_hours=24, cites=("gdpr-33-1",)
    )


def a_regime(zone: str = "Europe/Oslo") -> Regime:
    fixed = (
        HolidayRule(id=name, name=Words(name), month=month, day=day, closed=closed)
        for name, month, day, closed in FIXED
    )
    movable = (
        HolidayRule(id=name, name=Words(name), easter_offset=offset) for name, offset in MOVABLE
    )
    return Regime(
        id="no",
        version="test",
        digest="",
        valid_from=date(2018, 7, 20),
        valid_to=None,
        reviewed_on=date(2026, 11, 22),
        zone=zone,
        authority=Words("Datatilsynet"),
        clocks={},
        rationale_against_advice=40,
        holidays=(*fixed, *movable),
        working_time=WorkingTime(weekdays=(0, 1, 2, 3, 4), opens=time(8), closes=time(16)),
    )


def read(
    aware: datetime | None = AWARE,
    *,
    now: datetime = AWARE,
    sign: datetime | None = None,
    sent: datetime | None = None,
    not_owed: bool = False,
    rule: ClockRule | None = None,
    regime: Regime | None = None,
    logged: datetime | None = None,
) -> ClockReading:
    return read_clock(
        rule or a_rule(),
        regime=regime or a_regime(),
        became_aware_at=aware,
        first_sign_at=sign,
        logged_at=logged or now,
        now=now,
        sent_at=sent,
        not_owed=not_owed,
    )


DST_VECTORS = [
    ("2026-03-27T10:00+01:00", "2026-03-30T11:00+02:00"),
    ("2026-03-28T01:30+01:00", "2026-03-31T02:30+02:00"),
    ("2026-10-23T10:00+02:00", "2026-10-26T09:00+01:00"),
    ("2026-10-24T02:30+02:00", "2026-10-27T01:30+01:00"),
    ("2027-03-26T14:15+01:00", "2027-03-29T15:15+02:00"),
    ("2027-10-29T14:15+02:00", "2027-11-01T13:15+01:00"),
    ("2026-04-01T15:40+02:00", "2026-04-04T15:40+02:00"),
    ("2026-05-13T16:05+02:00", "2026-05-16T16:05+02:00"),
    ("2026-12-23T09:00+01:00", "2026-12-26T09:00+01:00"),
    ("2026-11-20T16:30+01:00", "2026-11-23T16:30+01:00"),
]


@pytest.mark.parametrize(("aware", "ends"), DST_VECTORS)
def test_seventy_two_hours_are_elapsed_hours_over_every_change(aware: str, ends: str) -> None:
    deadline = read(datetime.fromisoformat(aware)).deadline
    assert deadline is not None
    assert deadline.astimezone(OSLO).isoformat(timespec="minutes") == ends


@pytest.mark.parametrize(("aware", "ends"), DST_VECTORS)
def test_a_change_of_the_clocks_is_said_exactly_where_it_matters(aware: str, ends: str) -> None:
    texts = [str(step.text) for step in read(datetime.fromisoformat(aware)).working]
    assert any("clocks are changed" in text for text in texts) == (aware[-6:] != ends[-6:])


SOME_TIME = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)
SOME_ZONE = st.sampled_from(
    ["Europe/Oslo", "UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham", "Asia/Kathmandu"]
)


@settings(deadline=None)
@given(aware=SOME_TIME, zone=SOME_ZONE, regime_zone=SOME_ZONE)
def test_the_deadline_is_exactly_72_hours_on_in_any_zone(
    aware: datetime, zone: str, regime_zone: str
) -> None:
    reading = read(aware.astimezone(ZoneInfo(zone)), regime=a_regime(regime_zone), now=aware)
    assert reading.deadline is not None
    assert reading.deadline - aware == timedelta(hours=72)
    assert reading.deadline.tzinfo is UTC
    assert reading.remaining == timedelta(hours=72)


@settings(deadline=None)
@given(aware=SOME_TIME)
def test_it_is_overdue_exactly_one_second_after_the_deadline(aware: datetime) -> None:
    ends = aware + timedelta(hours=72)
    assert read(aware, now=ends).state == ClockState.DUE_SOON
    assert read(aware, now=ends + A_SECOND).state == ClockState.OVERDUE
    assert read(aware, now=ends + A_SECOND).remaining == -A_SECOND


@settings(deadline=None)
@given(aware=SOME_TIME, sign=SOME_TIME, logged=SOME_TIME)
def test_the_worst_case_is_never_later_than_the_deadline(
    aware: datetime, sign: datetime, logged: datetime
) -> None:
    reading = read(aware, sign=sign, logged=logged, now=aware)
    assert reading.worst_case_deadline == min(aware, sign) + timedelta(hours=72)
    assert reading.deadline is not None
    assert reading.worst_case_deadline <= reading.deadline


def test_it_is_due_soon_from_24_hours_before() -> None:
    soon = DEADLINE - timedelta(hours=24)
    assert read(now=soon - A_SECOND).state == ClockState.RUNNING
    assert read(now=soon).state == ClockState.DUE_SOON


def test_without_awareness_nothing_starts_but_the_worst_case_counts_from_the_first_sign() -> None:
    sign = AWARE - timedelta(hours=3)
    reading = read(None, sign=sign)
    assert reading.state == ClockState.NOT_STARTED
    assert (reading.started_at, reading.deadline, reading.elapsed) == (None, None, None)
    assert reading.remaining is None
    assert reading.worst_case_deadline == sign + timedelta(hours=72)
    assert reading.is_running


def test_with_neither_awareness_nor_a_sign_the_worst_case_counts_from_logging_and_says_so() -> None:
    reading = read(None, logged=AWARE)
    assert reading.worst_case_deadline == DEADLINE
    assert any("No first sign is on record" in str(step.text) for step in reading.working)


def test_a_sending_in_time_meets_the_duty() -> None:
    reading = read(sent=DEADLINE, now=DEADLINE + timedelta(days=9))
    assert reading.state == ClockState.MET
    assert reading.elapsed == timedelta(hours=72)
    assert reading.remaining is None
    assert not reading.is_running


def test_a_sending_one_second_late_is_met_late_also_when_awareness_is_moved_back_later() -> None:
    assert read(sent=DEADLINE + A_SECOND).state == ClockState.MET_LATE
    assert read(AWARE - A_SECOND, sent=DEADLINE).state == ClockState.MET_LATE
    assert read(AWARE + A_SECOND, sent=DEADLINE + A_SECOND).state == ClockState.MET


def test_a_decision_that_it_is_not_owed_stops_nothing_else() -> None:
    declined = read(not_owed=True, now=DEADLINE + A_SECOND)
    assert declined.state == ClockState.NOT_OWED
    assert declined.deadline == DEADLINE
    assert declined.warnings == ()
    resumed = read(not_owed=False, now=DEADLINE + A_SECOND)
    assert (resumed.state, resumed.deadline) == (ClockState.OVERDUE, DEADLINE)


def test_a_sending_that_stands_outweighs_a_decision_not_to_send() -> None:
    assert read(sent=AWARE + A_SECOND, not_owed=True).state == ClockState.MET


def test_a_duty_without_hours_has_no_deadline_and_shows_elapsed_time() -> None:
    rule = a_rule(hours=None, duty=Duty.INFORM_SUBJECTS)
    reading = read(rule=rule, now=AWARE + timedelta(days=40), sign=AWARE - timedelta(days=1))
    assert reading.state == ClockState.RUNNING
    assert (reading.deadline, reading.worst_case_deadline, reading.remaining) == (None, None, None)
    assert reading.elapsed == timedelta(days=40)
    assert reading.warnings == ()
    assert read(rule=rule, sent=AWARE + timedelta(days=3)).state == ClockState.MET


def test_elapsed_time_never_runs_backwards() -> None:
    assert read(now=AWARE - timedelta(minutes=2)).elapsed == timedelta(0)


def test_fractions_of_a_second_do_not_make_it_late() -> None:
    assert read(now=DEADLINE + timedelta(milliseconds=900)).state == ClockState.DUE_SOON


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(RuleError):
        read(AWARE.replace(tzinfo=None))


def test_the_hours_come_from_the_rule() -> None:
    assert read(rule=a_rule(hours=96)).deadline == AWARE + timedelta(hours=96)


def test_the_working_explains_every_step_down_to_the_state() -> None:
    reading = read(sign=AWARE - timedelta(hours=1))
    values = [step.value for step in reading.working]
    assert values[0] == AWARE.isoformat()
    assert "72" in values
    assert DEADLINE.isoformat() in values
    assert (DEADLINE - timedelta(hours=1)).isoformat() in values
    assert values[-1] == "running"


@pytest.mark.parametrize(
    ("aware", "ends"),
    [
        ("2020-12-22T12:17:00+01:00", "2020-12-25T13:00:00+01:00"),
        ("2020-12-22T12:00:00+01:00", "2020-12-25T13:00:00+01:00"),
        ("2026-10-23T10:59:59+02:00", "2026-10-26T10:00:00+01:00"),
    ],
)
def test_whole_hour_counting_is_information_and_never_the_deadline(aware: str, ends: str) -> None:
    reading = read(datetime.fromisoformat(aware))
    shown = [step.value for step in reading.working if "1182/71" in str(step.text)]
    assert shown == [datetime.fromisoformat(ends).astimezone(UTC).isoformat()]
    assert reading.deadline == datetime.fromisoformat(aware) + timedelta(hours=72)


NORWEGIAN_HOLIDAYS = {
    2026: "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26",
    2027: "01-01 03-25 03-26 03-28 03-29 05-01 05-06 05-16 05-17 12-25 12-26",
    2028: "01-01 04-13 04-14 04-16 04-17 05-01 05-17 05-25 06-04 06-05 12-25 12-26",
    2029: "01-01 03-29 03-30 04-01 04-02 05-01 05-10 05-17 05-20 05-21 12-25 12-26",
    2030: "01-01 04-18 04-19 04-21 04-22 05-01 05-17 05-30 06-09 06-10 12-25 12-26",
}


@pytest.mark.parametrize(("year", "days"), NORWEGIAN_HOLIDAYS.items())
def test_the_public_holidays_of_a_year_are_known(year: int, days: str) -> None:
    closed = [f"{day:%m-%d}" for day, rule in holidays(a_regime(), year).items() if rule.closed]
    assert closed == days.split()


@pytest.mark.parametrize(("year", "days"), NORWEGIAN_HOLIDAYS.items())
def test_the_norwegian_form_has_exactly_these_holidays(year: int, days: str) -> None:
    moment = datetime(year, 6, 1, tzinfo=UTC)
    norway = load(find_forms()).regime_for(moment, moment)
    closed = [f"{day:%m-%d}" for day, rule in holidays(norway, year).items() if rule.closed]
    assert closed == days.split()


def test_where_two_holidays_meet_the_day_is_one_holiday() -> None:
    assert holidays(a_regime(), 2027)[date(2027, 5, 17)].closed
    assert date(2027, 3, 28) in holidays(a_regime(), 2027), "Easter Sunday is the day clocks change"
    assert date(2026, 5, 17).weekday() == 6
    assert date(2026, 12, 26).weekday() == 5


def test_a_holiday_on_29_february_exists_in_leap_years_only() -> None:
    leap = HolidayRule(id="leap", name=Words("leap"), month=2, day=29)
    nothing = HolidayRule(id="nothing", name=Words("nothing"))
    regime = replace(a_regime(), holidays=(leap, nothing))
    assert list(holidays(regime, 2028)) == [date(2028, 2, 29)]
    assert not holidays(regime, 2027)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("2026-11-23T15:00+01:00", []),
        ("2026-11-23T16:30+01:00", ["16:30, outside working hours (08:00 to 16:00)"]),
        ("2026-11-21T12:00+01:00", ["weekend", "2026-11-20 15:00:00+00:00"]),
        ("2026-12-25T12:00+01:00", ["christmas-day", "2026-12-23 15:00:00+00:00"]),
        ("2026-12-26T09:00+01:00", ["second-christmas-day", "weekend", "2026-12-23 15:00"]),
        ("2026-12-24T12:00+01:00", ["christmas-eve", "close early"]),
        ("2026-04-06T10:00+02:00", ["easter-monday", "2026-04-01 14:00:00+00:00"]),
        ("2026-11-24T03:00+01:00", ["03:00", "2026-11-23 15:00:00+00:00"]),
    ],
)
def test_a_deadline_when_nobody_is_at_work_is_warned_of(ends: str, expected: list[str]) -> None:
    aware = datetime.fromisoformat(ends).astimezone(UTC) - timedelta(hours=72)
    said = " ".join(str(warning) for warning in read(aware).warnings)
    assert bool(said) == bool(expected)
    assert [part for part in expected if part not in said] == []


def test_while_awareness_is_open_the_warning_looks_at_the_worst_case() -> None:
    saturday = datetime(2026, 11, 21, 11, tzinfo=UTC)
    assert read(None, sign=saturday - timedelta(hours=72)).warnings


def test_a_calendar_without_a_working_day_gives_warnings_but_no_last_day() -> None:
    never = WorkingTime(weekdays=(), opens=time(8), closes=time(16))
    regime = replace(a_regime(), working_time=never)
    assert "full working day" not in " ".join(map(str, read(regime=regime).warnings))
