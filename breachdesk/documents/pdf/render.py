"""Put it together: pages, story, metadata, and the same bytes each time."""

import hashlib
import io
from collections.abc import Callable
from datetime import UTC
from threading import Lock
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from breachdesk.documents.draft import Draft, Stamp, for_others
from breachdesk.documents.pdf import fonts, styles
from breachdesk.documents.pdf.markup import plain
from breachdesk.documents.pdf.page import PageFrame, draw_page_count
from breachdesk.documents.pdf.story import is_running_text, story
from breachdesk.documents.pdf.structure import About, tagged
from breachdesk.documents.pdf.tags import LANG, Element, Marking

LOCK = Lock()
"""ReportLab's fonts are shared by the process."""


def render(draft: Draft, stamp: Stamp | None = None) -> bytes:
    """Return the paper as PDF. Without a stamp it carries a draft mark and no audit head.

    The same draft and stamp give the same bytes: dates come from the stamp, the id from both.
    """
    with LOCK:
        return paper(draft, stamp, PaperCanvas)


def paper(draft: Draft, stamp: Stamp | None, canvas_of: Callable[..., "PaperCanvas"]) -> bytes:
    """Return the paper as PDF, drawn on the canvas that is made for it; `LOCK` is held."""
    draft = for_others(draft) if stamp else draft
    fonts.register()
    about = _about(draft, stamp)
    buffer = io.BytesIO()
    right = styles.LETTER_RIGHT if is_running_text(draft) else styles.RIGHT
    width = A4[0] - styles.LEFT - right
    template = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=about.title,
        author=about.author,
        subject=about.subject,
        keywords=list(about.keywords),
        creator="breachdesk",
        lang=about.lang,
        invariant=1,
        initialFontName=fonts.REGULAR,
        displayDocTitle=1,
        pageCompression=1,
    )
    whole = Element("Document")
    opening, body, closing = (whole.add("Div") for _ in range(3))

    def begin(canvas: Canvas, _: Any) -> None:  # noqa: ANN401
        PageFrame(canvas, draft, stamp, A4, opening, closing).draw()

    template.addPageTemplates(
        [
            PageTemplate("first", [_frame(A4, width, styles.TOP_FIRST)], onPage=begin,
                         autoNextPageTemplate="later"),
            PageTemplate("later", [_frame(A4, width, styles.TOP_LATER)], onPage=begin),
        ]
    )  # fmt: skip

    def canvas(*args: Any, **kwargs: Any) -> PaperCanvas:  # noqa: ANN401
        return canvas_of(draft, stamp, *args, **kwargs)

    template.build(list(story(draft, stamp, width, body)), canvasmaker=canvas)
    return tagged(buffer.getvalue(), whole, about)


def _about(draft: Draft, stamp: Stamp | None) -> About:
    return About(
        title=plain(f"{draft.title} {draft.reference}"),
        author=plain(draft.letterhead.name),
        subject=plain(draft.subtitle or draft.title),
        keywords=(draft.reference, str(draft.kind)),
        lang=LANG[draft.lang],
        issued=stamp.issued_at.astimezone(UTC).isoformat() if stamp else "",
    )


def _frame(size: tuple[float, float], width: float, top: float) -> Frame:
    height = size[1] - top - styles.BOTTOM
    return Frame(
        styles.LEFT, styles.BOTTOM, width, height,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


class PaperCanvas(Marking, Canvas):
    """A canvas that counts its pages and whose file depends on the content alone."""

    _doc: Any
    _code: list[str]

    def __init__(self, draft: Draft, stamp: Stamp | None, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Take the dates from the stamp, and the id from draft and stamp."""
        super().__init__(*args, **kwargs)
        self.begin_marking()
        self._doc.info = _Info(stamp)
        digest = hashlib.sha256(repr((draft, stamp)).encode()).hexdigest()[:32]
        self._doc._ID = f"\n[<{digest}><{digest}>]\n".encode()  # noqa: SLF001

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """End the page, and the numbers of its marks."""
        super().showPage()
        self.turn_page()

    def save(self) -> None:
        """Fill in how many pages there are, then close the file."""
        if self._code:
            self.showPage()
        draw_page_count(self, self.getPageNumber() - 1)
        super().save()


class _Info(PDFInfo):
    """The file's own data: dates from the stamp, none for a draft."""

    def __init__(self, stamp: Stamp | None) -> None:
        super().__init__()
        self.stamp = stamp

    def format(self, document: Any) -> bytes:  # noqa: ANN401
        """Return the dictionary as bytes."""
        said = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": self.creator,
            "Producer": self.producer,
        }
        if self.stamp:
            when = self.stamp.issued_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
            said |= {"CreationDate": when, "ModDate": when}
        entries = {name: PDFString(value) for name, value in said.items()}
        formatted: bytes = PDFDictionary(entries).format(document)
        return formatted
