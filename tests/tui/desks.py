"""A real desk behind a door, for the screens: encrypted, in a temporary folder, a told clock."""

import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from itertools import count
from pathlib import Path
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from breachdesk.cli.profiles import read_profile
from breachdesk.desk import Desk
from breachdesk.errors import LockedError
from breachdesk.records import Profile
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
    locked: int = 0
    slipped: float = 0
    """Seconds by which the clock was moved while nobody pressed a key."""

    def now(self) -> datetime:
        return self.clock()

    def ticks(self) -> float:
        return self.clock().timestamp() - self.slipped

    def exists(self) -> bool:
        return True

    def locked_at(self) -> int:
        return self.locked

    def why_called(self) -> LockedError | None:
        return None

    def open(
        self, *, actor: str, passphrase: str = "", recovery: str = "", on_step: OnStep
    ) -> OpenedDesk:
        del actor, passphrase, recovery
        on_step(Step.DATABASE)
        return OpenedDesk(desk=self.desk)

    def make(self, *, actor: str, passphrase: str, on_step: OnStep) -> OpenedDesk:
        raise NotImplementedError

    def read_profile(self, path: Path) -> Profile:
        return read_profile(path)

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
    is_template: bool = False
    """Is it prepared in order to be copied for every test?"""
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

    @property
    def is_untouched(self) -> bool:
        """Was nothing opened here yet, and the clock not moved?"""
        return not self.starts and self.clock.now == ToldClock().now


Prepared = TypeVar("Prepared")
_TEMPLATES: dict[tuple[str, bool], tuple[bytes, Stage, object]] = {}
"""Name and whether the salts are fixed, to: the database, the stage it stood on, what was given."""


def kept(prepare: Callable[[Stage], Prepared]) -> Callable[[Stage], Prepared]:
    """Prepare a desk once in a run of the tests; every later test starts with a copy of it."""

    @wraps(prepare)
    def copied(stage: Stage) -> Prepared:
        if stage.is_template or not stage.is_untouched:
            return prepare(stage)
        name = (prepare.__qualname__, secrets.token_bytes is not _TOKEN_BYTES)
        if name not in _TEMPLATES:
            _TEMPLATES[name] = _template(prepare)
        database, template, given = _TEMPLATES[name]
        create_private(stage.home / DATABASE)
        (stage.home / DATABASE).write_bytes(database)
        stage.starts, stage.clock.now = template.starts, template.clock.now
        return cast("Prepared", given)

    return copied


_TOKEN_BYTES = secrets.token_bytes


def _template(prepare: Callable[[Stage], object]) -> tuple[bytes, Stage, object]:
    with tempfile.TemporaryDirectory() as folder:
        template = Stage(Path(folder), is_template=True)
        given = prepare(template)
        template.close()
        return (template.home / DATABASE).read_bytes(), template, given


def _counted(start: int) -> Callable[[str], str]:
    """Ids that are counted instead of random."""
    numbers = count(start * 10_000 + 1)
    return lambda record: f"{record[:3]}-{next(numbers):05d}"


def type_ahead(pilot: Pilot[int], *keys: str) -> None:
    """Press keys faster than anything can be drawn, as a terminal hands on what was pasted."""
    driver = pilot.app._driver
    assert driver is not None
    for key in keys:
        event = events.Key(_key_name(key), key if len(key) == 1 else None)
        event.set_sender(pilot.app)
        driver.process_message(event)


def _key_name(key: str) -> str:
    return {" ": "space"}.get(key, key)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until no call of the desk is under way and none follows from what it brought."""
    app = cast("DeskApp", pilot.app)
    quiet = 0
    while quiet < ROUNDS:
        await pilot.pause()
        is_busy = app.under_way or app.typed_ahead.is_waiting or app.is_covered
        quiet = 0 if is_busy else quiet + 1
