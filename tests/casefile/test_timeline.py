from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.desk import Desk, Sheet
from breachdesk.records import NewDecision, NewDispatch, NewIncident, NewNote
from breachdesk.terms import Duty, Fidelity, Matter, NoteKind, Outcome
from tests.desk.desks import FRIDAY, ToldClock, new_desk


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def desk(tmp_path: Path, clock: ToldClock) -> Iterator[Desk]:
    opened = new_desk(tmp_path, clock)
    opened.intake.log(
        NewIncident(
            title="Payroll list astray",
            became_aware_at=FRIDAY - timedelta(minutes=40),
            detected_at=FRIDAY - timedelta(hours=2),
            occurred_from=FRIDAY - timedelta(days=2),
        )
    )
    yield opened
    opened.close()


def kinds(case: CaseFile) -> list[str]:
    return [line.kind for line in case.timeline]


def test_lines_stand_in_the_order_things_happened(desk: Desk) -> None:
    assert kinds(desk.intake.open("1")) == ["occurred", "first_sign", "aware", "logged"]


def test_a_note_stands_at_its_own_time_and_says_when_it_was_recorded(
    desk: Desk, clock: ToldClock
) -> None:
    clock.move(hours=1)
    at = FRIDAY - timedelta(hours=1)
    note = NewNote(
        text="The recipient called", occurred_at=at, kind=NoteKind.INFORMATION,
        fidelity=Fidelity.HOUR,
    )  # fmt: skip
    case = desk.timeline.note("1", note)
    line = next(one for one in case.timeline if one.kind == "information")
    assert (line.occurred_at, line.recorded_at) == (at, clock.now)
    assert line.fidelity == Fidelity.HOUR
    assert line.by == "Kari Nordmann"
    assert kinds(case).index("information") == 2


def test_every_act_leaves_its_line(desk: Desk, clock: ToldClock) -> None:
    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.assessment.assess("1"),
        lambda: desk.decisions.decide(
            "1",
            NewDecision(
                matter=Matter.NOTIFY_AUTHORITY, outcome=Outcome.YES, rationale="a risk is likely"
            ),
        ),
        lambda: desk.papers.sent(
            "1", NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
        ),
        lambda: desk.papers.unsent(desk.intake.open("1").dispatches[0].id, "it was another case"),
        lambda: desk.intake.correct("1", "title", "Payroll file astray", "it was a file"),
        lambda: desk.intake.close("1", "done"),
        lambda: desk.intake.reopen("1", "not done"),
    )
    for act in acts:
        clock.move(minutes=1)
        act()
    case = desk.intake.open("1")
    assert kinds(case)[4:] == [
        "assessed", "decision", "sent", "unsent", "corrected", "closed", "reopened",
    ]  # fmt: skip
    texts = [str(line.text) for line in case.timeline]
    assert any("a risk is likely" in text for text in texts)
    assert any("Payroll list astray" in text and "Payroll file astray" in text for text in texts)


def test_unanswered_questions_that_would_settle_an_advice_come_first(desk: Desk) -> None:
    case = desk.assessment.answer(
        "1", "facts", Sheet(unknown={"people_number": ("Ola", FRIDAY)})
    ).case
    assert case.unknown[0].question.id == "people_number"
    open_ones = [bool(one.settles) for one in case.unknown if one.kind == "unanswered"]
    assert open_ones == sorted(open_ones, reverse=True)
    assert any(open_ones)


def test_different_things_are_told_in_different_words(desk: Desk, clock: ToldClock) -> None:
    desk.intake.correct("1", "role", "processor", "we only host it")
    for duty in (Duty.NOTIFY_AUTHORITY, Duty.INFORM_SUBJECTS, Duty.NOTIFY_CONTROLLER):
        sent = NewDispatch(duty=duty, to="Prøve", channel="e-mail", sent_at=clock.now)
        case = desk.papers.sent("1", sent)
        desk.papers.unsent(case.dispatches[-1].id, "it was another case")
    texts = [str(line.text) for line in desk.intake.open("1").timeline]
    assert len(set(texts)) == len(texts)
