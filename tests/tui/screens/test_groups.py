"""Groups of people on the screen: named, answered and decided for, corrected, taken out."""

from textual.pilot import Pilot
from textual.widgets import Button, Input, TextArea

from breachdesk.desk import Sheet
from breachdesk.records import NewGroup
from breachdesk.terms import Matter, Outcome
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.changing_groups import CorrectGroupDialog, RemoveGroupDialog
from breachdesk.tui.screens.decide.form import DecisionForm
from breachdesk.tui.screens.decide.screen import DecideScreen
from breachdesk.tui.screens.groups import GroupsDialog, NewGroupDialog
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.widgets.linelist import LineList
from breachdesk.tui.widgets.picks import Picks
from tests.tui.breaches import decided
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing, in_front, said

SIZE = (80, 24)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def named(stage: Stage) -> None:
    """A case with employees, whose data are harmless, beside everybody else."""
    decided(stage)
    stage.desk.groups.add("1", NewGroup(name="Employees", people=12))
    own = Sheet(values={"data_types": "contact", "insight": "hardly-any"}, group="Employees")
    stage.desk.assessment.answer("1", "risk", own)


async def test_a_group_is_named_and_answered_for(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "g")
        assert in_front(pilot, GroupsDialog)
        pilot.app.screen.query_one(LineList).go_to("another")
        await press(pilot, "enter")
        assert in_front(pilot, NewGroupDialog)
        await press(pilot, "ctrl+s")
        assert "Say what they are called" in flowing(pilot)
        pilot.app.screen.query_one("#name", Input).value = "Employees"
        pilot.app.screen.query_one("#number", Input).value = "12"
        await press(pilot, "ctrl+s")
        assert in_front(pilot, QuestionnaireScreen)
        assert "Employees (F6)" in flowing(pilot)
        assert "as for everybody" in flowing(pilot)
        await press(pilot, "space", "ctrl+s")
    (group,) = stage.desk.intake.open("1").groups
    assert (group.name, group.number) == ("Employees", 12)
    assert set(group.answers) == {"data_types"}


async def test_f6_switches_between_the_groups_and_everybody(stage: Stage) -> None:
    named(stage)
    case = stage.desk.intake.open("1")
    screen = QuestionnaireScreen(case, "risk", start="data_types", group="group-1")
    async with stage.app(lambda: screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "own answer" in flowing(pilot)
        await press(pilot, "f6")
        pilot.app.screen.query_one(LineList).go_to("everybody")
        await press(pilot, "enter")
        assert screen.group_id == ""
        assert "Employees (F6)" not in flowing(pilot)
        assert screen.the_case.value("data_types") == case.value("data_types")


async def test_the_case_shows_the_groups_with_their_advice(stage: Stage) -> None:
    named(stage)
    async with stage.app(lambda: CaseScreen("1", tab="assessment")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Employees (12) to be told: ✖ no" in flowing(pilot)
        assert "Groups of people" in flowing(pilot)
        pilot.app.screen.query_one("#assessment-list", LineList).go_to("group.group-1")
        await press(pilot, "enter")
        assert in_front(pilot, QuestionnaireScreen)


async def test_telling_is_decided_for_the_group_alone(stage: Stage) -> None:
    named(stage)
    case = stage.desk.intake.open("1")
    before = case.decisions
    screen = DecideScreen(case, Matter.INFORM_SUBJECTS, "group-1")
    async with stage.app(lambda: screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Tell Employees?" in flowing(pilot)
        form = pilot.app.screen.query_one(DecisionForm)
        form.query_one("#outcome", Picks).choose(Outcome.NOT_YET.value)
        form.query_one("TextArea").text = "We look at it once more on Monday."  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
    fresh = stage.desk.intake.open("1")
    assert len(fresh.decisions) == len(before) + 1
    assert fresh.decisions[-1].group_id == "group-1"
    assert fresh.decisions[-1].outcome is Outcome.NOT_YET


async def test_a_group_is_corrected_with_a_reason(stage: Stage) -> None:
    named(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "g")
        pilot.app.screen.query_one(LineList).go_to("group-1")
        await press(pilot, "c")
        dialog = in_front(pilot, CorrectGroupDialog)
        assert "Correct: Employees" in flowing(pilot)
        dialog.query_one("#number", Input).value = "14"
        await press(pilot, "ctrl+s")
        assert "Say why, in your own words." in flowing(pilot)
        assert stage.desk.intake.open("1").groups[0].number == 12
        dialog.query_one("#reason", TextArea).text = "Two had left and came back."
        dialog.query_one("#number", Input).value = ""
        await press(pilot, "ctrl+s")
        assert "Write the right number." in flowing(pilot)
        dialog.query_one("#number", Input).value = "14"
        dialog.query_one("#name", Input).value = "Staff"
        await press(pilot, "ctrl+s")
        assert in_front(pilot, GroupsDialog)
        assert "Staff (14)" in flowing(pilot)
        await press(pilot, "escape")
        assert in_front(pilot, CaseScreen).case == stage.desk.intake.open("1")
    (group,) = stage.desk.intake.open("1").groups
    assert (group.name, group.number) == ("Staff", 14)
    assert set(group.answers) == {"data_types", "insight"}
    assert group.rows[-1].reason == "Two had left and came back."


async def test_a_correction_that_the_desk_refuses_is_said_beside_the_fields(stage: Stage) -> None:
    named(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "down", "f2")
        dialog = in_front(pilot, CorrectGroupDialog)
        dialog.query_one("#reason", TextArea).text = "Nothing is other than it was."
        await press(pilot, "ctrl+s")
        assert "That is what stands there already." in flowing(pilot)
        assert len(stage.desk.intake.open("1").group_log) == 2


async def test_a_group_is_taken_out_with_a_reason(stage: Stage) -> None:
    named(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "down", "x")
        dialog = in_front(pilot, RemoveGroupDialog)
        assert "its own answers and decision count no more" in flowing(pilot)
        await press(pilot, "ctrl+s")
        assert "Say why, in your own words." in flowing(pilot)
        dialog.query_one("#reason", TextArea).text = "Their data are like the others'."
        await press(pilot, "ctrl+s")
        assert in_front(pilot, GroupsDialog)
        assert "Employees" not in said(pilot)
        await press(pilot, "escape")
        assert in_front(pilot, CaseScreen).case == stage.desk.intake.open("1")
    case = stage.desk.intake.open("1")
    assert case.groups == ()
    assert case.group_log[-1].reason == "Their data are like the others'."


async def test_everybody_can_be_neither_corrected_nor_taken_out(stage: Stage) -> None:
    named(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "g")
        dialog = in_front(pilot, GroupsDialog)
        buttons = [dialog.query_one(f"#{one}", Button) for one in ("correct", "remove")]
        assert all(one.disabled for one in buttons)
        await press(pilot, "c", "x")
        assert in_front(pilot, GroupsDialog)
        await press(pilot, "down")
        assert not any(one.disabled for one in buttons)


async def test_who_is_taken_out_while_answered_for_is_answered_for_no_more(stage: Stage) -> None:
    named(stage)
    case = stage.desk.intake.open("1")
    screen = QuestionnaireScreen(case, "risk", start="data_types", group="group-1")
    async with stage.app(lambda: screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f6")
        pilot.app.screen.query_one(LineList).go_to("group-1")
        await press(pilot, "delete")
        in_front(pilot, RemoveGroupDialog).query_one(TextArea).text = "Named by mistake."
        await press(pilot, "ctrl+s", "escape")
        assert in_front(pilot, QuestionnaireScreen)
        assert screen.group_id == ""
        assert screen.the_case.value("data_types") == case.value("data_types")


async def test_a_group_is_corrected_on_a_norwegian_screen(stage: Stage) -> None:
    named(stage)
    stage.lang = "nb"
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "down")
        assert "Rett (c)" in flowing(pilot)
        assert "Ta ut (x)" in flowing(pilot)
        await press(pilot, "x")
        assert "egne svar og egen beslutning teller ikke lenger" in flowing(pilot)
