"""The clocks of one case beside the GDPR's: other laws, contracts, controllers we serve."""

from collections.abc import Iterator
from datetime import datetime

from breachdesk.casefile.clocks import first_sign, standing
from breachdesk.casefile.controllers import (
    Controller,
    controllers_concerned,
    told_controllers,
)
from breachdesk.casefile.rows import CaseRows
from breachdesk.records import Profile
from breachdesk.rules.agreed import Terms, read_terms_clock
from breachdesk.rules.beside import Moments, OtherClock
from breachdesk.rules.other_clocks import read_parallel_clocks
from breachdesk.rules.questionnaire import Answers
from breachdesk.rules.regime import Regime
from breachdesk.terms import Role, Words

_OF_DISCOVERY = ("discover", "detect", "first sign", "oppdag", "avdekk")
"""How a contract in the profile says that it counts from the discovery, not from awareness."""

_OF_CONTROLLER = "controller."
"""How the id of a controller's clock begins."""
_NOTICE = Words("notice", "varsel")
_CONTRACT = Words("Contract or insurance", "Avtale eller forsikring")
_CONTROLLER = Words("Contract with the controller", "Avtale med den behandlingsansvarlige")


def read_other_clocks(
    rows: CaseRows, regime: Regime, given: Answers, now: datetime
) -> tuple[OtherClock, ...]:
    """Return every clock beside the GDPR's that runs, ran or may run, soonest kinds as listed."""
    facts = rows.snapshots[-1]
    moments = Moments(
        aware=facts.became_aware_at,
        detected=first_sign(facts, given),
        logged=rows.incident.recorded_at,
        now=now,
    )
    agreed = _agreed(rows, given) if rows.profile else ()
    return (
        *read_parallel_clocks(regime, given, moments),
        *(read_terms_clock(one, moments) for one in agreed),
    )


def _agreed(rows: CaseRows, given: Answers) -> Iterator[Terms]:
    """Yield what the profile's contracts ask for in this case."""
    profile = rows.profile or Profile.model_validate({})
    told = _lines(given, "contracts_told")
    for number, one in enumerate(profile.contract, start=1):
        from_discovery = any(word in one.start.casefold() for word in _OF_DISCOVERY)
        yield Terms(
            id=f"contract.{number}",
            title=_CONTRACT,
            step=_NOTICE,
            to=one.with_,
            hours=one.hours,
            start="detected" if from_discovery else "aware",
            is_met=any(line.startswith(one.with_.casefold()) for line in told),
            met_at=None,
            cites=("profile",),
        )
    if rows.snapshots[-1].role is Role.PROCESSOR:
        yield from _controllers(rows, profile, given)


def _controllers(rows: CaseRows, profile: Profile, given: Answers) -> Iterator[Terms]:
    """Yield a clock for each controller affected: Art. 33(2) GDPR, and what was agreed on top.

    It was told by what was sent to it by name, and by the notice that is addressed to it.
    """
    affected = _lines(given, "controllers_affected")
    concerned = controllers_concerned(given, profile)
    served = (Controller(one.name) for one in profile.controller)
    every = tuple({one.name: one for one in (*served, *concerned)}.values())
    told = told_controllers(every, standing(rows.dispatches), rows.documents)
    for number, one in enumerate(profile.controller, start=1):
        name = one.name.casefold()
        if affected and not any(line.startswith(name) for line in affected):
            continue
        yield Terms(
            id=f"{_OF_CONTROLLER}{number}",
            title=_CONTROLLER,
            step=_NOTICE,
            to=one.name,
            hours=one.notice_hours,
            start="aware",
            is_met=told[one.name] is not None,
            met_at=told[one.name],
            cites=("gdpr-33-2",),
        )


def _lines(given: Answers, question: str) -> tuple[str, ...]:
    text = given.get(question)
    lines = text.splitlines() if isinstance(text, str) else ()
    return tuple(line.strip().casefold() for line in lines if line.strip())
