"""Reads a TOML table key by key; what is missing or wrong is said with file and place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from breachdesk.errors import FormError
from breachdesk.forms.findings import form_error
from breachdesk.message import Message, say
from breachdesk.rules.questionnaire import Condition
from breachdesk.terms import Lang, Words

_E = TypeVar("_E", bound=StrEnum)
LANGUAGES = tuple(lang.value for lang in Lang)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a form file, and where it stands."""

    values: Mapping[str, Any]
    file: str
    place: Message | None
    """None for the head of the file."""
    languages: tuple[str, ...]
    """Languages in which its words must be given."""

    def wrong(self, problem: Message) -> FormError:
        """Return the error that says so, with file and place."""
        return form_error(self.file, problem, self.place)

    def expect(self, *keys: str) -> None:
        """Refuse a key that means nothing here: most likely a slip of the pen."""
        for key in self.values:
            if key not in keys:
                raise self.wrong(say("the key “{key}” means nothing here.", key=key))

    def _value(self, key: str, kind: type | tuple[type, ...], what: Message) -> Any:  # noqa: ANN401
        if key not in self.values:
            raise self.wrong(say("“{key}” is missing.", key=key))
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.wrong(say("“{key}” must be {what}.", key=key, what=what))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty."""
        if key not in self.values and default is not None:
            return default
        value: str = self._value(key, str, say("a text"))
        if not value.strip():
            raise self.wrong(say("“{key}” is empty.", key=key))
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number, zero or more."""
        if key not in self.values and default is not None:
            return default
        value: int = self._value(key, int, say("a whole number"))
        if value < 0:
            raise self.wrong(say("“{key}” must not be negative.", key=key))
        return value

    def signed(self, key: str) -> int:
        """Return a whole number of either sign."""
        return int(self._value(key, int, say("a whole number")))

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        return bool(self._value(key, bool, say("true or false"))) if key in self.values else default

    def day(self, key: str) -> date:
        """Return a date."""
        value = self._value(key, date, say("a date such as 2026-11-22"))
        if isinstance(value, datetime):
            raise self.wrong(say("“{key}” must be a date without a time.", key=key))
        return date(value.year, value.month, value.day)

    def hour(self, key: str) -> time:
        """Return a time of day."""
        value: time = self._value(key, time, say("a time of day such as 08:00:00"))
        return value

    def word(self, key: str, kind: type[_E], default: _E | None = None) -> _E:
        """Return a value of one of the law's enums."""
        if key not in self.values and default is not None:
            return default
        text = self.text(key)
        if text not in set(kind):
            allowed = ", ".join(sorted(kind))
            raise self.wrong(
                say("“{key}” is “{value}”; it can be: {allowed}.", key=key, value=text,
                    allowed=allowed)
            )  # fmt: skip
        return kind(text)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when the key is absent."""
        return self._list(key, str, say("a list of texts"))

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers; empty when the key is absent."""
        return self._list(key, int, say("a list of whole numbers"))

    def _list(self, key: str, kind: type, what: Message) -> tuple[Any, ...]:
        value = self.values.get(key, ())
        if not isinstance(value, list | tuple) or not all(isinstance(one, kind) for one in value):
            raise self.wrong(say("“{key}” must be {what}.", key=key, what=what))
        if len(set(value)) < len(value):
            raise self.wrong(say("“{key}” names something twice.", key=key))
        return tuple(value)

    def cites(self) -> tuple[str, ...]:
        """Return the ids of the sources; at least one."""
        cites = self.texts("cites")
        if not cites:
            raise self.wrong(say("no source is cited (“cites”)."))
        return cites

    def words(self, key: str) -> Words:
        """Return words in every language of the file."""
        return self.words_of(self._value(key, dict, say("a table of languages")), key)

    def maybe_words(self, key: str) -> Words | None:
        """Return words in every language, or None when the key is absent."""
        return self.words(key) if key in self.values else None

    def words_of(self, value: Mapping[str, Any], key: str) -> Words:
        """Return a table of languages as words; each language of the file must be there."""
        for lang in self.languages:
            text = value.get(lang)
            if not isinstance(text, str) or not text.strip():
                raise self.wrong(say("“{key}” has no words in “{lang}”.", key=key, lang=lang))
        for lang in value:
            if lang not in LANGUAGES:
                raise self.wrong(
                    say("“{key}” has words in an unknown language, “{lang}”.", key=key, lang=lang)
                )
        return Words(value.get("en", ""), value.get("nb", ""), value.get("nn", ""))

    def condition(self, key: str) -> Condition:
        """Return a flat condition: keys to lists of values."""
        value = self.values.get(key)
        if value is None:
            return {}
        wanted = {
            name: (one,) if isinstance(one, str) else tuple(one) if isinstance(one, list) else ()
            for name, one in (value.items() if isinstance(value, dict) else ())
        }
        if not wanted or not all(
            values and all(isinstance(one, str) for one in values) for values in wanted.values()
        ):
            raise self.wrong(
                say("“{key}” must name questions with lists of values, as texts.", key=key)
            )
        return wanted

    def tables(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """Return a list of tables; empty when the key is absent."""
        value = self.values.get(key, ())
        if not isinstance(value, list | tuple) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(say("“{key}” must be a list of tables.", key=key))
        return tuple(value)

    def at(self, values: Mapping[str, Any], place: Message) -> "Table":
        """Return a table further in, in the same file."""
        return Table(values, self.file, place, self.languages)
