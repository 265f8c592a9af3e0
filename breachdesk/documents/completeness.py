"""What the law asks of each paper, and whether the paper has it.

Issuing never fails for a gap: it stands in the paper with who supplies it by when, and in the list
of what is missing (Art. 33(4) GDPR).
"""

from collections.abc import Iterable, Mapping

from breachdesk.documents.draft import Block, MissingItem, Section, Table
from breachdesk.documents.telling import Telling
from breachdesk.terms import DocumentKind, Phase

ART_33_3: Mapping[str, tuple[str, ...]] = {
    "33.1": ("delay",),
    "33.3.a": ("nature", "description", "data_subjects", "people", "data_types", "records"),
    "33.3.b": ("contact",),
    "33.3.c": ("impacts",),
    "33.3.d": ("taken", "prevent"),
}
"""Art. 33(1) and 33(3)(a)-(d) GDPR: each item and the lines that supply it."""

LINES_OWED: Mapping[DocumentKind, tuple[str, ...]] = {
    DocumentKind.NOTIFICATION: tuple(one for lines in ART_33_3.values() for one in lines),
    DocumentKind.PROCESSOR_NOTICE: (
        "nature",
        "description",
        "aware",
        "data_subjects",
        "data_types",
        "contact",
        "taken",
    ),
    DocumentKind.REGISTER_ENTRY: ("description", "impacts", "taken"),
}
"""Lines a paper must have whatever order a form gives: Art. 33(2), 33(3), 33(5) GDPR."""


def left_out(kind: DocumentKind, printed: Iterable[str]) -> tuple[str, ...]:
    """Return the lines the law asks for that the paper's order does not name."""
    there = set(printed)
    return tuple(one for one in LINES_OWED.get(kind, ()) if one not in there)


def missing_section(telling: Telling, missing: tuple[MissingItem, ...]) -> Section:
    """Return what is not known yet, who supplies it and by when: Art. 33(4) GDPR."""
    soon = "missing.open" if telling.phase is Phase.FINAL else "missing.soon"
    header = tuple(telling.word(f"missing.{one}") for one in ("what", "who", "when"))
    rows = tuple(
        (
            one.text,
            one.owner or telling.word("missing.nobody"),
            telling.dates.moment(one.due) if one.due else telling.word(soon),
        )
        for one in missing
    )
    blocks: tuple[Block, ...] = (Table(header=header, rows=rows, widths=(5, 3, 4)),)
    heading = telling.wording.get(f"missing.heading_{telling.phase}")
    return Section(id="missing", heading=heading or telling.word("missing.heading"), blocks=blocks)
