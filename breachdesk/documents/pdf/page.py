"""What stands on every page beside the text: letterhead, marks, page x of y, audit head."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from breachdesk.documents.dates import Dates
from breachdesk.documents.draft import Draft, Stamp, printed_head
from breachdesk.documents.pdf import fonts, styles
from breachdesk.documents.pdf.markup import plain
from breachdesk.documents.pdf.tags import Element, marked

_PAGES = "pages"
"""The form that holds the number of pages, filled in when the last page is known."""
_NAME, _HEAD, _TAG, _FOOT, _TINY = 13.0, 7.6, 7.8, 6.8, 5.4
_GHOST = 120.0


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Head, marks and foot of one page of a paper.

    Those of the first page are content: sender and marks are read first, case and issue last. On
    later pages they are said again, and no content.
    """

    canvas: Canvas
    draft: Draft
    stamp: Stamp | None
    size: tuple[float, float]
    opening: Element
    closing: Element

    def draw(self) -> None:
        """Draw them on the page that is begun, beneath its text."""
        self.canvas.saveState()
        with marked(self.canvas, None):
            self._ghost()
        tag = self._tag()
        if self._is_first:
            self._letterhead(tag)
        else:
            self._running_head(tag)
        self._foot()
        self.canvas.restoreState()

    @property
    def _is_first(self) -> bool:
        return self.canvas.getPageNumber() == 1

    def _ghost(self) -> None:
        """Draw the word across the page, too pale to disturb the text above it."""
        word = plain(" · ".join(self._marks("drill", "draft")))
        if not word:
            return
        width, height = self.size
        room = 0.86 * width / stringWidth(word, fonts.BOLD, 1)
        self.canvas.saveState()
        self.canvas.setFillColor(styles.GHOST)
        self.canvas.setFont(fonts.BOLD, min(_GHOST, room))
        self.canvas.translate(width / 2, height / 2)
        self.canvas.rotate(52)
        self.canvas.drawCentredString(0, -36, word)
        self.canvas.restoreState()

    def _marks(self, drill: str, draft: str) -> Iterator[str]:
        labels = self.draft.labels
        if self.draft.is_drill and labels.get(drill):
            yield labels[drill]
        if self.stamp is None and labels.get(draft):
            yield labels[draft]

    def _tag(self) -> float:
        """Draw the words for draft and drill in a box at the top right; return its width."""
        word = plain(" ".join(self._marks("drill_note", "draft_note")))
        if not word:
            return 0.0
        long = stringWidth(word, fonts.BOLD, _TAG) + 10
        x, y = self._right - long, self.size[1] - 14 * mm - 3.4
        self.canvas.setFillColor(styles.INK)
        self.canvas.setStrokeColor(styles.INK)
        self.canvas.setLineWidth(0.8)
        with marked(self.canvas, None):
            self.canvas.rect(x, y, long, 13, stroke=1, fill=0)
        self._write(x + 5, y + 3.8, word, fonts.BOLD, _TAG, self.opening)
        return long + 8

    @property
    def _right(self) -> float:
        return self.size[0] - styles.RIGHT

    @property
    def _room(self) -> float:
        return self._right - styles.LEFT

    def _write(self, x: float, y: float, text: str, font: str, size: float, to: Element) -> None:
        with marked(self.canvas, to.add("P") if self._is_first and text else None):
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, y, text)

    def _rule(self, y: float) -> None:
        with marked(self.canvas, None):
            self.canvas.line(styles.LEFT, y, self._right, y)

    def _letterhead(self, tag: float) -> None:
        sender = self.draft.letterhead
        top = self.size[1] - 16 * mm
        self.canvas.setFillColor(styles.ACCENT)
        name = _fitted(sender.name, fonts.BOLD, _NAME, self._room - tag)
        self._write(styles.LEFT, top, name, fonts.BOLD, _NAME, self.opening)
        self.canvas.setFillColor(styles.MUTED)
        reach = " · ".join(x for x in (sender.organisation_number, sender.contact) if x)
        for number, line in enumerate(x for x in (sender.address, reach) if x):
            shown = _fitted(line, fonts.REGULAR, _HEAD, self._room)
            y = top - 12 - number * 10
            self._write(styles.LEFT, y, shown, fonts.REGULAR, _HEAD, self.opening)
        self.canvas.setStrokeColor(styles.ACCENT)
        self.canvas.setLineWidth(1.1)
        self._rule(top - 29)

    def _running_head(self, tag: float) -> None:
        y = self.size[1] - 14 * mm
        self.canvas.setFillColor(styles.MUTED)
        text = f"{self.draft.letterhead.name} · {self.draft.title}"
        shown = _fitted(text, fonts.REGULAR, _HEAD, self._room - tag)
        self._write(styles.LEFT, y, shown, fonts.REGULAR, _HEAD, self.opening)
        self.canvas.setStrokeColor(styles.RULE)
        self.canvas.setLineWidth(0.5)
        self._rule(y - 5.5)

    def _foot(self) -> None:
        y = 16 * mm
        self.canvas.setStrokeColor(styles.RULE)
        self.canvas.setLineWidth(0.5)
        self._rule(y + 10)
        self.canvas.setFillColor(styles.MUTED)
        line = _fitted(self._foot_line(), fonts.REGULAR, _FOOT, self._room - 80)
        self._write(styles.LEFT, y, line, fonts.REGULAR, _FOOT, self.closing)
        self._page_number(y)
        if self.stamp:
            self._issued(self.stamp, y)

    def _foot_line(self) -> str:
        draft, labels = self.draft, self.draft.labels
        case = f"{labels.get('case', '')} {draft.reference}".strip()
        version = f"{labels.get('version', '')} {draft.version}"
        return " · ".join(x for x in (case, labels.get("phase", ""), version, draft.title) if x)

    def _page_number(self, y: float) -> None:
        """Draw "page x of y"; y is drawn by a form that is filled in at the end."""
        labels = self.draft.labels
        said = f"{labels.get('page', '')} {self.canvas.getPageNumber()} {labels.get('of', '')} "
        at = self._right - stringWidth("88", fonts.REGULAR, _FOOT)
        with marked(self.canvas, None):
            self.canvas.setFont(fonts.REGULAR, _FOOT)
            self.canvas.drawRightString(at, y, plain(said))
            self.canvas.saveState()
            self.canvas.translate(at, y)
            self.canvas.doForm(_PAGES)
            self.canvas.restoreState()

    def _issued(self, stamp: Stamp, y: float) -> None:
        labels = self.draft.labels
        when = Dates(self.draft.lang, ZoneInfo(stamp.zone)).exact(stamp.issued_at)
        said = f"{labels.get('issued', '')} {when} {labels.get('by', '')} {stamp.actor}"
        head = printed_head(self.draft, stamp.audit_head)
        if head != stamp.audit_head:
            said = f"{said} · {head}"
        issued = _fitted(said, fonts.REGULAR, _FOOT, self._room)
        self._write(styles.LEFT, y - 9.5, issued, fonts.REGULAR, _FOOT, self.closing)
        if head == stamp.audit_head:
            line = f"{labels.get('audit_head', '')}: {head}"
            shown = _fitted(line, fonts.REGULAR, _TINY, self._room)
            self._write(styles.LEFT, y - 17.5, shown, fonts.REGULAR, _TINY, self.closing)


def draw_page_count(canvas: Canvas, count: int) -> None:
    """Fill in the number of pages, once it is known."""
    canvas.beginForm(_PAGES)
    canvas.setFont(fonts.REGULAR, _FOOT)
    canvas.setFillColor(styles.MUTED)
    canvas.drawString(0, 0, str(count))
    canvas.endForm()


def _fitted(text: str, font: str, size: float, room: float) -> str:
    """Return text cut with an ellipsis where it would not fit on its line."""
    shown = plain(text)
    if stringWidth(shown, font, size) <= room:
        return shown
    while shown and stringWidth(f"{shown}…", font, size) > room:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"
