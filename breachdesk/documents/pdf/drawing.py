"""The drawn timeline: marks on a line of time, each with its words; long silences are cut.

Each kind has a shape of its own beside its words; nothing is said by colour alone.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from breachdesk.documents.dates import Dates
from breachdesk.documents.draft import Draft, TimeDrawing
from breachdesk.documents.pdf import fonts, styles
from breachdesk.documents.pdf.markup import plain
from breachdesk.documents.pdf.tags import Element, marked
from breachdesk.documents.pdf.timescale import TimeScale
from breachdesk.documents.pdf.words import words

_SIZE = 7.4
_LANE = 12.0
_EDGE = 6.0
_BELOW = 34.0


@dataclass(frozen=True, slots=True)
class _Label:
    place: float
    left: float
    lane: int
    text: str
    kind: str


class TimeLine(Flowable):
    """A line of time as a drawing that stays on one page."""

    def __init__(self, drawing: TimeDrawing, draft: Draft, width: float, to: Element) -> None:
        """Work out where everything stands; whoever cannot see it gets the moments as words."""
        super().__init__()
        self.drawing, self.width = drawing, width
        self.zone = ZoneInfo(draft.zone)
        self.dates = Dates(draft.lang, self.zone)
        self.deadline_word = draft.labels.get("deadline", "")
        framed = (one for one in (drawing.start, drawing.deadline) if one)
        moments = [*(point.at for point in drawing.points), *framed]
        self.scale = TimeScale.over(moments, width - 2 * _EDGE) if moments else None
        self.labels = self._lay_out() if self.scale else ()
        note = draft.labels.get("break_note", "") if self.scale and self.scale.cuts else ""
        said = " ".join(one for one in (drawing.caption, note) if one)
        self.figure = to.add("Figure") if self.scale else None
        self.caption = words(said, styles.CAPTION, to.add("P") if drawing.caption else None)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes."""
        self.caption_height = self.caption.wrap(width, height)[1] if self.drawing.caption else 0
        lanes = 1 + max((label.lane for label in self.labels), default=0)
        self.above = lanes * _LANE + 12
        return width, self.above + _BELOW + self.caption_height + 8

    def _lay_out(self) -> tuple[_Label, ...]:
        """Give every mark a lane in which its words touch no others, from right to left.

        So the line from an earlier mark up to its words never crosses the words of a later one.
        """
        begins: list[float] = []
        found = []
        for (at, word, kind), count in sorted(self._marks().items(), reverse=True):
            place = self._place(at)
            times = f" ×{count}" if count > 1 else ""
            text = plain(f"{word}{times} {self.dates.brief(at)}")
            long = stringWidth(text, fonts.REGULAR, _SIZE)
            left = place + 4 if place + 4 + long <= self.width else place - 4 - long
            end = max(left + long, place) + 6
            lane = next((n for n, begin in enumerate(begins) if end < begin), len(begins))
            begins[lane : lane + 1] = [min(left, place)]
            found.append(_Label(place, left, lane, text, kind))
        return tuple(found)

    def _marks(self) -> Counter[tuple[datetime, str, str]]:
        """Return what is marked, the deadline too, and how often at the same moment."""
        marks = [(point.at, point.label, point.kind) for point in self.drawing.points]
        if self.drawing.deadline:
            marks.append((self.drawing.deadline, self.deadline_word, "deadline"))
        return Counter(marks)

    def _place(self, at: datetime) -> float:
        return _EDGE + ((self.scale.place(at) if self.scale else None) or 0.0)

    def draw(self) -> None:
        """Draw axis, band, marks and words."""
        if self.scale is None:
            return
        canvas: Canvas = self.canv
        axis = _BELOW + self.caption_height
        if self.figure:
            self._say(self.figure, canvas)
        with marked(canvas, self.figure):
            self._band(canvas, axis)
            self._axis(canvas, axis)
            for label in sorted(self.labels, key=lambda one: -one.lane):
                self._mark(canvas, label, axis)
        if self.drawing.caption:
            self.caption.drawOn(canvas, 0, 0)

    def _say(self, figure: Element, canvas: Canvas) -> None:
        """Give the drawing its words and its place on the page."""
        said = sorted((at, label) for at, label, _ in self._marks().elements())
        figure.alt = "; ".join(f"{self.dates.short(at)} {label}" for at, label in said)
        left, bottom = canvas.absolutePosition(0, self.caption_height)
        right, top = canvas.absolutePosition(self.width, _BELOW + self.caption_height + self.above)
        figure.box = (left, bottom, right, top)

    def _band(self, canvas: Canvas, axis: float) -> None:
        if self.drawing.start is None or self.drawing.deadline is None:
            return
        start, end = self._place(self.drawing.start), self._place(self.drawing.deadline)
        canvas.setFillColor(styles.BAND)
        canvas.setStrokeColor(styles.ACCENT)
        canvas.setLineWidth(0.5)
        canvas.rect(start, axis - 4.5, end - start, 9, stroke=1, fill=1)

    def _axis(self, canvas: Canvas, axis: float) -> None:
        if self.scale is None:
            return
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(1)
        canvas.line(0, axis, self.width, axis)
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(fonts.REGULAR, _SIZE)
        canvas.setLineWidth(0.6)
        for place, day in self.scale.days(self.zone):
            x = _EDGE + place
            canvas.line(x, axis - 8, x, axis - 4.5)
            canvas.drawCentredString(x, axis - 17, self.dates.brief_day(day))
        for place in self.scale.cuts:
            x = _EDGE + place
            canvas.setFillColor(styles.PAPER)
            canvas.rect(x - 4, axis - 5, 8, 10, stroke=0, fill=1)
            canvas.setFillColor(styles.INK)
            canvas.drawCentredString(x, axis - 2.6, "//")

    def _mark(self, canvas: Canvas, label: _Label, axis: float) -> None:
        y = axis + 13 + label.lane * _LANE
        canvas.setStrokeColor(styles.RULE)
        canvas.setLineWidth(0.5)
        canvas.line(label.place, axis + 4, label.place, y + 6)
        canvas.setFillColor(styles.INK)
        canvas.setFont(fonts.REGULAR, _SIZE)
        canvas.drawString(label.left, y, label.text)
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(1)
        _SHAPES.get(label.kind, _dot)(canvas, label.place, axis)


def _dot(canvas: Canvas, x: float, y: float) -> None:
    canvas.circle(x, y, 2.6, stroke=1, fill=1)


def _ring(canvas: Canvas, x: float, y: float) -> None:
    canvas.setFillColor(styles.PAPER)
    canvas.circle(x, y, 2.8, stroke=1, fill=1)


def _square(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(x - 2.7, y - 2.7, 5.4, 5.4, stroke=1, fill=1)


def _corners(canvas: Canvas, *corners: tuple[float, float]) -> None:
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _diamond(canvas: Canvas, x: float, y: float) -> None:
    _corners(canvas, (x - 3.6, y), (x, y + 3.6), (x + 3.6, y), (x, y - 3.6))


def _triangle(canvas: Canvas, x: float, y: float) -> None:
    _corners(canvas, (x - 3.4, y - 2.6), (x, y + 3.6), (x + 3.4, y - 2.6))


def _bar(canvas: Canvas, x: float, y: float) -> None:
    canvas.setLineWidth(2)
    canvas.line(x, y - 7, x, y + 7)


def _cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x - 3, y - 3, x + 3, y + 3)
    canvas.line(x - 3, y + 3, x + 3, y - 3)


_SHAPES: Mapping[str, Callable[[Canvas, float, float], None]] = {
    "occurred": _ring,
    "first_sign": _triangle,
    "aware": _dot,
    "decision": _diamond,
    "sent": _square,
    "unsent": _cross,
    "closed": _bar,
    "deadline": _bar,
}
