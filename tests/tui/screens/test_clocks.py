"""The clocks of a case: how each was worked out, and the screening for other laws."""

from textual.pilot import Pilot

from breachdesk.desk import Sheet
from breachdesk.tui.screens.case.clocks import SCREENING
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.questionnaire.ending import Ending
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import logged
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front

SIZE = (80, 24)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def clocks(pilot: Pilot[int]) -> LineList:
    return pilot.app.screen.query_one("#clocks-list", LineList)


async def test_a_clock_shows_how_it_was_worked_out(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "o")
        assert "72 elapsed hours may pass" in flowing(pilot)
        clocks(pilot).go_to(SCREENING)
        await settle(pilot)
        assert "Ten short screenings" in flowing(pilot)


async def test_the_screening_is_answered_like_any_form_and_ends_with_its_clocks(
    stage: Stage,
) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1", tab="clocks")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        clocks(pilot).go_to(SCREENING)
        await press(pilot, "enter")
        form = in_front(pilot, QuestionnaireScreen)
        assert (form.form_id, form.here) == ("other", "other_who")
        await press(pilot, "2", "enter", "1", "1")
        given = stage.desk.intake.open("1").given
        assert given["other_who"] == ("security-act",)
        assert (given["sec_value"], given["sec_activity"]) == (True, True)
        await form.go("")
        await settle(pilot)
        assert form.query(Ending)
        assert "Laws and contracts with a clock of their own: 1" in flowing(pilot)
        await press(pilot, "escape")
        assert "Security Act" in flowing(pilot)


async def test_enter_on_a_clock_goes_to_the_question_that_stops_it(stage: Stage) -> None:
    logged(stage)
    values = {"other_who": ["security-act"], "sec_value": True, "sec_activity": True}
    case = stage.desk.assessment.answer("1", "other", Sheet(values=values)).case
    name = next(one.id for one in case.other_clocks if not one.settles)
    async with stage.app(lambda: CaseScreen("1", tab="clocks")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        clocks(pilot).go_to(f"other.{name}")
        await press(pilot, "enter")
        assert in_front(pilot, QuestionnaireScreen).here == "sec_told_at"


async def test_without_other_laws_the_end_says_so(stage: Stage) -> None:
    logged(stage)
    stage.desk.assessment.answer("1", "other", Sheet(values={"other_who": ["none"]}))
    first = lambda: QuestionnaireScreen(stage.desk.intake.open("1"), "other", start="end")  # noqa: E731
    async with stage.app(first).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await in_front(pilot, QuestionnaireScreen).go("")
        await settle(pilot)
        assert "no other law or contract has a clock" in flowing(pilot)


async def test_the_clocks_in_every_guise(pictures: Pictures) -> None:
    def prepare(stage: Stage) -> None:
        logged(stage)
        values = {"other_who": ["security-act", "crime"], "sec_value": True, "sec_activity": True}
        stage.desk.assessment.answer("1", "other", Sheet(values=values))

    async def steps(pilot: Pilot[int]) -> None:
        clocks(pilot).action_last()
        await settle(pilot)

    await pictures(prepare=prepare, first=lambda: CaseScreen("1", tab="clocks"), steps=steps)
