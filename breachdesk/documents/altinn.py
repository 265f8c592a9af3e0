"""The notification as a sheet to type from: the authority's form, field by field.

Datatilsynet takes notifications in Altinn, by hand. The headings and their order are public and
stand in forms/; the choices of its lists are not, so ours are words to choose by.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from breachdesk.documents.draft import Draft, FieldRow, Fields, Gap, Paragraph, Section
from breachdesk.documents.wording import Wording

_LISTED = "missing.heading"
"""With this sentence a paper lists what is missing at its end; a sheet has no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetField:
    """One field of the form, and what to put there."""

    number: int
    """From 1, in the order of the form."""
    section: str
    """Heading of the form's part."""
    field: str
    """The form's own heading of the field."""
    value: str
    """What to type; of a missing one that it is not known yet, and who supplies it by when."""
    is_missing: bool = False
    owner: str = ""
    due: datetime | None = None
    doubt: str = ""
    """A remark to ourselves, not to be typed."""

    @property
    def digest(self) -> str:
        """Return what the value is known by: another value is another digest."""
        return hashlib.sha256(self.value.encode()).hexdigest()[:16]

    @property
    def key(self) -> str:
        """Return what the field is known by, whatever its place and value."""
        return hashlib.sha256(f"{self.section}\0{self.field}".encode()).hexdigest()[:16]


def for_typing(wording: Wording) -> Wording:
    """Return the notification's words so that each missing field says who supplies it by when."""
    texts = {text_id: text for text_id, text in wording.texts.items() if text_id != _LISTED}
    return Wording(wording.lang, texts)


def sheet(draft: Draft) -> tuple[SheetField, ...]:
    """Return the fields of a notification in the order of the form.

    Args:
        draft: The notification, composed with the words of `for_typing`.
    """
    found = (one for section in draft.sections for one in _fields(draft, section))
    return tuple(replace(one, number=number) for number, one in enumerate(found, start=1))


def _fields(draft: Draft, section: Section) -> Iterator[SheetField]:
    said = [block.text for block in section.blocks if isinstance(block, Paragraph | Gap)]
    if said:
        yield SheetField(
            number=0, section=section.heading, field=section.heading, value="\n".join(said)
        )
    for block in section.blocks:
        for row in block.rows if isinstance(block, Fields) else ():
            yield _field(draft, section, row)


def _field(draft: Draft, section: Section, row: FieldRow) -> SheetField:
    missing = next((one for one in draft.missing if row.is_missing and one.text == row.label), None)
    return SheetField(
        number=0,
        section=section.heading,
        field=row.label,
        value="\n".join(one for one in (row.value, row.note) if one),
        is_missing=row.is_missing,
        owner=missing.owner if missing else "",
        due=missing.due if missing else None,
        doubt=row.doubt,
    )
