"""Soon."""

from breachdesk.documents.form_paper import Part
from breachdesk.documents.telling import Telling


def communication(telling: Telling) -> tuple[Part, ...]:
    """Return nothing yet."""
    del telling
    return ()
