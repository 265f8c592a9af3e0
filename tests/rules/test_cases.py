"""The decided examples: the advice agrees with every verdict."""

import pytest

from breachdesk.rules.decided import DecidedCase
from breachdesk.rules.selftest import CheckedCase, check_case, run
from breachdesk.terms import Duty, Owed
from tests.rules.answers import NOW, advise, form, pack, shipped

CASES = shipped().cases
OURS = tuple(one for one in CASES if "house-choice" in one.cites)
DECIDED = tuple(one for one in CASES if one not in OURS)


@pytest.mark.parametrize("case", CASES, ids=[one.id for one in CASES])
def test_advice_agrees_with_the_verdict(case: DecidedCase) -> None:
    checked = check_case(form(), pack(), case)
    assert checked.advised == case.expected
    assert checked.agreed


@pytest.mark.parametrize("case", CASES, ids=[one.id for one in CASES])
def test_each_undetermined_duty_names_exactly_the_deciding_facts(case: DecidedCase) -> None:
    assessed = advise(dict(case.answers), case.role)
    for duty in (Duty.NOTIFY_AUTHORITY, Duty.INFORM_SUBJECTS):
        advice = assessed.for_duty(duty)
        assert advice is not None
        open_now = advice.owed is Owed.UNDETERMINED
        assert advice.deciding == (case.expected.deciding if open_now else ())
        assert set(advice.deciding) <= {
            name for name, value in case.answers.items() if value is None
        }


@pytest.mark.parametrize("case", CASES, ids=[one.id for one in CASES])
def test_no_example_contradicts_itself(case: DecidedCase) -> None:
    assert advise(dict(case.answers), case.role).problems == ()


@pytest.mark.parametrize("case", CASES, ids=[one.id for one in CASES])
def test_each_example_says_in_both_languages_what_happened(case: DecidedCase) -> None:
    for words in (case.source, case.title, case.description):
        assert words.en
        assert words.nb
    assert case.cites


def test_fourteen_decided_examples_and_at_least_ten_of_our_own_are_there() -> None:
    assert len(DECIDED) == 14
    assert len(OURS) >= 10


def test_at_least_four_of_our_own_are_undetermined() -> None:
    assert sum(1 for one in OURS if one.expected.deciding) >= 4


def test_run_tells_what_decided() -> None:
    rows = run(shipped(), now=NOW)
    assert [one.case.id for one in rows] == [one.id for one in CASES]
    assert all(one.agreed for one in rows)
    hospital = _row(rows, "01/2021-03")
    assert "health_at_stake" in {one.rule for one in hospital.reasons}
    swapped = _row(rows, "01/2021-13")
    assert swapped.reasons[0].rule == "risk_unlikely"


def _row(rows: tuple[CheckedCase, ...], case_id: str) -> CheckedCase:
    return next(one for one in rows if one.case.id == case_id)
