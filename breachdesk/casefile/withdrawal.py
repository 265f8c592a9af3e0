"""Is a notification to be taken back? A decided "no" after it was sent, and nothing sent since."""

from collections.abc import Iterable

from breachdesk.casefile.clocks import standing
from breachdesk.records import Decision, Dispatch
from breachdesk.terms import Duty, Matter, Outcome

_WITHDRAWS = (Matter.IS_BREACH, Matter.NOTIFY_AUTHORITY)


def owes_withdrawal(dispatches: Iterable[Dispatch], decisions: Iterable[Decision]) -> bool:
    """Is what the authority was told still to be withdrawn?

    A sending counts from when it was sent: one before the "no" may be recorded after it.

    Args:
        dispatches: All of them; what was taken back as a mistake does not count.
        decisions: Oldest first; the newest of a matter is in force.
    """
    in_force = {one.matter: one for one in decisions if one.matter in _WITHDRAWS}
    refusals = [
        (one.recorded_at, one.seq) for one in in_force.values() if one.outcome is Outcome.NO
    ]
    sent = [
        (one.sent_at or one.recorded_at, one.seq)
        for one in standing(dispatches)
        if one.duty is Duty.NOTIFY_AUTHORITY
    ]
    return bool(refusals and sent) and max(sent) < max(refusals)
