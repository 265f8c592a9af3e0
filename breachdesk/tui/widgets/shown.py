"""Text from the desk as it may be shown: never read as markup, nothing in it unseen.

Textual reads ``[...]`` in any plain string it is given, so a plain string never reaches a widget:
labels, titles, options, tooltips and cells are all made here. Two places take strings only:
`Input.placeholder` and `notify`; the first reads no markup, the second is called by the hall alone.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from rich.text import Text
from textual.content import Content

from breachdesk.language import clean, veiled


@dataclass(slots=True)
class Veil:
    """Hangs before names, titles and free text while somebody else looks at the screen."""

    is_down: bool = False


VEIL: ContextVar[Veil] = ContextVar("VEIL")
"""The veil of the app that is running; each app hangs its own."""


def shown(text: str, *, lines: bool = False, is_open: bool = False) -> Content:
    """Return text as content: markup stays text, control and bidirectional marks are visible.

    Args:
        text: Anything a person or a file gave.
        lines: Keep line breaks; else each becomes a pilcrow.
        is_open: Nobody typed it for a case, so the veil does not cover it.
    """
    return Content(_behind_the_veil(clean(text, lines=lines), is_open=is_open))


def cell(text: str, style: str = "", *, is_open: bool = False) -> Text:
    """Return text for one cell of a table: one line, cut with an ellipsis where it ends."""
    words = _behind_the_veil(clean(text), is_open=is_open)
    return Text(words, style=style, no_wrap=True, overflow="ellipsis", end="")


def _behind_the_veil(text: str, *, is_open: bool) -> str:
    veil = VEIL.get(None)
    return veiled(text) if veil is not None and veil.is_down and not is_open else text
