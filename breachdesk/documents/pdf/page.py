"""What stands on every page beside the text: letterhead, marks, page x of y, audit head."""

from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from breachdesk.documents.dates import Dates
from breachdesk.documents.draft import Draft, Stamp
from breachdesk.documents.pdf import fonts, styles
from breachdesk.documents.pdf.markup import plain

_PAGES = "pages"
"""The form that holds the number of pages, filled in when the last page is known."""
_FOOT = 6.8
_TINY = 5.4


def draw_page(canvas: Canvas, draft: Draft, stamp: Stamp | None, size: tuple[float, float]) -> None:
    """Draw head, marks and foot of the page that is begun."""
    canvas.saveState()
    ghost = _ghost(draft, stamp)
    if ghost:
        _draw_ghost(canvas, ghost, size)
    if canvas.getPageNumber() == 1:
        _letterhead(canvas, draft, size)
    else:
        _running_head(canvas, draft, size, is_tagged=draft.is_drill or stamp is None)
    _tag(canvas, draft, stamp, size)
    _foot(canvas, draft, stamp, size)
    canvas.restoreState()


def draw_page_count(canvas: Canvas, count: int) -> None:
    """Fill in the number of pages, once it is known."""
    canvas.beginForm(_PAGES)
    canvas.setFont(fonts.REGULAR, _FOOT)
    canvas.setFillColor(styles.MUTED)
    canvas.drawString(0, 0, str(count))
    canvas.endForm()


def _ghost(draft: Draft, stamp: Stamp | None) -> str:
    words = [draft.labels.get("drill", "")] if draft.is_drill else []
    words += [draft.labels.get("draft", "")] if stamp is None else []
    return " · ".join(one for one in words if one)


def _draw_ghost(canvas: Canvas, word: str, size: tuple[float, float]) -> None:
    width, height = size
    canvas.saveState()
    canvas.setFillColor(styles.GHOST)
    room = 0.86 * width
    canvas.setFont(fonts.BOLD, 120 * min(1.0, room / stringWidth(word, fonts.BOLD, 120)))
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -36, word)
    canvas.restoreState()


def _letterhead(canvas: Canvas, draft: Draft, size: tuple[float, float]) -> None:
    width, height = size
    sender = draft.letterhead
    top = height - 16 * mm
    canvas.setFillColor(styles.ACCENT)
    room = width - styles.LEFT - styles.RIGHT
    canvas.setFont(fonts.BOLD, 13)
    canvas.drawString(styles.LEFT, top, _fitted(sender.name, fonts.BOLD, 13, room * 0.62))
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(fonts.REGULAR, 7.6)
    lines = (
        sender.address,
        " · ".join(x for x in (sender.organisation_number, sender.contact) if x),
    )
    for number, line in enumerate(one for one in lines if one):
        shown = _fitted(line, fonts.REGULAR, 7.6, room)
        canvas.drawString(styles.LEFT, top - 12 - number * 10, shown)
    canvas.setStrokeColor(styles.ACCENT)
    canvas.setLineWidth(1.1)
    canvas.line(styles.LEFT, top - 29, width - styles.RIGHT, top - 29)


def _running_head(
    canvas: Canvas, draft: Draft, size: tuple[float, float], *, is_tagged: bool
) -> None:
    width, height = size
    y = height - 14 * mm
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(fonts.REGULAR, 7.6)
    room = (width - styles.LEFT - styles.RIGHT) * (0.55 if is_tagged else 1)
    text = _fitted(f"{draft.letterhead.name} · {draft.title}", fonts.REGULAR, 7.6, room)
    canvas.drawString(styles.LEFT, y, text)
    canvas.setStrokeColor(styles.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(styles.LEFT, y - 5, width - styles.RIGHT, y - 5)


def _tag(canvas: Canvas, draft: Draft, stamp: Stamp | None, size: tuple[float, float]) -> None:
    """Draw the words for draft and drill in a box at the top right."""
    words = [draft.labels.get("drill_note", "")] if draft.is_drill else []
    words += [draft.labels.get("draft_note", "")] if stamp is None else []
    word = plain(" ".join(one for one in words if one))
    if not word:
        return
    width, height = size
    size_pt = 7.8
    long = stringWidth(word, fonts.BOLD, size_pt) + 10
    x, y = width - styles.RIGHT - long, height - 14 * mm - 3.4
    canvas.setFillColor(styles.INK)
    canvas.setStrokeColor(styles.INK)
    canvas.setLineWidth(0.8)
    canvas.rect(x, y, long, 13, stroke=1, fill=0)
    canvas.setFont(fonts.BOLD, size_pt)
    canvas.drawString(x + 5, y + 3.8, word)


def _foot(canvas: Canvas, draft: Draft, stamp: Stamp | None, size: tuple[float, float]) -> None:
    width = size[0]
    labels = draft.labels
    right, y = width - styles.RIGHT, 16 * mm
    canvas.setStrokeColor(styles.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(styles.LEFT, y + 10, right, y + 10)
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(fonts.REGULAR, _FOOT)
    case = f"{labels.get('case', '')} {draft.reference}"
    version = f"{labels.get('version', '')} {draft.version}"
    phase = labels.get("phase", "")
    line = " · ".join(one for one in (case, phase, version, draft.title) if one.strip())
    canvas.drawString(styles.LEFT, y, _fitted(line, fonts.REGULAR, _FOOT, right - styles.LEFT - 80))
    page = f"{labels.get('page', '')} {canvas.getPageNumber()} {labels.get('of', '')} "
    reserve = stringWidth("88", fonts.REGULAR, _FOOT)
    canvas.drawRightString(right - reserve, y, page)
    canvas.saveState()
    canvas.translate(right - reserve, y)
    canvas.doForm(_PAGES)
    canvas.restoreState()
    if stamp:
        _foot_of_issued(canvas, draft, stamp, y)


def _foot_of_issued(canvas: Canvas, draft: Draft, stamp: Stamp, y: float) -> None:
    labels = draft.labels
    when = Dates(draft.lang, ZoneInfo(stamp.zone)).exact(stamp.issued_at)
    issued = f"{labels.get('issued', '')} {when} {labels.get('by', '')} {stamp.actor}"
    canvas.drawString(styles.LEFT, y - 9.5, plain(issued)[:150])
    canvas.setFont(fonts.REGULAR, _TINY)
    canvas.drawString(
        styles.LEFT, y - 17.5, plain(f"{labels.get('audit_head', '')}: {stamp.audit_head}")
    )


def _fitted(text: str, font: str, size: float, room: float) -> str:
    """Return text cut with an ellipsis where it would not fit on its line."""
    shown = plain(text)
    if stringWidth(shown, font, size) <= room:
        return shown
    while shown and stringWidth(f"{shown}…", font, size) > room:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"
