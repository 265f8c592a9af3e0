"""Doors that open in every way a real one can, without its keyring and its key derivation."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from textual.pilot import Pilot

from breachdesk.cli.profiles import read_profile
from breachdesk.errors import LockedError, WrongKeyError
from breachdesk.message import Message, say
from breachdesk.records import Profile
from breachdesk.terms import Lang
from breachdesk.tui.app import DeskApp
from breachdesk.tui.door import OnStep, OpenedDesk, Step
from tests.tui.desks import KARI, Stage, settings, settle

HOME = Path("/home/kari/.local/share/breachdesk")
PASSPHRASE = "short horse battery staple"
CODE = "0YCP-30A0-JFVH-2MB7-MN8K-HP0S-9EA9"


@dataclass
class LockedDoor:
    """Opens with the passphrase or the recovery code; its keyring holds nothing, or hangs."""

    stage: Stage
    has_desk: bool = True
    keyring: Callable[[], bool] = lambda: False
    """Does the keyring open it? May block."""
    home: Path = HOME
    remembered: dict[str, str] = field(default_factory=dict)
    locked: int = 0
    forgotten: int = 0
    """How often the key was taken out of the keyring; once it is, the keyring opens nothing."""
    confirmed: int = 0
    """How often the recovery code was said to be written down."""
    code_warning: Message | None = None
    forgets: Callable[[], None] = lambda: None
    """Called when it is to be taken out; may raise."""
    slipped: float = 0
    """Seconds by which the clock was moved while nobody pressed a key."""
    opened: list[OpenedDesk] = field(default_factory=list)

    def now(self) -> datetime:
        return self.stage.clock()

    def ticks(self) -> float:
        return self.stage.clock().timestamp() - self.slipped

    def exists(self) -> bool:
        return self.has_desk

    def locked_at(self) -> int:
        return self.locked

    def forget(self) -> None:
        self.forgets()
        self.forgotten += 1

    def open(
        self, *, actor: str, passphrase: str = "", recovery: str = "", on_step: OnStep
    ) -> OpenedDesk:
        on_step(Step.KEY if passphrase or recovery else Step.KEYRING)
        if recovery and recovery != CODE:
            raise WrongKeyError(
                say("The recovery code is typed right, but belongs to another desk."),
                say("Look for the code that was shown when this desk was made."),
            )
        if passphrase not in ("", PASSPHRASE):
            raise WrongKeyError(
                say("The passphrase does not open this desk."),
                say("Type it again, or use the recovery code."),
            )
        if not (passphrase or recovery or (not self.forgotten and self.keyring())):
            raise LockedError(
                say("The desk is locked: your keyring does not hold its key."),
                say("Give the passphrase or the recovery code."),
            )
        return self._give(actor)

    def written_down(self) -> None:
        self.confirmed += 1

    def make(self, *, actor: str, passphrase: str, on_step: OnStep) -> OpenedDesk:
        on_step(Step.KEY)
        assert passphrase == PASSPHRASE
        self.has_desk = True
        return self._give(actor, recovery_code=CODE)

    def read_profile(self, path: Path) -> Profile:
        return read_profile(path)

    def remember(
        self, *, actor: str | None = None, lang: Lang | None = None, theme: str | None = None
    ) -> None:
        given = {"actor": actor, "lang": lang, "theme": theme}
        self.remembered.update({name: value for name, value in given.items() if value})

    def _give(self, actor: str, recovery_code: str = "") -> OpenedDesk:
        self.stage.actor = actor
        self.opened.append(
            OpenedDesk(
                desk=self.stage.again(),
                recovery_code=recovery_code,
                code_warning=self.code_warning,
            )
        )
        return self.opened[-1]


def app_before(
    door: LockedDoor,
    *,
    actor: str | None = KARI,
    kind: type[DeskApp] = DeskApp,
    idle_minutes: int = 0,
) -> DeskApp:
    """An app that stands before a door."""
    stage = door.stage
    given = settings(HOME, lang=stage.lang, theme=stage.theme, actor=actor)
    return kind(door, replace(given, idle_minutes=idle_minutes))


async def unlock(pilot: Pilot[int]) -> None:
    """Type what opens a desk that was locked."""
    await pilot.press(*PASSPHRASE, "enter")
    await settle(pilot)


def hanging(until: threading.Event) -> Callable[[], bool]:
    """A keyring that waits for its owner."""

    def wait() -> bool:
        return until.wait(timeout=20)

    return wait
