"""Dialogs: say something, ask yes or no with the consequence in words, ask for a line of text.

Enter presses the focused button, ctrl+s confirms, Esc goes back; nothing is confirmed by a letter.
"""

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from breachdesk.errors import BreachdeskError
from breachdesk.message import Message, say
from breachdesk.tui.keys import key
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.shown import VEIL
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.typed import TypedLine

Result = TypeVar("Result")

_BACK = key("escape", "back", say("Back"), hint=say("Go back"), id="dialog.back")
_HELP = key("f1", "app.help", say("Help"), id="dialog.help", shown=False,
            hint=say("Explain what has the focus, and list the keys"))  # fmt: skip
"""The app's own keys do not reach a dialog, save those that come first."""
_CONFIRM = key(
    "ctrl+s", "confirm", say("Confirm"), hint=say("Do what the dialog says"), id="dialog.confirm"
)


class Dialog(Spoken, ModalScreen[Result]):
    """What all dialogs share: a box in the middle, a title, Esc for back."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > .box {
            width: 72;
            max-width: 95%;
            height: auto;
            max-height: 95%;
            padding: 1 2;
            border: round $border;
            border-title-color: $text-primary;
            background: $surface;
        }
        &.-warns > .box { border: round $error; border-title-color: $text-error; }
        & > .box.-covered { visibility: hidden; }
        .text { height: auto; max-height: 14; margin-bottom: 1; }
        .text Static { height: auto; }
        .next { color: $text-muted; margin-top: 1; }
        .buttons { height: auto; align-horizontal: right; }
        .buttons Button { margin-left: 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [_BACK, _HELP]

    def __init__(self, title: Message) -> None:
        """Take the heading."""
        super().__init__()
        self.heading = title
        self._is_behind_veil = False

    def compose(self) -> ComposeResult:
        """Draw the box around what the dialog holds; what was said for some seconds is over."""
        self.app.clear_notifications()
        self._is_behind_veil = _veil_is_down()
        with Vertical(classes="box") as box:
            yield from self.compose_box()
        box.border_title = self.words(self.heading)

    async def speak_anew(self) -> None:
        """Hide what was drawn before the veil came down; what is typed stays as it is."""
        is_seen_through = _veil_is_down() and not self._is_behind_veil
        for box in self.query(".box"):  # none while the dialog is only coming: it comes veiled
            box.set_class(is_seen_through, "-covered")

    def compose_box(self) -> ComposeResult:
        """Draw what stands in the box."""
        raise NotImplementedError

    async def action_back(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)


class MessageDialog(Dialog[None]):
    """Says what happened and what to do next."""

    def __init__(
        self, title: Message, text: Message, next_step: Message | None = None, *, warns: bool = True
    ) -> None:
        """Take what is said.

        Args:
            title: Heading.
            text: What happened.
            next_step: What to do now.
            warns: Something went wrong.
        """
        super().__init__(title)
        self.text, self.next_step = text, next_step
        self.set_class(warns, "-warns")

    @classmethod
    def about(cls, error: BreachdeskError) -> "MessageDialog":
        """Return the dialog that shows an error."""
        return cls(error.title, error.what, error.next_step)

    def is_about(self, error: BreachdeskError) -> bool:
        """Does it say the same already?"""
        return (self.text, self.next_step) == (error.what, error.next_step)

    def compose_box(self) -> ComposeResult:
        """Draw the sentence, the next step and one button."""
        with VerticalScroll(classes="text", can_focus=False):
            yield Static(self.words(self.text, lines=True))
            if self.next_step is not None:
                yield Static(self.words(self.next_step, lines=True), classes="next")
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Understood")), variant="primary", id="understood")

    @on(Button.Pressed, "#understood")
    async def action_back(self) -> None:
        """Close."""
        self.dismiss(None)


class ConfirmDialog(Dialog[bool]):
    """Asks before an act, with its consequence in words; True only when confirmed."""

    BINDINGS: ClassVar[list[BindingType]] = [_CONFIRM]

    def __init__(
        self, title: Message, consequence: Message, yes: Message, *, warns: bool = False
    ) -> None:
        """Take what is asked.

        Args:
            title: Heading.
            consequence: "This records that … at 14:18".
            yes: The words on the button, a verb.
            warns: It cannot be undone, or something speaks against it.
        """
        super().__init__(title)
        self.consequence, self.yes = consequence, yes
        self.set_class(warns, "-warns")

    def compose_box(self) -> ComposeResult:
        """Draw the consequence and two buttons, the safe one last."""
        with VerticalScroll(classes="text", can_focus=False):
            yield Static(self.words(self.consequence, lines=True))
        with Horizontal(classes="buttons"):
            yield Button(self.words(self.yes), variant="primary", id="yes")
            yield Button(self.words(say("Back")), id="no")

    @on(Button.Pressed, "#yes")
    def action_confirm(self) -> None:
        """Say yes."""
        self.dismiss(result=True)

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Say no."""
        self.dismiss(result=False)


class LineDialog(Dialog[str]):
    """Asks for some words, such as a reason; None when gone back. Half-typed words are kept."""

    BINDINGS: ClassVar[list[BindingType]] = [_CONFIRM]

    def __init__(
        self, title: Message, label: Message, yes: Message, *, place: str, field: str
    ) -> None:
        """Take what is asked.

        Args:
            title: Heading.
            label: What the words are for, and what becomes of them.
            yes: The words on the button, a verb.
            place: Where half-typed words are kept.
            field: Under which name.
        """
        super().__init__(title)
        self.label, self.yes, self.place, self.field = label, yes, place, field

    def compose_box(self) -> ComposeResult:
        """Draw the label, the field and two buttons."""
        yield Static(self.words(self.label, lines=True), classes="text")
        with DraftBox(place=self.place):
            yield TypedLine(name=self.field, id="line")
        with Horizontal(classes="buttons"):
            yield Button(self.words(self.yes), variant="primary", id="yes")
            yield Button(self.words(say("Back")), id="no")

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Hand back what was typed, if anything was."""
        field = self.query_one("#line", Input)
        if not field.value.strip():
            field.focus()
            return
        self.query_one(DraftBox).said()
        self.dismiss(field.value.strip())

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


def _veil_is_down() -> bool:
    veil = VEIL.get(None)
    return veil is not None and veil.is_down
