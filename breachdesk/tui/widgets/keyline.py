"""The foot of the screen: the few keys that matter here, and always, last and whole, help and all.

Translated when drawn; a letter is replaced by its twin while a text field has focus. Clicks work.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, TextArea

from breachdesk.message import Message
from breachdesk.tui.widgets.spoken import Spoken

MOST_KEYS = 6
"""Beside help and palette."""
GAP = "   "
_TAIL = ("help", "command_palette")
"""Actions that always stand at the end."""
_NAMES = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "enter": "enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One key and what it does, as drawn."""

    key: str
    words: str
    action: str
    node: Widget | None
    """Where the action is looked up; None for the app."""

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return Content(f"{self.key} {self.words}").cell_length


def key_name(key: str) -> str:
    """Return a key as people write it: ``ctrl+s``, ``esc``, ``F4``, ``?``."""
    parts = key.split("+")
    last = _NAMES.get(parts[-1], parts[-1])
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join((*parts[:-1], last))


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
                await self.app.run_action(hint.action, hint.node or self.app)

    def _hints(self) -> tuple[list[Hint], list[Hint]]:
        """Return the hints of what has focus, and those of the tail, in their order."""
        types = isinstance(self.screen.focused, Input | TextArea)
        found: dict[str, Hint] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not active.enabled or not binding.show:
                continue
            if binding.action not in found or (types and _is_letter(found[binding.action].key)):
                node = active.node if isinstance(active.node, Widget) else None
                found[binding.action] = self._hint(binding, node)
        tail = [found.pop(action) for action in _TAIL if action in found]
        back = found.pop("back", None)
        return [*found.values(), *([back] if back else [])], tail

    def _hint(self, binding: Binding, node: Widget | None) -> Hint:
        words = self.say(Message(binding.description))
        return Hint(key_name(binding.key), words, binding.action, node)


def _fitting(hints: list[Hint], room: int) -> Iterator[Hint]:
    for hint in hints:
        room -= hint.width + len(GAP)
        if room < 0:
            return
        yield hint


def _drawn(hint: Hint) -> Content:
    return Content.assemble((hint.key, "bold $text-primary"), " ", hint.words)


def _is_letter(key: str) -> bool:
    return len(key) == 1
