"""Walking through a form on the screen."""

from textual.pilot import Pilot

from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from tests.tui.desks import Stage, settle
from tests.tui.reading import in_front

SIZE = (80, 24)


REF = "BD-2026-001"


def at(stage: Stage, form: str, question: str = "") -> QuestionnaireScreen:
    return QuestionnaireScreen(stage.desk.intake.open("1"), form, start=question)


def running(pilot: Pilot[int]) -> QuestionnaireScreen:
    return in_front(pilot, QuestionnaireScreen)


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)
