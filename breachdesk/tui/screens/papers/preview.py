"""A paper as it will read, at any width: headings, labels with values, and gaps that are seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of the paper as a whole."""

    zone: str
    typed: tuple[str, ...]

    def is_open(self, text: str) -> bool:
        """Has nobody typed anything of it?"""
        return not any(one in text for one in self.typed)


def preview(draft: Draft, typed: Iterable[str] = ()) -> Content:
    """Return the paper as one content, its parts in their order; nothing in it is markup.

    Args:
        draft: The paper.
        typed: Names people gave, such as a group's, which may stand in headings and labels.
    """
    about = _About(draft.zone, tuple(typed))
    lines = [*_opening(draft, about)]
    for section in draft.sections:
        lines += _section(section, about)
    if draft.footer:
        lines += [Content(), shown(draft.footer).stylize(MUTED)]
    return Content("\n").join(lines)


def _opening(draft: Draft, about: _About) -> Iterator[Content]:
    yield shown(draft.letterhead.name).stylize(MUTED)
    yield shown(draft.title, is_open=about.is_open(draft.title)).stylize("bold")
    if draft.subtitle:
        yield shown(draft.subtitle)
    yield Content()
    for label, value in draft.head:
        yield _labelled(about, label, value)


def _labelled(about: _About, label: str, value: str, style: str = "") -> Content:
    said = shown(label, is_open=about.is_open(label))
    return Content.assemble((f"{said}: ", MUTED), shown(value, lines=True).stylize(style))


def _section(section: Section, about: _About) -> Iterator[Content]:
    yield Content()
    if section.heading:
        yield shown(section.heading, is_open=about.is_open(section.heading)).stylize(HEADING)
    for block in section.blocks:
        yield from _BLOCKS[type(block)](block, about)


def _paragraph(block: Block, about: _About) -> Iterator[Content]:
    del about
    yield shown(cast("Paragraph", block).text, lines=True)


def _gap(block: Block, about: _About) -> Iterator[Content]:
    del about
    yield Content.assemble(("! ", "bold"), shown(cast("Gap", block).text, is_open=True)).stylize(
        GAP_STYLE
    )


def _bullets(block: Block, about: _About) -> Iterator[Content]:
    del about
    for item in cast("Bullets", block).items:
        yield Content.assemble("• ", shown(item))


def _fields(block: Block, about: _About) -> Iterator[Content]:
    for row in cast("Fields", block).rows:
        yield from _row(row, about)


def _row(row: FieldRow, about: _About) -> Iterator[Content]:
    sign = "! " if row.is_missing else ""
    value = _labelled(about, row.label, f"{sign}{row.value}", GAP_STYLE if row.is_missing else "")
    yield value
    for remark in (row.note, row.doubt):
        if remark:
            yield shown(remark).stylize(MUTED)


def _table(block: Block, about: _About) -> Iterator[Content]:
    table = cast("Table", block)
    for cells in table.rows:
        pairs = zip(table.header, cells, strict=False)
        yield Content(" · ").join(
            _labelled(about, label, value) if label else shown(value) for label, value in pairs
        )


def _drawing(block: Block, about: _About) -> Iterator[Content]:
    drawing = cast("TimeDrawing", block)
    for point in drawing.points:
        yield Content.assemble((f"{_local(point.at, about.zone)}  ", MUTED), shown(point.label))


def _local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%d.%m. %H:%M}"


def _address(block: Block, about: _About) -> Iterator[Content]:
    del about
    for line in cast("AddressBlock", block).lines:
        yield shown(line).stylize(MUTED)
    yield Content()


def _signature(block: Block, about: _About) -> Iterator[Content]:
    del about
    signature = cast("Signature", block)
    yield shown(signature.name).stylize("bold")
    if signature.function:
        yield shown(signature.function)


_BLOCKS: Mapping[type[Block], Callable[[Block, _About], Iterator[Content]]] = {
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
