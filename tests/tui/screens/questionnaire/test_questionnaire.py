"""Walking through a form as a whole: its list, its end, its help, how it looks."""

import pytest
from textual.pilot import Pilot

from breachdesk.terms import Lang
from breachdesk.tui.screens.questionnaire.ending import Ending
from breachdesk.tui.screens.questionnaire.jump import JumpDialog
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import assessed, logged
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said
from tests.tui.screens.questionnaire.walking import SIZE, at, press, running


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
