"""The processor's notice to the controller, without undue delay: Art. 33(2) GDPR."""

from breachdesk.documents.draft import AddressBlock, Block, Paragraph, Section
from breachdesk.documents.form_paper import Part, Said, parts
from breachdesk.documents.letter import closing
from breachdesk.documents.telling import Telling
from breachdesk.terms import DocumentKind


def processor_notice(telling: Telling) -> tuple[Part, ...]:
    """Return the notice: the facts we have, and what the controller decides with them."""
    made = parts(telling, DocumentKind.PROCESSOR_NOTICE, {"yours": _yours})
    return (_opening(telling), *made, closing(telling))


def controllers(telling: Telling) -> tuple[tuple[str, str], ...]:
    """Return name and contact of each controller concerned: as answered, else from the profile."""
    if "controller" in telling.chosen("other_party_role"):
        names = telling.text("other_party_name").split(";")
        contacts = telling.text("other_party_contact").split(";")
        contacts += [""] * (len(names) - len(contacts))
        pairs = zip(names, contacts, strict=False)
        return tuple((name.strip(), contact.strip()) for name, contact in pairs if name.strip())
    served = telling.profile.controller if telling.profile else ()
    return tuple((one.name, one.contact) for one in served)


def _opening(telling: Telling) -> Part:
    concerned = controllers(telling)
    if len(concerned) == 1:
        name, contact = concerned[0]
        lines = tuple(one for one in (name, contact) if one)
    else:
        lines = (telling.word("place.controller"),)
    names = ", ".join(name for name, _ in concerned)
    several = (telling.word("warning.several", names=names),) if len(concerned) > 1 else ()
    is_silent = not (telling.text("description") or telling.text("how_it_happened"))
    silent = (telling.word("warning.says_nothing"),) if is_silent else ()
    blocks = (AddressBlock(lines), Paragraph(telling.word("opening.why")))
    return Part(section=Section(id="opening", heading="", blocks=blocks), warnings=silent + several)


def _yours(telling: Telling) -> Said:
    said: tuple[Block, ...] = (
        Paragraph(telling.word("yours.decide", authority=telling.authority)),
        Paragraph(telling.word("yours.more")),
    )
    return said, ()
