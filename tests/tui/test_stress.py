"""Keys, locks and calls from elsewhere at random moments, on a desk that answers slowly.

A few walks run every time; `BREACHDESK_WALKS=500 pytest -m soak tests/tui/test_stress.py` runs on.
"""

import os
import random
import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.terms import Lang
from breachdesk.tui.app import DeskApp
from breachdesk.tui.hall import Hall
from tests.tui.breaches import decided
from tests.tui.cases import a_case
from tests.tui.desks import Stage, kept, settle, type_ahead
from tests.tui.doors import PASSPHRASE, LockedDoor, app_before

P = ParamSpec("P")
T = TypeVar("T")
SIZE = (80, 24)
STEPS = 40
KEYS = (
    "enter", "enter", "enter", "escape", "escape", "tab", "shift+tab", "down", "up", "f1", "f2",
    "f3", "f4", "f5", "f6", "f7", "f8", "ctrl+p", "ctrl+g", "ctrl+n", "ctrl+s", *"12345678",
    *"ladptvnrhfeoi/?",
)  # fmt: skip
LONGEST = 0.03
"""Seconds that the store takes longer, at most."""


@kept
def some_cases(stage: Stage) -> None:
    a_case(stage, "Payroll", hours_ago=70)
    decided(stage)


def slowed(chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_thread = Hall._in_a_thread

    async def slowly(self: Hall, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        delay = chance.random() * LONGEST * chance.choice((0, 0, 1))

        def delayed() -> T:
            time.sleep(delay)
            return call(*args, **kwargs)

        return await in_a_thread(self, delayed)

    monkeypatch.setattr(Hall, "_in_a_thread", slowly)


class Walk:
    """Somebody who presses anything, while anything happens."""

    def __init__(self, app: DeskApp, door: LockedDoor, pilot: Pilot[int], seed: int) -> None:
        self.app, self.door, self.pilot = app, door, pilot
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.done: list[str] = []

    async def go(self) -> None:
        for _ in range(STEPS):
            step = self.chance.choices(
                (self.press, self.lock, self.called, self.speak, self.unlock),
                weights=(24, 2, 1, 1, 1),
            )[0]
            await step()
            if self.app.unforeseen is not None:
                return  # raised when the app is left
        await self.come_back()

    async def a_moment(self) -> None:
        await self.pilot.pause(self.chance.choice((None, 0.0, 0.002, 0.01, 0.03)))

    async def press(self) -> None:
        keys = self.chance.choices(KEYS, k=self.chance.randint(1, 4))
        self.done.append(" ".join(keys))
        type_ahead(self.pilot, *keys)
        await self.a_moment()

    async def lock(self) -> None:
        self.done.append("LOCK")
        self.app.action_lock()
        await self.perhaps_look()

    async def called(self) -> None:
        self.done.append("CALLED")
        self.door.locked += 1
        self.app.look_around()
        await self.perhaps_look()

    async def speak(self) -> None:
        self.done.append("SPEAK")
        self.app.speak_in(self.chance.choice((Lang.EN, Lang.NB)))
        await self.a_moment()

    async def perhaps_look(self) -> None:
        await self.a_moment()
        if self.chance.random() < 0.5:
            await self.come_back()

    async def unlock(self) -> None:
        if not self.app.is_open and self.app.screen is self.app.threshold:
            self.done.append("UNLOCK")
            await self.open()

    async def open(self) -> None:
        self.app.threshold.query_one("#passphrase", Input).value = PASSPHRASE
        await self.pilot.press("enter")

    async def come_back(self) -> None:
        """Lock, see that nothing is left of the desk, and open it again."""
        while self.app.is_open or self.app.under_way:
            self.app.action_lock()  # it may just have been opened
            await self.pilot.pause()
        for opened in self.door.opened:
            pool: Any = opened.desk.office.store.engine.pool
            assert pool.checkedin() == pool.checkedout() == 0, self.done
        self.door.opened.clear()
        while len(self.app.screen_stack) > 1:
            await self.pilot.press("escape")
        self.door.forgotten = 0
        await self.open()
        await settle(self.pilot)
        self.done.append("HOME")


async def walk(stage: Stage, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    some_cases(stage)
    slowed(random.Random(seed), monkeypatch)  # noqa: S311 - no secret
    door = LockedDoor(stage, keyring=lambda: True)
    app = app_before(door)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        person = Walk(app, door, pilot, seed)
        await person.go()
    assert stage.again().trust.verify().ok


@pytest.mark.parametrize("seed", range(3))
async def test_anything_at_any_moment_ends_in_a_desk_that_opens(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await walk(stage, monkeypatch, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1000 + int(os.environ.get("BREACHDESK_WALKS", "20"))))
async def test_anything_at_any_moment_for_long(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await walk(stage, monkeypatch, seed)
