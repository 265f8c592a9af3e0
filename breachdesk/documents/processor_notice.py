"""Soon."""

from breachdesk.documents.form_paper import Part
from breachdesk.documents.telling import Telling


def processor_notice(telling: Telling) -> tuple[Part, ...]:
    """Return nothing yet."""
    del telling
    return ()
