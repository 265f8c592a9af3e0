"""Times as people type them: strict own forms, both languages, no guessing over a clock change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from breachdesk.errors import RefusedError
from breachdesk.when import echo, read_day, read_due, read_past

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 22, 13, 16, 5, tzinfo=UTC)
"""Sunday 14:16:05 in Oslo."""


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def past(text: str, now: datetime = NOW) -> datetime:
    return read_past(text, now=now, zone=OSLO)


def due(text: str, now: datetime = NOW) -> datetime:
    return read_due(text, now=now, zone=OSLO)


def refusal(text: str, now: datetime = NOW) -> str:
    with pytest.raises(RefusedError) as caught:
        past(text, now)
    assert caught.value.next_step is not None
    return f"{caught.value.what} {caught.value.next_step}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-21T14:30:00+01:00", "2026-11-21T14:30"),
        ("2026-11-21T13:30:00Z", "2026-11-21T14:30"),
        ("2026-11-21t13:30z", "2026-11-21T14:30"),
        ("2026-11-21 15:30 +0200", "2026-11-21T14:30"),
        ("2026-11-21 08:30-05", "2026-11-21T14:30"),
        ("2026-11-21 14:30", "2026-11-21T14:30"),
        ("2026-11-21T14:30:15.999", "2026-11-21T14:30:15"),
        ("2026-11-03 14:30", "2026-11-03T14:30"),
        ("21.11.2026 14:30", "2026-11-21T14:30"),
        ("1.2.2026, kl. 9.05", "2026-02-01T09:05"),
        ("  21.11.2026   KL 14:30 ", "2026-11-21T14:30"),
        ("14:00", "2026-11-22T14:00"),
        ("kl. 14.00", "2026-11-22T14:00"),
        ("kl14:00:07", "2026-11-22T14:00:07"),
        ("13:00+00:00", "2026-11-22T14:00"),
        ("now", "2026-11-22T14:16:05"),
        ("NÅ", "2026-11-22T14:16:05"),
        ("na\u030a", "2026-11-22T14:16:05"),
        ("40 min ago", "2026-11-22T13:36:05"),
        ("40m ago", "2026-11-22T13:36:05"),
        ("for 40 min siden", "2026-11-22T13:36:05"),
        ("for 40 minutter siden", "2026-11-22T13:36:05"),
        ("2 h ago", "2026-11-22T12:16:05"),
        ("For  2 T  siden", "2026-11-22T12:16:05"),
        ("for 2 timer siden", "2026-11-22T12:16:05"),
        ("for en time siden", "2026-11-22T13:16:05"),
        ("an hour ago", "2026-11-22T13:16:05"),
        ("1 h 30 min ago", "2026-11-22T12:46:05"),
        ("for 1 time og 30 min siden", "2026-11-22T12:46:05"),
        ("today 13:36", "2026-11-22T13:36"),
        ("i dag 13:36", "2026-11-22T13:36"),
        ("I dag kl. 13.36", "2026-11-22T13:36"),
        ("yesterday 14:30", "2026-11-21T14:30"),
        ("yesterday at 14:30", "2026-11-21T14:30"),
        ("i går 14:30", "2026-11-21T14:30"),
        ("i gar kl 14:30", "2026-11-21T14:30"),
        ("i går kl 22", "2026-11-21T22:00"),
        ("I går kl. 22", "2026-11-21T22:00"),
        ("yesterday at 9", "2026-11-21T09:00"),
        ("21.11.2026 kl. 22", "2026-11-21T22:00"),
        ("2026-11-21 at 22", "2026-11-21T22:00"),
        ("kl. 9", "2026-11-22T09:00"),
        ("kl 9", "2026-11-22T09:00"),
    ],
)
def test_a_past_time_is_read(text: str, read: str) -> None:
    assert past(text) == local(read)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("15:00", "2026-11-22T15:00"),
        ("2026-11-23 12:00", "2026-11-23T12:00"),
        ("2026-11-23T11:00:00+00:00", "2026-11-23T12:00"),
        ("23.11.2026 12:00", "2026-11-23T12:00"),
        ("in 2 h", "2026-11-22T16:16:05"),
        ("om 2 t", "2026-11-22T16:16:05"),
        ("om 90 min", "2026-11-22T15:46:05"),
        ("tomorrow 12:00", "2026-11-23T12:00"),
        ("i morgen kl. 12.00", "2026-11-23T12:00"),
        ("i morgon kl. 12.00", "2026-11-23T12:00"),
        ("today 15:00", "2026-11-22T15:00"),
    ],
)
def test_a_due_time_is_read(text: str, read: str) -> None:
    assert due(text) == local(read)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "11",
        "yesterday 22",
        "21.11.2026 22",
        "kl. 2230",
        "soon",
        "14:30 CET",
        "14.30",
        "11/03/2026 14:30",
        "21.11.26 14:30",
        "٢١.١١.٢٠٢٦ ١٤:٣٠",
        "2026-11-21T14:30+1",
        "ago",
        "for siden",
        "40 ago",
        "1,5 h ago",
        "2 days ago",
        "14:30 yesterday",
        "999999999 h ago",
        "14:30\x00",
        "x" * 500,
        "2026-W47-6",
    ],
)
def test_what_is_no_form_is_refused_and_the_forms_are_named(text: str) -> None:
    said = refusal(text)
    assert "is not a time the desk can read" in said
    assert "40 min ago" in said
    assert len(said) < 250


@pytest.mark.parametrize("text", ["2026-11-21", "21.11.2026", "yesterday", "i dag"])
def test_where_the_hour_matters_a_day_alone_asks_for_the_time(text: str) -> None:
    said = refusal(text)
    assert "here the hour matters" in said
    time = "14:16" if text == "i dag" else "14:30"
    assert f"Add the time, like “{text} {time}”" in said


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20.11.2026", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("i går", "2026-11-21"),
        ("Tomorrow", "2026-11-23"),
        ("29.3.2026", "2026-03-29"),
    ],
)
def test_where_a_day_is_enough_it_is_the_local_day(text: str, day: str) -> None:
    assert read_day(text, now=NOW, zone=OSLO) == local(f"{day}T00:00")


@pytest.mark.parametrize("text", ["20.11.2026 14:30", "kl. 22", "now", "soon", "", "1" * 500])
def test_what_is_more_or_less_than_a_day_is_left_to_be_read_as_a_time(text: str) -> None:
    assert read_day(text, now=NOW, zone=OSLO) is None


@pytest.mark.parametrize("text", ["31.02.2026", "0001-01-01", "2026-13-01"])
def test_a_day_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_day(text, now=NOW, zone=OSLO)
    assert "20.11.2026" in str(caught.value.next_step)


@pytest.mark.parametrize(
    "text",
    ["31.02.2026 14:30", "2026-13-01 14:30", "24:00", "kl. 25", "12:60", "2026-11-21 14:30+99:00"],
)
def test_what_cannot_exist_is_refused(text: str) -> None:
    assert "no such day or time" in refusal(text)


@pytest.mark.parametrize("text", ["0001-01-01 00:00", "9999-12-31 23:59-12:00", "1026-11-21 14:30"])
def test_a_year_nobody_means_is_refused(text: str) -> None:
    assert "cannot be meant" in refusal(text)


def test_up_to_two_minutes_ahead_counts_as_now() -> None:
    assert past("14:18:05") == NOW
    assert past("14:17") == NOW
    assert "lies ahead" in refusal("14:18:06")
    assert "lies ahead" in refusal("14:30")
    assert "yesterday 14:30" in refusal("14:30")
    assert "lies ahead" in refusal("in 2 h")


@pytest.mark.parametrize("text", ["14:00", "now", "14:16:05", "2 h ago", "yesterday 12:00"])
def test_a_due_time_that_has_passed_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="has passed already") as caught:
        due(text)
    assert "tomorrow 12:00" in str(caught.value.next_step)


def test_the_hour_that_comes_twice_asks_which_one() -> None:
    later = datetime(2026, 10, 25, 12, tzinfo=UTC)
    said = refusal("02:30", later)
    first, second = "2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00"
    assert f"“{first}” for the first time or “{second}” for the second" in said
    assert past(first, later) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert past(second, later) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    with pytest.raises(RefusedError, match="twice"):
        due("2026-10-25 02:30", datetime(2026, 10, 24, tzinfo=UTC))


def test_the_hour_that_never_comes_is_refused() -> None:
    said = refusal("29.03.2026 02:30")
    assert "02:30 did not exist that night" in said
    assert "2026-03-29 03:30+02:00" in said


def test_so_long_ago_is_real_time_also_over_a_change_of_the_clocks() -> None:
    after = datetime(2026, 3, 29, 1, 10, tzinfo=UTC)
    assert past("40 min ago", after) == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert past("2 h ago", after).astimezone(OSLO).hour == 0
    back = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert past("for 2 t siden", back).astimezone(OSLO).isoformat() == "2026-10-25T01:10:00+02:00"


def test_today_is_the_local_day() -> None:
    past_midnight = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert past("00:10", past_midnight) == datetime(2026, 11, 22, 23, 10, tzinfo=UTC)
    assert past("yesterday 14:30", past_midnight) == local("2026-11-22T14:30")


MOMENTS = st.datetimes(min_value=datetime(1901, 1, 1), max_value=datetime(2026, 11, 21)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
OFFSETS = st.integers(min_value=-14 * 60, max_value=14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


@settings(deadline=None)
@given(moment=MOMENTS, offset=OFFSETS, separator=st.sampled_from(["T", " ", "t"]))
def test_iso_with_an_offset_comes_back_as_it_was(
    moment: datetime, offset: timezone, separator: str
) -> None:
    aware = moment.replace(tzinfo=offset)
    assert past(aware.isoformat(sep=separator)) == aware


@settings(deadline=None)
@given(moment=MOMENTS)
def test_iso_in_utc_is_the_same_in_any_zone(moment: datetime) -> None:
    text = moment.replace(tzinfo=UTC).isoformat()
    assert past(text) == read_past(text, now=NOW, zone=ZoneInfo("America/St_Johns"))


PIECES = st.lists(
    st.sampled_from(
        [
            "2026-11-21",
            "31.2.2026",
            "14:30",
            "02:30",
            "kl.",
            "i dag",
            "yesterday",
            "ago",
            "for",
            "siden",
            "40",
            "min",
            "2",
            "t",
            "h",
            "in",
            "om",
            "+01:00",
            "-",
            "z",
            "now",
            "99999",
        ]
    )
).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(text=st.one_of(st.text(), PIECES))
@example(text="\ud800")
@example(text="99999 h ago")
def test_no_text_whatever_breaks_it(text: str) -> None:
    for read in (read_past, read_due):
        try:
            moment = read(text, now=NOW, zone=OSLO)
        except RefusedError:
            continue
        assert moment.tzinfo is UTC
        assert moment.microsecond == 0
        assert (moment <= NOW) == (read is read_past)


@pytest.mark.parametrize(
    ("moment", "lang", "said"),
    [
        ("2026-11-22T13:36", "en", "today 13:36 (Oslo, UTC+1)"),
        ("2026-11-22T13:36", "nb", "i dag kl. 13:36 (Oslo, UTC+1)"),
        ("2026-11-21T23:59:30", "en", "yesterday 23:59:30 (Oslo, UTC+1)"),
        ("2026-11-23T12:00", "nn", "i morgon kl. 12:00 (Oslo, UTC+1)"),
        ("2026-07-01T12:00", "en", "Wed 1 Jul 2026 12:00 (Oslo, UTC+2)"),
        ("2026-07-01T12:00", "nb", "ons. 1. juli 2026 kl. 12:00 (Oslo, UTC+2)"),
    ],
)
def test_the_reading_is_said_back(moment: str, lang: str, said: str) -> None:
    assert echo(local(moment), OSLO, lang, now=NOW) == said


def test_without_now_the_day_is_said_in_full() -> None:
    assert echo(NOW, OSLO, "en") == "Sun 22 Nov 2026 14:16:05 (Oslo, UTC+1)"
    assert echo(NOW, ZoneInfo("UTC"), "fr") == "Sun 22 Nov 2026 13:16:05 (UTC, UTC)"
    assert echo(NOW, ZoneInfo("America/St_Johns"), "en").endswith("(St Johns, UTC-3:30)")


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (read_past, "yesterday"),
        (read_past, "today"),
        (read_past, "tomorrow"),
        (read_past, "25.12.2026"),
        (read_due, "tomorrow"),
        (read_due, "today"),
        (read_due, "yesterday"),
    ],
)
def test_the_time_that_is_suggested_would_be_taken(
    read: Callable[..., datetime], typed: str
) -> None:
    for hour in (0, 13, 23):
        now = datetime(2026, 11, 22, hour, 20, tzinfo=OSLO)
        with pytest.raises(RefusedError) as refused:
            read(typed, now=now, zone=OSLO)
        step = refused.value.next_step
        assert step is not None
        example = step.values.get("example")
        if example is not None:
            assert read(str(example), now=now, zone=OSLO)
        else:
            assert "Write it like" in step.text, "no time of that day would be taken"
