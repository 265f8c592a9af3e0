"""How a widget or screen says things: in the language the app speaks at this moment."""

from typing import Protocol, cast

from textual.content import Content
from textual.dom import DOMNode

from breachdesk.language import Speaker
from breachdesk.message import Message


class Speaking(Protocol):
    """An app that has a language."""

    speaker: Speaker


class Spoken:
    """Mixed into widgets and screens that say things.

    It is no node itself: Textual takes styles and keys from the first base that is one.
    """

    @property
    def speaker(self) -> Speaker:
        """Who speaks now; ask again each time, the language may be switched."""
        return cast("Speaking", cast("DOMNode", self).app).speaker

    def say(self, message: Message, *, lines: bool = False) -> str:
        """Return the sentence as text, for places that take plain text only (placeholders)."""
        return self.speaker.say(message, lines=lines)

    def words(self, message: Message, *, lines: bool = False) -> Content:
        """Return the sentence as content: what a widget is given, so that nothing is parsed."""
        return Content(self.speaker.say(message, lines=lines))
