from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachdesk.documents.privacy import addresses, identity_numbers, is_identity_number, phones

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def numbered(day: int, month: int, year: int, start: int = 100) -> str:
    """The first number with valid control digits for a date."""
    for serial in range(start, 1000):
        digits = [int(one) for one in f"{day:02d}{month:02d}{year % 100:02d}{serial:03d}"]
        first = -sum(a * b for a, b in zip(_FIRST, digits, strict=True)) % 11
        second = -sum(a * b for a, b in zip(_SECOND, [*digits, first], strict=True)) % 11
        if first < 10 and second < 10:
            return "".join(str(one) for one in [*digits, first, second])
    raise AssertionError


@pytest.mark.parametrize(
    ("day", "month"), [(17, 5), (57, 5), (17, 45), (17, 85), (57, 85)],
    ids=["plain", "D-number", "H-number", "synthetic", "synthetic D-number"],
)  # fmt: skip
def test_identity_numbers_of_every_sort_are_found_and_mostly_hidden(day: int, month: int) -> None:
    number = numbered(day, month, 1990)
    found = list(identity_numbers(f"Listen gjelder {number[:6]} {number[6:]}, ansatt."))
    assert found == [f"{number[:6]} *****"]


@given(st.integers(0, 36_000), st.integers(100, 900))
def test_every_number_of_a_real_day_is_one(days: int, start: int) -> None:
    day = date(1930, 1, 1) + timedelta(days=days)
    assert is_identity_number(numbered(day.day, day.month, day.year, start))


def test_valid_control_digits_without_a_date_that_can_be_are_not_one() -> None:
    assert not is_identity_number(numbered(32, 1, 1990))
    assert not is_identity_number(numbered(17, 20, 1990))
    assert not is_identity_number("12345678901")
    assert not list(identity_numbers("kontonummer 12345678903, ordre 123456789012"))


def test_addresses_and_phones_of_others_are_found_our_own_are_not() -> None:
    text = "Skriv til kari@prove.example eller post@oss.example, ring 912 34 567 eller +47 00000003"
    assert list(addresses(text, ["POST@oss.example"])) == ["kari@prove.example"]
    assert list(phones(text, ["+47 00 00 00 03"])) == ["912 34 567"]


@pytest.mark.parametrize("text", ["org.nr. 000000035", "20.11.2026 16.30", "BD-2026-00712345"])
def test_what_is_no_phone_number_is_left_alone(text: str) -> None:
    assert not list(phones(text))
