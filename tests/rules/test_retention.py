"""How long a closed case is kept, read from the organisation's own words."""

from datetime import UTC, datetime

import pytest

from breachdesk.rules.retention import kept_until, read_retention

CLOSED = datetime(2024, 2, 29, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("5 years", datetime(2029, 2, 28, 11, 0, tzinfo=UTC)),
        ("5 år etter avslutning", datetime(2029, 2, 28, 11, 0, tzinfo=UTC)),
        ("24 måneder", datetime(2026, 2, 28, 11, 0, tzinfo=UTC)),
        ("90 days", datetime(2024, 5, 29, 10, 0, tzinfo=UTC)),
    ],
)
def test_calendar_lengths_are_counted_on_our_own_calendar(text: str, until: datetime) -> None:
    assert kept_until(text, CLOSED, zone="Europe/Oslo") == until


@pytest.mark.parametrize("text", ["", "as long as needed", "2 or 5 years, 3 months for drills"])
def test_what_names_no_single_length_is_no_rule(text: str) -> None:
    assert read_retention(text) is None
    assert kept_until(text, CLOSED, zone="Europe/Oslo") is None
