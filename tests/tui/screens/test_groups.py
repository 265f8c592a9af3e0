"""Groups of people on the screen: named in a dialog, answered for, switched, decided for."""

from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.desk import Sheet
from breachdesk.records import NewGroup
from breachdesk.terms import Matter, Outcome
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.decide.form import DecisionForm
from breachdesk.tui.screens.decide.screen import DecideScreen
from breachdesk.tui.screens.groups import GroupsDialog, NewGroupDialog
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.widgets.linelist import LineList
from breachdesk.tui.widgets.picks import Picks
from tests.tui.breaches import decided
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing, in_front

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
