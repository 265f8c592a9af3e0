"""Identity numbers of people in a paper that others will read: where each of them stands.

Everything that is printed is searched, line by line, whoever wrote it: the notification becomes a
case document, and names of people affected do not belong in it.
"""

from collections.abc import Iterable, Iterator, Mapping

from breachdesk.documents import privacy
from breachdesk.documents.changes import MADE_OF, ids_of
from breachdesk.documents.draft import (
    Block,
    Bullets,
    Fields,
    Gap,
    NumberFound,
    Paragraph,
    Section,
    Table,
)
from breachdesk.documents.rows import QUESTIONS
from breachdesk.documents.telling import Telling

TITLE = "title"
"""The field that the case's title is."""


def numbers_in(telling: Telling, sections: Iterable[Section]) -> tuple[NumberFound, ...]:
    """Return every identity number in a paper's title and sections, each place once."""
    fields = {label: _question(row) for label, row in ids_of(telling).items()}
    found = list(_in_text(TITLE, telling.word("head.incident"), telling.case.facts.title))
    for section in sections:
        for block in section.blocks:
            found += _in_block(section, block, fields)
    places: dict[tuple[str, str], NumberFound] = {}
    for one in found:
        places.setdefault((one.field, one.found), one)
    return tuple(places.values())


def _question(row_id: str) -> str:
    """Return the question that a line of the paper is answered by first; else the line itself."""
    return (MADE_OF.get(row_id) or QUESTIONS.get(row_id) or (row_id,))[0]


def _in_block(section: Section, block: Block, fields: Mapping[str, str]) -> Iterator[NumberFound]:
    match block:
        case Paragraph(text) | Gap(text):
            yield from _in_text(section.id, section.heading, text)
        case Bullets(items):
            yield from _in_text(section.id, section.heading, "\n".join(items))
        case Fields(rows):
            for row in rows:
                text = f"{row.value}\n{row.known}\n{row.note}"
                yield from _in_text(fields.get(row.label, section.id), row.label, text)
        case Table():
            for cells in block.rows:
                field = fields.get(cells[0], section.id)
                yield from _in_text(field, cells[0], "\n".join(cells[1:]))
        case _:
            return


def _in_text(field: str, label: str, text: str) -> Iterator[NumberFound]:
    for line, words in enumerate(text.split("\n"), start=1):
        for found in privacy.identity_numbers(words):
            yield NumberFound(field=field, label=label, line=line, found=found)
