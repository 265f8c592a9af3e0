"""Each kind of block in a draft as something that flows over pages."""

import re
from collections.abc import Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

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
    Salutation,
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
from breachdesk.documents.pdf.words import Varying, Words

_CHUNK = 30
_BLANK = re.compile(r"\n\s*\n")


def story(draft: Draft, stamp: Stamp | None, width: float) -> Iterator[Flowable]:
    """Return the whole paper in order; `width` is the width of the text in points."""
    if is_letter(draft):
        yield from _letter_opening(draft, stamp, width)
    yield Words(markup(draft.title), styles.SUBJECT if is_letter(draft) else styles.TITLE)
    if draft.subtitle:
        yield Words(markup(draft.subtitle), styles.SUBTITLE)
    if draft.head and not is_letter(draft):
        yield _head(draft, stamp, width)
    yield Spacer(0, 5)
    for number, section in enumerate(draft.sections):
        yield from _section(section, number, draft, width)
    if draft.footer:
        yield Words(markup(draft.footer), styles.SMALL)


def is_letter(draft: Draft) -> bool:
    """Does the paper open with an address?"""
    first = draft.sections[0] if draft.sections else None
    return bool(first and first.blocks and isinstance(first.blocks[0], AddressBlock))


class Heading(Flowable):
    """A heading that stands in the file's outline too."""

    def __init__(self, text: str, key: str) -> None:
        """Keep the words and the name of the bookmark."""
        super().__init__()
        self.text, self.key = text, key
        self.para = Words(markup(text), styles.HEADING)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes, with the room above and below."""
        self.tall = self.para.wrap(width, height)[1]
        return width, self.tall + 16

    def draw(self) -> None:
        """Draw it and put it in the outline."""
        self.para.drawOn(self.canv, 0, 4)
        self.canv.bookmarkHorizontal(self.key, 0, self.tall + 10)
        self.canv.addOutlineEntry(plain(self.text), self.key, level=0)


class GapNote(Flowable):
    """A sentence about something missing, with its sign."""

    def __init__(self, text: str) -> None:
        """Keep the words."""
        super().__init__()
        self.para = Words(markup(text), styles.GAP)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes."""
        self.tall = self.para.wrap(width, height)[1]
        return width, self.tall + styles.GAP.spaceAfter

    def draw(self) -> None:
        """Draw the sign and the words."""
        bottom = styles.GAP.spaceAfter
        self.para.drawOn(self.canv, 0, bottom)
        missing_sign(self.canv, 1, bottom + self.tall)


def is_running_text(draft: Draft) -> bool:
    """Is it a letter of running text only? Then its lines are shorter."""
    blocks = (block for section in draft.sections for block in section.blocks)
    return is_letter(draft) and not any(isinstance(one, Fields | Table) for one in blocks)


def _letter_opening(draft: Draft, stamp: Stamp | None, width: float) -> Iterator[Flowable]:
    """Return the address, with date and reference to its right."""
    block = draft.sections[0].blocks[0]
    lines = block.lines if isinstance(block, AddressBlock) else ()
    address = tuple(Varying(markup(one), styles.ADDRESS) for one in lines)
    meta = [_date(draft, stamp), *(f"{label}: {value}" for label, value in draft.head)]
    beside = tuple(Words(markup(one), styles.META) for one in meta)
    widths = (width * 0.56, width * 0.44 - styles.GUTTER)
    yield Spacer(0, 8)
    yield Grid([Row((address, beside))], widths, gutter=styles.GUTTER, ruled=False)
    yield Spacer(0, 26)


def _date(draft: Draft, stamp: Stamp | None) -> str:
    if stamp is None:
        return draft.labels.get("draft_note", "")
    return Dates(draft.lang, ZoneInfo(stamp.zone)).date(stamp.issued_at)


def _head(draft: Draft, stamp: Stamp | None, width: float) -> Grid:
    pairs = [*draft.head, (draft.labels.get("date", ""), _date(draft, stamp))]
    rows = [
        Row(((Words(markup(a), styles.HEAD_LABEL),), (Words(markup(b), styles.HEAD_VALUE),)), pad=1)
        for a, b in pairs
        if a or b
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
    if any(isinstance(one, Signature) for one in section.blocks):
        yield KeepTogether([Spacer(0, 8), *flowables])
    else:
        yield from flowables


def _block(block: Block, draft: Draft, width: float) -> Iterator[Flowable]:
    match block:
        case Paragraph(text):
            for one in _paragraphs(text):
                style = styles.LEAD if one.rstrip().endswith(":") else styles.BODY
                yield from _chunks(one.split("\n"), style)
        case Gap(text):
            yield GapNote(text)
        case Bullets(items):
            for item in items:
                style = styles.BULLET_LAST if item is items[-1] else styles.BULLET
                yield Words(markup(item), style, bulletText="–")
        case Fields(rows):
            yield _fields(rows, draft, width)
        case Table(header, rows, widths):
            yield _table(header, rows, widths, width)
        case TimeDrawing():
            yield TimeLine(block, draft, width)
        case AddressBlock() | Salutation() | Signature():
            yield from _letter_part(block)


def _letter_part(block: AddressBlock | Salutation | Signature) -> Iterator[Flowable]:
    """Return greeting, or who signs with room for the hand; the address stands above already."""
    if isinstance(block, Salutation):
        yield Varying(markup(block.text), styles.BODY)
    if isinstance(block, Signature):
        yield Spacer(0, 40)
        yield Words(markup(block.name), styles.SIGN_NAME)
        yield Words(markup(block.function), styles.ADDRESS)


def _fields(rows: tuple[FieldRow, ...], draft: Draft, width: float) -> Grid:
    widths = (styles.LABEL, width - styles.LABEL - styles.GUTTER)
    return Grid([_field(row, draft) for row in rows], widths, gutter=styles.GUTTER)


def _field(row: FieldRow, draft: Draft) -> Row:
    label = [Words(markup(row.label), styles.LABEL_STYLE)]
    if row.number:
        number = f"{draft.labels.get('field', '')} {row.number}"
        label.append(Words(markup(number), styles.NUMBER))
    said = row.value.removeprefix(row.known).lstrip("\n") if row.is_missing else ""
    value = [*_lines(row.known if row.is_missing else row.value)]
    gap = Words(markup(said), styles.VALUE_GAP) if said else None
    value += [gap] if gap else []
    value += [Words(markup(one), styles.NOTE) for one in (row.note, row.doubt) if one]
    again = f"{row.label} ({draft.labels.get('continued', '')})"
    return Row(
        (tuple(label), tuple(value)),
        gap=gap,
        again=(Words(markup(again), styles.NOTE),),
    )


def _lines(text: str) -> Iterator[Words]:
    """Return lines that belong together as one paragraph, each item of a list as its own."""
    for number, paragraph in enumerate(_paragraphs(text)):
        style = styles.VALUE_AIRED if number else styles.VALUE
        for is_listed, lines in groupby(paragraph.split("\n"), key=_is_listed):
            if is_listed:
                yield from (Words(markup(line), styles.VALUE_LIST) for line in lines)
            else:
                yield from _chunks(list(lines), style)
            style = styles.VALUE


def _is_listed(line: str) -> bool:
    return line.startswith("– ")


def _table(
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[int, ...],
    width: float,
) -> Grid:
    gutter = 7.0
    shares = widths or (1,) * len(header)
    room = width - gutter * (len(header) - 1)
    points = [room * one / sum(shares) for one in shares]
    head = Row(tuple((Words(markup(one), styles.CELL_HEAD),) for one in header), is_head=True)
    body = [
        Row(tuple(tuple(Words(markup(p), styles.CELL) for p in _paragraphs(one)) for one in row))
        for row in rows
    ]
    return Grid([head, *body], points, gutter=gutter)


def _chunks(lines: list[str], style: ParagraphStyle) -> Iterator[Words]:
    """Return lines that belong together, some dozens in each: a long one is broken slowly."""
    tight = ParagraphStyle(f"{style.name} tight", parent=style, spaceAfter=0)
    for number in range(0, len(lines), _CHUNK):
        is_last = number + _CHUNK >= len(lines)
        some = "\n".join(lines[number : number + _CHUNK])
        yield Words(markup(some), style if is_last else tight)


def _paragraphs(text: str) -> Iterator[str]:
    """Return what stands between blank lines."""
    yield from (one.strip("\n") for one in _BLANK.split(text) if one.strip())
