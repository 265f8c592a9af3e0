"""What somebody should look at in a case, though nothing is blocked by it."""

from collections.abc import Iterator, Mapping

from breachdesk.casefile.rows import CaseRows
from breachdesk.message import Message, say
from breachdesk.records import Decision
from breachdesk.rules.regime import Regime
from breachdesk.terms import Matter, Outcome, Owed

_THIN: Mapping[Matter, Message] = {
    Matter.NOTIFY_AUTHORITY: say(
        "Decided not to notify the authority while the risk could not be determined, and with a "
        "short reason. If the authority asks, this reason is the answer: decide again and say "
        "more, or find out what is unknown."
    ),
    Matter.INFORM_SUBJECTS: say(
        "Decided not to tell the people affected while the risk could not be determined, and with "
        "a short reason. If the authority asks, this reason is the answer: decide again and say "
        "more, or find out what is unknown."
    ),
}


def warnings_of(rows: CaseRows, regime: Regime) -> tuple[Message, ...]:
    """Return what is doubtful about the decisions in force."""
    return tuple(_thin(rows, regime.rationale_against_advice))


def _thin(rows: CaseRows, least: int) -> Iterator[Message]:
    in_force = {one.matter: one for one in rows.decisions}
    for matter, message in _THIN.items():
        decision = in_force.get(matter)
        if decision is not None and is_thin(decision, least):
            yield message


def is_thin(decision: Decision, least: int) -> bool:
    """Does it say no while the advice was open, in fewer characters than going against one takes?

    Art. 33(1) GDPR: whoever does not notify must be able to show that a risk is unlikely.
    """
    was_open = (decision.advice or {}).get("owed") == Owed.UNDETERMINED
    is_short = len(decision.rationale.strip()) < least
    return decision.outcome == Outcome.NO and was_open and is_short
