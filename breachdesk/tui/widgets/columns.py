"""Text in columns, each wrapped in its own: one line of a list that never cuts what matters."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a line."""

    content: Content
    width: int = 0
    """In cells; 0 shares what is left over."""
    from_width: int = 0
    """Left out in lines narrower than this."""


def widest(texts: Iterable[str]) -> int:
    """Return the width of the widest text, for a column that holds them; at least one cell."""
    return max((cell_len(text) for text in texts), default=1)


class Columns(Visual):
    """Columns side by side; a text longer than its column goes on under itself."""

    def __init__(self, *columns: Column) -> None:
        """Take the columns, left to right."""
        self.columns = columns

    @property
    def plain(self) -> str:
        """The text of all columns, for tests and for reading aloud."""
        return "  ".join(column.content.plain for column in self.columns if column.content)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width there is: columns fill it."""
        del rules
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the lines the highest column takes."""
        return max(
            (column.content.get_height(rules, cells) for column, cells in self._laid(width)),
            default=1,
        )

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Draw the columns and join them line by line."""
        if width <= 0:
            return []
        laid = self._laid(width)
        drawn = [
            (column.content.render_strips(cells, None, style, options), cells)
            for column, cells in laid
        ]
        tallest = max((len(strips) for strips, _ in drawn), default=1)
        lines = tallest if height is None else min(height, tallest)
        gap = Strip.blank(GAP, style.rich_style)
        return [_joined(drawn, line, gap, style) for line in range(lines)]

    def _laid(self, width: int) -> list[tuple[Column, int]]:
        """Return the columns that are shown and how wide each is, at least one cell."""
        shown = [column for column in self.columns if column.from_width <= width]
        fixed = sum(column.width for column in shown) + GAP * (len(shown) - 1)
        sharing = sum(column.width == 0 for column in shown)
        left, extra = divmod(max(0, width - fixed), sharing) if sharing else (0, 0)
        laid = []
        for column in shown:
            cells = column.width or left + (1 if extra > 0 else 0)
            extra -= 0 if column.width else 1
            laid.append((column, max(1, cells)))
        return laid


def _joined(drawn: list[tuple[list[Strip], int]], line: int, gap: Strip, style: Style) -> Strip:
    parts: list[Strip] = []
    for strips, cells in drawn:
        if parts:
            parts.append(gap)
        strip = strips[line] if line < len(strips) else Strip.blank(0)
        parts.append(strip.adjust_cell_length(cells, style.rich_style))
    return Strip.join(parts)
