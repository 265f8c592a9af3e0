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
from breachdesk.documents.pdf.markup import plain
from breachdesk.documents.pdf.tags import LANG, Element
from breachdesk.documents.pdf.words import Words, item, varying, words
from breachdesk.terms import Lang

_CHUNK = 30
_BLANK = re.compile(r"\n\s*\n")
_LISTED = "– "
"""What an item of a list within a text begins with."""


def story(draft: Draft, stamp: Stamp | None, width: float, body: Element) -> Iterator[Flowable]:
    """Return the whole paper in order, and put its elements into `body` in the order of reading.

    Args:
        draft: The paper.
        stamp: When it was issued; None for a draft.
        width: Of the text, in points.
        body: The element that holds the paper.
    """
    about = Element("Div")
    if is_letter(draft):
        yield from _letter_opening(draft, stamp, width, body.add("Div"), about)
    title = styles.SUBJECT if is_letter(draft) else styles.TITLE
    yield words(draft.title, title, body.add("H1"))
    if draft.subtitle:
        yield words(draft.subtitle, styles.SUBTITLE, body.add("P"))
    body.adopt(about)
    if draft.head and not is_letter(draft):
        yield _head(draft, stamp, width, about.add("Table"))
    yield Spacer(0, 5)
    held: list[Flowable] = []
    for number, section in enumerate(draft.sections):
        made = list(_section(section, number, draft, width, body.add("Sect")))
        if _is_signed(section):
            yield KeepTogether([*held, *made])
            held = []
            continue
        yield from held
        held = _last_words(made)
        yield from made[: len(made) - len(held)]
    yield from held
    if draft.footer:
        yield words(draft.footer, styles.SMALL, body.add("P"))


def is_letter(draft: Draft) -> bool:
    """Does the paper open with an address?"""
    first = draft.sections[0] if draft.sections else None
    return bool(first and first.blocks and isinstance(first.blocks[0], AddressBlock))


class Heading(Flowable):
    """A heading that stands in the file's outline too."""

    def __init__(self, text: str, key: str, element: Element) -> None:
        """Keep the words and the name of the bookmark."""
        super().__init__()
        self.text, self.key = text, key
        self.para = words(text, styles.HEADING, element)

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

    def __init__(self, text: str, element: Element) -> None:
        """Keep the words."""
        super().__init__()
        self.para = words(text, styles.GAP, element)

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


def _letter_opening(
    draft: Draft, stamp: Stamp | None, width: float, to: Element, about: Element
) -> Iterator[Flowable]:
    """Return the address, with date and reference to its right, which are read after the title."""
    block = draft.sections[0].blocks[0]
    lines = block.lines if isinstance(block, AddressBlock) else ()
    address = tuple(varying(one, styles.ADDRESS, to.add("P")) for one in lines)
    meta = [_date(draft, stamp), *(f"{label}: {value}" for label, value in draft.head)]
    beside = tuple(words(one, styles.META, about.add("P")) for one in meta)
    widths = (width * 0.56, width * 0.44 - styles.GUTTER)
    yield Spacer(0, 8)
    yield Grid([Row((address, beside))], widths, gutter=styles.GUTTER, ruled=False)
    yield Spacer(0, 26)


def _date(draft: Draft, stamp: Stamp | None) -> str:
    if stamp is None:
        return draft.labels.get("draft_note", "")
    return Dates(draft.lang, ZoneInfo(stamp.zone)).date(stamp.issued_at)


def _head(draft: Draft, stamp: Stamp | None, width: float, table: Element) -> Grid:
    pairs = [*draft.head, (draft.labels.get("date", ""), _date(draft, stamp))]
    rows = []
    for label, value in (pair for pair in pairs if any(pair)):
        row = table.add("TR")
        said = words(label, styles.HEAD_LABEL, row.add("TH", scope="Row").add("P"))
        known = words(value, styles.HEAD_VALUE, row.add("TD").add("P"))
        rows.append(Row(((said,), (known,)), pad=1))
    widths = (styles.HEAD_LABEL_WIDTH, width - styles.HEAD_LABEL_WIDTH - styles.GUTTER)
    return Grid(rows, widths, gutter=styles.GUTTER, ruled=False)


def _section(
    section: Section, number: int, draft: Draft, width: float, to: Element
) -> Iterator[Flowable]:
    heading = to.add("H2") if section.heading else None
    flowables = [one for block in section.blocks for one in _block(block, draft, width, to)]
    if heading:
        first = flowables[0] if flowables else None
        under = first.first_height() if isinstance(first, Grid) else 44
        yield CondPageBreak(34 + under)
        yield Heading(section.heading, f"section-{number}-{section.id}", heading)
    if _is_signed(section):
        yield Spacer(0, 8)
    yield from flowables


def _is_signed(section: Section) -> bool:
    return any(isinstance(one, Signature) for one in section.blocks)


def _last_words(made: list[Flowable]) -> list[Flowable]:
    """Return the paragraph that ends a section, so that no page holds a signature alone."""
    if not made or not isinstance(made[-1], Words):
        return []
    return made[-2:] if isinstance(made[-2:][0], Heading) else made[-1:]


def _block(block: Block, draft: Draft, width: float, to: Element) -> Iterator[Flowable]:
    match block:
        case Paragraph(text):
            for one in _paragraphs(text):
                style = styles.LEAD if one.rstrip().endswith(":") else styles.BODY
                yield from _chunks(one.split("\n"), style, to.add("P"))
        case Gap(text):
            yield GapNote(text, to.add("P"))
        case Bullets(items):
            listed = to.add("L")
            for one in items:
                style = styles.BULLET_LAST if one is items[-1] else styles.BULLET
                yield item("–", one, style, listed)
        case Fields(rows):
            yield _fields(rows, draft, width, to.add("Table"))
        case Table():
            yield _table(block, width, to.add("Table"))
        case TimeDrawing():
            yield TimeLine(block, draft, width, to)
        case AddressBlock() | Salutation() | Signature():
            yield from _letter_part(block, to)


def _letter_part(block: AddressBlock | Salutation | Signature, to: Element) -> Iterator[Flowable]:
    """Return greeting, or who signs with room for the hand; the address stands above already."""
    if isinstance(block, Salutation):
        yield varying(block.text, styles.BODY, to.add("P"))
    if isinstance(block, Signature):
        yield Spacer(0, 40)
        yield words(block.name, styles.SIGN_NAME, to.add("P"))
        if block.function:
            yield words(block.function, styles.ADDRESS, to.add("P"))


def _fields(rows: tuple[FieldRow, ...], draft: Draft, width: float, table: Element) -> Grid:
    widths = (styles.LABEL, width - styles.LABEL - styles.GUTTER)
    made = [_field(row, draft, table.add("TR")) for row in rows]
    return Grid(made, widths, gutter=styles.GUTTER)


def _field(row: FieldRow, draft: Draft, to: Element) -> Row:
    head, cell = to.add("TH", scope="Row"), to.add("TD")
    label = [words(row.label, styles.LABEL_STYLE, head.add("P"))]
    if row.number:
        number = f"{draft.labels.get('field', '')} {row.number}"
        label.append(words(number, styles.NUMBER, head.add("P")))
    said = row.value.removeprefix(row.known).lstrip("\n") if row.is_missing else ""
    value = [*_lines(row.known if row.is_missing else row.value, cell)]
    gap = words(said, styles.VALUE_GAP, cell.add("P")) if said else None
    value += [gap] if gap else []
    value += [words(one, styles.NOTE, cell.add("P")) for one in (row.note, row.doubt) if one]
    again = f"{row.label} ({draft.labels.get('continued', '')})"
    return Row(
        (tuple(label), tuple(value)),
        gap=gap,
        again=(words(again, styles.NOTE, None),),
    )


def _lines(text: str, to: Element) -> Iterator[Words]:
    """Return lines that belong together as one paragraph, and lists as lists."""
    for number, paragraph in enumerate(_paragraphs(text)):
        style = styles.VALUE_AIRED if number else styles.VALUE
        for is_listed, lines in groupby(paragraph.split("\n"), key=_is_listed):
            if is_listed:
                listed = to.add("L")
                for line in lines:
                    yield item("–", line.removeprefix(_LISTED), styles.VALUE_LIST, listed)
            else:
                yield from _chunks(list(lines), style, to.add("P"))
            style = styles.VALUE


def _is_listed(line: str) -> bool:
    return line.startswith(_LISTED)


def _table(block: Table, width: float, table: Element) -> Grid:
    gutter = 7.0
    shares = block.widths or (1,) * len(block.header)
    room = width - gutter * (len(block.header) - 1)
    points = [room * one / sum(shares) for one in shares]
    first = table.add("TR")
    heads = (first.add("TH", scope="Column").add("P") for _ in block.header)
    titles = zip(block.header, heads, strict=True)
    head = Row(tuple((words(one, styles.CELL_HEAD, to),) for one, to in titles), is_head=True)
    langs = block.langs or (None,) * len(block.rows)
    pairs = zip(block.rows, langs, strict=True)
    body = [_row(row, table.add("TR"), lang, block.lang_at) for row, lang in pairs]
    return Grid([head, *body], points, gutter=gutter)


def _row(texts: tuple[str, ...], to: Element, lang: Lang | None, at: tuple[int, int]) -> Row:
    """Return a row; a line that is not in the paper's language is a paragraph and says which."""
    cells: list[tuple[Words, ...]] = []
    for place, text in enumerate(texts):
        cell = to.add("TD")
        is_foreign = lang is not None and place == at[0]
        lines = text.split("\n") if is_foreign else [*_paragraphs(text)]
        elements = [cell.add("P") for _ in lines]
        if lang is not None and is_foreign:
            elements[at[1]].lang = LANG[lang]
        pairs = zip(lines, elements, strict=True)
        cells.append(tuple(words(one, styles.CELL, element) for one, element in pairs))
    return Row(tuple(cells))


def _chunks(lines: list[str], style: ParagraphStyle, to: Element) -> Iterator[Words]:
    """Return lines that belong together, some dozens in each: a long one is broken slowly."""
    tight = ParagraphStyle(f"{style.name} tight", parent=style, spaceAfter=0)
    for number in range(0, len(lines), _CHUNK):
        is_last = number + _CHUNK >= len(lines)
        some = "\n".join(lines[number : number + _CHUNK])
        made = words(some, style if is_last else tight, to)
        made.goes_on = not is_last
        yield made


def _paragraphs(text: str) -> Iterator[str]:
    """Return what stands between blank lines."""
    yield from (one.strip("\n") for one in _BLANK.split(text) if one.strip())
