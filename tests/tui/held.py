"""Holds a call of the desk under way, and watches what is drawn while the desk is locked."""

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pytest
from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot
from textual.screen import Screen

from breachdesk.tui.app import DeskApp
from breachdesk.tui.screens.unlock import UnlockScreen
from tests.tui.desks import Stage, settle
from tests.tui.doors import LockedDoor, app_before
from tests.tui.reading import screen_text

P = ParamSpec("P")
T = TypeVar("T")


class Gate:
    """Holds a method of the desk in its thread until it is opened."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()
        self.error: Exception | None = None

    def before(self, call: Callable[P, T]) -> Callable[P, T]:
        def held(*args: P.args, **kwargs: P.kwargs) -> T:
            self.reached.set()
            assert self.opened.wait(timeout=60)
            if self.error is not None:
                raise self.error
            return call(*args, **kwargs)

        return held

    def holds(self, monkeypatch: pytest.MonkeyPatch, service: object, name: str) -> None:
        kind = type(service)
        monkeypatch.setattr(kind, name, self.before(getattr(kind, name)))

    async def is_reached(self, pilot: Pilot[int]) -> None:
        while not self.reached.is_set():
            await pilot.pause()


def the_app(stage: Stage) -> DeskApp:
    return app_before(LockedDoor(stage, keyring=lambda: True))


def is_locked(app: DeskApp) -> bool:
    stack = [type(one) for one in app.screen_stack]
    return not app.is_open and stack == [UnlockScreen] and app.screen.has_class("-asks")


async def locked(pilot: Pilot[int], app: DeskApp) -> None:
    """Wait until the desk is closed and its key is asked for."""
    while not is_locked(app):
        await pilot.pause()


def shows_nothing(pilot: Pilot[int], *words: str) -> None:
    text = screen_text(pilot)
    for word in (*words, "Payroll", "BD-", "Kari"):
        assert word not in text, word


async def covered(pilot: Pilot[int]) -> None:
    while "is finished first" not in screen_text(pilot):
        await pilot.pause()


async def open_first(pilot: Pilot[int], *keys: str) -> None:
    """Open the first case of the register, then press keys."""
    for one in ("enter", *keys):
        await settle(pilot)
        await pilot.press(one)
    await settle(pilot)


async def watched(pilot: Pilot[int], app: DeskApp) -> None:
    """Wait until the desk is locked; once it is covered, nothing of it is written any more."""
    while not (app.is_covered or is_locked(app)):
        await pilot.pause()
    await pilot.pause()
    display, written = app._display, list[str]()

    def seen(screen: Screen[object], drawn: RenderableType | None) -> None:
        if isinstance(drawn, CompositorUpdate) and not app._batch_count:
            written.append(drawn.render_segments(app.console))
        display(screen, drawn)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(app, "_display", seen)
        while not is_locked(app):
            await pilot.pause()
        await pilot.pause()
    for word in ("Payroll", "BD-", "Kari", "Art. 33"):
        assert word not in "".join(written), word
