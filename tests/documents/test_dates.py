from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from breachdesk.documents.dates import Dates, offset
from breachdesk.terms import Lang

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (Lang.NB, "mandag 23. november 2026 kl. 16.30"),
        (Lang.NN, "måndag 23. november 2026 kl. 16.30"),
        (Lang.EN, "Monday 23 November 2026 at 16:30"),
    ],
)
def test_a_moment_is_written_as_the_language_writes_it(lang: Lang, said: str) -> None:
    dates = Dates(lang, OSLO)
    assert dates.moment(MONDAY) == said
    assert dates.exact(MONDAY) == f"{said} (UTC+1)"
    assert said.startswith(dates.day(MONDAY))


def test_the_hour_that_comes_twice_says_its_offset() -> None:
    dates = Dates(Lang.NB, OSLO)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert dates.moment(first) == "søndag 25. oktober 2026 kl. 02.30 (UTC+2)"
    assert dates.short(second) == "25.10.2026 02.30 (UTC+1)"


def test_numbers_are_grouped_and_quarters_are_decimals() -> None:
    assert Dates(Lang.NB, OSLO).number(1_234_567) == "1\u00a0234\u00a0567"
    assert Dates(Lang.EN, OSLO).number(1_234_567) == "1,234,567"
    assert Dates(Lang.NB, OSLO).decimal(13) == "3,25"
    assert Dates(Lang.NB, OSLO).decimal(18) == "4,5"
    assert Dates(Lang.EN, OSLO).decimal(12) == "3"


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Asia/Kolkata", "UTC+5:30"), ("America/New_York", "UTC−5"), ("UTC", "UTC+0")],
)
def test_an_offset_says_hours_and_odd_minutes(zone: str, said: str) -> None:
    assert offset(MONDAY.astimezone(ZoneInfo(zone))) == said
