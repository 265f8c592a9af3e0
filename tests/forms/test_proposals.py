"""Proposals are not law: they reach no case by any time of awareness, only by name."""

from datetime import UTC, datetime, timedelta

import pytest

from breachdesk.errors import NoSuchThingError
from breachdesk.rules.assessment import assess
from breachdesk.terms import Duty, Owed, RiskLevel, Role
from tests.rules.answers import NOW, form, letter, shipped

RISKY = letter(insight="a-little", repeats="flaw")


def owed(pack_of: object) -> Owed | None:
    advice = assess(form(), pack_of, RISKY, role=Role.CONTROLLER).for_duty(  # type: ignore[arg-type]
        Duty.NOTIFY_AUTHORITY
    )
    return advice.owed if advice else None


def test_omnibus_gives_96_hours_and_asks_for_a_high_risk() -> None:
    proposal = shipped().proposal("omnibus", None, NOW)
    in_force = shipped().rule_pack(None, NOW)
    assert proposal.regime.clocks[Duty.NOTIFY_AUTHORITY].hours == 96
    assert proposal.regime.clocks[Duty.INFORM_SUBJECTS].hours is None
    assert in_force.owed_from[Duty.NOTIFY_AUTHORITY] is RiskLevel.RISK
    assert proposal.pack.owed_from[Duty.NOTIFY_AUTHORITY] is RiskLevel.HIGH_RISK
    assert (owed(in_force), owed(proposal.pack)) == (Owed.YES, Owed.NO)


@pytest.mark.parametrize("years", [-8, 0, 1, 20])
def test_no_time_of_awareness_brings_a_proposal_into_force(years: int) -> None:
    aware = NOW + timedelta(days=365 * years)
    assert "omnibus" not in shipped().rule_pack(aware, NOW).id
    assert shipped().regime_for(aware, NOW).clocks[Duty.NOTIFY_AUTHORITY].hours == 72


def test_proposal_says_in_both_languages_that_it_is_not_law() -> None:
    proposal = shipped().proposal("omnibus", None, datetime(2026, 1, 5, tzinfo=UTC))
    assert proposal.notice.en.startswith("NOT LAW")
    assert proposal.notice.nb.startswith("IKKE GJELDENDE RETT")
    assert proposal.cites == ("com-2025-837",)
    assert proposal.pack.id.startswith("omnibus@")


def test_proposals_are_listed_and_others_refused() -> None:
    assert shipped().proposals() == ("omnibus",)
    with pytest.raises(NoSuchThingError):
        shipped().proposal("omnibus-2", None, NOW)
