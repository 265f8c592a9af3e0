"""What a value must look like, and what is read from text."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from breachdesk.message import Message
from breachdesk.rules.questionnaire import (
    AnswerValue,
    Option,
    Question,
    check_value,
    read_value,
)
from breachdesk.terms import QuestionKind, Words

WORDS = Words("text", "tekst")
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CHOICES = ("basic", "contact", "health", "none", "not-yet-known")


def question(kind: QuestionKind, minimum: int = 0) -> Question:
    has_options = kind in (QuestionKind.ONE, QuestionKind.MANY)
    options = tuple(Option(id=one, text=WORDS) for one in CHOICES) if has_options else ()
    return Question(id="q", text=WORDS, kind=kind, why=WORDS, options=options, minimum=minimum)


ONE, MANY = question(QuestionKind.ONE), question(QuestionKind.MANY)
TEXT, NUMBER = question(QuestionKind.TEXT), question(QuestionKind.INTEGER)
MOMENT, YES_NO = question(QuestionKind.MOMENT), question(QuestionKind.BOOLEAN)
ALL = (ONE, MANY, TEXT, NUMBER, MOMENT, YES_NO)


def refused(one: Question, raw: object) -> str:
    answer = read_value(one, raw)
    assert isinstance(answer, Message), answer
    return str(answer)


def test_not_known_yet_is_never_wrong() -> None:
    assert [check_value(one, None) for one in ALL] == [None] * len(ALL)


@pytest.mark.parametrize(
    ("one", "raw", "value"),
    [
        (ONE, " Health ", "health"),
        (ONE, ["health"], "health"),
        (MANY, "health, basic", ("basic", "health")),
        (MANY, ["health", "health"], ("health",)),
        (MANY, "contact", ("contact",)),
        (TEXT, "a, b\r\nc", "a, b\nc"),
        (TEXT, 42, "42"),
        (NUMBER, "1 200", 1200),
        (NUMBER, "1\u00a0200", 1200),
        (NUMBER, 0, 0),
        (YES_NO, "Ja", True),
        (YES_NO, "nei", False),
        (YES_NO, "yes", True),
        (YES_NO, "FALSE", False),
        (YES_NO, True, True),
        (MOMENT, "2026-11-22T09:30:15+01:00", "2026-11-22T08:30:15+00:00"),
        (MOMENT, "2026-11-22T08:30:15.9Z", "2026-11-22T08:30:15+00:00"),
        (
            MOMENT,
            datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1))),
            "2026-11-22T08:30:00+00:00",
        ),
    ],
)
def test_a_value_is_read(one: Question, raw: object, value: AnswerValue) -> None:
    assert read_value(one, raw) == value


@pytest.mark.parametrize(
    ("one", "raw", "says"),
    [
        (ONE, "wealth", "“wealth” is not an option"),
        (ONE, 3, "Choose one of: basic (text); contact"),
        (ONE, ["basic", "contact"], "Choose one of"),
        (MANY, "basic, wealth", "“wealth” is not an option"),
        (MANY, "", "at least one"),
        (MANY, 3, "Choose one or more of"),
        (MANY, "basic,not-yet-known", "“not-yet-known” cannot be combined"),
        (MANY, ["none", "basic"], "“none” cannot be combined"),
        (TEXT, "  \n", "empty"),
        (TEXT, "a\0b", "no character"),
        (TEXT, "a\ud800b", "no character"),
        (TEXT, "x" * 20_001, "20001 characters; at most 20000"),
        (TEXT, ["a"], "Write a text"),
        (TEXT, True, "Write a text"),
        (NUMBER, "about 40", "whole number"),
        (NUMBER, "1.5", "whole number"),
        (NUMBER, "1,200", "whole number"),
        (NUMBER, "-1", "at least 0"),
        (NUMBER, True, "whole number"),
        (NUMBER, 1.0, "whole number"),
        (NUMBER, "9" * 20, "too large"),
        (NUMBER, "9" * 9000, "whole number"),
        (NUMBER, "٣", "whole number"),
        (YES_NO, "perhaps", "yes or no"),
        (YES_NO, 1, "yes or no"),
        (MOMENT, "2026-11-22", "with its offset"),
        (MOMENT, "2026-11-22T08:30", "with its offset"),
        (MOMENT, "yesterday", "with its offset"),
        (MOMENT, "9999-12-31T23:59:59-14:00", "with its offset"),
        (MOMENT, date(2026, 11, 22), "with its offset"),
    ],
)
def test_a_wrong_value_is_refused_in_words(one: Question, raw: object, says: str) -> None:
    assert says in refused(one, raw)


def test_line_breaks_tabs_and_control_characters_stay_as_they_are() -> None:
    text = "a\tb\n\x1b[31mred\u202eright to left"
    assert read_value(TEXT, text) == text


def test_the_minimum_of_a_question_counts() -> None:
    assert (
        str(check_value(question(QuestionKind.INTEGER, minimum=2), 1))
        == "The number is at least 2."
    )


def values(kind: QuestionKind) -> st.SearchStrategy[AnswerValue]:
    seconds = st.integers(min_value=0, max_value=4_000_000_000)
    moments = seconds.map(lambda one: datetime.fromtimestamp(one, UTC).isoformat())
    several = st.lists(st.sampled_from(CHOICES[:3]), min_size=1, unique=True)
    by_kind: dict[QuestionKind, st.SearchStrategy[AnswerValue]] = {
        QuestionKind.ONE: st.sampled_from(CHOICES),
        QuestionKind.MANY: several.map(lambda ids: tuple(sorted(ids, key=CHOICES.index))),
        QuestionKind.TEXT: st.text(min_size=1).filter(lambda text: bool(text.strip())),
        QuestionKind.INTEGER: st.integers(min_value=0, max_value=10**12),
        QuestionKind.MOMENT: moments,
        QuestionKind.BOOLEAN: st.booleans(),
    }
    return by_kind[kind]


def as_text(value: AnswerValue) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@UNHURRIED
@given(st.data(), st.sampled_from([one for one in ALL if one.kind is not QuestionKind.TEXT]))
def test_a_value_written_as_text_is_read_back_the_same(data: st.DataObject, one: Question) -> None:
    value = data.draw(values(one.kind))
    assert check_value(one, value) is None
    assert read_value(one, as_text(value)) == value


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@UNHURRIED
@given(st.sampled_from(ALL), ANYTHING)
def test_whatever_is_handed_in_is_read_or_refused(one: Question, raw: object) -> None:
    value = read_value(one, raw)
    if not isinstance(value, Message):
        assert value is not None
        assert check_value(one, value) is None
        assert read_value(one, value) == value
