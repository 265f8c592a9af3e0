"""How an open desk is left, locked or for good: covered first, nothing lost, no act half done."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, work
from textual.widgets import Static

from breachdesk.errors import BreachdeskError
from breachdesk.message import Message, say
from breachdesk.tui.door import Step
from breachdesk.tui.hall import WORDS
from breachdesk.tui.line import BY_SIGNAL
from breachdesk.tui.opening import OpeningHall
from breachdesk.tui.screens.recovery import RecoveryScreen
from breachdesk.tui.widgets.daemon import in_daemon
from breachdesk.tui.widgets.dialogs import ConfirmDialog
from breachdesk.tui.widgets.draftbox import DraftBox

if TYPE_CHECKING:
    from breachdesk.desk import Desk
    from breachdesk.register import RegisterLine

LEFT = "-left"
"""Class of the app and of its screens while an open desk is left: nothing of them is drawn."""
A_MOMENT = 0.02
"""Seconds between looks whether everything has ended."""
DO_NOT_WAIT = 2
"""Whoever asked so often to leave does not wait for what is under way."""
WAIT_FOR_ACTS = 6.0
"""Seconds that an act may take to its end when the system ends the program."""
MOST_PRESSING = 50
MANY_TIMERS = 500
"""So many cancelled timers are more than a loop keeps: 100, and half of all."""
SOON = timedelta(hours=1)
"""Leaving asks first when a duty falls due within it."""
_LOCKING = say("Locking …  What is being recorded is finished first.")
_QUITTING = say("Leaving …  What is being recorded is finished first. ctrl+q: do not wait.")
CODE_UNSEEN = say(
    "The desk was locked while its recovery code stood on the screen. If it is not written down, "
    "“breachdesk rekey” makes a new one."
)


class Cover(Static):
    """Over a screen that shows nothing: says what is waited for."""


class LeavingHall(OpeningHall):
    """The part of the app that leaves an open desk."""

    _quits = 0
    """How often leaving for good was asked for."""
    _is_called = False
    """Is the desk being locked because another window called for it?"""
    _is_locking = False
    ended_by = 0
    """Number of the signal that ends the program; 0 while none does."""

    def told_to_end(self, number: int) -> None:
        """Leave in order because of a signal; may be called from another thread."""
        self.ended_by = self.ended_by or number
        if self.is_running:
            self.call_later(self.obey_end)

    def obey_end(self) -> None:
        """Leave if a signal said so: nobody is asked, and nothing is waited for long."""
        if not self.ended_by:
            return
        self.set_timer(WAIT_FOR_ACTS, self._wait_no_longer)
        if self._is_locking:
            self._quits = max(self._quits, 1)
        elif not self._is_leaving:
            self._leave()

    def _wait_no_longer(self) -> None:
        self._quits = DO_NOT_WAIT

    def let_go(self) -> None:
        """Take away what was looked at, whatever else hangs; may be called from another thread."""
        if self._desk is not None:
            self._desk.viewing.end_all()

    def touched_behind_the_cover(self, event: events.Event) -> None:
        """Do nothing, unless it is the key that leaves."""
        if isinstance(event, events.Key) and event.key == "ctrl+q":
            self._quits += 1

    def action_lock(self) -> None:
        """Cover the screen, keep what is typed, close the desk, and ask for what opens it."""
        self.lock()

    def lock(self, *, is_called: bool = False) -> None:
        """Lock; called from another window, the key has left the keyring already."""
        if self.is_open and not (self._is_leaving or self._is_locking or self.is_covered):
            self._is_locking, self._is_called = True, is_called
            self._cover()
            self._lock(is_called=is_called)

    def obeys_call(self) -> bool:
        """Lock if another window called for it since the desk was opened."""
        if not self.is_open or self._is_leaving:
            return False
        if self._is_locking:
            return self._is_called and self.door.why_called() is not None
        if self.locked_at == self.door.locked_at():
            return False
        self.lock(is_called=True)
        return True

    @work(exclusive=True, group="leaving")
    async def _lock(self, *, is_called: bool) -> None:
        await self._end_acts(_LOCKING)
        if any(isinstance(one, RecoveryScreen) for one in self.screen_stack):
            self.afterwards.append(CODE_UNSEEN)
        self.under_way += 1
        self.unkept.clear()
        try:
            await self._put_away()
            problem = self.door.why_called() if is_called else await self._forget_key()
        finally:
            self.under_way -= 1
            self._is_locking = False
        if not (is_called and problem):
            self.unkept.clear()  # only for a new key do they wait until the desk is open again
        if self._quits:
            self._go()
        else:
            async with self.redrawing:
                self.threshold.ask_key(problem, is_of_locking=not is_called)

    async def _put_away(self) -> None:
        """Take the screens down, keep what was half typed on them, and close the desk."""
        boxes = [box for screen in self.screen_stack for box in screen.query(DraftBox)]
        half = [(box, box.take_pending()) for box in boxes]
        await self._take_screens_down()
        for box, words in half:
            await self._save(box, words)
        await self._close_desk()
        let_go_of_timers()

    async def _forget_key(self) -> BreachdeskError | None:
        """Have the keyring forget the key; return why it could not."""
        try:
            await in_daemon(self.door.forget)
        except BreachdeskError as error:
            return error
        return None

    def _cover(self) -> None:
        """Show nothing any more, and take no key; screens that still come are covered too."""
        self.is_covered = True
        self.clear_notifications()
        self.add_class(LEFT)
        for screen in self.screen_stack:
            screen.add_class(LEFT)

    def _uncover(self) -> None:
        self.is_covered = False
        self.remove_class(LEFT)
        for screen in self.screen_stack:
            screen.remove_class(LEFT)

    async def _end_acts(self, waiting: Message) -> None:
        """Let what is being recorded end, wholly or not at all; what only reads is stopped."""
        while self.is_busy or self._is_drawing_anew:
            self.stop_reading()
            if not self.is_covered:
                self._cover()
            if self._quits >= DO_NOT_WAIT:
                return
            if not self.screen.query(Cover):
                self.screen.mount(Cover(self.speaker.say(waiting), markup=False))
            await asyncio.sleep(A_MOMENT)

    @property
    def _is_drawing_anew(self) -> bool:
        """Are the screens being drawn in another language, or behind the veil?"""
        return any(one.group == "language" and one.is_running for one in self.workers)

    async def _take_screens_down(self) -> None:
        """Leave the first screen alone on the stack; nothing waits for what lay over it."""
        self.workers.cancel_group(self, "palette")
        self.threshold.show_step(Step.LOCKING)
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            await self.threshold.query(Cover).remove()
            self._uncover()

    async def action_quit(self) -> None:
        """Keep what is typed and leave; asks only when a duty falls due within the hour.

        Asked again while words are being kept or the desk is being closed, it ends no sooner.
        """
        if self.is_open and (self._is_leaving or self._is_locking):
            self._quits += 1
        else:
            self._leave()

    @work(exclusive=True, group="leaving")
    async def _leave(self) -> None:
        if self.is_open and not self.ended_by and not await self._may_leave():
            return
        self._is_leaving, self._quits = True, max(self._quits, 1)
        self._attempt += 1
        await self._end_acts(_QUITTING)
        if self.is_open:
            await self._put_away()
        self._go()

    def _go(self) -> None:
        """End the program; what nobody could be told on the screen is said beneath it."""
        told = "\n".join(self.speaker.say(one) for one in self.afterwards)
        code = BY_SIGNAL + self.ended_by if self.ended_by else 0
        self.exit(code, message=Text(told) if told else None)

    async def _may_leave(self) -> bool:
        """Ask when a duty falls due within the hour; what is late already holds nobody up."""
        soonest = await self.ask(falls_due_soon, self.desk, SOON)
        if soonest is None or isinstance(self.screen, ConfirmDialog):
            return True
        dialog = ConfirmDialog(
            say("Leave now?"),
            say(
                "{ref}: {duty} falls due within the hour: {deadline}.",
                ref=soonest.ref,
                duty=soonest.duties[0],
                deadline=soonest.presses_at,
            ),
            say("Leave"),
            warns=True,
        )
        said_yes: bool | None = await self.push_screen_wait(dialog)
        return bool(said_yes)

    async def _close_desk(self) -> None:
        """Close the desk; screens that read it are gone by then, or leave with the app."""
        await self._let_words_be_kept()
        if self._desk is not None:
            desk, self._desk = self._desk, None
            self.notes, self.organisation, self._clipboard = (), "", ""
            await self._let_calls_end()
            await self.ask(desk.close)

    async def _let_words_be_kept(self) -> None:
        """Wait for what dialogs handed on to be kept just before they went."""
        handed_on = asyncio.Event()
        if self.call_later(handed_on.set):
            await handed_on.wait()
        while self._is_keeping_words and self._quits < DO_NOT_WAIT:  # noqa: ASYNC110 - as above
            await asyncio.sleep(A_MOMENT)

    @property
    def _is_keeping_words(self) -> bool:
        return any(one.group == WORDS and not one.is_finished for one in self.workers)

    async def _let_calls_end(self) -> None:
        """Wait for what a screen began to read while it was taken down."""
        while self._calls and self._quits < DO_NOT_WAIT:
            self.stop_reading()
            await asyncio.sleep(A_MOMENT)


def let_go_of_timers() -> None:
    """Have the loop drop the timers that were cancelled: each holds the screen it was made on.

    A loop keeps them until they would have been due, up to a minute, unless many are cancelled:
    then it drops them all.
    """
    loop = asyncio.get_running_loop()
    for _ in range(MANY_TIMERS):
        loop.call_later(A_MOMENT, lambda: None).cancel()


def falls_due_soon(desk: "Desk", within: timedelta) -> "RegisterLine | None":
    """Return the case whose running duty falls due first within that time."""
    from breachdesk.register import RegisterFilter

    now = desk.now()
    for line in desk.register.rows(RegisterFilter(open_only=True, limit=MOST_PRESSING)):
        if line.duties and line.presses_at and now <= line.presses_at <= now + within:
            return line
    return None
