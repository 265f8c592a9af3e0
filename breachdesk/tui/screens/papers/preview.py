"""A paper as it will read, at any width: headings, labels with values, and gaps that are seen."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from textual.content import Content

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
    Table,
    TimeDrawing,
)
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

GAP_STYLE = "$text-warning"
HEADING = "bold $text-primary"


def preview(draft: Draft) -> Content:
    """Return the paper as one content, its parts in their order; nothing in it is markup."""
    lines = [*_opening(draft)]
    for section in draft.sections:
        lines += _section(section, draft.zone)
    if draft.footer:
        lines += [Content(), shown(draft.footer).stylize(MUTED)]
    return Content("\n").join(lines)


def _opening(draft: Draft) -> Iterator[Content]:
    yield shown(draft.letterhead.name).stylize(MUTED)
    yield shown(draft.title, is_open=True).stylize("bold")
    if draft.subtitle:
        yield shown(draft.subtitle)
    yield Content()
    for label, value in draft.head:
        yield _labelled(label, value)


def _labelled(label: str, value: str, style: str = "") -> Content:
    return Content.assemble(
        (f"{shown(label, is_open=True)}: ", MUTED), shown(value, lines=True).stylize(style)
    )


def _section(section: Section, zone: str) -> Iterator[Content]:
    yield Content()
    if section.heading:
        yield shown(section.heading, is_open=True).stylize(HEADING)
    for block in section.blocks:
        yield from _BLOCKS[type(block)](block, zone)


def _paragraph(block: Block, zone: str) -> Iterator[Content]:
    del zone
    yield shown(cast("Paragraph", block).text, lines=True)


def _gap(block: Block, zone: str) -> Iterator[Content]:
    del zone
    yield Content.assemble(("! ", "bold"), shown(cast("Gap", block).text, is_open=True)).stylize(
        GAP_STYLE
    )


def _bullets(block: Block, zone: str) -> Iterator[Content]:
    del zone
    for item in cast("Bullets", block).items:
        yield Content.assemble("• ", shown(item))


def _fields(block: Block, zone: str) -> Iterator[Content]:
    del zone
    for row in cast("Fields", block).rows:
        yield from _row(row)


def _row(row: FieldRow) -> Iterator[Content]:
    sign = "! " if row.is_missing else ""
    value = _labelled(row.label, f"{sign}{row.value}", GAP_STYLE if row.is_missing else "")
    yield value
    for remark in (row.note, row.doubt):
        if remark:
            yield shown(remark).stylize(MUTED)


def _table(block: Block, zone: str) -> Iterator[Content]:
    del zone
    table = cast("Table", block)
    for cells in table.rows:
        pairs = zip(table.header, cells, strict=False)
        yield Content(" · ").join(
            _labelled(label, value) if label else shown(value) for label, value in pairs
        )


def _drawing(block: Block, zone: str) -> Iterator[Content]:
    drawing = cast("TimeDrawing", block)
    for point in drawing.points:
        yield Content.assemble((f"{_local(point.at, zone)}  ", MUTED), shown(point.label))


def _local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%d.%m. %H:%M}"


def _address(block: Block, zone: str) -> Iterator[Content]:
    del zone
    for line in cast("AddressBlock", block).lines:
        yield shown(line).stylize(MUTED)
    yield Content()


def _signature(block: Block, zone: str) -> Iterator[Content]:
    del zone
    signature = cast("Signature", block)
    yield shown(signature.name).stylize("bold")
    if signature.function:
        yield shown(signature.function)


_BLOCKS: Mapping[type[Block], Callable[[Block, str], Iterator[Content]]] = {
    Paragraph: _paragraph,
    Salutation: _paragraph,
    Gap: _gap,
    Bullets: _bullets,
    Fields: _fields,
    Table: _table,
    TimeDrawing: _drawing,
    AddressBlock: _address,
    Signature: _signature,
}
