"""A sentence for a person, before anyone has chosen the language.

Rules, errors and validators return a `Message`; only `breachdesk.language` makes words of it.
The English sentence is the gettext id, with ``{name}`` places for the values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Union

Value = Union[str, int, datetime, date, timedelta, Enum, "Message", None]
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
        return self.text.format(**{name: str(value) for name, value in self.values.items()})


def say(text: str, /, **values: Value) -> Message:
    """Return a message; the name is what the catalogue extractor looks for."""
    return Message(text, values)
