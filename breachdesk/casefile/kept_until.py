"""How long a case is kept, in one sentence."""

from breachdesk.casefile.case import CaseFile
from breachdesk.message import Message, say
from breachdesk.rules.retention import KeepingState


def kept_until(case: CaseFile) -> Message | None:
    """Return the sentence; None for a case of which there is nothing to say."""
    retention, hold = case.retention, case.hold
    if retention.state is KeepingState.ERASED:
        return say(
            "This case was erased: only what Art. 33(5) GDPR asks to be documented is kept, "
            "without free text."
        )
    if retention.state is KeepingState.HELD and hold is not None:
        return say(
            "Not to be erased: {person} wants it kept. {reason}",
            person=hold.person or case.name_of(hold.recorded_by),
            reason=hold.reason,
        )
    if retention.state is KeepingState.OVER:
        return say(
            "Kept long enough by our rule ({rule}) since {day}: it may be erased.",
            rule=retention.rule,
            day=retention.until,
        )
    if retention.state is KeepingState.KEPT:
        return say("To be kept until {day} ({rule}).", day=retention.until, rule=retention.rule)
    if retention.state is KeepingState.UNREADABLE:
        return say(
            "How long it is kept cannot be counted: “{rule}” is no number of days, months or "
            "years. Write it in the profile like “5 years”.",
            rule=retention.rule,
        )
    return None
