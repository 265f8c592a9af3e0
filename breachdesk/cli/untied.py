"""A sending that no paper is tied to, though one stands issued for its duty."""

from typing import TYPE_CHECKING

from breachdesk.message import Message, say

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.terms import Duty


def untied_paper(case: "CaseFile", duty: "Duty") -> Message | None:
    """Return how to tie the newest sending to the paper that may have been sent; None: none may.

    A sending of the case alone is right for what was typed straight into Altinn, or said by phone;
    whoever sent the paper wants the record to say so.

    Args:
        case: with the sending recorded last.
        duty: the one it meets.
    """
    from breachdesk.desk.papers import DUTY_OF_KIND

    newest = case.dispatches[-1]
    tied = {one.document_id for one in case.dispatches}
    loose = [
        one for one in case.documents if DUTY_OF_KIND.get(one.kind) is duty and one.id not in tied
    ]
    if newest.document_id is not None or not loose:
        return None
    return say(
        "No paper is tied to this sending. If it was {title}, version {version}, take it back with "
        "“breachdesk unsent {sending}”, and record “breachdesk sent {paper}” instead.",
        title=loose[-1].title,
        version=loose[-1].version,
        sending=newest.id,
        paper=loose[-1].id,
    )
