"""The app as screens and widgets know it: who speaks, which desk is open, where errors are shown.

`ask` is the only place that runs a method of the desk, and the only one that shows its errors.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from textual import on
from textual.app import App
from textual.worker import NoActiveWorker, get_current_worker

from breachdesk.errors import BreachdeskError, LockedError
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.tui.door import Door
from breachdesk.tui.widgets.dialogs import MessageDialog
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.shown import VEIL, Veil

if TYPE_CHECKING:
    from breachdesk.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")


class Hall(App[int]):
    """Between the door and the screens."""

    def __init__(self, door: Door, speaker: Speaker, *, without_colours: bool = False) -> None:
        """Stand before a door that is not open yet.

        Args:
            door: Opens the desk.
            speaker: Says things in the language of the settings, until it is switched.
            without_colours: Leave every colour to the terminal.
        """
        super().__init__(ansi_color=True if without_colours else None)
        self.door = door
        self.veil = Veil()
        VEIL.set(self.veil)
        self.speaker = speaker
        self.organisation = ""
        """Name of the organisation, once the desk is open and has a profile."""
        self._desk: Desk | None = None
        self.under_way = 0
        """How many calls of door and desk are under way."""
        self._calls: set[asyncio.Task[Any]] = set()
        self._keeping = asyncio.Lock()
        self.redrawing = asyncio.Lock()
        """Held while a screen is drawn anew and its widgets are not all there."""

    @property
    def home(self) -> Path:
        """The folder of the desk."""
        return self.door.home

    @property
    def desk(self) -> "Desk":
        """The open desk.

        Raises:
            LockedError: it is not open.
        """
        if self._desk is None:
            raise LockedError(say("The desk is locked."), say("Open it first."))
        return self._desk

    @property
    def is_open(self) -> bool:
        """Is the desk open?"""
        return self._desk is not None

    def now(self) -> datetime:
        """Return the present moment, aware."""
        return self.door.now()

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a method of the desk in a thread and return what it returns.

        An error is shown, in words and with what to do next, unless the screen in front has a
        better place for it (`DeskScreen.refused`); then the result is None.

        Raises:
            CancelledError: the screen that asked was left meanwhile; its worker ends with it.
        """
        screen = self.screen
        self.under_way += 1
        try:
            result = await self._in_a_thread(call, *args, **kwargs)
        except BreachdeskError as error:
            self._go_on_if_anybody_waits()
            refused = getattr(screen, "refused", None)
            if refused is None or not refused(error):
                self.report(error)
            return None
        finally:
            self.under_way -= 1
        async with self.redrawing:
            self._go_on_if_anybody_waits()
        return result

    async def _in_a_thread(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call to its end, even when nobody waits for it any more."""
        running = asyncio.create_task(asyncio.to_thread(call, *args, **kwargs))
        self._calls.add(running)
        running.add_done_callback(self._came_back)
        return await asyncio.shield(running)

    def _came_back(self, running: "asyncio.Task[Any]") -> None:
        self._calls.discard(running)
        if not running.cancelled():
            running.exception()  # seen, should nobody wait for it

    async def run_out(self, seconds: float) -> None:
        """Wait until no call reads or writes any more, so long at most."""
        if self._calls:
            await asyncio.wait(self._calls, timeout=seconds)

    def _go_on_if_anybody_waits(self) -> None:
        """End the worker of a screen that is being taken down: its widgets are gone already."""
        try:
            node = get_current_worker().node
        except NoActiveWorker:
            return
        if node is not self and not (node.display and node.is_attached):
            raise asyncio.CancelledError

    def open_case(self, ref: str, *, instead: bool = False) -> None:
        """Open a case, over the screen in front or instead of it."""
        raise NotImplementedError

    def report(self, error: BreachdeskError) -> None:
        """Show an error in words, with what to do next."""
        if isinstance(self.screen, MessageDialog) and self.screen.is_about(error):
            return
        self.push_screen(MessageDialog.about(error))

    def tell(self, message: Message, *, warns: bool = False) -> None:
        """Show a sentence for some seconds, for what is good to know and needs no answer."""
        self.notify(
            self.speaker.say(message),
            severity="warning" if warns else "information",
            markup=False,
        )

    @on(DraftBox.Opened)
    def _bring_kept(self, event: DraftBox.Opened) -> None:
        self.run_worker(self._fill(event.box))

    @on(DraftBox.Typed)
    def _keep(self, event: DraftBox.Typed) -> None:
        self.run_worker(self._save(event.box, event.words))

    async def _fill(self, box: DraftBox) -> None:
        if self.is_open:
            box.fill(await self.ask(self.desk.drafts.open, box.place) or {})

    async def _save(self, box: DraftBox, fields: Iterable[str]) -> None:
        """Save what the box holds at the moment of saving, so that no older words win."""
        async with self._keeping:
            for field in fields if self.is_open else ():
                await self.ask(self.desk.drafts.save, box.place, field, box.kept.get(field, ""))

    async def keep_typed(self, boxes: Iterable[DraftBox]) -> None:
        """Keep every half-typed word now: before going back, locking or quitting."""
        for box in boxes:
            await self._save(box, box.take_pending())
