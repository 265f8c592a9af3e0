"""What is to be done: due from awareness, in order, in the reader's words."""

from datetime import UTC, datetime, timedelta
from typing import Any

from breachdesk.casefile.todo import todos
from breachdesk.records import Task

AWARE = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
"""Half an hour past midnight in Oslo, in the night the clocks go back."""


def task(number: int, **values: Any) -> Task:  # noqa: ANN401 - the record's fields
    own = {"task": f"task-{number}", "what": f"Task {number}"} | values
    return Task(id=f"row-{number}", incident_id="inc", number=number, **own)


def test_hours_are_elapsed_hours_across_the_change_of_the_clocks() -> None:
    (one,) = todos([task(1, hours=4)], became_aware_at=AWARE, now=AWARE)
    assert one.due == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
    assert not one.is_overdue


def test_without_awareness_a_step_has_no_due_time_and_is_never_late() -> None:
    later = AWARE + timedelta(days=400)
    (one,) = todos([task(1, hours=4)], became_aware_at=None, now=later)
    assert (one.due, one.hours, one.is_overdue) == (None, 4, False)


def test_a_time_set_by_hand_stands_whatever_awareness_is() -> None:
    due = AWARE + timedelta(hours=1)
    for aware in (None, AWARE, AWARE - timedelta(days=1)):
        (one,) = todos([task(1, due=due)], became_aware_at=aware, now=due)
        assert (one.due, one.is_overdue) == (due, False)


def test_open_ones_come_first_by_due_time_then_undated_then_done() -> None:
    rows = [
        task(1, done_at=AWARE),
        task(2),
        task(3, hours=24),
        task(4, due=AWARE + timedelta(hours=2)),
        task(5, done_at=AWARE - timedelta(hours=1), hours=1),
    ]
    found = todos(rows, became_aware_at=AWARE, now=AWARE + timedelta(days=3))
    assert [one.number for one in found] == [4, 3, 2, 5, 1]
    assert [one.number for one in found if one.is_overdue] == [4, 3]


def test_a_step_speaks_the_readers_language_and_a_name_goes_before_the_role() -> None:
    words = {"en": "Call", "nb": "Ring"}
    role = {"en": "IT", "nb": "IT-avdelingen"}
    (one,) = todos([task(1, words=words, owner_words=role)], became_aware_at=None, now=AWARE)
    assert (one.what.in_("nb"), one.what.in_("en"), one.what.in_("nn")) == ("Ring", "Call", "Ring")
    assert one.doer is not None
    assert one.doer.in_("nb") == "IT-avdelingen"
    (named,) = todos([task(1, owner="Ola", owner_words=role)], became_aware_at=None, now=AWARE)
    assert named.doer is not None
    assert named.doer.in_("nb") == "Ola"
