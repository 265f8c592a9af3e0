"""The app: opens the desk behind the first screen, holds language and theme, goes between screens.

Nothing here imports the desk, its records or the database: the first screen is painted before they
are loaded, by the thread that opens the door.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.tui.door import Door, OpenedDesk
from breachdesk.tui.hall import Hall
from breachdesk.tui.keys import key
from breachdesk.tui.look import THEMES, theme_name

if TYPE_CHECKING:
    from breachdesk.settings import Settings


class DeskApp(Hall):
    """The desk on the screen."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "breachdesk"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+q", "quit", say("Quit"), hint=say("Leave"), id="app.quit", shown=False,
            first=True),
    ]  # fmt: skip

    def __init__(self, door: Door, settings: "Settings") -> None:
        """Stand before the door.

        Args:
            door: Opens the desk.
            settings: Language, zone, actor and theme at the start.
        """
        super().__init__(door, Speaker(settings.lang, settings.zone))
        self.settings = settings
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_name(settings.theme or "", no_color=self.no_color)

    async def on_mount(self) -> None:
        """Open the door."""
        self.run_worker(self._open())

    async def _open(self) -> None:
        opened = await asyncio.to_thread(
            self.door.open, actor=self.settings.actor or "", on_step=lambda _: None
        )
        self.enter(opened)

    def enter(self, opened: OpenedDesk) -> None:
        """Take the open desk."""
        self._desk = opened.desk
        self.show_home()

    def show_home(self) -> None:
        """Show the first screen of an open desk."""
