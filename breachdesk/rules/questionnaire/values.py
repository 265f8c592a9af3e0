"""What a value must look like, and how one is read from a command line, a field or a file."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from breachdesk.message import Message, say
from breachdesk.rules.questionnaire.asking import STANDS_ALONE
from breachdesk.rules.questionnaire.form import AnswerValue, Question
from breachdesk.terms import QuestionKind

TEXT_LENGTH = 20_000
"""Most characters a text answer may have."""

LARGEST_NUMBER = 1_000_000_000_000
"""Largest whole number an answer may be: far above any count of people or records."""


def check_value(question: Question, value: AnswerValue) -> Message | None:
    """Return what is wrong with a value, or None. "Not known yet" (None) is never wrong."""
    return None if value is None else _CHECKS[question.kind](question, value)


def _check_one(question: Question, value: AnswerValue) -> Message | None:
    if not isinstance(value, str):
        return say("Choose one of: {options}.", options=_options(question))
    return _unknown_option(question, (value,))


def _check_many(question: Question, value: AnswerValue) -> Message | None:
    if not isinstance(value, tuple | list):
        return say("Choose one or more of: {options}.", options=_options(question))
    if not value:
        return say("Choose at least one option, or say that it is not known yet.")
    if len(set(value)) < len(value):
        return say("An option is chosen twice.")
    alone = sorted(STANDS_ALONE.intersection(value))
    if alone and len(value) > 1:
        return say("“{option}” cannot be combined with other options.", option=alone[0])
    return _unknown_option(question, tuple(value))


def _unknown_option(question: Question, chosen: Iterable[str]) -> Message | None:
    for one in chosen:
        if question.option(one) is None:
            return say(
                "“{value}” is not an option here; choose from: {options}.",
                value=one,
                options=_options(question),
            )
    return None


def _check_text(question: Question, value: AnswerValue) -> Message | None:
    del question
    if not isinstance(value, str):
        return say("Write a text.")
    if not value.strip():
        return say("The text is empty; clear the answer instead, or say that it is not known yet.")
    if len(value) > TEXT_LENGTH:
        return say(
            "The text has {length} characters; at most {limit} fit.",
            length=len(value),
            limit=TEXT_LENGTH,
        )
    if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        return say("The text holds a sign that is no character, and cannot be kept.")
    return None


def _check_integer(question: Question, value: AnswerValue) -> Message | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return say("Write a whole number, such as 120.")
    if value < question.minimum:
        return say("The number is at least {minimum}.", minimum=question.minimum)
    if value > LARGEST_NUMBER:
        return say("The number is too large to be meant.")
    return None


def _check_moment(question: Question, value: AnswerValue) -> Message | None:
    del question
    if isinstance(value, str) and _in_utc(value) == value:
        return None
    return say("Write a time with its offset, such as 2026-11-22T08:30:00+00:00.")


def _check_boolean(question: Question, value: AnswerValue) -> Message | None:
    del question
    return None if isinstance(value, bool) else say("Answer yes or no.")


_CHECKS: Mapping[QuestionKind, Callable[[Question, AnswerValue], Message | None]] = {
    QuestionKind.ONE: _check_one,
    QuestionKind.MANY: _check_many,
    QuestionKind.TEXT: _check_text,
    QuestionKind.INTEGER: _check_integer,
    QuestionKind.MOMENT: _check_moment,
    QuestionKind.BOOLEAN: _check_boolean,
}


def _options(question: Question) -> Message:
    """Return the ids, each with its label in the reader's language."""
    shown = {
        f"option{place}": Message("{id} ({label})", {"id": one.id, "label": one.text})
        for place, one in enumerate(question.options)
    }
    return Message("; ".join(f"{{{name}}}" for name in shown), shown)


def read_value(question: Question, raw: object) -> AnswerValue | Message:
    """Return the value that `raw` stands for, or what is wrong with it.

    Args:
        question: What was asked.
        raw: Text from a command line or field, or a value from TOML or JSON. Commas part only
            multiple choice; a time is an aware datetime or ISO 8601 text with an offset.
    """
    value = _READERS[question.kind](question, raw)
    wrong = check_value(question, value)
    return value if wrong is None else wrong


def _read_one(question: Question, raw: object) -> AnswerValue:
    if isinstance(raw, list | tuple) and len(raw) == 1:
        raw = raw[0]
    return _option_id(question, raw) if isinstance(raw, str) else False


def _read_many(question: Question, raw: object) -> AnswerValue:
    parts = _parted(question, raw) if isinstance(raw, str) else raw
    if not isinstance(parts, list | tuple) or not all(isinstance(one, str) for one in parts):
        return False
    chosen = dict.fromkeys(_option_id(question, one) for one in parts if one.strip())
    order = {option.id: place for place, option in enumerate(question.options)}
    return tuple(sorted(chosen, key=lambda one: order.get(one, len(order))))


def _parted(question: Question, text: str) -> list[str]:
    """Return the options named in a line; a label may hold commas of its own."""
    words, found = text.split(","), []
    while words:
        ends = range(len(words), 1, -1)
        joined = (",".join(words[:end]) for end in ends)
        known = (one for one in joined if question.option(_option_id(question, one)))
        found.append(taken := next(known, words[0]))
        words = words[taken.count(",") + 1 :]
    return found


def _option_id(question: Question, text: str) -> str:
    """Return the id of the option that was named by id, or by its label in any language.

    Of a label such as "Confidentiality: someone saw …" the word before the colon suffices.
    """
    word = text.strip().lower()
    if question.option(word):
        return word
    named = {
        one.id
        for one in question.options
        for label in (one.text.en, one.text.nb, one.text.nn)
        if word and word in (label.lower(), label.lower().partition(":")[0])
    }
    return named.pop() if len(named) == 1 else word


def _read_text(question: Question, raw: object) -> AnswerValue:
    del question
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return False
    return str(raw) if isinstance(raw, int) else raw.replace("\r\n", "\n").replace("\r", "\n")


_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
_MOST_DIGITS = 30


def _read_integer(question: Question, raw: object) -> AnswerValue:
    del question
    if isinstance(raw, str):
        digits = raw.translate(_SPACES)
        sign, figures = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
        if figures.isascii() and figures.isdigit() and len(figures) <= _MOST_DIGITS:
            return sign * int(figures)
        return ""
    return raw if isinstance(raw, int) else ""


def _read_moment(question: Question, raw: object) -> AnswerValue:
    del question
    if isinstance(raw, datetime):
        raw = raw.isoformat()
    return (_in_utc(raw) if isinstance(raw, str) else None) or ""


def _in_utc(text: str) -> str | None:
    """Return the ISO 8601 text as UTC in whole seconds, or None when it is no such time."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            return None
        return moment.astimezone(UTC).replace(microsecond=0).isoformat()
    except (ValueError, OverflowError):
        return None


_TRUE = frozenset({"yes", "ja", "true", "y", "j"})
_FALSE = frozenset({"no", "nei", "false", "n"})


def _read_boolean(question: Question, raw: object) -> AnswerValue:
    del question
    if isinstance(raw, str):
        word = raw.strip().lower()
        return word in _TRUE if word in _TRUE | _FALSE else ""
    return raw if isinstance(raw, bool) else ""


_READERS: Mapping[QuestionKind, Callable[[Question, object], AnswerValue]] = {
    QuestionKind.ONE: _read_one,
    QuestionKind.MANY: _read_many,
    QuestionKind.TEXT: _read_text,
    QuestionKind.INTEGER: _read_integer,
    QuestionKind.MOMENT: _read_moment,
    QuestionKind.BOOLEAN: _read_boolean,
}
