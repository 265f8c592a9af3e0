"""Typing an answer: every test asks the desk what was written."""

from datetime import UTC, datetime

import pytest
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from breachdesk.desk import Sheet
from breachdesk.tui.screens.questionnaire.typed_fields import TimeField
from breachdesk.tui.screens.questionnaire.why import Why
from tests.tui.breaches import logged
from tests.tui.cases import TRICK
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing, links, screen_text
from tests.tui.screens.questionnaire.walking import REF, SIZE, at, press, running
from tests.tui.widgets.apps import Bench


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
