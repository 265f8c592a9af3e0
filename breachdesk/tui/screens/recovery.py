"""Shows the recovery code of a new desk: once, big, until the person says it is written down."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Button, Input, Static

from breachdesk.message import say
from breachdesk.tui.keys import key
from breachdesk.tui.screens.threshold import Threshold

GROUPS_IN_A_LINE = 4


class RecoveryScreen(Threshold):
    """The code in groups; typing its last group shows that it was written down."""

    DEFAULT_CSS = """
    RecoveryScreen {
        .code {
            text-style: bold;
            text-align: center;
            color: $text-warning;
            border: heavy $warning;
            padding: 0 2;
            margin: 1 0;
            height: auto;
        }
        .row { height: auto; }
        .row .label { width: auto; padding: 0 2 0 0; }
        .row Input { width: 12; margin: 0; }
        .buttons { height: auto; align-horizontal: right; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "done", say("Written down"), id="recovery.done",
            hint=say("The code is written down: go on")),
    ]  # fmt: skip

    class WrittenDown(Posted):
        """Posted when the code was written down."""

    def __init__(self, code: str) -> None:
        """Take the code; it is kept nowhere else."""
        super().__init__()
        self._groups = code.split("-")

    def compose_body(self) -> ComposeResult:
        """Draw the code, why it matters, and the field for its last group."""
        explained = say(
            "This is the recovery code of your desk, shown this once. Write it on paper and keep "
            "it away from this machine: it opens the desk when keyring and passphrase are lost."
        )
        yield Static(self.words(explained))
        yield Static(Content(self._drawn()), classes="code")
        yield Static(classes="problem", markup=False)
        with Horizontal(classes="row"):
            yield Static(self.words(say("Type its last group")), classes="label")
            yield Input(id="last", max_length=len(self._groups[-1]))
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("I have written it down")), variant="primary", id="done")

    def on_mount(self) -> None:
        """Begin with the field."""
        self.query_one("#last").focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#done")
    def action_done(self) -> None:
        """Go on, once the last group is typed as it stands."""
        field = self.query_one("#last", Input)
        if field.value.strip().upper() == self._groups[-1]:
            self._groups = [""]
            self.post_message(self.WrittenDown())
            return
        self.say_problem(say("That is not its last group. Look at what you wrote down."))
        field.focus()

    def _drawn(self) -> str:
        lines = [
            self._groups[start : start + GROUPS_IN_A_LINE]
            for start in range(0, len(self._groups), GROUPS_IN_A_LINE)
        ]
        drawn = ["   ".join(line) for line in lines]
        return "\n\n".join(line.ljust(len(drawn[0])) for line in drawn)
