"""A paper against the law: each item it must hold, present or who supplies it by when.

Art. 33(3) GDPR for the notification, 34(2) for the letter, 33(2) and 33(5) for the others. What
else a form asks for and the paper lacks stands last.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from breachdesk.documents.completeness import ART_33_3, LINES_OWED
from breachdesk.documents.draft import Draft, FieldRow, Fields, Gap, MissingItem, Section
from breachdesk.documents.wording import Wording
from breachdesk.terms import DocumentKind

_ART_34_2: Mapping[str, str] = {
    "happened": "34.2",
    "meaning": "33.3.c",
    "done": "33.3.d",
    "questions": "33.3.b",
}
"""Sections of the letter and the item of Art. 33(3) that Art. 34(2) GDPR asks of each."""
_LETTERS = {
    DocumentKind.COMMUNICATION,
    DocumentKind.GUARDIAN_LETTER,
    DocumentKind.PUBLIC_NOTICE,
}
_LAW = {DocumentKind.PROCESSOR_NOTICE: "33.2", DocumentKind.REGISTER_ENTRY: "33.5"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One item of the law, or of a form, in the paper's language."""

    law: str
    """Such as ``33.3.a``; empty for what only a form asks for."""
    text: str
    is_present: bool
    item: str = ""
    """The question that would supply it, or the legal item, when it is missing."""
    owner: str = ""
    due: datetime | None = None


def checklist(draft: Draft, wording: Wording) -> tuple[CheckItem, ...]:
    """Return every item the law asks of a paper, then what else is missing in it."""
    is_letter = draft.kind in _LETTERS
    found = tuple(_of_letter(draft) if is_letter else _of_form(draft, wording))
    said = {one.text for one in found}
    rest = (one for one in draft.missing if one.text not in said and not is_letter)
    return (*found, *(_lacks("", one.text, one) for one in rest))


def _of_form(draft: Draft, wording: Wording) -> Iterator[CheckItem]:
    printed = {row.label: row for section in draft.sections for row in _rows(section)}
    missing = {one.text: one for one in draft.missing}
    for law, lines in _owed(draft.kind):
        for line in lines:
            label = wording.get(f"label.{line}")
            row = printed.get(label)
            if row is None:
                continue
            yield (
                _lacks(law, label, missing.get(label))
                if row.is_missing
                else CheckItem(law=law, text=label, is_present=True)
            )


def _owed(kind: DocumentKind) -> Iterator[tuple[str, tuple[str, ...]]]:
    if kind is DocumentKind.NOTIFICATION:
        yield from ART_33_3.items()
    elif kind in _LAW:
        yield _LAW[kind], LINES_OWED[kind]


def _rows(section: Section) -> Iterator[FieldRow]:
    for block in section.blocks:
        if isinstance(block, Fields):
            yield from block.rows


def _of_letter(draft: Draft) -> Iterator[CheckItem]:
    """Yield the parts of a letter; gaps and what is missing stand in the same order."""
    missing = iter(draft.missing)
    for section in draft.sections:
        gaps = [block for block in section.blocks if isinstance(block, Gap)]
        lacking = [next(missing, None) for _ in gaps]
        law = _ART_34_2.get(section.id, "")
        if lacking:
            yield _lacks(law, section.heading, lacking[0])
        elif law:
            yield CheckItem(law=law, text=section.heading, is_present=True)


def _lacks(law: str, text: str, missing: MissingItem | None) -> CheckItem:
    if missing is None:
        return CheckItem(law=law, text=text, is_present=False)
    return CheckItem(
        law=law,
        text=text,
        is_present=False,
        item=missing.item,
        owner=missing.owner,
        due=missing.due,
    )
