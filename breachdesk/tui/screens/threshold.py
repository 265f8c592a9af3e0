"""What the screens before the open desk share: a calm frame in the middle, and keys.

Nothing here imports the desk: these are painted before it is loaded.
"""

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from breachdesk.message import Message, say
from breachdesk.tui.hall import Hall
from breachdesk.tui.widgets.keyline import KeyLine
from breachdesk.tui.widgets.spoken import Spoken

PRODUCT = "breachdesk"


class Threshold(Spoken, Screen[None]):
    """A screen shown while no desk is open."""

    DEFAULT_CSS = """
    Threshold {
        align: center middle;
        .frame {
            width: 68;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 1 3;
            border: round $border;
        }
        .product { text-style: bold; color: $text-primary; }
        .what { color: $text-muted; margin-bottom: 1; }
        .problem { color: $text-error; height: auto; display: none; margin-bottom: 1; }
        .problem.-said { display: block; }
        .label { color: $text-muted; }
        Input { margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = []

    @property
    def hall(self) -> Hall:
        """The app."""
        return cast("Hall", self.app)

    def compose(self) -> ComposeResult:
        """Draw the frame around the body."""
        with VerticalScroll(classes="frame", can_focus=False):
            yield Static(Content(PRODUCT), classes="product")
            yield Static(self.words(say("The desk for a personal data breach")), classes="what")
            yield from self.compose_body()
        yield KeyLine()

    def compose_body(self) -> ComposeResult:
        """Draw what stands in the frame."""
        yield from ()

    def say_problem(self, what: Message | None, next_step: Message | None = None) -> None:
        """Say what went wrong, above the fields; None takes it away."""
        place = self.query_one(".problem", Static)
        place.set_class(what is not None, "-said")
        if what is None:
            return
        parts = [self.words(what)] + ([self.words(next_step)] if next_step else [])
        place.update(Content(" ").join(parts))

    async def speak_anew(self) -> None:
        """Draw everything again: the language was switched."""
        async with self.hall.redrawing:
            await self.recompose()
