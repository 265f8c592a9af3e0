from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from breachdesk.casefile import CaseFile
from breachdesk.desk import Desk, Sheet
from breachdesk.language import Speaker
from breachdesk.records import NewDecision, NewDispatch, NewIncident, Profile
from breachdesk.terms import DocumentKind, Duty, Ground, Lang, Matter, Outcome
from tests.desk.desks import FRIDAY, OSLO, ToldClock, new_desk

PROFILE = Profile.model_validate({"organisation": {"name": "Prøve AS"}})
WHY = "The file was opened by nobody: the log of the server shows it, and the link is dead."


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def desk(tmp_path: Path, clock: ToldClock) -> Iterator[Desk]:
    opened = new_desk(tmp_path, clock)
    opened.intake.log(NewIncident(title="Payroll list astray", became_aware_at=FRIDAY))
    yield opened
    opened.close()


def decide(
    desk: Desk, matter: Matter, outcome: Outcome, because: str, ground: Ground | None = None
) -> CaseFile:
    new = NewDecision(matter=matter, outcome=outcome, rationale=because, ground=ground)
    return desk.decisions.decide("1", new)


def said(case: CaseFile) -> str:
    return Speaker("en", OSLO).say(case.next_step.text)


def test_a_paper_that_comes_next_needs_a_sender(desk: Desk) -> None:
    desk.assessment.assess("1")
    decide(desk, Matter.IS_BREACH, Outcome.YES, "It left the house.")
    case = decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.YES, "A risk is likely.")
    assert case.next_step.id == "send_notification"
    assert "organisation is not entered" in said(case)
    desk.organisation.take(PROFILE)
    assert "organisation" not in said(desk.intake.open("1"))


def test_a_closed_case_with_an_open_duty_says_to_reopen_it(desk: Desk) -> None:
    case = desk.intake.close("1", "tidied up")
    assert case.next_step.id == "reopen"
    assert case.next_step.duty == Duty.NOTIFY_AUTHORITY
    desk.intake.reopen("1", "there was a duty")
    decide(desk, Matter.IS_BREACH, Outcome.NO, "The list was empty.")
    assert desk.intake.close("1", "no breach").next_step.id == "nothing"


def test_what_the_notification_promised_is_still_to_be_found_out(
    desk: Desk, clock: ToldClock
) -> None:
    desk.organisation.take(PROFILE)
    desk.assessment.answer("1", "facts", Sheet(unknown={"cause": ("Ola", None)}))
    desk.assessment.assess("1")
    decide(desk, Matter.IS_BREACH, Outcome.YES, "It left the house.")
    decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.YES, "A risk is likely.")
    decide(desk, Matter.INFORM_SUBJECTS, Outcome.NO, WHY, Ground.RISK_UNLIKELY)
    paper = desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.EN).document
    promised = {one["item"] for one in paper.missing}
    assert {"cause", "description", "risk"} <= promised
    clock.move(hours=1)
    sending = NewDispatch(
        duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn", document_id=paper.id
    )
    case = desk.papers.sent("1", sending)
    assert case.next_step.id == "supplement"
    before = len(promised)
    assert f"({before})" in said(case)
    found = {"description": "A list went to a stranger.", "cause": "internal-accidental"}
    case = desk.assessment.answer("1", "facts", Sheet(values=found)).case
    assert f"({before - 2})" in said(case)


def test_a_short_no_while_the_risk_is_open_is_warned_of_until_the_reason_is_fuller(
    desk: Desk,
) -> None:
    desk.assessment.assess("1")
    case = decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.NO, "fine", Ground.RISK_UNLIKELY)
    assert len(case.warnings) == 1
    assert "could not be determined" in Speaker("en", OSLO).say(case.warnings[0])
    assert case.decisions[-1].rationale == "fine"
    assert decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.NO, WHY).warnings == ()


def test_a_yes_while_the_risk_is_open_needs_no_warning(desk: Desk) -> None:
    desk.assessment.assess("1")
    case = decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.YES, "ok")
    assert case.warnings == ()
    assert case.clocks[0].remaining is not None
    assert case.clocks[0].remaining > timedelta()


def test_a_paper_that_was_issued_is_to_be_sent(desk: Desk) -> None:
    desk.organisation.take(PROFILE)
    desk.assessment.assess("1")
    decide(desk, Matter.IS_BREACH, Outcome.YES, "It left the house.")
    decide(desk, Matter.NOTIFY_AUTHORITY, Outcome.YES, "A risk is likely.")
    case = desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.EN).case
    assert case.next_step.id == "send_notification"
    assert said(case) == "Send the notification to Datatilsynet, and record the sending"


def test_what_was_typed_into_the_authority_s_form_promised_what_the_paper_did(
    desk: Desk, clock: ToldClock
) -> None:
    desk.assessment.assess("1")
    decide(desk, Matter.IS_BREACH, Outcome.YES, "It left the house.")
    decide(desk, Matter.INFORM_SUBJECTS, Outcome.NO, WHY, Ground.RISK_UNLIKELY)
    desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    clock.move(hours=1)
    typed = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    assert desk.papers.sent("1", typed).next_step.id == "supplement"


def test_a_processor_that_told_the_controller_owes_no_assessment(
    desk: Desk, clock: ToldClock
) -> None:
    desk.organisation.take(PROFILE)
    desk.intake.correct("1", "role", "processor", "we host it")
    case = desk.papers.issue("1", DocumentKind.PROCESSOR_NOTICE, lang=Lang.EN).case
    assert said(case) == "Send the notice to the controller, and record the sending"
    clock.move(hours=1)
    sending = NewDispatch(duty=Duty.NOTIFY_CONTROLLER, to="Client AS", channel="e-mail")
    case = desk.papers.sent("1", sending)
    assert case.next_step.id == "supplement"
    promised = said(case)
    assert promised.endswith("and tell the controller")
    found = {"description": "A list went to a stranger.", "measures_taken": "We shut it."}
    case = desk.assessment.answer("1", "facts", Sheet(values=found)).case
    count = int(promised.split("(")[1].split(")")[0])
    assert f"({count - 2})" in said(case)


def test_a_processor_that_told_all_it_knows_owes_nothing(desk: Desk, clock: ToldClock) -> None:
    desk.organisation.take(PROFILE)
    desk.intake.correct("1", "role", "processor", "we host it")
    clock.move(hours=1)
    sending = NewDispatch(duty=Duty.NOTIFY_CONTROLLER, to="Client AS", channel="telephone")
    assert desk.papers.sent("1", sending).next_step.id == "close"
