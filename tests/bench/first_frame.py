"""How long the real app takes from its first import to its first frame."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from breachdesk.errors import LockedError
from breachdesk.message import say
from breachdesk.settings import Settings
from breachdesk.terms import Lang
from breachdesk.tui.app import DeskApp
from breachdesk.tui.door import OnStep, OpenedDesk


class ClosedDoor:
    """A door that stays closed: what is measured is how soon something is seen."""

    home = Path()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def exists(self) -> bool:
        return True

    def open(
        self, *, actor: str, passphrase: str = "", recovery: str = "", on_step: OnStep
    ) -> OpenedDesk:
        del actor, passphrase, recovery, on_step
        raise LockedError(say("Locked."))

    def make(self, *, actor: str, passphrase: str, on_step: OnStep) -> OpenedDesk:
        del actor, passphrase, on_step
        raise LockedError(say("Locked."))

    def remember(
        self, *, actor: str | None = None, lang: Lang | None = None, theme: str | None = None
    ) -> None:
        del actor, lang, theme


class Timed(DeskApp):
    """The app, left at its first frame."""

    first_frame = 0.0

    def on_mount(self) -> None:
        self.call_after_refresh(self._stop)

    def _stop(self) -> None:
        self.first_frame = time.perf_counter()
        self.exit()


def run_until_first_frame() -> float:
    """Start the app on an empty folder and return the moment (perf_counter) of its first frame."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        app = Timed(
            ClosedDoor(),
            Settings(
                home=home,
                config=home / "config.toml",
                logs=home / "logs",
                lang="en",
                paper_lang=None,
                zone=ZoneInfo("Europe/Oslo"),
                actor="Kari Nordmann",
                passphrase_file=None,
                keyring=False,
                theme="dark",
                idle_minutes=0,
                sources={},
            ),
        )
        app.run(headless=True)
    return app.first_frame
