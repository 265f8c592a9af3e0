"""A notification is to be taken back once it is decided, after it was sent, that none was owed."""

from datetime import timedelta

from breachdesk.casefile.withdrawal import owes_withdrawal
from breachdesk.records import Decision, Dispatch
from breachdesk.terms import Duty, Matter, Outcome
from tests.documents.builders import AWARE, decision, dispatch


def refused(*, hours: float, seq: int) -> Decision:
    at = AWARE + timedelta(hours=hours)
    return decision(Matter.IS_BREACH, Outcome.NO, seq=seq, recorded_at=at)


def sent(*, hours: float, seq: int) -> Dispatch:
    at = AWARE + timedelta(hours=hours)
    return dispatch(Duty.NOTIFY_AUTHORITY, id=f"dsp-{seq}", seq=seq, sent_at=at)


def test_a_no_after_the_sending_asks_for_a_withdrawal_and_another_sending_meets_it() -> None:
    first, no = sent(hours=1, seq=10), refused(hours=2, seq=11)
    assert owes_withdrawal([first], [no])
    assert not owes_withdrawal([first, sent(hours=3, seq=12)], [no])
    assert not owes_withdrawal([sent(hours=3, seq=12)], [no])
    assert not owes_withdrawal([], [no])


def test_a_sending_before_the_no_that_is_recorded_after_it_asks_for_one_too() -> None:
    assert owes_withdrawal([sent(hours=1, seq=12)], [refused(hours=2, seq=11)])


def test_within_one_second_the_record_says_what_came_first() -> None:
    assert owes_withdrawal([sent(hours=2, seq=10)], [refused(hours=2, seq=11)])
    assert not owes_withdrawal([sent(hours=2, seq=12)], [refused(hours=2, seq=11)])
