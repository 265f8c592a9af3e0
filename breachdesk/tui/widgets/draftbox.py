"""Keeps half-typed words: what is typed is saved within a second, and is there after a crash.

A container. Every field inside it that has a ``name`` is kept under that name: `Input`, `TextArea`,
what is marked in `Picks`, and any `Select` that has `half_typed` and `take_half_typed`. The box
posts what it wants kept straight to the app, which asks the desk: it may be closed by then.

    with DraftBox(place="BD-2026-007", id="decide"):
        yield TypedText(name="rationale")

When the words became an answer or a note: ``box.said("rationale")``.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from breachdesk.tui.widgets.picks import Picks

SAVE_AFTER = 0.4
"""Seconds from the first keystroke to saving; well within the one second that is promised."""


@runtime_checkable
class KeptSelect(Protocol):
    """A list to choose from that says what it keeps, and takes it back."""

    @property
    def half_typed(self) -> str:
        """What is kept of it."""
        ...

    def take_half_typed(self, text: str) -> None:
        """Choose what was chosen before."""


class DraftBox(Vertical):
    """A part of a screen whose half-typed words are kept."""

    DEFAULT_CSS = """
    DraftBox { height: auto; }
    """

    class Opened(Message):
        """Posted when the box is mounted and wants the words that were left in it."""

        def __init__(self, box: "DraftBox") -> None:
            """Say which box."""
            super().__init__()
            self.box = box

    class Typed(Message):
        """Posted when the words of some fields are to be kept; empty words drop them."""

        def __init__(self, box: "DraftBox", words: Mapping[str, str]) -> None:
            """Say which box, and field to text."""
            super().__init__()
            self.box, self.words = box, words

    class Restored(Message):
        """Posted when words left in the box stand in its fields again."""

        def __init__(self, box: "DraftBox", fields: tuple[str, ...]) -> None:
            """Say which box and which fields."""
            super().__init__()
            self.box, self.fields = box, fields

    def __init__(
        self,
        *children: Widget,
        place: str,
        standing: Mapping[str, str] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Keep the words of one place.

        Args:
            children: Widgets inside.
            place: The case reference, or the screen when there is no case yet.
            standing: Field to what stands there at the start: as long as it does, nothing is typed.
            id: Textual's id.
            classes: Textual's classes.
        """
        super().__init__(*children, id=id, classes=classes)
        self.place = place
        self.kept: dict[str, str] = {}
        """Field to text, as the desk has it: those of the place, also outside this box."""
        self._standing = dict(standing or {})
        self._own: set[str] = set()
        """Fields that something was typed into here; one may be gone by the time it is said."""
        self._pending: dict[str, str] = {}
        self._unsaved: dict[str, str] = {}
        """What was handed on to be saved, and is not known to be saved yet."""
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Ask for what was left here."""
        self.app.post_message(self.Opened(self))

    def fill(self, words: Mapping[str, str]) -> None:
        """Put kept words into the fields that are empty; what is typed already stands."""
        self.kept.update(words)
        restored = tuple(one.name or "" for one in self._fields() if self.restore(one))
        if restored:
            self.post_message(self.Restored(self, restored))

    def restore(self, widget: Widget) -> bool:
        """Put the kept words into one field, such as one mounted later; False when there are none.

        A field that is not empty is left as it is.
        """
        text = self.kept.get(widget.name or "", "")
        if not text or self._is_touched(widget):
            return False
        match widget:
            case Input():
                widget.value = text
                widget.cursor_position = len(text)
            case TextArea():
                widget.text = text
                widget.move_cursor(widget.document.end)
            case Picks():
                return widget.mark_again(text.split(","))
            case KeptSelect():
                widget.take_half_typed(text)
        return True

    def said(self, *fields: str) -> None:
        """Forget fields that became an answer or a note; all in this box when none is named.

        What waits in other dialogs of the same place goes on waiting.
        """
        self.flush()
        own = self._own | {one.name or "" for one in self._fields()}
        forget = {name: "" for name in (fields or own) if name in self.kept}
        self._keep(forget)

    def flush(self) -> None:
        """Have everything kept now that still waits."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        pending, self._pending = self._pending, {}
        self._keep(pending)

    def take_pending(self) -> dict[str, str]:
        """Hand over what is not saved yet, for a screen that saves it itself before it goes."""
        pending, self._pending = self._pending, {}
        self.kept.update(pending)
        self._unsaved.update(pending)
        return dict(self._unsaved)

    def was_saved(self, field: str, text: str) -> None:
        """Take note that a field's words are saved."""
        if self._unsaved.get(field) == text:
            del self._unsaved[field]

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Picks.Changed)
    @on(Select.Changed)
    def _remember(
        self, event: Input.Changed | TextArea.Changed | Picks.Changed | Select.Changed
    ) -> None:
        widget = event.control
        text = field_text(widget)
        text = "" if text == self._standing.get(widget.name or "") else text
        if not widget.name or self.kept.get(widget.name, "") == text:
            self._pending.pop(widget.name or "", None)
            return
        self._own.add(widget.name)
        self._pending[widget.name] = text
        if self._timer is None:
            self._timer = self.set_timer(SAVE_AFTER, self.flush)

    def _fields(self) -> tuple[Widget, ...]:
        return tuple(self.query("Input, TextArea, Picks, Select").results(Widget))

    def _is_touched(self, widget: Widget) -> bool:
        """Was something put into it since it was drawn? Then that stands."""
        if isinstance(widget, Picks):
            return widget.is_touched
        return field_text(widget) not in ("", self._standing.get(widget.name or ""))

    def _keep(self, words: Mapping[str, str]) -> None:
        if words:
            self.kept.update(words)
            self._unsaved.update(words)
            self.app.post_message(self.Typed(self, words))


def field_text(widget: Widget) -> str:
    """Return what is to be kept of a field: its words, or what it says they mean (`half_typed`)."""
    if isinstance(widget, Input):
        return str(getattr(widget, "half_typed", widget.value))
    if isinstance(widget, Picks):
        return ",".join(widget.chosen)
    if isinstance(widget, KeptSelect):
        return widget.half_typed
    return widget.text if isinstance(widget, TextArea) else ""
