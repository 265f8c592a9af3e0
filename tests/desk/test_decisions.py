from datetime import timedelta

import pytest

from breachdesk.desk import Desk, Sheet
from breachdesk.errors import RefusedError
from breachdesk.records import NewDecision, NewDispatch, NewIncident, NewNote
from breachdesk.terms import ClockState, Duty, Ground, Matter, Outcome, Role
from tests.desk.desks import FRIDAY, ToldClock


def log(desk: Desk, **changes: object) -> None:
    given = {"title": "x", "became_aware_at": FRIDAY, **changes}
    desk.intake.log(NewIncident.model_validate(given))


def decide(desk: Desk, matter: Matter, outcome: Outcome, **more: object) -> None:
    given = {"matter": matter, "outcome": outcome, "rationale": "because", **more}
    desk.decisions.decide("1", NewDecision.model_validate(given))


def test_nothing_counts_as_against_undetermined_advice(desk: Desk) -> None:
    log(desk)
    decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.NO, rationale="no")
    assert desk.intake.open("1").clocks[0].state == ClockState.NOT_OWED


def test_a_later_yes_resumes_the_same_clock(desk: Desk, clock: ToldClock) -> None:
    log(desk)
    decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.NO)
    clock.move(hours=50)
    decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.YES)
    reading = desk.intake.open("1").clocks[0]
    assert reading.state == ClockState.DUE_SOON
    assert reading.deadline == FRIDAY + timedelta(hours=72)


def test_no_breach_settles_every_clock(desk: Desk) -> None:
    log(desk)
    decide(desk, Matter.IS_BREACH, Outcome.NO, ground=Ground.NOT_A_BREACH)
    case = desk.intake.open("1")
    assert {clock.state for clock in case.clocks} == {ClockState.NOT_OWED}
    assert case.next_step.id == "close"


def test_a_sending_meets_the_duty_and_article_34_runs_on(desk: Desk, clock: ToldClock) -> None:
    log(desk)
    clock.move(hours=10)
    sending = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    case = desk.papers.sent("1", sending)
    assert case.clocks[0].state == ClockState.MET
    people = case.clock(Duty.INFORM_SUBJECTS)
    assert people is not None
    assert people.state == ClockState.RUNNING


def test_a_mistaken_sending_is_taken_back_and_the_duty_runs_again(
    desk: Desk, clock: ToldClock
) -> None:
    log(desk)
    sending = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    sent = desk.papers.sent("1", sending)
    clock.move(hours=80)
    case = desk.papers.unsent(sent.dispatches[0].id, "it never left Altinn")
    assert case.clocks[0].state == ClockState.OVERDUE
    assert len(case.dispatches) == 2
    with pytest.raises(RefusedError, match="already"):
        desk.papers.unsent(sent.dispatches[0].id, "again")
    late = desk.papers.sent("1", sending)
    assert late.clocks[0].state == ClockState.MET_LATE


def test_met_late_follows_the_deadline_now_in_force(desk: Desk, clock: ToldClock) -> None:
    log(desk)
    clock.move(hours=71)
    sending = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    assert desk.papers.sent("1", sending).clocks[0].state == ClockState.MET
    case = desk.intake.become_aware("1", FRIDAY - timedelta(hours=2), "known earlier")
    assert case.clocks[0].state == ClockState.MET_LATE


def test_against_firm_advice_the_reason_must_be_fuller(desk: Desk) -> None:
    log(desk, role=Role.PROCESSOR)
    with pytest.raises(RefusedError, match="fuller reason"):
        decide(desk, Matter.NOTIFY_CONTROLLER, Outcome.NO, rationale="no")
    decide(desk, Matter.NOTIFY_CONTROLLER, Outcome.NO, rationale="x" * 40)
    decision = desk.intake.open("1").decisions[-1]
    assert decision.is_against_advice
    assert decision.advice
    assert decision.advice["owed"] == "yes"


@pytest.mark.parametrize(
    ("matter", "outcome", "ground"),
    [
        (Matter.NOTIFY_AUTHORITY, Outcome.NO, Ground.ART_34_3_A),
        (Matter.IS_BREACH, Outcome.NO, Ground.RISK_UNLIKELY),
        (Matter.INFORM_SUBJECTS, Outcome.YES, Ground.ART_34_3_B),
        (Matter.NOTIFY_CONTROLLER, Outcome.YES, None),
    ],
)
def test_a_ground_or_matter_that_does_not_fit_is_refused(
    desk: Desk, matter: Matter, outcome: Outcome, ground: Ground | None
) -> None:
    log(desk)
    with pytest.raises(RefusedError):
        decide(desk, matter, outcome, ground=ground)
    assert desk.intake.open("1").decisions == ()


def test_a_processor_owes_the_controller_and_not_the_authority(desk: Desk) -> None:
    log(desk, role=Role.PROCESSOR)
    case = desk.intake.open("1")
    assert case.clocks[0].duty == Duty.NOTIFY_AUTHORITY
    assert case.clocks[0].state == ClockState.NOT_OWED
    assert case.next_step.id == "tell_controller"
    sending = NewDispatch(duty=Duty.NOTIFY_CONTROLLER, to="Prøve Kommune", channel="e-mail")
    told = desk.papers.sent("1", sending).clock(Duty.NOTIFY_CONTROLLER)
    assert told is not None
    assert told.state == ClockState.MET


def test_inside_the_last_day_undetermined_advice_means_send_an_initial_one(
    desk: Desk, clock: ToldClock
) -> None:
    log(desk)
    desk.assessment.answer("1", "facts", Sheet(unknown={"people_number": ("Ola", None)}))
    clock.move(hours=50)
    assert desk.intake.open("1").next_step.id == "send_initial"


def test_a_later_yes_to_the_duty_outweighs_no_breach(desk: Desk, clock: ToldClock) -> None:
    log(desk)
    decide(desk, Matter.IS_BREACH, Outcome.NO)
    clock.move(hours=1)
    decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.YES, rationale="it was one after all " * 3)
    case = desk.intake.open("1")
    assert case.clocks[0].state == ClockState.RUNNING
    assert case.clocks[0].deadline == FRIDAY + timedelta(hours=72)
    assert case.next_step.id != "close"
    decide(desk, Matter.IS_BREACH, Outcome.NO)
    assert desk.intake.open("1").clocks[0].state == ClockState.NOT_OWED


def test_a_sending_before_awareness_is_refused(desk: Desk) -> None:
    log(desk)
    early = NewDispatch(
        duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn",
        sent_at=FRIDAY - timedelta(minutes=1),
    )  # fmt: skip
    with pytest.raises(RefusedError, match="before we became aware"):
        desk.papers.sent("1", early)
    assert desk.intake.open("1").clocks[0].state == ClockState.RUNNING


def test_only_a_processor_records_a_notice_to_the_controller(desk: Desk) -> None:
    log(desk)
    notice = NewDispatch(duty=Duty.NOTIFY_CONTROLLER, to="them", channel="phone")
    with pytest.raises(RefusedError, match="Only a processor"):
        desk.papers.sent("1", notice)


@pytest.mark.parametrize("words", [" ", "\u200b", "\x00\x01", "\n\t"])
def test_reasons_and_lines_that_say_nothing_are_refused(desk: Desk, words: str) -> None:
    log(desk)
    with pytest.raises(RefusedError):
        decide(desk, Matter.IS_BREACH, Outcome.YES, rationale=words)
    with pytest.raises(RefusedError):
        desk.intake.close("1", words)
    with pytest.raises(RefusedError):
        desk.timeline.note("1", NewNote(text=words))
    with pytest.raises(RefusedError):
        desk.intake.log(NewIncident(title=words))
    assert len(desk.intake.open("1").timeline) == 2
