"""The head of the screen: which desk, who acts, what time it is here. Never a case's title."""

from collections.abc import Callable
from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from breachdesk.message import say
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.spoken import Spoken

PRODUCT = "breachdesk"


class TitleBar(Spoken, Widget):
    """One line: product, organisation; at the right who acts and the time."""

    DEFAULT_CSS = """
    TitleBar {
        dock: top;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $text-muted;
    }
    """

    organisation: reactive[str] = reactive("")
    """Name of the organisation, if the desk has a profile."""
    saved_at: reactive[datetime | None] = reactive(None)
    """When half-typed words were last kept; said for a while."""

    def __init__(
        self, now: Callable[[], datetime], *, organisation: str = "", actor: str = ""
    ) -> None:
        """Take what stands in it.

        Args:
            now: The desk's clock; aware.
            organisation: Name of the organisation, if the desk has a profile.
            actor: Who acts.
        """
        super().__init__()
        self._now = now
        self._actor = actor
        self.set_reactive(TitleBar.organisation, organisation)

    def on_mount(self) -> None:
        """Follow the time."""
        self.set_interval(1, self.refresh)

    def render(self) -> Content:
        """Draw both ends; the left one gives way when there is no room."""
        left = Content.assemble((PRODUCT, "bold $text-primary"), "  ", shown(self.organisation))
        right = self._right()
        room = self.size.width - right.cell_length - 1
        left = left.truncate(max(room, 0), ellipsis=True)
        return Content.assemble(left, " " * max(1, room + 1 - left.cell_length), right)

    def _right(self) -> Content:
        clock = f"{self._now().astimezone(self.speaker.zone):%H:%M}"
        saved = Content()
        if self.saved_at is not None:
            time = f"{self.saved_at.astimezone(self.speaker.zone):%H:%M:%S}"
            saved = Content.assemble(self.words(say("saved {time}", time=time)), "   ")
        return Content.assemble(saved, shown(self._actor), "   ", (clock, "bold"))
