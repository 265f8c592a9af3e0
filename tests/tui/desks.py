"""A real desk behind a door, for the screens: encrypted, in a temporary folder, a told clock."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from textual.pilot import Pilot
from textual.screen import Screen

from breachdesk.desk import Desk
from breachdesk.settings import Settings
from breachdesk.store.engine import KEY_BYTES, make_engine
from breachdesk.store.files import create_private
from breachdesk.store.schema import create_schema
from breachdesk.store.store import DATABASE, Store
from breachdesk.terms import Lang
from breachdesk.tui.app import DeskApp
from breachdesk.tui.door import OnStep, OpenedDesk, Step
from tests.desk.desks import OSLO, ToldClock, the_forms

KARI = "Kari Nordmann"
ROUNDS = 3
"""One act may start another, such as saying something and filling the screen anew."""


@dataclass
class OpenDoor:
    """A door behind which a desk stands open already."""

    home: Path
    clock: ToldClock
    desk: Desk
    remembered: dict[str, str] = field(default_factory=dict)

    def now(self) -> datetime:
        return self.clock()

    def exists(self) -> bool:
        return True

    def open(
        self, *, actor: str, passphrase: str = "", recovery: str = "", on_step: OnStep
    ) -> OpenedDesk:
        del actor, passphrase, recovery
        on_step(Step.DATABASE)
        return OpenedDesk(desk=self.desk)

    def make(self, *, actor: str, passphrase: str, on_step: OnStep) -> OpenedDesk:
        raise NotImplementedError

    def remember(
        self, *, actor: str | None = None, lang: Lang | None = None, theme: str | None = None
    ) -> None:
        given = {"actor": actor, "lang": lang, "theme": theme}
        self.remembered.update({name: value for name, value in given.items() if value})


def settings(home: Path, *, lang: str = "en", theme: str = "dark", actor: str | None = KARI,
             zone: ZoneInfo = OSLO) -> Settings:  # fmt: skip
    return Settings(
        home=home,
        config=home / "config.toml",
        logs=home / "logs",
        lang=lang,
        paper_lang=None,
        zone=zone,
        actor=actor,
        passphrase_file=None,
        keyring=False,
        theme=theme,
        idle_minutes=0,
        sources={},
    )


class StagedApp(DeskApp):
    """The app, with any screen in place of the register."""

    first: Callable[[], Screen[None]] | None = None

    def arrive(self) -> None:
        if self.first is None:
            super().arrive()
        else:
            self.push_screen(self.first())


@dataclass
class Stage:
    """Builds apps over one desk."""

    home: Path
    clock: ToldClock = field(default_factory=ToldClock)
    lang: str = "en"
    theme: str = "dark"
    actor: str = KARI
    starts: int = 0
    """How often the desk was opened; ids are counted on from it."""
    _desks: list[Desk] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        """The desk; made when it is first asked for."""
        return self._desks[-1] if self._desks else self.again()

    def again(self) -> Desk:
        """Open the desk once more, as the next start does."""
        path = self.home / DATABASE
        is_new = not path.exists()
        if is_new:
            create_private(path)
        engine = make_engine(path, bytes(KEY_BYTES))
        if is_new:
            create_schema(engine)
        store = Store(engine, path=path, new_id=_counted(self.starts))
        self.starts += 1
        desk = Desk(store, the_forms(), actor=self.actor, clock=self.clock, zone=OSLO)
        self._desks.append(desk)
        return desk

    def app(self, first: Callable[[], Screen[None]] | None = None) -> DeskApp:
        """Return an app; `first` replaces the register, such as ``lambda: CaseScreen("1")``."""
        door = OpenDoor(self.home, self.clock, self.desk)
        app = StagedApp(door, settings(self.home, lang=self.lang, theme=self.theme))
        app.first = first
        return app

    def copied(self, home: Path, *, lang: str) -> "Stage":
        """Return another stage over a copy of the desk, which must be closed."""
        home.mkdir()
        path = self.home / DATABASE
        if path.exists():
            shutil.copy(path, home / DATABASE)
        return replace(self, home=home, lang=lang, _desks=[])

    def close(self) -> None:
        """Close every desk that was opened."""
        for desk in self._desks:
            desk.close()


def _counted(start: int) -> Callable[[str], str]:
    """Ids that are counted instead of random."""
    numbers = count(start * 10_000 + 1)
    return lambda record: f"{record[:3]}-{next(numbers):05d}"


async def settle(pilot: Pilot[int]) -> None:
    """Wait until no call of the desk is under way and none follows from what it brought."""
    app = cast("DeskApp", pilot.app)
    quiet = 0
    while quiet < ROUNDS:
        await pilot.pause()
        quiet = 0 if app.under_way else quiet + 1
