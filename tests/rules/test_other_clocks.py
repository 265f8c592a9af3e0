"""Clocks beside the GDPR's: other laws, contracts, controllers we serve. None moves another."""

from datetime import UTC, datetime, timedelta

import pytest

from breachdesk.rules.agreed import Terms, read_terms_clock
from breachdesk.rules.beside import Moments, OtherClock
from breachdesk.rules.other_clocks import read_parallel_clocks
from breachdesk.rules.regime import ParallelDuty, Regime
from breachdesk.rules.screening import applies
from breachdesk.terms import ClockState, Owed, Words
from tests.rules.answers import NOW, Given, shipped

AWARE = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


def regime() -> Regime:
    return shipped().regime_for(None, NOW)


def moments(**changes: datetime | None) -> Moments:
    known = {"aware": AWARE, "detected": None, "logged": AWARE, "now": AWARE, **changes}
    return Moments(**known)  # type: ignore[arg-type]


def clocks(answers: Given, **changes: datetime | None) -> dict[str, OtherClock]:
    found = read_parallel_clocks(regime(), answers, moments(**changes))
    return {one.id: one for one in found}


def duty(name: str) -> ParallelDuty:
    return next(one for one in regime().parallel if one.id == name)


DORA: Given = {"other_who": ("finance-dora",), "dora_ict": True, "dora_major": True}
ESSENTIAL: Given = {
    "other_who": ("essential-service",),
    "nis_threshold": True,
    "nis_network": True,
    "nis_effect": True,
}


def test_nothing_is_shown_before_the_screening_is_touched() -> None:
    assert clocks({}) == {}
    assert clocks({"other_who": ("none",)}) == {}


def test_essential_service_has_24_elapsed_hours_from_awareness() -> None:
    one = clocks(ESSENTIAL)["digital-security-act.first"]
    assert one.applies is Owed.YES
    assert one.deadline == AWARE + timedelta(hours=24)
    assert one.cites == ("digitalsikkerhetsloven", "digitalsikkerhetsforskriften")
    assert one.reviewed_on is not None


def test_hours_are_elapsed_hours_over_the_change_of_the_clocks() -> None:
    before = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    one = clocks(ESSENTIAL, aware=before)["digital-security-act.first"]
    assert one.deadline == datetime(2026, 10, 25, 22, 0, tzinfo=UTC)


def test_open_screening_question_leaves_it_open_and_is_named() -> None:
    found = {**ESSENTIAL, "nis_effect": None}
    one = clocks(found)["digital-security-act.first"]
    assert (one.applies, one.settles) == (Owed.UNDETERMINED, ("nis_effect",))


def test_one_answer_that_rules_it_out_is_enough() -> None:
    found: Given = {"other_who": ("essential-service",), "nis_threshold": False}
    assert clocks(found) == {}
    assert applies(duty("digital-security-act"), found)[0] is Owed.NO


def test_dora_counts_four_hours_from_classifying_and_24_from_awareness_whichever_is_first() -> None:
    late = (AWARE + timedelta(hours=22)).isoformat()
    early = (AWARE + timedelta(hours=1)).isoformat()
    for classified, hours in ((late, 24), (early, 5), (None, 24)):
        one = clocks({**DORA, "dora_classified_at": classified})["dora.first"]
        assert one.deadline == AWARE + timedelta(hours=hours)


def test_next_report_counts_from_when_the_one_before_was_sent_else_from_when_it_was_due() -> None:
    due = clocks(DORA)
    assert due["dora.second"].deadline == AWARE + timedelta(hours=24 + 72)
    sent = AWARE + timedelta(hours=3)
    told = clocks({**DORA, "dora_first_at": sent.isoformat()})
    assert told["dora.first"].state is ClockState.MET
    assert told["dora.second"].deadline == sent + timedelta(hours=72)


def test_calendar_month_ends_on_the_last_day_of_a_shorter_one() -> None:
    second = datetime(2027, 1, 31, 11, 0, tzinfo=UTC)
    answers = {
        **DORA,
        "dora_first_at": (second - timedelta(hours=5)).isoformat(),
        "dora_second_at": second.isoformat(),
    }
    assert clocks(answers)["dora.final"].deadline == datetime(2027, 2, 28, 11, 0, tzinfo=UTC)


def test_month_keeps_the_local_hour_over_the_change_of_the_clocks() -> None:
    second = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
    answers = {**DORA, "dora_second_at": second.isoformat()}
    assert clocks(answers)["dora.final"].deadline == datetime(2027, 4, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "state"),
    [(0, ClockState.RUNNING), (19, ClockState.DUE_SOON), (25, ClockState.OVERDUE)],
)
def test_clock_presses_in_its_last_quarter_and_is_late_after_its_end(
    hours: int, state: ClockState
) -> None:
    one = clocks(ESSENTIAL, now=AWARE + timedelta(hours=hours))["digital-security-act.first"]
    assert one.state is state


def test_late_report_is_met_late() -> None:
    told = (AWARE + timedelta(hours=30)).isoformat()
    one = clocks({**ESSENTIAL, "nis_told_at": told})["digital-security-act.first"]
    assert one.state is ClockState.MET_LATE


def test_duty_without_hours_has_no_deadline_and_says_so() -> None:
    one = clocks({"other_who": ("security-act",), "sec_value": True})["security-act.first"]
    assert (one.deadline, one.state) == (None, ClockState.RUNNING)
    assert "at once" in one.working[0].text.text


def test_either_ground_is_enough_where_the_law_has_two() -> None:
    for name in ("sec_value", "sec_activity"):
        found = clocks({"other_who": ("security-act",), name: True})
        assert found["security-act.first"].applies is Owed.YES


def test_awareness_not_settled_starts_nothing_but_shows_the_worst_case() -> None:
    sign = AWARE - timedelta(hours=5)
    one = clocks(ESSENTIAL, aware=None, detected=sign)["digital-security-act.first"]
    assert (one.state, one.deadline) == (ClockState.NOT_STARTED, None)
    assert one.worst_case_deadline == sign + timedelta(hours=24)


def test_report_to_users_is_owed_only_where_their_privacy_was_violated() -> None:
    found: Given = {"other_who": ("telecom",), "ekom_service": True}
    assert "ekom.users" not in clocks({**found, "ekom_privacy": False})
    assert "ekom.users" in clocks({**found, "ekom_privacy": True})


def test_what_is_not_law_here_says_so() -> None:
    foreign = {one.id for one in regime().parallel if not one.is_law}
    assert foreign == {"nis2", "ai-act"}
    for one in regime().parallel:
        assert one.is_law or one.note is not None


@pytest.mark.parametrize("one", regime().parallel, ids=lambda one: one.id)
def test_each_duty_has_three_to_five_screening_questions(one: ParallelDuty) -> None:
    asked = {name for condition in one.applies_if for name in condition}
    only = {name for step in one.steps for name in step.only_if}
    told = {step.told_at for step in one.steps} if len(asked | only) < 3 else set()
    assert 3 <= len(asked | only | told) <= 5
    assert "other_who" in asked
    assert one.cites
    assert one.reviewed_on <= NOW.date()


def terms(**changes: object) -> Terms:
    known: dict[str, object] = {
        "id": "contract.1", "title": Words("Contract"), "step": Words("notice"), "to": "Insurer",
        "hours": 48, "start": "detected", "is_met": False, "met_at": None, "cites": ("profile",),
    }  # fmt: skip
    return Terms(**{**known, **changes})  # type: ignore[arg-type]


def test_insurance_counts_from_the_discovery_when_it_says_so() -> None:
    sign = AWARE - timedelta(hours=10)
    found = read_terms_clock(terms(), moments(detected=sign))
    assert found.deadline == sign + timedelta(hours=48)
    assert read_terms_clock(terms(start="aware"), moments(detected=sign)).deadline == (
        AWARE + timedelta(hours=48)
    )


def test_contract_partner_that_was_told_stops_its_own_clock_only() -> None:
    assert read_terms_clock(terms(is_met=True), moments()).state is ClockState.MET
    assert read_terms_clock(terms(), moments()).state is ClockState.RUNNING
