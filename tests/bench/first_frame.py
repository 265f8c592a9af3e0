"""The first frame of the desk: painted before the door is opened."""

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from breachdesk.settings import Settings
from breachdesk.tui.app import DeskApp

if TYPE_CHECKING:
    from breachdesk.terms import Lang
    from breachdesk.tui.door import OnStep, OpenedDesk


@dataclass
class ClosedDoor:
    """A door that is never opened."""

    home: Path

    def now(self) -> datetime:
        return datetime.now(tz=UTC)

    def exists(self) -> bool:
        return True

    def locked_at(self) -> int:
        return 0

    def why_called(self) -> None:
        return None

    def ticks(self) -> float:
        return time.monotonic()

    def open(
        self, *, actor: str, passphrase: str = "", recovery: str = "", on_step: "OnStep"
    ) -> "OpenedDesk":
        raise NotImplementedError

    def make(self, *, actor: str, passphrase: str, on_step: "OnStep") -> "OpenedDesk":
        raise NotImplementedError

    def remember(
        self, *, actor: str | None = None, lang: "Lang | None" = None, theme: str | None = None
    ) -> None:
        raise NotImplementedError


class FirstFrame(DeskApp):
    """Leaves as soon as the first frame is painted."""

    painted_at = 0.0

    def begin(self) -> None:
        self.painted_at = time.perf_counter()
        self.exit(0)


def settings(home: Path) -> Settings:
    """Return settings that ask for nothing."""
    return Settings(
        home=home, config=home / "config.toml", logs=home, lang="en", paper_lang=None,
        zone=ZoneInfo("Europe/Oslo"), actor="Kari Nordmann", passphrase_file=None, keyring=False,
        theme=None, idle_minutes=0, sources={},
    )  # fmt: skip


def run_until_first_frame() -> float:
    """Return the moment (`time.perf_counter`) at which the first frame stood."""
    home = Path(tempfile.gettempdir())
    app = FirstFrame(ClosedDoor(home), settings(home))
    app.run(headless=True)
    return app.painted_at
