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
from breachdesk.tui.widgets.howfar import Advance
from breachdesk.tui.widgets.shown import VEIL, Veil

if TYPE_CHECKING:
    from breachdesk.desk import Desk
    from breachdesk.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
WORDS = "words"
"""Group of the workers that keep half-typed words."""


class Hall(App[int]):
    """Between the door and the screens."""

    settings: "Settings"
    """Of this run."""

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
        self._readings: set[Advance] = set()
        """What follows the long calls that only read."""
        self.is_covered = False
        """Does the screen show nothing, until what is under way has ended?"""
        self.refusals = 0
        """How many calls were refused so far."""
        self.afterwards: list[Message] = []
        """What ended behind the cover, to be told when the desk is open again."""
        self.unkept: dict[tuple[str, str], str] = {}
        """Place and field to the words that were refused to be kept, until they are."""
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
        readings = {one for one in kwargs.values() if isinstance(one, Advance) and one.only_reads}
        self._readings |= readings
        self.under_way += 1
        try:
            result = await self._in_a_thread(call, *args, **kwargs)
        except BreachdeskError as error:
            self._go_on_if_anybody_waits()
            self.refusals += 1
            refused = getattr(screen, "refused", None)
            if self.is_covered or self.obeys_call():
                return None
            if refused is None or not refused(error):
                self.report(error)
            return None
        finally:
            self.under_way -= 1
            self._readings -= readings
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

    @property
    def is_busy(self) -> bool:
        """Does a call read or write, or is an act of the screen in front under way?"""
        acting = bool(getattr(self.screen, "acting", None))
        return acting or self.under_way > 0 or bool(self._calls)

    def stop_reading(self) -> None:
        """Stop the long calls that only read: nobody is to see what they find."""
        for one in self._readings:
            one.is_stopped = True

    def note_end(self, act: Message, *, is_recorded: bool, is_whole: bool = True) -> None:
        """Keep what became of an act that ended behind the cover; no words of a case are in it."""
        if not self.is_covered:
            return
        if not is_recorded:
            said = say(
                "“{act}” was under way when the desk was left. It was refused, and nothing of it "
                "was recorded. What you typed was kept: do it again to see why.",
                act=act,
            )
        elif is_whole:
            said = say(
                "“{act}” was under way when the desk was left. It was carried out, and stands in "
                "the record.",
                act=act,
            )
        else:
            said = say(
                "“{act}” was under way when the desk was left. It stands in the record, but "
                "something that follows it went wrong: look at the case.",
                act=act,
            )
        self.afterwards.append(said)

    def _go_on_if_anybody_waits(self) -> None:
        """End the worker of a screen that is being taken down: its widgets are gone already."""
        try:
            node = get_current_worker().node
        except NoActiveWorker:
            return
        if node is not self and not (node.display and node.is_attached):
            raise asyncio.CancelledError

    def obeys_call(self) -> bool:
        """Lock if another window called for it; return whether one did: the error is explained."""
        raise NotImplementedError

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
        if self.is_covered:
            return
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
        self.run_worker(self._save(event.box, event.words), group=WORDS)

    async def _fill(self, box: DraftBox) -> None:
        if self.is_open and box.is_attached:
            box.fill(await self.ask(self.desk.drafts.open, box.place) or {})

    async def _save(self, box: DraftBox, fields: Iterable[str]) -> None:
        """Save what the box holds at the moment of saving, so that no older words win."""
        async with self._keeping:
            for field in fields:
                if self._desk is None:
                    return
                text, refusals = box.kept.get(field, ""), self.refusals
                await self.ask(self._desk.drafts.save, box.place, field, text)
                if self.refusals == refusals:
                    box.was_saved(field, text)
                    self.unkept.pop((box.place, field), None)
                else:
                    self.unkept[box.place, field] = text
        kept = getattr(self.screen, "words_kept", None) if self.is_open else None
        if kept is not None:
            kept()

    async def keep_typed(self, boxes: Iterable[DraftBox]) -> None:
        """Keep every half-typed word now: before going back, locking or quitting."""
        for box in boxes:
            await self._save(box, box.take_pending())
