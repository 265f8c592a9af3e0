"""Keys one after the other: what is typed ahead goes to the screen it was meant for.

Textual hands every key on at once, to whatever has the focus at that moment; a key that opens a
screen is acted on later. Letters typed fast, or pasted, would then be taken as acts of the screen
before. Here the next key waits until the one before has done all it does.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress

from textual.app import App
from textual.events import Key
from textual.message_pump import MessagePump

PATIENCE = 3.0
"""Seconds after which a key is handed on whatever still goes on."""
A_MOMENT = 0.005
A_WHILE = 0.05
"""Seconds between looks whether a part of the screen is still there."""


class TypedAhead:
    """The keys that wait."""

    def __init__(self, app: App[int], press: Callable[[Key], Awaitable[None]]) -> None:
        """Take the app, and how one key is pressed."""
        self._app, self._press = app, press
        self._keys: deque[Key] = deque()
        self._is_pressing = False

    @property
    def is_waiting(self) -> bool:
        """Does a key wait, or is one not done with?"""
        return self._is_pressing or bool(self._keys)

    def forget(self) -> None:
        """Drop the keys that wait: what they were meant for is gone."""
        self._keys.clear()

    def take(self, key: Key) -> None:
        """Press a key once those before it are done with."""
        self._keys.append(key)
        if not self._is_pressing:
            self._is_pressing = True
            self._app.run_worker(self._press_all(), group="keys")

    async def _press_all(self) -> None:
        try:
            while self._keys:
                await self._press_one(self._keys.popleft())
        finally:
            self._is_pressing = False

    async def _press_one(self, key: Key) -> None:
        way = tuple(self._way())
        await self._press(key)
        try:
            async with asyncio.timeout(PATIENCE):
                for node in way:
                    await _has_read(node)
                while self._is_acting:  # noqa: ASYNC110 - another screen may come
                    await asyncio.sleep(A_MOMENT)
        except TimeoutError:
            return

    @property
    def _is_acting(self) -> bool:
        """Is an act of the screen in front under way?"""
        return self._app.is_running and bool(getattr(self._app.screen, "acting", None))

    def _way(self) -> Iterator[MessagePump]:
        """Return what a key passes: what has the focus, what is around it, the app."""
        app = self._app
        yield from (app.focused or app.screen).ancestors_with_self


async def _has_read(node: MessagePump) -> None:
    """Wait until a part of the screen has read all it was sent so far, or is gone."""
    read = asyncio.Event()
    if not node.call_later(read.set):
        return
    while node.is_running and not read.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(read.wait(), A_WHILE)
