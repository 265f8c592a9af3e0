"""What is to be said when a sending to a controller tells none of those that are to be told."""

from typing import TYPE_CHECKING

from breachdesk.message import Message, say
from breachdesk.terms import Duty

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile


def told_nobody(case: "CaseFile") -> Message | None:
    """Return a sentence where the newest sending names no controller of the case; else None."""
    from breachdesk.casefile.controllers import names_nobody

    sending = case.dispatches[-1]
    if sending.duty is not Duty.NOTIFY_CONTROLLER or not case.controllers:
        return None
    if not names_nobody(sending, case.controllers, case.documents):
        return None
    return say(
        "“{to}” is none of the controllers to be told ({names}), so the duty still runs. If it was "
        "one of them, take this back with “unsent {id}” and record it with the name.",
        to=sending.to,
        names=", ".join(one.name for one in case.controllers),
        id=sending.id,
    )
