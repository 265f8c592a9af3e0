"""Walking through a form: every test asks the desk what was written."""

from datetime import UTC, datetime, timedelta

import pytest
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.widgets import Button, Input, TextArea

from breachdesk.desk import Sheet
from breachdesk.records import Profile
from breachdesk.terms import Lang
from breachdesk.tui.screens.correct import CorrectDialog
from breachdesk.tui.screens.questionnaire.choices import Choices
from breachdesk.tui.screens.questionnaire.ending import Ending
from breachdesk.tui.screens.questionnaire.jump import JumpDialog
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.screens.questionnaire.typed_fields import TimeField
from breachdesk.tui.screens.questionnaire.why import Why
from breachdesk.tui.screens.unknown import UnknownDialog
from breachdesk.tui.widgets.dialogs import MessageDialog
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import assessed, logged
from tests.tui.cases import TRICK, a_case
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, links, said, screen_text
from tests.tui.widgets.apps import Bench

SIZE = (80, 24)
REF = "BD-2026-001"


def at(stage: Stage, form: str, question: str = "") -> QuestionnaireScreen:
    return QuestionnaireScreen(stage.desk.intake.open("1"), form, start=question)


def running(pilot: Pilot[int]) -> QuestionnaireScreen:
    return in_front(pilot, QuestionnaireScreen)


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


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


async def test_text_is_kept_while_typed_and_written_with_ctrl_s(stage: Stage) -> None:
    logged(stage)
    first = lambda: at(stage, "facts", "how_it_happened")  # noqa: E731
    async with stage.app(first).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *"The address", "enter", *"completed itself")
        await pilot.pause(0.6)
        await settle(pilot)
        kept = stage.desk.drafts.open(REF)["answer.how_it_happened"]
        assert kept == "The address\ncompleted itself"
    async with stage.app(first).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one(TextArea).text == kept
        await press(pilot, "ctrl+s")
        assert running(pilot).here == "systems"
    assert stage.desk.intake.open("1").value("how_it_happened") == kept
    assert stage.desk.drafts.open(REF) == {}


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_paging_past_half_written_words_makes_them_no_answer(stage: Stage, key: str) -> None:
    logged(stage)
    stage.desk.drafts.save(REF, "answer.systems", "The mail")
    stage.desk.drafts.save(REF, "answer.data_subjects", "employees,minors")
    head = stage.desk.trust.head()
    for form, question in (("facts", "systems"), ("risk", "data_subjects")):
        first = lambda: at(stage, form, question)  # noqa: B023, E731
        async with stage.app(first).run_test(size=SIZE) as pilot:
            await settle(pilot)
            assert "Half-written, not answered yet" in flowing(pilot)
            await press(pilot, key)
            assert running(pilot).here != question
            running(pilot).visit(question)
            await settle(pilot)
            assert "Half-written, not answered yet" in flowing(pilot)
    assert stage.desk.trust.head() == head
    assert stage.desk.drafts.open(REF) == {
        "answer.systems": "The mail",
        "answer.data_subjects": "employees,minors",
    }


async def test_half_written_words_one_goes_on_with_are_written_like_any_other(stage: Stage) -> None:
    logged(stage)
    stage.desk.drafts.save(REF, "answer.systems", "The mail")
    async with stage.app(lambda: at(stage, "facts", "systems")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *" server", "pagedown")
    assert stage.desk.intake.open("1").value("systems") == "The mail server"
    assert stage.desk.drafts.open(REF) == {}


async def test_a_small_screen_leaves_the_room_to_the_question(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "facts", "systems")).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        assert not pilot.app.screen.query_one(Why).display
        area = pilot.app.screen.query_one(TextArea)
        assert (area.size.width > 50, area.size.height >= 3) == (True, True)
        await press(pilot, *"Mail")
        assert "Mail" in screen_text(pilot)


async def test_a_day_is_enough_where_only_a_day_is_asked(stage: Stage) -> None:
    logged(stage)
    risk = stage.desk.intake.open("1").forms
    found = [
        (form.id, one)
        for form in risk.values()
        for one in form.questions
        if one.day_suffices and one.id.startswith("told")
    ]
    assert found
    form_id, question = found[0]
    walk_to = at(stage, form_id)
    walk_to.case = stage.desk.intake.open("1")
    field = TimeField(walk_to.the_case, question)
    async with Bench(lambda _: Vertical(field), "en").run_test() as pilot:
        await pilot.press(*"19.11.2026")
        await pilot.pause()
        assert field.value() == datetime(2026, 11, 18, 23, tzinfo=UTC)


async def test_looking_at_a_text_leaves_no_half_typed_words(stage: Stage) -> None:
    logged(stage)
    head = stage.desk.trust.head()
    async with stage.app(lambda: at(stage, "facts", "description")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.pause(0.6)
        await press(pilot, "pagedown", "pageup")
        await pilot.pause(0.6)
        await settle(pilot)
    assert stage.desk.drafts.open(REF) == {}
    assert stage.desk.trust.head() == head


async def test_an_emptied_text_takes_its_answer_back(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "facts", "description")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one(TextArea).text = ""
        await press(pilot, "ctrl+s")
    assert "description" not in stage.desk.intake.open("1").answers


async def test_delete_takes_a_choice_back(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "exposure")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "delete")
        assert running(pilot).here == "exposure"
    assert "exposure" not in stage.desk.intake.open("1").answers


async def test_what_is_wrong_with_a_number_is_said_beneath_it(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "facts", "people_number")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one(Input).value = "about 200"
        await press(pilot, "enter")
        assert "Write a whole number, such as 120." in flowing(pilot)
        pilot.app.screen.query_one(Input).value = "1 200"
        await press(pilot, "enter")
        assert running(pilot).here != "people_number"
    assert stage.desk.intake.open("1").value("people_number") == 1200


async def test_a_time_is_read_back_and_written(stage: Stage) -> None:
    logged(stage)
    stage.desk.assessment.answer("1", "facts", Sheet(values={"how_discovered": "processor"}))
    screen = at(stage, "facts")
    question = next(
        one.id for one in screen.walk.questions if one.kind == "moment" and one.binds is None
    )
    async with stage.app(lambda: at(stage, "facts", question)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one(Input).value = "10:30"
        await settle(pilot)
        assert "= today 10:30" in flowing(pilot)
        await press(pilot, "enter")
    assert stage.desk.intake.open("1").value(question) == "2026-11-20T09:30:00+00:00"


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


async def test_a_bound_question_is_changed_by_its_verb(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "facts", "became_aware_at")).run_test(
        size=SIZE
    ) as pilot:
        await settle(pilot)
        assert "Fri 20 Nov 2026 13:30" in flowing(pilot)
        pilot.app.screen.query_one("#change", Button).press()
        await settle(pilot)
        assert "When did we become aware?" in flowing(pilot)
        pilot.app.screen.query("Input").first(Input).value = "12:00"
        pilot.app.screen.query_one("#reason", TextArea).text = "The log shows it"
        await press(pilot, "ctrl+s")
        assert "Fri 20 Nov 2026 12:00" in flowing(pilot)
    assert stage.desk.intake.open("1").facts.awareness_reason == "The log shows it"


async def test_the_first_value_of_a_fact_is_answered_like_any_other(stage: Stage) -> None:
    a_case(stage, "Laptop lost", hours_ago=2)
    head = stage.desk.trust.head()
    async with stage.app(lambda: at(stage, "facts", "nature")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "down", "space")
        assert stage.desk.drafts.open(REF) == {"answer.nature": "confidentiality,integrity"}
        assert stage.desk.trust.head() == head
        await press(pilot, "enter")
        assert running(pilot).here != "nature"
        running(pilot).visit("nature")
        await settle(pilot)
        assert "a change asks for a reason" in said(pilot)
        assert "F4" not in screen_text(pilot)
        pilot.app.screen.query_one("#change", Button).press()
        await settle(pilot)
        assert in_front(pilot, CorrectDialog)
        await press(pilot, "f4")
        assert in_front(pilot, CorrectDialog)
    case = stage.desk.intake.open("1")
    assert case.value("nature") == ("confidentiality", "integrity")
    assert stage.desk.drafts.open(REF) == {}


async def test_the_first_time_of_a_fact_is_typed_where_it_is_asked(stage: Stage) -> None:
    a_case(stage, "Laptop lost", hours_ago=2)
    for question in ("detected_at", "occurred_from"):
        async with stage.app(lambda: at(stage, "facts", question)).run_test(  # noqa: B023
            size=SIZE
        ) as pilot:
            await settle(pilot)
            await press(pilot, *"13:15", "enter")
            assert running(pilot).here != question
    facts = stage.desk.intake.open("1").facts
    at_noon = stage.clock.now.replace(hour=12, minute=15)
    assert (facts.detected_at, facts.occurred_from) == (at_noon, at_noon)


async def test_a_fact_may_be_not_known_yet_until_it_is_known(stage: Stage) -> None:
    a_case(stage, "Laptop lost", hours_ago=2)
    async with stage.app(lambda: at(stage, "facts", "nature")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f4", *"Ola", "ctrl+s")
        running(pilot).visit("nature")
        await settle(pilot)
        assert "Not known yet: Ola" in flowing(pilot)
        await press(pilot, "home", "space", "enter")
    assert stage.desk.intake.open("1").value("nature") == ("confidentiality",)


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


async def test_any_question_is_reached_from_the_list(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "facts", "cause")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f3")
        assert in_front(pilot, JumpDialog)
        pilot.app.screen.query_one(LineList).go_to("systems")
        await press(pilot, "enter")
        assert running(pilot).here == "systems"
        await press(pilot, "f3")
        await press(pilot, "end", "enter")
        assert pilot.app.screen.query(Ending)


async def test_an_answer_says_what_it_would_do(stage: Stage) -> None:
    assessed(stage)
    async with stage.app(lambda: at(stage, "risk", "exposure")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "home")
        assert "With this answer: ○ risk unlikely" in flowing(pilot)


async def test_the_assessment_is_kept_at_the_end(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "!end")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "ctrl+s records that Kari Nordmann assessed the risk" in flowing(pilot)
        assert "not kept yet" in flowing(pilot)
        await press(pilot, "ctrl+s")
        assert "This assessment is kept." in flowing(pilot)
        lines = pilot.app.screen.query_one(LineList)
        reason = next(one.id for one in lines.options if one.id and not one.id.startswith("."))
        lines.go_to(reason)
        await press(pilot, "enter")
        assert running(pilot).here == reason.partition(".")[0]
    assert len(stage.desk.intake.open("1").assessments) == 1


async def test_help_speaks_of_the_question_and_names_the_law(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "risk", "exposure")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f1")
        assert "A door that stood open is not yet a theft" in said(pilot)
        assert "4(12)" in said(pilot)


async def test_text_in_an_answer_stays_text(stage: Stage) -> None:
    logged(stage)
    stage.desk.assessment.answer("1", "facts", Sheet(values={"description": TRICK}))
    async with stage.app(lambda: at(stage, "facts", "description")).run_test(
        size=(120, 40)
    ) as pilot:
        await settle(pilot)
        await press(pilot, "f3")
        assert "[@click=app.quit]press[/]" in screen_text(pilot)
        assert not list(links(pilot))


async def test_going_back_keeps_half_typed_words(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, "facts", "systems")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*"Mail", "escape")
        await settle(pilot)
    assert stage.desk.drafts.open(REF) == {"answer.systems": "Mail"}


async def test_the_end_is_still_the_end_in_another_language(stage: Stage) -> None:
    logged(stage)
    app = stage.app(lambda: at(stage, "risk", "!end"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.speak_in(Lang.NB)
        await settle(pilot)
        await settle(pilot)
        assert pilot.app.screen.query(Ending)
        assert "ikke tatt vare på ennå" in flowing(pilot)


@pytest.mark.parametrize(
    ("form", "question"),
    [
        ("risk", "exposure"),
        ("risk", "data_types"),
        ("risk", "holder"),
        ("risk", "!end"),
        ("facts", "description"),
        ("facts", "people_number"),
        ("facts", "became_aware_at"),
        ("facts", "!end"),
    ],
)
async def test_questions_in_every_guise(pictures: Pictures, form: str, question: str) -> None:
    stages: list[Stage] = []

    def prepare(stage: Stage) -> None:
        logged(stage)
        stages.append(stage)

    await pictures(prepare=prepare, first=lambda: at(stages[-1], form, question))


@pytest.mark.parametrize("key", ["f3", "f4"])
async def test_dialogs_of_a_question_in_every_guise(pictures: Pictures, key: str) -> None:
    stages: list[Stage] = []

    def prepare(stage: Stage) -> None:
        logged(stage)
        stages.append(stage)

    async def steps(pilot: Pilot[int]) -> None:
        await press(pilot, key)

    await pictures(prepare=prepare, first=lambda: at(stages[-1], "risk", "holder"), steps=steps)
