"""Facts that conditions of a form may name, and that nobody answers: late, follow-up, our role."""

from collections.abc import Iterable

from breachdesk.casefile.clocks import sent_at
from breachdesk.records import Dispatch
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.questionnaire import Answers, Condition, derived_facts
from breachdesk.terms import ClockState, Duty, Role

_LATE = frozenset({ClockState.OVERDUE, ClockState.MET_LATE})


def derived_of(
    given: Answers, *, role: Role, clock: ClockReading, dispatches: Iterable[Dispatch]
) -> Condition:
    """Return the derived facts of a case.

    Args:
        given: Its answers.
        role: What we are for this processing.
        clock: The authority's. Late: its hours ran out before anything was sent (Art. 33(1) GDPR).
        dispatches: All of them; after a sending, what is answered is a follow-up (Art. 33(4) GDPR).
    """
    facts = derived_facts(
        given,
        late=clock.state in _LATE,
        follow_up=sent_at(dispatches, Duty.NOTIFY_AUTHORITY) is not None,
        incomplete=True,
    )
    return {**facts, "role": (role.value,)}
