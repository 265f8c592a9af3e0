"""Tasks in a case on the screen: from a playbook, by hand, done and opened again."""

from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.tasks import NewTaskDialog, PlaybooksDialog, TaskDialog
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import decided, logged
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said

SIZE = (80, 24)
TALL = (120, 40)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def timeline(pilot: Pilot[int]) -> LineList:
    return pilot.app.screen.query_one("#timeline-list", LineList)


async def test_a_playbook_is_chosen_and_its_steps_stand_under_the_timeline(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        newest = timeline(pilot).line_id
        await press(pilot, "k")
        assert in_front(pilot, PlaybooksDialog)
        pilot.app.screen.query_one(LineList).go_to("misdirected")
        await press(pilot, "enter")
        assert in_front(pilot, CaseScreen)
        assert timeline(pilot).line_id == newest
        assert "To do (6 of 6 left)" in flowing(pilot)
    assert {one.playbook for one in stage.desk.intake.open("1").todos} == {"misdirected"}


async def test_a_playbook_that_fits_comes_first(stage: Stage) -> None:
    from breachdesk.desk import Sheet

    logged(stage)
    stage.desk.assessment.answer("1", "facts", Sheet(values={"incident_type": "ransomware"}))
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "k")
        assert "Fits what is answered so far" in flowing(pilot)
        assert pilot.app.screen.query_one(LineList).line_id == "ransomware"
        await press(pilot, "enter")
    assert {one.playbook for one in stage.desk.intake.open("1").todos} == {"ransomware"}


async def test_a_task_is_done_and_opened_again(stage: Stage) -> None:
    decided(stage)
    stage.desk.tasks.follow("1", "misdirected")
    async with stage.app(lambda: CaseScreen("1")).run_test(size=TALL) as pilot:
        await settle(pilot)
        timeline(pilot).go_to("task.2")
        await press(pilot, "enter")
        assert in_front(pilot, TaskDialog)
        assert "Ask the recipient" in said(pilot)
        pilot.app.screen.query_one("#reason", Input).value = "Deleted"
        await press(pilot, "ctrl+s")
        assert in_front(pilot, CaseScreen)
        timeline(pilot).action_last()
        await settle(pilot)
        assert "To do (5 of 6 left)" in flowing(pilot)
        timeline(pilot).go_to("task.2")
        await press(pilot, "enter", "ctrl+s")
        assert "Say why it is open again" in said(pilot)
        pilot.app.screen.query_one("#reason", Input).value = "A copy turned up"
        await press(pilot, "ctrl+s")
    assert "Deleted" in str(stage.desk.intake.open("1").timeline)
    (task,) = [one for one in stage.desk.intake.open("1").todos if one.number == 2]
    assert (task.is_open, task.reason) == (True, "A copy turned up")


async def test_a_task_is_written_by_hand(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=TALL) as pilot:
        await settle(pilot)
        await press(pilot, "k")
        pilot.app.screen.query_one(LineList).go_to("by-hand")
        await press(pilot, "enter")
        assert in_front(pilot, NewTaskDialog)
        await press(pilot, "ctrl+s")
        assert "Say what is to be done" in said(pilot)
        pilot.app.screen.query_one("#what", Input).value = "Call the supplier"
        await press(pilot, "ctrl+s")
        assert "Call the supplier" in flowing(pilot)
    assert stage.desk.intake.open("1").todos[0].what.en == "Call the supplier"


async def test_the_tasks_in_every_guise(pictures: Pictures) -> None:
    def prepare(stage: Stage) -> None:
        logged(stage)
        stage.desk.tasks.follow("1", "misdirected")
        stage.desk.tasks.done("1", "1", "Recalled")

    await pictures(prepare=prepare, first=lambda: CaseScreen("1"))


async def test_the_playbooks_in_every_guise(pictures: Pictures) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await press(pilot, "k")

    await pictures(prepare=logged, first=lambda: CaseScreen("1"), steps=steps)
