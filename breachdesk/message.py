"""A sentence for a person, before anyone has chosen the language.

Rules, errors and validators return a `Message`; only `breachdesk.language` makes words of it.
The English sentence is the gettext id, with ``{name}`` places for the values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Protocol, Union, runtime_checkable


@runtime_checkable
class InLanguages(Protocol):
    """Words that a form gives in several languages (`terms.Words`)."""

    def in_(self, lang: str, /) -> str:
        """Return the words in one language."""


Value = Union[str, int, datetime, date, timedelta, Enum, InLanguages, "Message", None]
"""What may stand in a place of a message."""


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with places, and what stands in the places."""

    text: str
    """The gettext id: English, places written ``{name}``."""

    values: Mapping[str, Value] = field(default_factory=dict)
    """What stands in each place; times are aware datetimes, shown in local time when drawn."""

    def __str__(self) -> str:
        """Return the English sentence, for logs and tests."""
        return self.text.format(**{name: _english(value) for name, value in self.values.items()})


def _english(value: Value) -> str:
    return value.in_("en") if isinstance(value, InLanguages) else str(value)


def say(text: str, /, **values: Value) -> Message:
    """Return a message; the name is what the catalogue extractor looks for."""
    return Message(text, values)
