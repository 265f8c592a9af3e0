"""Questions that show a fact of the case itself."""

from textual.widgets import Button, Input, TextArea

from breachdesk.tui.screens.correct import CorrectDialog
from tests.tui.breaches import logged
from tests.tui.cases import a_case
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing, in_front, said, screen_text
from tests.tui.screens.questionnaire.walking import REF, SIZE, at, press, running


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
