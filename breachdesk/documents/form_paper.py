"""A paper shaped like a form: sections of labelled lines, in the order that the wording gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from breachdesk.documents import completeness, rows
from breachdesk.documents.draft import Block, Fields, MissingItem, Section
from breachdesk.documents.lines import Line
from breachdesk.documents.telling import Telling
from breachdesk.terms import DocumentKind

Said = tuple[tuple[Block, ...], tuple[MissingItem, ...]]
"""Blocks, and what is missing in them."""

Lead = Callable[[Telling], Said]
"""What stands in a section before its lines, and what is missing in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section, what is missing in it, and the free text people wrote in it."""

    section: Section
    missing: tuple[MissingItem, ...] = ()
    free: tuple[tuple[str, str], ...] = ()
    """Label and text."""
    warnings: tuple[str, ...] = ()
    """What the author should know before issuing."""


def parts(telling: Telling, kind: DocumentKind, leads: Mapping[str, Lead]) -> tuple[Part, ...]:
    """Return the sections in the wording's order; lines the law asks for are never left out."""
    wording = telling.wording
    sections = wording.order("order.sections")
    orders = {one: wording.order(f"order.{one}") for one in sections}
    extra = completeness.left_out(kind, (row for order in orders.values() for row in order))
    if extra and sections:
        orders[sections[-1]] += extra
    needed = {*wording.order("order.needed"), *completeness.LINES_OWED.get(kind, ())}
    made = (_part(telling, one, orders[one], needed, leads.get(one)) for one in sections)
    return tuple(one for one in made if one.section.blocks)


def _part(
    telling: Telling, section_id: str, order: tuple[str, ...], needed: set[str], lead: Lead | None
) -> Part:
    blocks, missing = lead(telling) if lead else ((), ())
    lines = [
        line
        for row in order
        if (line := rows.line(telling, row, is_needed=row in needed)) is not None
    ]
    if lines:
        blocks = (*blocks, Fields(tuple(line.row for line in lines)))
    return Part(
        section=Section(
            id=section_id, heading=telling.word(f"section.{section_id}"), blocks=blocks
        ),
        missing=(*missing, *(line.missing for line in lines if line.missing)),
        free=tuple(_free(line) for line in lines if line.free),
    )


def _free(line: Line) -> tuple[str, str]:
    return line.row.label, line.free
