from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from breachdesk.documents.pdf.timescale import TimeScale

START = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")


def after(*hours: float) -> list[datetime]:
    return [START + timedelta(hours=one) for one in hours]


def test_the_72_hours_are_drawn_in_proportion() -> None:
    scale = TimeScale.over(after(0, 36, 72), 100)
    assert list(scale.places) == [0, 50, 100]
    assert list(scale.cuts) == []
    assert scale.place(START + timedelta(hours=18)) == 25


def test_a_long_silence_is_cut_and_marked() -> None:
    scale = TimeScale.over(after(-24 * 200, 0, 96), 100)
    assert list(scale.places) == [0, 50, 100]
    assert list(scale.cuts) == [25]
    assert scale.place(START - timedelta(days=100)) is None
    assert scale.place(START - timedelta(days=200)) == 0


def test_midnights_stand_where_they_belong_and_are_never_too_many() -> None:
    days = list(TimeScale.over(after(0, 72), 100).days(OSLO))
    assert [day.day for _, day in days] == [21, 22, 23]
    long = TimeScale.over(after(*(24 * one for one in range(60))), 100)
    assert 0 < len(list(long.days(OSLO))) <= 11


def test_one_moment_alone_has_a_place() -> None:
    scale = TimeScale.over(after(0), 100)
    assert scale.place(START) == 0
    assert list(scale.days(OSLO)) == []


@given(st.lists(st.integers(-50_000, 50_000), min_size=1, max_size=30))
def test_places_keep_the_order_and_stay_on_the_line(hours: list[int]) -> None:
    scale = TimeScale.over(after(*hours), 480)
    assert all(a < b or a == b for a, b in pairwise(scale.places))
    assert all(-1e-6 <= place <= 480 + 1e-6 for place in scale.places)
    assert all(-1e-6 <= place <= 480 + 1e-6 for place, _ in scale.days(OSLO))
