"""What every screen of an open desk shares: asking it, saying things, keeping half-typed words.

class DecideScreen(DeskScreen):
    @act
    async def action_decide(self) -> None:
        case = await self.ask(self.desk.decisions.decide, self.ref, new)
        if case is not None:
            self.case = case
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from breachdesk.errors import BreachdeskError
from breachdesk.message import Message, say
from breachdesk.tui.hall import Hall
from breachdesk.tui.keys import key
from breachdesk.tui.widgets.dialogs import ConfirmDialog, LineDialog
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.keyline import KeyLine
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from breachdesk.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="DeskScreen")


def act(method: Callable[Concatenate[S, P], Awaitable[None]]) -> Callable[Concatenate[S, P], None]:
    """Make a method of a screen a worker of its own, never running twice at the same time.

    For actions and message handlers that ask the desk or wait for a dialog: the screen goes on
    drawing meanwhile, and pressing ctrl+s twice records one decision.
    """

    def start(self: S, /, *args: P.args, **kwargs: P.kwargs) -> None:
        name = method.__name__
        if name in self.acting:
            return

        async def run() -> None:
            refusals = self.hall.refusals
            try:
                if self.display:
                    await method(self, *args, **kwargs)
            finally:
                self.acting.discard(name)
                self.acted()
            if name in self.RECORDS:
                is_recorded = self.hall.refusals == refusals
                self.hall.note_end(self.RECORDS[name], is_recorded=is_recorded)

        self.acting.add(name)
        self.run_worker(run(), name=name)

    start.__doc__ = method.__doc__
    return start


class DeskScreen(Spoken, Screen[None]):
    """A screen of an open desk: title bar, body, keys.

    Subclasses draw `compose_body` and put the desk's values into it in `fill`, which runs after
    mounting and again when the language is switched.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "back", say("Back"), hint=say("Go back one screen"), id="screen.back"),
    ]
    RECORDS: ClassVar[Mapping[str, Message]] = {}
    """Acts that record something themselves, without a dialog: their method, and their words."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Start with nothing under way."""
        super().__init__(id=id)
        self.acting: set[str] = set()
        """Names of the acts under way."""

    @property
    def hall(self) -> Hall:
        """The app."""
        return cast("Hall", self.app)

    @property
    def desk(self) -> "Desk":
        """The open desk; its methods are only ever called through `ask`."""
        return self.hall.desk

    @property
    def title_bar(self) -> TitleBar:
        """The head of the screen."""
        return self.query_one(TitleBar)

    def now(self) -> datetime:
        """Return the present moment, aware."""
        return self.hall.now()

    def compose(self) -> ComposeResult:
        """Draw the frame around the body."""
        yield TitleBar(self.hall.now, organisation=self.hall.organisation, actor=self.desk.actor)
        yield from self.compose_body()
        yield KeyLine()

    def compose_body(self) -> ComposeResult:
        """Draw what stands between title bar and keys."""
        yield from ()

    async def fill(self) -> None:
        """Put the desk's values into the widgets."""

    @act
    async def refill(self) -> None:
        """Fill anew, off the message loop."""
        await self.fill()

    def on_mount(self) -> None:
        """Fill once everything stands."""
        self.refill()

    async def speak_anew(self) -> None:
        """Draw everything again: the language was switched."""
        await self.keep_typed()
        async with self.hall.redrawing:
            await self.recompose()
        self.refill()

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a method of the desk in a thread; errors are shown, and then the result is None."""
        return await self.hall.ask(call, *args, **kwargs)

    def acted(self) -> None:
        """Do what follows every act of this screen, however it ended."""

    def words_kept(self) -> None:
        """Take note that half-typed words were saved or forgotten while it stood in front."""

    def refused(self, error: BreachdeskError) -> bool:
        """Show an error beside what caused it, and return True; else the dialog shows it."""
        del error
        return False

    async def confirm(
        self, title: Message, consequence: Message, yes: Message, *, warns: bool = False
    ) -> bool:
        """Ask before an act, its consequence in words. Only inside an `act` or a worker."""
        dialog = ConfirmDialog(title, consequence, yes, warns=warns)
        said_yes: bool | None = await self.app.push_screen_wait(dialog)
        return bool(said_yes)

    async def ask_line(
        self, title: Message, label: Message, yes: Message, *, place: str, field: str
    ) -> str | None:
        """Ask for some words, such as a reason. Only inside an `act` or a worker."""
        dialog = LineDialog(title, label, yes, place=place, field=field)
        return await self.app.push_screen_wait(dialog)

    async def keep_typed(self) -> None:
        """Keep every half-typed word now: before going back, locking or quitting."""
        await self.hall.keep_typed(self.query(DraftBox))

    async def action_back(self) -> None:
        """Go back one screen; half-typed words are kept."""
        await self.keep_typed()
        self.dismiss(None)
