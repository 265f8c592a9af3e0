"""A list of lines with a cursor that stays where it was, also when the lines are drawn anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option


@dataclass(frozen=True, slots=True)
class Line:
    """One line; without an id it is a heading, which the cursor passes over."""

    visual: Visual
    id: str = ""


class LineList(OptionList):
    """Lines to walk through with the arrows; Enter or a click opens one.

    Set the lines with `show_lines`: cursor and scrolling stay on the line they were on.
    """

    DEFAULT_CSS: ClassVar[str] = """
    LineList {
        height: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $foreground; }
        & > .option-list--option-hover { background: $foreground 5%; }
    }
    """

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Start without lines."""
        super().__init__(id=id, classes=classes, markup=False)

    @property
    def line_id(self) -> str:
        """Id of the line under the cursor; empty when there is none."""
        option = self.highlighted_option
        return (option.id or "") if option else ""

    def show_lines(self, lines: Sequence[Line], *, start: str = "") -> None:
        """Draw the lines; the cursor stays on its line, else it stands on `start` or the first."""
        keep, place = self.line_id or start, self.scroll_y
        self.set_options([_option(line) for line in lines])
        ids = [line.id for line in lines]
        if keep and keep in ids:
            self.highlighted = ids.index(keep)
        else:
            self.action_first()
        self.call_after_refresh(self._settle, place)

    def go_to(self, line_id: str) -> None:
        """Put the cursor on a line, if it is there."""
        if any(option.id == line_id for option in self.options):
            self.highlighted = self.get_option_index(line_id)

    def _settle(self, place: float) -> None:
        self.scroll_to(y=place, animate=False, force=True)
        self.scroll_to_highlight()


def _option(line: Line) -> Option:
    return Option(line.visual, id=line.id or None, disabled=not line.id)


def heading(text: Content) -> Line:
    """Return a heading between lines."""
    return Line(text.stylize("bold $text-primary"))
