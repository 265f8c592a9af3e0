"""Facts that conditions of a form may name, and that nobody answers: late, follow-up, our role."""

from collections.abc import Iterable

from breachdesk.casefile.clocks import sent_at
from breachdesk.records import Decision, Dispatch, Profile
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.questionnaire import Answers, Condition, derived_facts
from breachdesk.rules.regime import Regime
from breachdesk.terms import ClockState, Duty, Matter, Outcome, Role

_LATE = frozenset({ClockState.OVERDUE, ClockState.MET_LATE})
_WITHDRAWS = (Matter.IS_BREACH, Matter.NOTIFY_AUTHORITY)


def is_outside(profile: Profile | None, regime: Regime) -> bool:
    """Is the organisation established outside the EEA? Art. 3(2) GDPR."""
    country = profile.organisation.country.strip().upper() if profile else ""
    return bool(country and regime.eea and country not in regime.eea)


def derived_of(
    given: Answers,
    *,
    role: Role,
    clock: ClockReading,
    dispatches: Iterable[Dispatch],
    decisions: Iterable[Decision] = (),
    outside_eea: bool = False,
) -> Condition:
    """Return the derived facts of a case.

    Args:
        given: Its answers.
        role: What we are for this processing.
        clock: The authority's. Late: its hours ran out before anything was sent (Art. 33(1) GDPR).
        dispatches: All of them; after a sending, what is answered is a follow-up (Art. 33(4) GDPR).
        decisions: Oldest first; a "no" after a sending takes back what was notified.
        outside_eea: See `is_outside`.
    """
    follow_up = sent_at(dispatches, Duty.NOTIFY_AUTHORITY) is not None
    outcomes = {one.matter: one.outcome for one in decisions if one.matter in _WITHDRAWS}
    facts = derived_facts(
        given,
        late=clock.state in _LATE,
        follow_up=follow_up,
        incomplete=True,
        outside_eea=outside_eea,
        withdrawn=follow_up and Outcome.NO in outcomes.values(),
    )
    return {**facts, "role": (role.value,)}
