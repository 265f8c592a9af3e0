"""The app: opens the desk behind the first screen, holds language and theme, goes between screens.

Nothing here imports the desk, its records or the database: the first screen is painted before they
are loaded, by the thread that opens the door.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.driver import Driver
from textual.widget import Widget
from textual.worker import WorkerFailed

from breachdesk.errors import RefusedError
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.terms import Lang
from breachdesk.tui.door import Door
from breachdesk.tui.keys import key
from breachdesk.tui.leaving import CODE_UNSEEN, LeavingHall
from breachdesk.tui.line import Line
from breachdesk.tui.look import LOOKS, THEMES, theme_name
from breachdesk.tui.palette import Command, Palette, commands_of
from breachdesk.tui.widgets.dialogs import MessageDialog
from breachdesk.tui.widgets.helping import HelpDialog
from breachdesk.tui.widgets.typed_ahead import TypedAhead
from breachdesk.when import ClockWatch

if TYPE_CHECKING:
    from breachdesk.settings import Settings

LOOK_EVERY = 10
"""Seconds from one look at the clock to the next, for locking when nobody is there."""
COVERED = "-covered"
"""Class of a screen that shows nothing, until what it shows is drawn behind the veil."""


class DeskApp(LeavingHall):
    """The desk on the screen."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "breachdesk"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        key("question_mark", "help", say("Help"), id="app.help", twin="f1",
            hint=say("Explain what has the focus, and list the keys")),
        key("ctrl+p", "command_palette", say("All"), id="app.palette", twin="colon",
            hint=say("Everything that can be done, and every case")),
        key("ctrl+l", "lock", say("Lock"), id="app.lock", shown=False, first=True,
            hint=say("Lock the desk; half-typed words are kept")),
        key("ctrl+g", "veil", say("Privacy"), id="app.veil", shown=False, first=True,
            hint=say("Blank names, titles and texts while others see the screen; again: show")),
        key("ctrl+q", "quit", say("Quit"), id="app.quit", shown=False, first=True,
            hint=say("Leave; half-typed words are kept")),
    ]  # fmt: skip

    def __init__(self, door: Door, settings: "Settings") -> None:
        """Stand before the door.

        Args:
            door: Opens the desk.
            settings: Language, zone, actor and theme at the start.
        """
        speaker = Speaker(settings.lang, settings.zone)
        super().__init__(door, speaker, without_colours="NO_COLOR" in os.environ)
        self.settings = settings
        self._touched_at = door.now()
        self._had_focus: list[Widget | None] = []
        """What had the focus on each screen when the veil came down."""
        self.unforeseen: BaseException | None = None
        """What went wrong that nobody thought of."""
        self._watch = ClockWatch(door.now, door.ticks)
        self.typed_ahead = TypedAhead(self, self._press)
        """The keys that are not done with."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_name(settings.theme or "", no_color=self.no_color)

    def on_mount(self) -> None:
        """Open the desk once the first screen is painted; lock it when nobody is there."""
        self.call_after_refresh(self.begin)
        self.obey_end()
        self.set_interval(LOOK_EVERY, self.look_around)

    def _cover(self) -> None:
        """Show nothing any more, and forget the keys that wait for a screen that goes."""
        self.typed_ahead.forget()
        super()._cover()

    def _handle_exception(self, error: Exception) -> None:
        """Keep what went wrong for whoever runs the app; nothing of it is drawn beneath the screen.

        Textual would print the values of variables too, and some are words of a case.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.unforeseen = self.unforeseen or cause
        super()._handle_exception(error)
        self._exit_renderables.clear()

    def get_driver_class(self) -> type[Driver]:
        """Return what draws on the terminal."""
        from breachdesk.tui.driver import steady  # not on every system

        return steady(super().get_driver_class())

    @on(Driver.SignalResume)
    def _look_after_rest(self) -> None:
        """Look whether the desk is to be locked before it is drawn again."""
        self.look_around()

    async def on_event(self, event: events.Event) -> None:
        """Remember when somebody was last there; keys wait for those before them."""
        if isinstance(event, events.InputEvent):
            self._touched_at = self.now()
        if self.is_covered and isinstance(event, (events.InputEvent, events.Paste)):
            self.touched_behind_the_cover(event)
        elif isinstance(event, events.Key) and not event.is_forwarded:
            self.typed_ahead.take(event)
        else:
            await super().on_event(event)

    async def _press(self, event: events.Key) -> None:
        """Press a key; one that waited while the desk was locked is not meant for what comes."""
        if not self.is_covered:
            await super().on_event(event)

    def look_around(self) -> None:
        """Look whether the clock was moved, somebody locked the desk elsewhere, or nobody is here.

        Putting the clock back does not make the desk wait longer before it locks.
        """
        moved = self._watch.jump()
        self._touched_at += moved
        if moved and self.is_open:
            self.tell(clock_was_moved(moved), warns=True)
        self.obeys_call()
        self.lock_when_idle()

    def lock_when_idle(self) -> None:
        """Lock when no key was pressed for as long as the settings say."""
        idle = timedelta(minutes=self.settings.idle_minutes)
        if idle and self.is_open and self.now() - self._touched_at >= idle:
            self.action_lock()

    def arrive(self) -> None:
        """Show what the desk has to say, and its register."""
        from breachdesk.tui.screens.home import HomeScreen

        self.push_screen(HomeScreen())
        for note in self.notes:
            self.tell(note)
        if self.code_warning is not None and CODE_UNSEEN not in self.afterwards:
            self.push_screen(MessageDialog(say("Recovery code"), self.code_warning))
        for told in self.afterwards:
            self.push_screen(MessageDialog(say("While the desk was left"), told, warns=False))
        self.afterwards = []
        self._look_at_record()

    @work(exclusive=True, group="record")
    async def _look_at_record(self) -> None:
        """Say when the record is ahead of the machine's clock: every deadline hangs on it."""
        newest = await self.ask(self.desk.trust.recorded_ahead)
        if newest is not None:
            self.tell(clock_is_behind(newest), warns=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer locking only while the desk is open."""
        del parameters
        return self.is_open if action in {"lock", "veil"} else True

    def speak_in(self, lang: Lang) -> None:
        """Switch the language of every screen, at once."""
        self.speaker = replace(self.speaker, lang=lang.value)
        self.door.remember(lang=lang)
        self._speak_anew()

    @work(exclusive=True, group="language")
    async def _speak_anew(self) -> None:
        for screen in self.screen_stack:
            anew = getattr(screen, "speak_anew", None)
            if anew is not None:
                await anew()
            screen.remove_class(COVERED)
        if not self.veil.is_down:
            had, self._had_focus = self._had_focus, []
            for widget in had:
                if widget is not None and widget.is_attached:
                    widget.focus()

    def action_veil(self) -> None:
        """Draw what people typed as blocks, on every screen, until it is pressed again."""
        self.veil.is_down = not self.veil.is_down
        self.speaker = replace(self.speaker, is_veiled=self.veil.is_down)
        self.clear_notifications()
        if self.veil.is_down:
            self._had_focus = [screen.focused for screen in self.screen_stack]
        for screen in self.screen_stack:
            screen.set_class(self.veil.is_down, COVERED)
        self._speak_anew()

    def look_like(self, choice: str) -> None:
        """Switch the theme; `choice` is one of `look.LOOKS`."""
        self.theme = theme_name(choice, no_color=self.no_color)
        self.door.remember(theme=choice)

    def action_help(self) -> None:
        """Explain what has the focus."""
        if not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(self.screen))

    def action_command_palette(self) -> None:
        """Offer everything; run what is chosen."""
        self._offer_all()

    @work(exclusive=True, group="palette")
    async def _offer_all(self) -> None:
        screen = self.screen
        commands = (*commands_of(screen, self.speaker.say), *self._own_commands())
        chosen: Command | None = await self.push_screen_wait(Palette(commands, self.open_case))
        if chosen is not None:
            running = chosen.run()
            if running is not None:
                await running

    def _own_commands(self) -> Iterator[Command]:
        speaker = self.speaker
        for lang in (Lang.NB, Lang.EN):
            if lang != speaker.lang:
                words = speaker.say(say("Language of the screen: {lang}", lang=lang))
                yield Command(words, "", "", partial(self.speak_in, lang))
        for choice, look in LOOKS.items():
            if theme_name(choice, no_color=self.no_color) != self.theme:
                yield Command(speaker.say(look), "", "", partial(self.look_like, choice))

    def open_case(self, ref: str, *, instead: bool = False) -> None:
        """Open a case, over the screen in front or instead of it."""
        from breachdesk.tui.screens.case.screen import CaseScreen

        if instead:
            self.switch_screen(CaseScreen(ref))
        else:
            self.push_screen(CaseScreen(ref))

    def action_help_quit(self) -> None:
        """Say how to leave: ctrl+c copies."""
        self.tell(say("Press ctrl+q to leave."))


def clock_is_behind(newest: datetime) -> Message:
    """Return what is said when the record is ahead of the machine's clock."""
    return say(
        "This machine's clock stands before the newest entry on the desk, of {moment}: one of the "
        "two is wrong. What is recorded now carries the clock's time.",
        moment=newest,
    )


def clock_was_moved(moved: timedelta) -> Message:
    """Return what is said when the clock was set while the desk was open."""
    said = (
        say("This machine's clock was put back by {span}.", span=-moved)
        if moved < timedelta()
        else say("This machine's clock was put forward by {span}.", span=moved)
    )
    return say("{said} Every deadline hangs on it: check that it is right now.", said=said)


def run(door: Door, settings: "Settings") -> int:
    """Run the screens until the person leaves; return the exit code.

    Args:
        door: Opens the desk when asked.
        settings: Language, zone, actor and theme at the start.

    Raises:
        RefusedError: there is no terminal to draw on.
        Exception: whatever nobody thought of, once the terminal is as it was.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RefusedError(
            say("The screen needs a terminal, and this is none."),
            say("Every act is a command too: “breachdesk --help” lists them."),
        )
    app = DeskApp(door, settings)
    with Line(app.told_to_end, app.let_go).watched():
        code = app.run() or 0
        app.let_go()
    if app.unforeseen is not None:
        raise app.unforeseen
    return code
