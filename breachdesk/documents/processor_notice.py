"""The processor's notice to the controller, without undue delay: Art. 33(2) GDPR.

Where a breach concerns several controllers each has a notice of its own. None of them is to learn
from it whom else we work for: what the author wrote is looked through for the others' names.
"""

import re
from collections.abc import Iterable, Iterator

from breachdesk.casefile.controllers import Controller, controllers_concerned
from breachdesk.documents.draft import AddressBlock, Block, Fields, Paragraph, Section
from breachdesk.documents.form_paper import Part, Said, parts
from breachdesk.documents.letter import closing
from breachdesk.documents.telling import Telling
from breachdesk.terms import DocumentKind

_COMPANY = re.compile(r"\s+(asa?|sa|ans|da|nuf|ab|aps|ltd|inc|gmbh|oyj?)\.?$", re.IGNORECASE)
"""How a company's name may end, and is often left out."""
_SHORTEST = 3
"""Letters of a name that is looked for: a shorter one stands in many a word."""


def processor_notice(telling: Telling) -> tuple[Part, ...]:
    """Return the notice: the facts we have, and what the controller decides with them."""
    leads = {"what": _numbers, "yours": _yours}
    made = parts(telling, DocumentKind.PROCESSOR_NOTICE, leads)
    return (_opening(telling, made), *made, closing(telling))


def controllers(telling: Telling) -> tuple[Controller, ...]:
    """Return the controllers concerned, the one that it is addressed to first."""
    concerned = controllers_concerned(telling.case.given, telling.profile)
    if not telling.to:
        return concerned
    found = [one for one in concerned if one.name == telling.to] or [Controller(telling.to)]
    return (*found, *(one for one in concerned if one not in found))


def _opening(telling: Telling, made: Iterable[Part]) -> Part:
    concerned = controllers(telling)
    is_addressed = bool(telling.to) or len(concerned) == 1
    lines: tuple[str, ...] = (telling.word("place.controller"),)
    warnings: list[str] = []
    if is_addressed:
        to = concerned[0]
        lines = tuple(one for one in (to.name, to.contact) if one)
        warnings += _others_named(telling, made, to)
    elif concerned:
        names = ", ".join(one.name for one in concerned)
        warnings.append(telling.word("warning.several", names=names))
    if not (telling.text("description") or telling.text("how_it_happened")):
        warnings.insert(0, telling.word("warning.says_nothing"))
    blocks = (AddressBlock(lines), Paragraph(telling.word("opening.why")))
    section = Section(id="opening", heading="", blocks=blocks)
    return Part(section=section, warnings=tuple(warnings))


def _others_named(telling: Telling, made: Iterable[Part], to: Controller) -> Iterator[str]:
    """Yield a warning for each place in which another controller is named."""
    served = telling.profile.controller if telling.profile else ()
    every = (*(one.name for one in controllers(telling)), *(one.name for one in served))
    others = [one for one in dict.fromkeys(every) if one.casefold() != to.name.casefold()]
    places = [
        (row.label, row.value)
        for part in made
        for block in part.section.blocks
        if isinstance(block, Fields)
        for row in block.rows
    ]
    places.insert(0, (telling.word("head.incident"), telling.case.facts.title))
    for label, text in places:
        for name in others:
            if _is_named(name, text, but=to.name):
                yield telling.word("warning.other_controller", field=label, name=name)


def _is_named(name: str, text: str, *, but: str) -> bool:
    """Does a text name a company, with or without the letters its name ends in?"""
    short = _COMPANY.sub("", " ".join(name.split()))
    if len(short) < _SHORTEST:
        short = name
    left = re.sub(rf"\b{re.escape(but)}\b", " ", " ".join(text.split()), flags=re.IGNORECASE)
    return re.search(rf"\b{re.escape(short)}\b", left, flags=re.IGNORECASE) is not None


def _numbers(telling: Telling) -> Said:
    """Return that numbers are those of the whole breach, where it concerns several controllers."""
    has_numbers = telling.text("people_number") or telling.text("records_number")
    if len(controllers(telling)) < 2 or not has_numbers:  # noqa: PLR2004 - several
        return (), ()
    return (Paragraph(telling.word("numbers.whole")),), ()


def _yours(telling: Telling) -> Said:
    said: tuple[Block, ...] = (
        Paragraph(telling.word("yours.decide", authority=telling.authority)),
        Paragraph(telling.word("yours.more")),
    )
    return said, ()
