"""Text from the desk as it may be shown: never read as markup, nothing in it unseen.

Textual reads ``[...]`` in any plain string it is given, so a plain string never reaches a widget:
labels, titles, options, tooltips and cells are all made here. Two places take strings only:
`Input.placeholder` and `notify`; the first reads no markup, the second is called by the hall alone.
"""

from rich.text import Text
from textual.content import Content

from breachdesk.language import clean


def shown(text: str, *, lines: bool = False) -> Content:
    """Return text as content: markup stays text, control and bidirectional marks are visible.

    Args:
        text: Anything a person or a file gave.
        lines: Keep line breaks; else each becomes a pilcrow.
    """
    return Content(clean(text, lines=lines))


def cell(text: str, style: str = "") -> Text:
    """Return text for one cell of a table: one line, cut with an ellipsis where it ends."""
    return Text(clean(text), style=style, no_wrap=True, overflow="ellipsis", end="")
