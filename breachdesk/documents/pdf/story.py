"""Each kind of block in a draft as something that flows over pages."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from reportlab.platypus import CondPageBreak, Flowable, Spacer
from reportlab.platypus import Paragraph as Para

from breachdesk.documents.dates import Dates
from breachdesk.documents.draft import (
    AddressBlock,
    Block,
    Bullets,
    Draft,
    FieldRow,
    Fields,
    Gap,
    Paragraph,
    Section,
    Signature,
    Stamp,
    Table,
    TimeDrawing,
)
from breachdesk.documents.pdf import styles
from breachdesk.documents.pdf.drawing import TimeLine
from breachdesk.documents.pdf.grid import Grid, Row, missing_sign
from breachdesk.documents.pdf.markup import markup, plain


def story(draft: Draft, stamp: Stamp | None, width: float) -> Iterator[Flowable]:
    """Return the whole paper in order; `width` is the width of the text in points."""
    if is_letter(draft):
        yield from _letter_opening(draft, stamp)
    yield Para(markup(draft.title), styles.TITLE)
    if draft.subtitle:
        yield Para(markup(draft.subtitle), styles.SUBTITLE)
    if draft.head:
        yield _head(draft, stamp, width)
    for number, section in enumerate(draft.sections):
        yield from _section(section, number, draft, width)
    if draft.footer:
        yield Para(markup(draft.footer), styles.SMALL)


def is_letter(draft: Draft) -> bool:
    """Does the paper open with an address?"""
    first = draft.sections[0] if draft.sections else None
    return bool(first and first.blocks and isinstance(first.blocks[0], AddressBlock))


class Heading(Flowable):  # type: ignore[misc]  # ReportLab's base is untyped
    """A heading that stands in the file's outline too."""

    def __init__(self, text: str, key: str) -> None:
        """Keep the words and the name of the bookmark."""
        super().__init__()
        self.text, self.key = text, key
        self.para = Para(markup(text), styles.HEADING)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes, with the room above and below."""
        self.tall = self.para.wrap(width, height)[1]
        return width, self.tall + 16

    def draw(self) -> None:
        """Draw it and put it in the outline."""
        self.para.drawOn(self.canv, 0, 4)
        self.canv.bookmarkHorizontal(self.key, 0, self.tall + 10)
        self.canv.addOutlineEntry(plain(self.text), self.key, level=0)


class GapNote(Flowable):  # type: ignore[misc]  # ReportLab's base is untyped
    """A sentence about something missing, with its sign."""

    def __init__(self, text: str) -> None:
        """Keep the words."""
        super().__init__()
        self.para = Para(markup(text), styles.GAP)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes."""
        self.tall = self.para.wrap(width, height)[1]
        return width, self.tall + styles.GAP.spaceAfter

    def draw(self) -> None:
        """Draw the sign and the words."""
        bottom = styles.GAP.spaceAfter
        self.para.drawOn(self.canv, 0, bottom)
        missing_sign(self.canv, 1, bottom + self.tall - 8.2)


def _letter_opening(draft: Draft, stamp: Stamp | None) -> Iterator[Flowable]:
    block = draft.sections[0].blocks[0]
    yield Spacer(0, 6)
    for line in block.lines if isinstance(block, AddressBlock) else ():
        yield Para(markup(line), styles.ADDRESS)
    yield Spacer(0, 14)
    when = _date(draft, stamp)
    yield Para(markup(when), styles.DATE)
    yield Spacer(0, 12)


def _date(draft: Draft, stamp: Stamp | None) -> str:
    if stamp is None:
        return draft.labels.get("draft_note", "")
    return Dates(draft.lang, ZoneInfo(stamp.zone)).date(stamp.issued_at)


def _head(draft: Draft, stamp: Stamp | None, width: float) -> Grid:
    pairs = [*draft.head, (draft.labels.get("date", ""), _date(draft, stamp))]
    rows = [
        Row(((Para(markup(a), styles.HEAD_LABEL),), (Para(markup(b), styles.HEAD_VALUE),)), pad=1)
        for a, b in pairs
    ]
    widths = (styles.HEAD_LABEL_WIDTH, width - styles.HEAD_LABEL_WIDTH - styles.GUTTER)
    return Grid(rows, widths, gutter=styles.GUTTER, ruled=False)


def _section(section: Section, number: int, draft: Draft, width: float) -> Iterator[Flowable]:
    flowables = [one for block in section.blocks for one in _block(block, draft, width)]
    if section.heading:
        first = flowables[0] if flowables else None
        under = first.first_height() if isinstance(first, Grid) else 44
        yield CondPageBreak(34 + under)
        yield Heading(section.heading, f"section-{number}-{section.id}")
    yield from flowables


def _block(block: Block, draft: Draft, width: float) -> Iterator[Flowable]:
    match block:
        case Paragraph(text):
            yield from (Para(markup(one), styles.BODY) for one in _paragraphs(text))
        case Gap(text):
            yield GapNote(text)
        case Bullets(items):
            for item in items:
                yield Para(markup(item), styles.BULLET, bulletText="–")
        case Fields(rows):
            yield _fields(rows, draft, width)
        case Table(header, rows, widths):
            yield _table(header, rows, widths, width)
        case TimeDrawing():
            yield TimeLine(block, draft, width)
        case Signature(name, function):
            yield Spacer(0, 40)
            yield Para(markup(name), styles.SIGN_NAME)
            yield Para(markup(function), styles.ADDRESS)
        case AddressBlock():
            return


def _fields(rows: tuple[FieldRow, ...], draft: Draft, width: float) -> Grid:
    widths = (styles.LABEL, width - styles.LABEL - styles.GUTTER)
    return Grid([_field(row, draft) for row in rows], widths, gutter=styles.GUTTER)


def _field(row: FieldRow, draft: Draft) -> Row:
    label = [Para(markup(row.label), styles.LABEL_STYLE)]
    if row.number:
        number = f"{draft.labels.get('field', '')} {row.number}"
        label.append(Para(markup(number), styles.NUMBER))
    value = list(_lines(row.value, is_missing=row.is_missing))
    if row.note:
        value.append(Para(markup(row.note), styles.NOTE))
    again = f"{row.label} ({draft.labels.get('continued', '')})"
    return Row(
        (tuple(label), tuple(value)),
        is_missing=row.is_missing,
        again=(Para(markup(again), styles.NOTE),),
    )


def _lines(text: str, *, is_missing: bool) -> Iterator[Para]:
    base = styles.VALUE_GAP if is_missing else styles.VALUE
    for line in text.split("\n"):
        if not line.strip():
            continue
        listed = line.startswith("– ")
        yield Para(markup(line), styles.VALUE_LIST if listed and not is_missing else base)


def _table(
    header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[int, ...], width: float
) -> Grid:
    gutter = 7.0
    shares = widths or (1,) * len(header)
    room = width - gutter * (len(header) - 1)
    points = [room * one / sum(shares) for one in shares]
    head = Row(tuple((Para(markup(one), styles.CELL_HEAD),) for one in header), is_head=True)
    body = [
        Row(tuple(tuple(Para(markup(p), styles.CELL) for p in _paragraphs(one)) for one in row))
        for row in rows
    ]
    return Grid([head, *body], points, gutter=gutter)


def _paragraphs(text: str) -> Iterator[str]:
    yield from (one for one in text.split("\n") if one.strip())
