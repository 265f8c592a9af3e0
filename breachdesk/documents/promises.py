"""Who finds out what is not known, and by when, where a paper has no line of its own for it.

What was said to be unknown with a name or a time is never told without them: Art. 33(4) GDPR.
"""

from collections.abc import Iterator
from dataclasses import replace

from breachdesk.casefile.case import Unknown
from breachdesk.documents.draft import MissingItem
from breachdesk.documents.form_paper import Part
from breachdesk.documents.telling import Telling

_FORMS = ("facts", "risk")
"""What the other forms ask is about other laws, and no matter of these papers."""


def with_promises(telling: Telling, made: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts with what somebody finds out, and no line of theirs says yet."""
    if not made:
        return made
    missing = [item for part in made for item in part.missing]
    said = {one.item for one in missing} | {one.question for one in missing}
    more = tuple(
        MissingItem(
            item=_item(one),
            text=name_of(telling, one),
            owner=one.owner,
            due=one.due,
            question=one.question.id,
        )
        for one in promised_unknowns(telling)
        if _item(one) not in said
    )
    *first, last = made
    return (*first, replace(last, missing=(*last.missing, *more)))


def promised_unknowns(telling: Telling) -> Iterator[Unknown]:
    """Yield what was said to be unknown and somebody finds out, or is found out by some time."""
    forms = [telling.case.forms[one] for one in _FORMS if one in telling.case.forms]
    for one in telling.case.unknown:
        is_ours = any(form.question(one.question.id) for form in forms)
        if one.kind == "unknown" and is_ours and (one.owner or one.due):
            yield one


def name_of(telling: Telling, unknown: Unknown) -> str:
    """Return what is to be found out, and of which group of people."""
    asked = telling.words(unknown.question.text)
    return f"{asked} – {unknown.group}" if unknown.group else asked


def _item(unknown: Unknown) -> str:
    asked = unknown.question.id
    return f"{asked}@{unknown.group}" if unknown.group else asked
