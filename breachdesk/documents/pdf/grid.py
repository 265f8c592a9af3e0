"""Rows of cells that flow over pages: a low row stays whole, a tall one is broken.

ReportLab's own table fails on a cell taller than a page; here a cell is a run of paragraphs and
breaks where they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from breachdesk.documents.pdf import fonts, styles
from breachdesk.documents.pdf.tags import marked
from breachdesk.documents.pdf.words import Words

SIGN_WIDTH = 12.0
"""How far left of its line the sign of what is missing stands."""
Cell = tuple[Words, ...]


@dataclass(frozen=True, eq=False)
class Row:
    """Cells side by side."""

    cells: tuple[Cell, ...]
    gap: Words | None = None
    """The paragraph that says what is missing; a sign stands beside it."""
    is_head: bool = False
    continues: bool = False
    """It goes on on the next page: no rule under it."""
    again: Cell = ()
    """What stands in the first cell where the row goes on."""

    pad: float = styles.ROW_PAD
    """Points above and below."""

    def height(self, widths: Sequence[float]) -> float:
        """Return its height with these column widths."""
        tallest = max((_height(c, w) for c, w in zip(self.cells, widths, strict=True)), default=0)
        return tallest + 2 * self.pad

    def split(self, room: float, widths: Sequence[float]) -> tuple["Row", "Row"] | None:
        """Return what fits in `room` points and the rest; None when nothing sensible fits."""
        room -= 2 * self.pad
        halves = [_split(c, w, room) for c, w in zip(self.cells, widths, strict=True)]
        above, below = tuple(one[0] for one in halves), tuple(one[1] for one in halves)
        if not any(below) or not all(a or not b for a, b in zip(above, below, strict=True)):
            return None
        below = (below[0] or self.again, *below[1:])
        return replace(self, cells=above, continues=True), replace(self, cells=below)


def _height(cell: Cell, width: float) -> float:
    return sum(_tall(one, width, is_first=one is cell[0]) for one in cell)


def _tall(paragraph: Words, width: float, *, is_first: bool) -> float:
    above = 0.0 if is_first else paragraph.style.spaceBefore
    return float(paragraph.height_at(width) + above + paragraph.style.spaceAfter)


def _split(cell: Cell, width: float, room: float) -> tuple[Cell, Cell]:
    for number, paragraph in enumerate(cell):
        height = _tall(paragraph, width, is_first=number == 0)
        if height <= room:
            room -= height
            continue
        parts = [one for one in paragraph.split(width, room) if isinstance(one, Words)]
        if parts:
            return (*cell[:number], parts[0]), (*parts[1:], *cell[number + 1 :])
        return cell[:number], cell[number:]
    return cell, ()


class Grid(Flowable):
    """Rows with common column widths; the head row repeats on every page."""

    def __init__(
        self,
        rows: Sequence[Row],
        widths: Sequence[float],
        *,
        gutter: float,
        ruled: bool = True,
        is_rest: bool = False,
    ) -> None:
        """Keep the rows; `widths` in points, without the gutters between columns.

        What is the rest of a grid repeats its head row, which is then no content of its own.
        """
        super().__init__()
        self.rows, self.widths = tuple(rows), tuple(widths)
        self.gutter, self.ruled, self.is_rest = gutter, ruled, is_rest

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes."""
        del height
        self.width = width
        self.height = sum(row.height(self.widths) for row in self.rows)
        return width, self.height

    def first_height(self) -> float:
        """Return how much of it belongs under its heading."""
        least = [min(row.height(self.widths), styles.KEEP) for row in self.rows[:2]]
        return sum(least[: 2 if self.rows and self.rows[0].is_head else 1])

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the part that fits and the part that follows, the head row on both."""
        del width
        head = self.rows[:1] if self.rows and self.rows[0].is_head else ()
        room = height - sum(row.height(self.widths) for row in head)
        body, above = list(self.rows[len(head) :]), []
        while body:
            row = body[0]
            tall = row.height(self.widths)
            if tall <= room:
                above.append(body.pop(0))
                room -= tall
                continue
            if tall > styles.KEEP and room >= styles.LEAST:
                halves = row.split(room, self.widths)
                if halves:
                    above.append(halves[0])
                    body[0] = halves[1]
            break
        if not above or not body:
            return []
        return [
            self._with((*head, *above), is_rest=self.is_rest),
            self._with((*head, *body), is_rest=True),
        ]

    def _with(self, rows: Sequence[Row], *, is_rest: bool) -> "Grid":
        return Grid(rows, self.widths, gutter=self.gutter, ruled=self.ruled, is_rest=is_rest)

    def draw(self) -> None:
        """Draw the rows from the top."""
        top = self.height
        for row in self.rows:
            height = row.height(self.widths)
            if row.is_head and self.is_rest:
                with marked(self.canv, None):
                    self._draw_row(row, top)
            else:
                self._draw_row(row, top)
            top -= height
            if self.ruled and not row.continues:
                self._rule(row, top)

    def _draw_row(self, row: Row, top: float) -> None:
        canvas: Canvas = self.canv
        left = 0.0
        for cell, width in zip(row.cells, self.widths, strict=True):
            y = top - row.pad
            for paragraph in cell:
                tall = paragraph.height_at(width)
                y -= paragraph.style.spaceBefore if paragraph is not cell[0] else 0
                paragraph.drawOn(canvas, left, y - tall)
                if paragraph is row.gap:
                    missing_sign(canvas, left - SIGN_WIDTH, y)
                y -= tall + paragraph.style.spaceAfter
            left += width + self.gutter

    def _rule(self, row: Row, y: float) -> None:
        right = sum(self.widths) + self.gutter * (len(self.widths) - 1)
        with marked(self.canv, None):
            self.canv.setStrokeColor(styles.ACCENT if row.is_head else styles.RULE)
            self.canv.setLineWidth(0.8 if row.is_head else 0.4)
            self.canv.line(0, y, right, y)


def missing_sign(canvas: Canvas, x: float, top: float) -> None:
    """Draw the sign of what is missing beside a line: a question mark in a ring."""
    with marked(canvas, None):
        canvas.saveState()
        canvas.setStrokeColor(styles.ALERT)
        canvas.setFillColor(styles.ALERT)
        canvas.setLineWidth(0.8)
        canvas.circle(x + 4.4, top - 7, 4.2, stroke=1, fill=0)
        canvas.setFont(fonts.BOLD, 6.6)
        canvas.drawCentredString(x + 4.4, top - 9.3, "?")
        canvas.restoreState()
