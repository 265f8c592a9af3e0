"""How a clock is worded, without needing its colour."""

from datetime import datetime, timedelta

import pytest

from breachdesk.language import Speaker
from breachdesk.terms import ClockState
from breachdesk.tui.widgets.timing import SIGNS, Timing, how_long, sign_of
from tests.desk.desks import FRIDAY, OSLO

EN = Speaker("en", OSLO)
H = timedelta(hours=1)
M = timedelta(minutes=1)


def timing(state: ClockState, **given: datetime | None) -> Timing:
    times = {"deadline": None, "worst_case": None, "started_at": None, "met_at": None}
    return Timing(state=state, due_soon=24 * H, **{**times, **given})


@pytest.mark.parametrize(
    ("clock", "now", "state", "words"),
    [
        (timing(ClockState.RUNNING, deadline=FRIDAY + 30 * H), FRIDAY,
         ClockState.RUNNING, "30 h left"),
        (timing(ClockState.RUNNING, deadline=FRIDAY + 30 * H), FRIDAY + 6 * H,
         ClockState.DUE_SOON, "24 h left"),
        (timing(ClockState.DUE_SOON, deadline=FRIDAY + 2 * H + 14 * M), FRIDAY,
         ClockState.DUE_SOON, "2 h 14 min left"),
        (timing(ClockState.DUE_SOON, deadline=FRIDAY), FRIDAY,
         ClockState.DUE_SOON, "less than a minute left"),
        (timing(ClockState.DUE_SOON, deadline=FRIDAY), FRIDAY + 5 * M,
         ClockState.OVERDUE, "5 min late"),
        (timing(ClockState.RUNNING, started_at=FRIDAY - 5 * H), FRIDAY,
         ClockState.RUNNING, "running for 5 h"),
        (timing(ClockState.NOT_STARTED, worst_case=FRIDAY + 14 * H), FRIDAY,
         ClockState.NOT_STARTED, "at worst 14 h left"),
        (timing(ClockState.NOT_STARTED), FRIDAY, ClockState.NOT_STARTED, "not started"),
        (timing(ClockState.MET, deadline=FRIDAY, met_at=FRIDAY - 11 * H), FRIDAY,
         ClockState.MET, "met, 11 h early"),
        (timing(ClockState.MET_LATE, deadline=FRIDAY, met_at=FRIDAY + H), FRIDAY + 9 * H,
         ClockState.MET_LATE, "met, 1 h late"),
        (timing(ClockState.MET_LATE), FRIDAY, ClockState.MET_LATE, "met, but late"),
        (timing(ClockState.NOT_OWED), FRIDAY, ClockState.NOT_OWED, "nothing owed"),
    ],
)  # fmt: skip
def test_a_clock_says_its_state_at_this_second(
    clock: Timing, now: datetime, state: ClockState, words: str
) -> None:
    assert clock.state_at(now) == state
    assert how_long(clock, EN, now) == words
    assert sign_of(clock, now) == SIGNS[state]


def test_a_brief_time_never_promises_more_than_there_is() -> None:
    clock = timing(ClockState.RUNNING, deadline=FRIDAY + 61 * H + 42 * M)
    assert how_long(clock, EN, FRIDAY, is_brief=True) == "61 h left"
    late = timing(ClockState.OVERDUE, deadline=FRIDAY - 61 * H - 42 * M)
    assert how_long(late, EN, FRIDAY, is_brief=True) == "61 h late"
    short = timing(ClockState.DUE_SOON, deadline=FRIDAY + 9 * H + 59 * M)
    assert how_long(short, EN, FRIDAY, is_brief=True) == "9 h 59 min left"


def test_every_state_has_a_sign_of_one_cell() -> None:
    from rich.cells import cell_len

    assert {cell_len(sign) for sign in SIGNS.values()} == {1}
    assert set(SIGNS) == set(ClockState)
