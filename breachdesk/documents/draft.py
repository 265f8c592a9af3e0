"""A paper before it is paper: its words, in order, with what is missing. No layout, no disk."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from breachdesk.terms import DocumentKind, Lang, Phase


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing, said in running text; printed with a sign of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short items."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A label and what is known about it."""

    label: str
    value: str
    is_missing: bool = False
    """The value then says so, and who supplies it by when."""
    known: str = ""
    """Of a missing one: how much of the value, from its start, is known already."""
    number: str = ""
    """The authority's or the template's field number, printed small."""
    note: str = ""
    """A remark under the value, such as "the times are estimates"."""
    doubt: str = ""
    """A remark to ourselves, such as "from the profile, not confirmed": on drafts only."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with values, in the order of a form."""

    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row that repeats on every page."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    """Relative widths; empty for equal ones."""
    langs: tuple[Lang | None, ...] = ()
    """Of each row: the language that one of its lines is in, where that is known and another."""
    lang_at: tuple[int, int] = (0, 0)
    """Which line that is: its cell in the row, and its place among the cell's lines, from 0."""


@dataclass(frozen=True, slots=True)
class TimePoint:
    """One mark on the drawn timeline."""

    at: datetime
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class TimeDrawing:
    """A drawn line of time with marks; `start` and `deadline` frame the running clock."""

    points: tuple[TimePoint, ...]
    start: datetime | None = None
    deadline: datetime | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """Who a letter is to: address lines, or a place for them. It stands above the title."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Salutation:
    """The line that a letter greets its reader with; it and the address are all that varies."""

    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: name, function, place for the hand."""

    name: str
    function: str


Block = (
    Paragraph | Gap | Bullets | Fields | Table | TimeDrawing | AddressBlock | Salutation | Signature
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it; headings become bookmarks. Without one, text runs on."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The sender, from the organisation's profile."""

    name: str
    address: str = ""
    organisation_number: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingItem:
    """Something the law asks for and the case does not have yet: Art. 33(4) GDPR."""

    item: str
    """The legal item or question id."""
    text: str
    """What is missing, in the paper's language."""
    owner: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFound:
    """What looks like an identity number of a person, and where it stands."""

    field: str
    """The question that is answered there, ``title``, or the section."""
    label: str
    """As the paper calls the field."""
    line: int
    """Within the field's text, from 1."""
    found: str
    """All but the birth date hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A composed paper in one language."""

    kind: DocumentKind
    phase: Phase | None
    lang: Lang
    title: str
    subtitle: str = ""
    """Under the title: the phase, or what the paper supplements."""
    head: tuple[tuple[str, str], ...] = ()
    """Label and value at the head of the paper: to whom, about what."""
    reference: str
    """The case reference."""
    version: int
    """1 for the first paper of its kind in the case, then counting."""
    is_drill: bool
    letterhead: Letterhead
    sections: tuple[Section, ...]
    missing: tuple[MissingItem, ...] = ()
    warnings: tuple[str, ...] = ()
    numbers: tuple[NumberFound, ...] = ()
    """Identity numbers of people in it: they stop the issuing of a paper for an authority."""
    footer: str = ""
    """A small line under the last page's text, such as which zone the times are in."""
    to: str = ""
    """The one of several controllers it is addressed to; empty otherwise."""
    zone: str = "Europe/Oslo"
    """IANA name of the zone its times are written in."""
    labels: dict[str, str] = field(default_factory=dict)
    """The few words the layout itself needs (page, of, draft, case, version, audit head, drill)."""


SHORT_HEAD = 12
"""Hex digits that stand on a letter: enough to find its entry, and nothing to puzzle over."""


def printed_head(draft: Draft, audit_head: str) -> str:
    """Return the chain's head as a paper shows it: short on a letter to people, else whole."""
    is_to_people = draft.kind is DocumentKind.COMMUNICATION
    return audit_head[:SHORT_HEAD] if is_to_people else audit_head


def for_others(draft: Draft) -> Draft:
    """Return the draft as it may leave the house: without the remarks to ourselves."""
    sections = tuple(
        replace(section, blocks=tuple(_without_doubts(block) for block in section.blocks))
        for section in draft.sections
    )
    return replace(draft, sections=sections)


def _without_doubts(block: Block) -> Block:
    if not isinstance(block, Fields):
        return block
    return Fields(tuple(replace(row, doubt="") for row in block.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What issuing adds to a draft. A drafted paper has none, and carries a draft mark."""

    issued_at: datetime
    """Aware; whole seconds."""
    actor: str
    audit_head: str
    """Hex digest of the chain before the issue entry."""
    zone: str
    """IANA name of the zone that times on the paper are shown in."""
