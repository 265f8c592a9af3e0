"""A few choices on one line or beneath one another: one of them, or several.

Arrows move, space marks, a click does both. With one choice only, moving is choosing, unless the
choice weighs so much that it takes an act (`by_act`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

GAP = "   "


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice."""

    id: str
    words: Content


class Picks(Widget, can_focus=True):
    """The choices. `chosen` is what is marked, in the order of the choices."""

    DEFAULT_CSS: ClassVar[str] = """
    Picks {
        height: auto;
        width: 1fr;
        padding: 0 1;
        &:focus { background: $foreground 5%; }
        & > .picks--cursor { text-style: bold; color: $text-primary; }
        &:focus > .picks--cursor { background: $primary 30%; }
        &:ansi:focus > .picks--cursor { background: ansi_blue; color: ansi_bright_white; }
        &:nocolor:focus > .picks--cursor { text-style: bold underline; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"picks--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "move(-1)", show=False),
        Binding("right,down", "move(1)", show=False),
        Binding("space,enter", "mark", show=False),
    ]

    chosen: reactive[tuple[str, ...]] = reactive((), layout=True)
    cursor: reactive[int] = reactive(0)

    class Changed(Message):
        """Posted when something else is marked."""

        def __init__(self, picks: "Picks") -> None:
            """Say which widget."""
            super().__init__()
            self.picks = picks

        @property
        def control(self) -> "Picks":
            """The widget."""
            return self.picks

    def __init__(
        self,
        picks: Iterable[Pick],
        *,
        chosen: Sequence[str] = (),
        many: bool = False,
        column: bool = False,
        by_act: bool = False,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Take the choices.

        Args:
            picks: In their order.
            chosen: Ids that are marked at the start.
            many: Several may be marked.
            column: One beneath the other.
            by_act: Moving only moves, also with one choice: space, Enter or a click chooses.
            name: Under which what is marked is kept, in a `DraftBox`.
            id: Textual's id.
        """
        super().__init__(name=name, id=id)
        self.picks = tuple(picks)
        self.is_touched = False
        """Did a person mark something?"""
        self._many = many
        self._moving_marks = not many and not by_act
        self._column = column
        self.set_reactive(Picks.chosen, tuple(chosen))
        places = [place for place, one in enumerate(self.picks) if one.id in self.chosen]
        self.set_reactive(Picks.cursor, places[0] if places else 0)

    def offer(self, picks: Iterable[Pick]) -> None:
        """Offer other choices; nothing is marked."""
        self.picks = tuple(picks)
        self.cursor, self.chosen = 0, ()
        self.refresh(layout=True)

    def choose(self, pick: str) -> None:
        """Mark one choice and put the cursor on it."""
        ids = [one.id for one in self.picks]
        self.cursor, self.chosen = ids.index(pick), (pick,)

    def mark_again(self, picks: Iterable[str]) -> bool:
        """Mark what was marked before and is still offered; False when nothing is."""
        wanted = set(picks)
        places = [place for place, one in enumerate(self.picks) if one.id in wanted]
        if not places:
            return False
        self.cursor, self.chosen = places[0], tuple(self.picks[place].id for place in places)
        self.post_message(self.Changed(self))
        return True

    @property
    def value(self) -> str:
        """The one that is marked; empty when none is."""
        return self.chosen[0] if self.chosen else ""

    def render(self) -> Content:
        """Draw the choices with their marks."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the choices take in that width."""
        del container, viewport
        lines = self._lines(width)
        return sum(max(1, -(-line.cell_length // max(width, 1))) for line in lines)

    def _lines(self, width: int) -> list[Content]:
        """Return the choices in lines; one that does not fit goes to the next line whole."""
        lines: list[Content] = []
        for place, pick in enumerate(self.picks):
            drawn = self._drawn(place, pick)
            room = width - (lines[-1].cell_length + len(GAP) if lines else width)
            if self._column or drawn.cell_length > room:
                lines.append(drawn)
            else:
                lines[-1] = Content.assemble(lines[-1], GAP, drawn)
        return lines

    def _drawn(self, place: int, pick: Pick) -> Content:
        is_on = pick.id in self.chosen
        marks = ("[x]", "[ ]") if self._many else ("(•)", "( )")
        text = Content.assemble(marks[0] if is_on else marks[1], " ", pick.words)
        if place == self.cursor and (self.has_focus or is_on):
            text = text.stylize(self.get_visual_style("picks--cursor", partial=True))
        return text.stylize(Style.from_meta({"pick": place}))

    def action_move(self, by: int) -> None:
        """Move; with one choice only, choose, unless that takes an act."""
        if not self.picks:
            return
        self.cursor = (self.cursor + by) % len(self.picks)
        if self._moving_marks:
            self._mark()

    def watch_cursor(self) -> None:
        """Keep the cursor in sight, where the choices stand beneath one another."""
        if self._column and self.is_mounted:
            self._scroll_to_cursor()

    def _scroll_to_cursor(self) -> None:
        for around in self.ancestors:
            if isinstance(around, Widget) and around.allow_vertical_scroll:
                place = self.content_region.y + self.cursor - around.content_region.y
                line = Region(0, place + around.scroll_offset.y, 1, 1)
                around.scroll_to_region(line, animate=False, force=True)
                return

    def action_mark(self) -> None:
        """Mark or unmark what is under the cursor."""
        self._mark()

    def on_click(self, event: events.Click) -> None:
        """Mark what was clicked."""
        place = event.style.meta.get("pick")
        if place is not None:
            self.cursor = place
            self._mark()

    def _mark(self) -> None:
        if not self.picks:
            return
        pick = self.picks[self.cursor].id
        marked = {pick} if not self._many else set(self.chosen) ^ {pick}
        chosen = tuple(one.id for one in self.picks if one.id in marked)
        self.is_touched = True
        if chosen != self.chosen:
            self.chosen = chosen
            self.post_message(self.Changed(self))

    def on_focus(self) -> None:
        """Draw the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw without the cursor."""
        self.refresh()
