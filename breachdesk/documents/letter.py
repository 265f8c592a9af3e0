"""What letters share: how they close."""

from breachdesk.documents.contacts import joined
from breachdesk.documents.draft import Paragraph, Section, Signature
from breachdesk.documents.form_paper import Part
from breachdesk.documents.telling import Telling

CLOSING = "closing"
"""Id of the section in which a letter is signed: nothing stands below it."""


def closing(telling: Telling) -> Part:
    """Return the regards and who signs: the one who reports, else the organisation."""
    name, function = telling.text("reporter_name"), telling.text("reporter_function_text")
    if telling.profile and not name:
        name, function = telling.profile.reporter.name, telling.profile.reporter.function
    signature = (
        Signature(name, joined(function, telling.organisation))
        if name
        else Signature(telling.organisation, "")
    )
    blocks = (Paragraph(telling.word("closing.regards")), signature)
    return Part(section=Section(id=CLOSING, heading="", blocks=blocks))
