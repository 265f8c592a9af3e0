"""How the app comes to an open desk: by itself, with what is typed, or by making one.

The door is opened in a thread that nothing waits for. Whoever turns to the passphrase meanwhile
leaves it behind; what it brings in the end is closed again.
"""

from collections.abc import Callable

from textual import on, work

from breachdesk.errors import BreachdeskError
from breachdesk.message import Message
from breachdesk.terms import Lang
from breachdesk.tui.door import OpenedDesk, Step
from breachdesk.tui.hall import Hall
from breachdesk.tui.screens.first_run import FirstRunScreen
from breachdesk.tui.screens.recovery import RecoveryScreen
from breachdesk.tui.screens.unlock import UnlockScreen
from breachdesk.tui.widgets.daemon import in_daemon


class OpeningHall(Hall):
    """The part of the app that stands before the open desk."""

    notes: tuple[Message, ...] = ()
    """What is worth saying about how the desk was opened."""
    code_warning: Message | None = None
    """What is to be said of a recovery code that nobody confirmed as written down."""
    _attempt = 0
    _is_leaving = False
    """Is the program being left for good?"""
    locked_at = 0
    """What the door said about locking elsewhere when this desk was last opened."""

    def get_default_screen(self) -> UnlockScreen:
        """Return the screen under all others: painted first, shown again when locked."""
        file = self.settings.passphrase_file
        return UnlockScreen(actor=self.settings.actor or "", file=str(file) if file else "")

    @property
    def threshold(self) -> UnlockScreen:
        """The screen under all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, UnlockScreen)  # noqa: S101 - `get_default_screen` makes it
        return screen

    def begin(self) -> None:
        """Open the desk if there is one, else explain what one is."""
        if not self.door.exists():
            self.push_screen(FirstRunScreen(actor=self.settings.actor or ""))
        elif self.settings.actor:
            self._open(lambda: self._from_door(actor=self.settings.actor or ""))
        else:
            self.threshold.ask_key()

    @on(UnlockScreen.Wanted)
    def _unlock(self, wanted: UnlockScreen.Wanted) -> None:
        self._open(
            lambda: self._from_door(
                actor=wanted.actor, passphrase=wanted.passphrase, recovery=wanted.recovery
            )
        )

    @on(UnlockScreen.GaveUp)
    def _leave_behind(self) -> None:
        self._attempt += 1

    @on(FirstRunScreen.Wanted)
    def _make(self, wanted: FirstRunScreen.Wanted) -> None:
        self._open(lambda: self._made(actor=wanted.actor, passphrase=wanted.passphrase))

    @on(FirstRunScreen.LanguageChosen)
    def _read_in(self, chosen: FirstRunScreen.LanguageChosen) -> None:
        self.speak_in(chosen.lang)

    @on(RecoveryScreen.WrittenDown)
    async def _go_on(self) -> None:
        self.door.written_down()
        self.code_warning = None
        await self.pop_screen()
        self.arrive()

    def speak_in(self, lang: Lang) -> None:
        """Switch the language of every screen."""
        raise NotImplementedError

    def arrive(self) -> None:
        """Go to the first screen of the open desk."""
        raise NotImplementedError

    @work(exclusive=True, group="opening")
    async def _open(self, call: Callable[[], OpenedDesk]) -> None:
        if self._is_leaving:
            return
        self._attempt += 1
        mine = self._attempt
        self.locked_at = self.door.locked_at()

        def opening() -> OpenedDesk:
            opened = call()
            _load_screens()
            if mine != self._attempt:
                opened.desk.close()
            return opened

        self.under_way += 1
        try:
            opened = await in_daemon(opening)
            if mine == self._attempt:
                await self._enter(opened)  # whoever locks meanwhile waits until it is entered
        except BreachdeskError as error:
            if mine == self._attempt:
                async with self.redrawing:
                    self._say_why_not(error)
        finally:
            self.under_way -= 1

    def _from_door(self, *, actor: str, passphrase: str = "", recovery: str = "") -> OpenedDesk:
        return self.door.open(
            actor=actor, passphrase=passphrase, recovery=recovery, on_step=self._show_step
        )

    def _made(self, *, actor: str, passphrase: str) -> OpenedDesk:
        return self.door.make(actor=actor, passphrase=passphrase, on_step=self._show_step)

    def _show_step(self, step: Step) -> None:
        """Say what is under way; called from the thread that opens."""
        self.call_later(self._show_step_of, self._attempt, step)

    def _show_step_of(self, attempt: int, step: Step) -> None:
        if attempt == self._attempt:
            self.threshold.show_step(step)

    def _say_why_not(self, error: BreachdeskError) -> None:
        screen = self.screen
        if isinstance(screen, FirstRunScreen):
            screen.failed(error)
        else:
            self.threshold.ask_key(error)

    async def _enter(self, opened: OpenedDesk) -> None:
        self.notes, self._desk = opened.notes, opened.desk
        self.code_warning = opened.code_warning
        if not self.settings.actor:
            self.door.remember(actor=opened.desk.actor)
        async with self.redrawing:
            self.threshold.clear(actor=opened.desk.actor)
        if isinstance(self.screen, FirstRunScreen):
            await self.pop_screen()
        for (place, field), text in tuple(self.unkept.items()):
            await self.ask(opened.desk.drafts.save, place, field, text)
        self.unkept.clear()
        if not self.is_open:
            return  # closed by whoever did not wait
        if opened.recovery_code:
            self.push_screen(RecoveryScreen(opened.recovery_code))
        else:
            self.arrive()


def _load_screens() -> None:
    """Load the screens of an open desk, which load the desk's records; in the opening thread."""
    import breachdesk.tui.screens.home  # noqa: F401
