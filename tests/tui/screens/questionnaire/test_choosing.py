"""Choosing among options: every test asks the desk what was written."""

from datetime import timedelta

from breachdesk.desk import Sheet
from breachdesk.records import Profile
from breachdesk.tui.screens.questionnaire.choices import Choices
from breachdesk.tui.screens.unknown import UnknownDialog
from breachdesk.tui.widgets.dialogs import MessageDialog
from tests.tui.breaches import logged
from tests.tui.cases import a_case
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing, in_front, said
from tests.tui.screens.questionnaire.walking import REF, SIZE, at, press, running


async def test_an_answer_is_written_at_once_and_the_next_question_comes(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "exposure")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one(Choices).go_to("likely")
        await press(pilot, "enter")
        assert stage.desk.intake.open("1").value("exposure") == "likely"
        assert running(pilot).here == "protection"
        assert "✔ saved 16:46:00" in flowing(pilot)


async def test_space_and_a_click_write_and_stay(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "exposure")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one(Choices).go_to("likely")
        await press(pilot, "space")
        assert stage.desk.intake.open("1").value("exposure") == "likely"
        assert running(pilot).here == "exposure"
        await pilot.click(Choices, offset=(5, 0))
        await settle(pilot)
        assert stage.desk.intake.open("1").value("exposure") == "ruled-out"


async def test_enter_on_what_stands_goes_on_and_writes_nothing(stage: Stage) -> None:
    logged(stage)
    head = stage.desk.trust.head()
    async with stage.app(lambda: at(stage, "risk", "exposure")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert running(pilot).here == "protection"
    assert stage.desk.trust.head() == head


async def test_questions_come_and_go_with_the_answers(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "protection")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one(Choices).go_to("strong")
        await press(pilot, "enter")
        assert running(pilot).here == "key"
        pilot.app.screen.query_one(Choices).go_to("safe")
        await press(pilot, "enter")
        assert running(pilot).walk.question("holder") is None


async def test_several_options_are_marked_and_written_when_one_goes_on(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "data_subjects")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        choices = pilot.app.screen.query_one(Choices)
        choices.go_to("minors")
        await press(pilot, "space")
        assert stage.desk.drafts.open(REF) == {"answer.data_subjects": "employees,minors"}
        assert stage.desk.intake.open("1").value("data_subjects") == ("employees",)
        await press(pilot, "pagedown")
    case = stage.desk.intake.open("1")
    assert set(case.given["data_subjects"] or ()) == {"employees", "minors"}  # type: ignore[arg-type]
    assert stage.desk.drafts.open(REF) == {}


async def test_marks_half_made_are_there_at_the_next_start(stage: Stage) -> None:
    logged(stage)
    stage.desk.drafts.save(REF, "answer.data_subjects", "employees,minors")
    async with stage.app(lambda: at(stage, "risk", "data_subjects")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one(Choices).marked == ("employees", "minors")


async def test_delete_takes_a_choice_back(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "exposure")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "delete")
        assert running(pilot).here == "exposure"
    assert "exposure" not in stage.desk.intake.open("1").answers


async def test_not_known_yet_takes_an_owner_and_a_time(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "protection")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f4")
        assert in_front(pilot, UnknownDialog)
        await press(pilot, *"Ola", "tab", *"tomorrow 12:00", "ctrl+s")
        assert running(pilot).here != "protection"
    answer = stage.desk.intake.open("1").answers["protection"]
    assert (answer.is_unknown, answer.owner) == (True, "Ola")
    assert answer.due == (stage.clock.now + timedelta(days=1)).replace(hour=11, minute=0)


async def test_the_last_option_is_not_known_yet(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "protection")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "end", "enter", "ctrl+s")
    assert stage.desk.intake.open("1").answers["protection"].is_unknown


async def test_somebody_elses_answer_is_shown_beside_ours(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "exposure")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        stage.desk.assessment.answer("1", "risk", Sheet(values={"exposure": "no-sign"}))
        pilot.app.screen.query_one(Choices).go_to("likely")
        await press(pilot, "enter")
        assert in_front(pilot, MessageDialog)
        question = stage.desk.intake.open("1").forms["risk"].question("exposure")
        assert question is not None
        words = [one.text.en for one in question.options if one.id in {"no-sign", "likely"}]
        assert all(one in said(pilot) for one in words)
        assert stage.desk.intake.open("1").value("exposure") == "no-sign"
        await press(pilot, "enter")
        pilot.app.screen.query_one(Choices).go_to("likely")
        await press(pilot, "enter")
    assert stage.desk.intake.open("1").value("exposure") == "likely"


async def test_what_the_profile_filled_in_is_confirmed_with_enter(stage: Stage) -> None:
    profile = {
        "organisation": {"name": "Skansen Cyber AS"},
        "processing": [
            {"id": "payroll", "title": "Payroll", "role": "controller",
             "data_subjects": ["employees"], "data_types": ["economic"]},
        ],
    }  # fmt: skip
    stage.desk.organisation.take(Profile.model_validate(profile))
    a_case(stage, "Payroll list astray", hours_ago=2, processing=("payroll",))
    async with stage.app(lambda: at(stage, "facts", "data_subjects")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "From the organisation's profile: confirm with Enter" in said(pilot)
        await press(pilot, "enter")
    answer = stage.desk.intake.open("1").answers["data_subjects"]
    assert (answer.value, answer.is_confirmed) == (["employees"], True)
