"""A case that was erased, as it is read: nothing is missing and nothing is asked of anybody.

What the erasure took cannot be found out again, so an empty answer is no gap. Erasing ends no duty,
though: one that was never met goes on running, and that is said.
"""

from dataclasses import replace

from breachdesk.casefile.case import CaseFile, NextStep
from breachdesk.message import say
from breachdesk.records import Erasure
from breachdesk.rules.advice import Advice, Assessed, Doubts
from breachdesk.terms import Owed

_ASKS = "settles"
"""The reason of an advice that names a question to be answered."""


def as_erased(case: CaseFile, erasure: Erasure) -> CaseFile:
    """Return the case without anything that would still have to be found out.

    Args:
        case: As its remaining rows say it.
        erasure: The newest one.
    """
    return replace(
        case,
        current=_settled(case.kept or case.current),
        other_clocks=tuple(one for one in case.other_clocks if one.applies is Owed.YES),
        unknown=(),
        promised=frozenset(),
        warnings=(),
        next_step=_step(case, erasure),
    )


def _step(case: CaseFile, erasure: Erasure) -> NextStep:
    person, moment = case.name_of(erasure.recorded_by), erasure.recorded_at
    duty = next((one.duty for one in case.clocks if one.is_running), None)
    if duty is None:
        text = say(
            "Nothing is left to do: {person} erased the case {moment}",
            person=person,
            moment=moment,
        )
        return NextStep(id="erased", text=text)
    text = say(
        "{person} erased the case {moment}; a duty was not met ({duty})",
        person=person,
        moment=moment,
        duty=duty,
    )
    return NextStep(id="erased", text=text, duty=duty)


def _settled(assessed: Assessed) -> Assessed:
    """Return the advice as it was kept last, without the questions that it had left."""
    advice = tuple(_unasked(one) for one in assessed.advice)
    groups = tuple(replace(one, assessed=_settled(one.assessed)) for one in assessed.people_groups)
    return replace(assessed, advice=advice, people_groups=groups, doubts=Doubts())


def _unasked(advice: Advice) -> Advice:
    reasons = tuple(one for one in advice.reasons if one.rule != _ASKS)
    return replace(advice, reasons=reasons, deciding=())
