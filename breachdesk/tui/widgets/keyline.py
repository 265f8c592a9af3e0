"""The foot of the screen: the few keys that matter here, and always, last and whole, help and all.

Translated when drawn; a letter is replaced by its twin while a text field has focus. Clicks work.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.widget import Widget

from breachdesk.tui.widgets.active import ActiveKey, active_keys
from breachdesk.tui.widgets.spoken import Spoken

MOST_KEYS = 6
"""Beside help and palette."""
GAP = "   "
_TAIL = ("help", "command_palette")
"""Actions that always stand at the end."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One key and what it does, as drawn."""

    key: str
    words: str
    does: ActiveKey

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return Content(f"{self.key} {self.words}").cell_length


class KeyLine(Spoken, Widget):
    """One line of keys for what has the focus now."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
    }
    """

    def __init__(self) -> None:
        """Draw what is active when first drawn."""
        super().__init__()
        self._spots: list[tuple[int, int, Hint]] = []

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        """Draw the keys that fit, and the tail at the right end."""
        hints, tail = self._hints()
        room = self.size.width
        tail_width = sum(hint.width for hint in tail) + len(GAP) * len(tail)
        fitting = list(_fitting(hints[:MOST_KEYS], room - tail_width))
        used = sum(hint.width for hint in fitting) + len(GAP) * len(fitting)
        space = max(0, room - used - tail_width + len(GAP))
        self._spots = []
        parts: list[Content] = []
        place = 0
        for index, hint in enumerate((*fitting, *tail)):
            gap = " " * (space if index == len(fitting) else 0)
            drawn = _drawn(hint)
            start = place + len(gap)
            self._spots.append((start, start + hint.width, hint))
            parts += [Content(gap), drawn, Content(GAP)]
            place = start + hint.width + len(GAP)
        return Content("").join(parts[:-1])

    async def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        place = event.x - self.styles.padding.left
        for start, end, hint in self._spots:
            if start <= place < end:
                await self.app.run_action(hint.does.action, hint.does.node)

    def _hints(self) -> tuple[list[Hint], list[Hint]]:
        """Return the hints of what has focus, and those of the tail, in their order."""
        found = {
            one.action: Hint(one.keys[0], self.say(one.words), one)
            for one in reversed(active_keys(self.screen))
            if one.is_shown
        }
        tail = [found.pop(action) for action in _TAIL if action in found]
        back = [found.pop("back")] if "back" in found else []
        return [*reversed(found.values()), *back], tail


def _fitting(hints: list[Hint], room: int) -> Iterator[Hint]:
    for hint in hints:
        room -= hint.width + len(GAP)
        if room < 0:
            return
        yield hint


def _drawn(hint: Hint) -> Content:
    return Content.assemble((hint.key, "bold $text-primary"), " ", hint.words)
