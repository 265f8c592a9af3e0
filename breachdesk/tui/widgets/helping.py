"""Help for what has the focus: what it means, an example, where the law says so; then the keys.

Any widget or screen that has something to say gives itself a method ``help_text() -> HelpText``.
The nearest one around the focus is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Static

from breachdesk.message import say
from breachdesk.tui.widgets.active import active_keys
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.shown import cell, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpText:
    """What there is to know, already in the reader's language."""

    title: str
    text: str
    example: str = ""
    """What a good answer looks like."""
    law: str = ""
    """Where it is written."""


@runtime_checkable
class Helping(Protocol):
    """A widget or screen with something to say about itself."""

    def help_text(self) -> HelpText | None:
        """Return it; None lets what is around it speak."""


def help_for(screen: Screen[object]) -> HelpText | None:
    """Return the help of what has the focus, or of the nearest thing around it that has any."""
    start = screen.focused or screen
    for node in start.ancestors_with_self:
        if isinstance(node, Helping) and (found := node.help_text()) is not None:
            return found
    return None


class HelpDialog(Dialog[None]):
    """Shows the help, then the keys that work here."""

    DEFAULT_CSS = """
    HelpDialog {
        & > .box { width: 78; }
        .text { max-height: 100%; margin: 0; }
        .law { color: $text-accent; margin-top: 1; }
        .example { color: $text-success; margin-top: 1; }
        .keys { margin-top: 1; }
        .buttons { margin-top: 1; }
    }
    """

    def __init__(self, screen: Screen[object]) -> None:
        """Gather the help of the screen behind, before this one covers it."""
        super().__init__(say("Help"))
        self._help = help_for(screen)
        self._keys = active_keys(screen)

    def compose_box(self) -> ComposeResult:
        """Draw help, keys and one button."""
        with VerticalScroll(classes="text"):
            yield from self._about()
            yield Static(self._key_table(), classes="keys")
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Understood")), variant="primary", id="understood")

    def on_mount(self) -> None:
        """Let Enter close; the arrows scroll after a tab."""
        self.query_one("#understood").focus()

    def _about(self) -> Iterator[Static]:
        if self._help is None:
            return
        yield Static(shown(self._help.title, is_open=True).stylize("bold"))
        yield Static(shown(self._help.text, lines=True, is_open=True))
        if self._help.example:
            example = self.words(
                say("For example: {example}", example=self._help.example), lines=True
            )
            yield Static(example, classes="example")
        if self._help.law:
            yield Static(shown(self._help.law, lines=True, is_open=True), classes="law")

    def _key_table(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for one in self._keys:
            if one.hint.text:
                table.add_row(
                    cell("  ".join(one.keys), "bold", is_open=True), Text(self.say(one.hint))
                )
        return table

    @on(Button.Pressed, "#understood")
    async def action_back(self) -> None:
        """Close."""
        self.dismiss(None)
