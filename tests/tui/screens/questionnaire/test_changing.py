"""An answer that stood in a sent notification is changed: why is asked, and printed."""

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from breachdesk.desk import Sheet
from breachdesk.terms import DocumentKind, Lang
from breachdesk.tui.screens.questionnaire.changing import ChangeDialog
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.screens.unknown import UnknownDialog
from tests.tui.breaches import issued, sent
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import in_front, said

SIZE = (80, 24)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def at(stage: Stage, question: str) -> QuestionnaireScreen:
    return QuestionnaireScreen(stage.desk.intake.open("1"), "facts", start=question)


async def change(pilot: Pilot[int], value: str) -> None:
    pilot.app.screen.query_one(Input).value = value
    await press(pilot, "enter")


async def test_the_reason_is_asked_and_the_next_notification_prints_it(stage: Stage) -> None:
    sent(stage)
    async with stage.app(lambda: at(stage, "people_number")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await change(pilot, "230")
        in_front(pilot, ChangeDialog)
        assert "The notification that was sent says: 212" in said(pilot)
        assert "It is to say: 230" in said(pilot)
        pilot.app.screen.query_one("#line", Input).value = "Eighteen more were found"
        await press(pilot, "ctrl+s")
        assert in_front(pilot, QuestionnaireScreen).here != "people_number"
    answer = stage.desk.intake.open("1").answers["people_number"]
    assert (answer.value, answer.reason) == (230, "Eighteen more were found")
    draft = stage.desk.papers.draft("1", DocumentKind.NOTIFICATION, lang=Lang.EN)
    assert "Eighteen more were found" in str(draft.sections)
    assert stage.desk.drafts.all() == ()


async def test_gone_back_the_answer_stays(stage: Stage) -> None:
    sent(stage)
    async with stage.app(lambda: at(stage, "people_number")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await change(pilot, "230")
        await press(pilot, "escape")
        assert in_front(pilot, QuestionnaireScreen).here == "people_number"
    assert stage.desk.intake.open("1").value("people_number") == 212


async def test_an_empty_reason_is_an_answer_too(stage: Stage) -> None:
    sent(stage)
    async with stage.app(lambda: at(stage, "people_number")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await change(pilot, "230")
        await press(pilot, "ctrl+s")
    answer = stage.desk.intake.open("1").answers["people_number"]
    assert (answer.value, answer.reason) == (230, "")


async def test_nothing_is_asked_before_a_sending_nor_for_what_was_not_told(stage: Stage) -> None:
    issued(stage)
    async with stage.app(lambda: at(stage, "people_number")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await change(pilot, "230")
        in_front(pilot, QuestionnaireScreen)
    assert stage.desk.intake.open("1").value("people_number") == 230


async def test_a_fact_that_follows_later_needs_no_reason(stage: Stage) -> None:
    sent(stage)
    async with stage.app(lambda: at(stage, "contact_name")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one(TextArea).text = "Kari Nordmann"
        await press(pilot, "ctrl+s")
        in_front(pilot, QuestionnaireScreen)
    assert stage.desk.intake.open("1").value("contact_name") == "Kari Nordmann"


async def test_taking_it_back_and_not_knowing_it_any_more_ask_as_well(stage: Stage) -> None:
    sent(stage)
    stage.desk.assessment.answer("1", "facts", Sheet(values={"contact_name": "Ola"}))
    async with stage.app(lambda: at(stage, "cause")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f4")
        dialog = in_front(pilot, UnknownDialog)
        dialog.query_one("#because", Input).value = "The log says otherwise"
        await press(pilot, "ctrl+s")
    answer = stage.desk.intake.open("1").answers["cause"]
    assert (answer.is_unknown, answer.reason) == (True, "The log says otherwise")
    async with stage.app(lambda: at(stage, "people_number")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "delete")
        in_front(pilot, QuestionnaireScreen).action_clear()
        await settle(pilot)
        in_front(pilot, ChangeDialog)
        pilot.app.screen.query_one("#line", Input).value = "Counted twice"
        await press(pilot, "ctrl+s")
    assert stage.desk.intake.open("1").value("people_number") is None


async def test_the_question_why_in_every_guise(pictures: Pictures) -> None:
    def prepare(stage: Stage) -> None:
        sent(stage)

    async def steps(pilot: Pilot[int]) -> None:
        from breachdesk.tui.screens.case.screen import CaseScreen

        in_front(pilot, CaseScreen).open_form("facts", "people_number")
        await settle(pilot)
        await change(pilot, "230")

    from breachdesk.tui.screens.case.screen import CaseScreen

    await pictures(prepare=prepare, first=lambda: CaseScreen("1"), steps=steps)
