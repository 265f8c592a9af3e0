"""A draft as plain text: what `draft` prints, what is searched, what a screen reader reads."""

from collections.abc import Iterator
from textwrap import wrap
from zoneinfo import ZoneInfo

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
    for_others,
    printed_head,
)
from breachdesk.language import clean

_WIDTH = 78
_MISSING = "[?]"
"""Stands before what is missing; the words say the same."""


def render(draft: Draft, stamp: Stamp | None = None) -> str:
    """Return the paper as text, lines of at most 78 characters where words allow it.

    Without a stamp it says that it is a draft; with one, when, by whom and after which audit head
    it was issued.
    """
    draft = for_others(draft) if stamp else draft
    lines = [*_opening(draft, stamp)]
    for section in draft.sections:
        lines += ["", *_section(section, draft)]
    lines += ["", *_closing(draft, stamp)]
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _opening(draft: Draft, stamp: Stamp | None) -> Iterator[str]:
    labels, sender = draft.labels, draft.letterhead
    if draft.is_drill:
        yield f"*** {labels.get('drill_note', '')} ***"
    if stamp is None:
        yield f"*** {labels.get('draft_note', '')} ***"
    for line in (sender.name, sender.organisation_number, sender.address, sender.contact):
        yield from _wrapped(line) if line else ()
    first = draft.sections[0] if draft.sections else None
    if first and first.blocks and isinstance(first.blocks[0], AddressBlock):
        yield ""
        yield from (part for line in first.blocks[0].lines for part in _wrapped(line))
    yield ""
    yield from _wrapped(draft.title)
    yield "=" * min(len(draft.title), _WIDTH)
    yield from _wrapped(draft.subtitle) if draft.subtitle else ()
    yield ""
    for label, value in draft.head:
        yield from _wrapped(f"{label}: {value}", hanging="  ")


def _closing(draft: Draft, stamp: Stamp | None) -> Iterator[str]:
    labels = draft.labels
    yield from _wrapped(draft.footer) if draft.footer else ()
    version = f"{labels.get('version', '')} {draft.version}"
    yield f"{labels.get('case', '')} {draft.reference} · {version}".strip()
    if stamp:
        dates = Dates(draft.lang, ZoneInfo(stamp.zone))
        when = dates.exact(stamp.issued_at)
        head = printed_head(draft, stamp.audit_head)
        is_short = head != stamp.audit_head
        said = f"{labels.get('issued', '')} {when} {labels.get('by', '')} {stamp.actor}"
        yield from _wrapped(f"{said} · {head}" if is_short else said)
        if not is_short:
            yield f"{labels.get('audit_head', '')}: {head}"
    elif labels.get("draft_note"):
        yield labels["draft_note"]


def _section(section: Section, draft: Draft) -> Iterator[str]:
    if section.heading:
        yield section.heading
        yield "-" * min(len(section.heading), _WIDTH)
    for number, block in enumerate(section.blocks):
        if number:
            yield ""
        yield from _block(block, draft)


def _block(block: Block, draft: Draft) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield from _wrapped(text)
        case Gap(text):
            yield from _wrapped(f"{_MISSING} {text}", hanging="    ")
        case Bullets(items):
            for item in items:
                yield from _wrapped(f"• {item}", hanging="  ")
        case Fields(rows):
            for row in rows:
                yield from _field(row, draft)
        case Table(header, rows):
            yield from _table(header, rows)
        case TimeDrawing():
            yield from _times(block, draft)
        case AddressBlock() | Signature():
            yield from _letter_part(block)


def _letter_part(block: AddressBlock | Signature) -> Iterator[str]:
    """Return who signs; the address stands above the title already."""
    if isinstance(block, Signature):
        yield from _wrapped(block.name)
        yield from _wrapped(block.function) if block.function else ()


def _field(row: FieldRow, draft: Draft) -> Iterator[str]:
    number = f" ({draft.labels.get('field', '')} {row.number})" if row.number else ""
    end = "" if row.label.endswith("?") and not number else ":"
    yield from _wrapped(f"{row.label}{number}{end}", hanging="  ")
    gap = row.value.removeprefix(row.known).lstrip("\n") if row.is_missing else ""
    said = row.known if row.is_missing else row.value
    if said:
        yield from _wrapped(said, first="    ", hanging="    ")
    if gap:
        yield from _wrapped(f"{_MISSING} {gap}", first="    ", hanging="        ")
    for remark in (row.note, row.doubt):
        if remark:
            yield from _wrapped(f"({remark})", first="    ", hanging="    ")


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for row in rows:
        for number, (label, value) in enumerate(zip(header, row, strict=True)):
            before = "• " if number == 0 else "  "
            if value:
                yield from _wrapped(f"{before}{label}: {value}", hanging="    ")


def _times(drawing: TimeDrawing, draft: Draft) -> Iterator[str]:
    dates = Dates(draft.lang, ZoneInfo(draft.zone))
    for point in sorted(drawing.points, key=lambda one: one.at):
        yield from _wrapped(f"{dates.short(point.at)}  {point.label}", hanging="    ")
    if drawing.caption:
        yield from _wrapped(drawing.caption)


def _wrapped(text: str, *, first: str = "", hanging: str = "") -> Iterator[str]:
    for number, line in enumerate(clean(text, lines=True).split("\n")):
        before = first if number == 0 else first or hanging
        yield from wrap(
            line, _WIDTH, initial_indent=before, subsequent_indent=hanging or before,
            break_long_words=False, break_on_hyphens=False,
        ) or [""]  # fmt: skip
