"""How long a case is kept: words, days, and the month that is too short."""

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from breachdesk.rules.retention import KeepingState, closed_by, read_period, read_retention

OSLO = "Europe/Oslo"
CLOSED = datetime(2024, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("5 år", relativedelta(years=5)),
        ("5 years", relativedelta(years=5)),
        (" 18 måneder ", relativedelta(months=18)),
        ("1 month", relativedelta(months=1)),
        ("90 dager", relativedelta(days=90)),
        ("2 uker", relativedelta(weeks=2)),
        ("P1Y6M", relativedelta(years=1, months=6)),
    ],
)
def test_a_span_in_words_is_read(text: str, period: relativedelta) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize(
    "text",
    ["", "P", "fem år", "as long as needed", "0 years", "-1 år", "5", "9999 years", "5 år, så"],
)
def test_what_is_no_span_is_none(text: str) -> None:
    assert read_period(text) is None


def kept(rule: str, now: datetime, **more: object) -> tuple[KeepingState, date | None]:
    given_ = {"closed_at": CLOSED, **more}
    found = read_retention(rule, now=now, zone=OSLO, **given_)  # type: ignore[arg-type]
    return found.state, found.until


def test_it_counts_from_closing_to_the_day_of_the_same_name_or_the_last_of_the_month() -> None:
    last = datetime(2025, 2, 27, 22, 59, tzinfo=UTC)
    assert kept("1 year", last) == (KeepingState.KEPT, date(2025, 2, 28))
    assert kept("1 year", last + timedelta(minutes=1)) == (KeepingState.OVER, date(2025, 2, 28))


def test_each_state_has_its_reason() -> None:
    now = CLOSED + timedelta(days=800)
    assert kept("", now) == (KeepingState.NO_RULE, None)
    assert kept("as long as needed", now) == (KeepingState.UNREADABLE, None)
    assert kept("1 year", now, closed_at=None) == (KeepingState.OPEN, None)
    assert kept("1 year", now, is_held=True) == (KeepingState.HELD, date(2025, 2, 28))
    assert kept("1 year", now, is_erased=True) == (KeepingState.ERASED, None)


@given(
    now=st.integers(0, 40 * 366 * 24).map(lambda hours: CLOSED + timedelta(hours=hours)),
    back=st.integers(0, 900),
    rule=st.sampled_from(["1 month", "18 months", "1 year", "2 years", "90 days", "P1Y1M1D"]),
)
def test_the_list_and_the_case_agree_on_every_day(now: datetime, back: int, rule: str) -> None:
    closed = now - timedelta(days=back)
    found = read_retention(rule, closed_at=closed, now=now, zone=OSLO)
    before = closed_by(rule, now=now, zone=OSLO)
    assert before is not None
    assert (closed < before) == (found.state is KeepingState.OVER)


def test_without_a_rule_nothing_is_ever_over() -> None:
    assert closed_by("as long as needed", now=CLOSED, zone=OSLO) is None
