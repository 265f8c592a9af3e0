"""Everything that can be done from here, and every case, by a few letters: ctrl+p.

Our own, not Textual's: its words are English, it reads markup in what it lists.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from breachdesk.message import Message, say
from breachdesk.tui.hall import Hall
from breachdesk.tui.widgets.active import active_keys
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.typed import TypedLine

if TYPE_CHECKING:
    from breachdesk.desk import Desk
    from breachdesk.register import RegisterLine

MOST_CASES = 8


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    words: str
    hint: str
    key: str
    run: Callable[[], Awaitable[object] | None]

    def fits(self, typed: str) -> bool:
        """Do all typed words stand in it?"""
        said = f"{self.words} {self.hint}".casefold()
        return all(word in said for word in typed.casefold().split())


class Palette(Dialog[Command]):
    """A field, and beneath it what fits: actions first, then cases."""

    DEFAULT_CSS = """
    Palette {
        align: center top;
        & > .box { margin-top: 2; padding: 1; width: 76; }
        Input { margin: 0 0 1 0; }
        OptionList { height: auto; max-height: 14; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
    ]

    def __init__(self, commands: tuple[Command, ...], open_case: Callable[[str], None]) -> None:
        """Take what can be done.

        Args:
            commands: In the order in which they are listed.
            open_case: Opens the case with a reference.
        """
        super().__init__(say("Do, or open a case"))
        self._commands = commands
        self._open_case = open_case
        self._offered: list[Command] = []

    def compose_box(self) -> ComposeResult:
        """Draw the field and the list."""
        yield TypedLine(placeholder=self.say(say("An action, or a case by number or words")))
        yield OptionList(markup=False)

    def on_mount(self) -> None:
        """List what can be done."""
        self.query_one(OptionList).can_focus = False
        self._offer("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._offer(event.value.strip())

    @on(Input.Submitted)
    def _chosen_by_enter(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None and place < len(self._offered):
            self.dismiss(self._offered[place])

    @on(OptionList.OptionSelected)
    def _chosen_by_mouse(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._offered[event.option_index])

    def action_move(self, by: int) -> None:
        """Move the highlight."""
        options = self.query_one(OptionList)
        if self._offered:
            place = (options.highlighted or 0) + by
            options.highlighted = max(0, min(place, len(self._offered) - 1))

    @work(exclusive=True)
    async def _offer(self, typed: str) -> None:
        fitting = [one for one in self._commands if one.fits(typed)]
        self._list(fitting)
        hall = cast("Hall", self.app)
        if hall.is_open:
            lines = await hall.ask(find_cases, hall.desk, typed) or ()
            self._list([*fitting, *(self._case(line) for line in lines)])

    def _case(self, line: "RegisterLine") -> Command:
        return Command(line.ref, shown(line.title).plain, "", lambda: self._open_case(line.ref))

    def _list(self, offered: list[Command]) -> None:
        self._offered = offered
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(_drawn(one, options.size.width - 2)) for one in offered)
        if not offered:
            nothing = self.words(say("Nothing fits. Type other words, or Esc to go back."))
            options.add_option(Option(nothing.stylize("dim"), disabled=True))
        options.highlighted = 0 if offered else None


def commands_of(screen: Screen[object], say_it: Callable[[Message], str]) -> tuple[Command, ...]:
    """Return what the keys of a screen do, as commands."""
    return tuple(
        Command(
            say_it(one.words),
            say_it(one.hint),
            one.keys[0],
            partial(screen.app.run_action, one.action, one.node),
        )
        for one in active_keys(screen)
        if one.hint.text and one.action != "command_palette"
    )


def find_cases(desk: "Desk", typed: str) -> "tuple[RegisterLine, ...]":
    """Return the cases a number or some words fit; the most pressing when nothing is typed."""
    from breachdesk.register import RegisterFilter

    is_number = typed.isascii() and typed.isdigit()
    search = f"-{int(typed[:9]):03d}" if is_number else typed
    return desk.register.rows(RegisterFilter(search=search, limit=MOST_CASES))


def _drawn(one: Command, width: int) -> Content:
    """Return a line: words, what it does in a quieter voice, the key at the right end."""
    left = Content.assemble((one.words, "bold"), "  ", shown(one.hint, is_open=True).stylize("dim"))
    room = max(8, width - len(one.key) - 2)
    left = left.truncate(room, ellipsis=True)
    return Content.assemble(left, " " * (room - left.cell_length + 2), (one.key, "$text-primary"))
