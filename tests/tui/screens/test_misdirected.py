"""A misdirected message, half of all cases: from the register to an issued notification.

The keys are counted: a word that is typed counts as one, since how long it is is not ours.
"""

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.terms import DocumentKind, Duty, Matter, Nature, Outcome, Owed
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.decide.screen import DecideScreen
from breachdesk.tui.screens.home import HomeScreen
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.issued import IssuedScreen
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.screens.questionnaire.short import ShortScreen
from tests.tui.cases import take_a_profile
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front

SIZE = (80, 24)
MOST_KEYS = 60
MOST_QUESTIONS = 15
WHY = "Names and salaries reached a stranger who has not confirmed that they are deleted."


class Hands:
    """Presses keys and counts them."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.keys = self.words = 0

    async def press(self, *keys: str) -> None:
        for one in keys:
            await self.pilot.press(one)
            await settle(self.pilot)
            self.keys += 1

    async def type(self, text: str) -> None:
        """Type some words into the field in focus; that counts once."""
        focused = self.pilot.app.screen.focused
        if isinstance(focused, Input):
            focused.value = text
        else:
            focused.text = text  # type: ignore[union-attr]
        await settle(self.pilot)
        self.words += 1


async def log(hands: Hands) -> None:
    in_front(hands.pilot, HomeScreen)
    await hands.press("m")
    await hands.type("Payroll list to the wrong address")
    await hands.press("tab")
    await hands.type("40 min ago")
    await hands.press("ctrl+s")


async def answer(hands: Hands) -> list[str]:
    """Answer every question that is asked; return them."""
    screen = in_front(hands.pilot, ShortScreen)
    given = {
        "data_types": ("1", "7", "enter"), "data_subjects": ("4", "enter"), "exposure": ("4",),
        "protection": ("2",), "holder": ("3",), "deletion": ("2",), "repeats": ("1",),
        "insight": ("4",), "implied": ("1",), "identifiability": ("4",), "rest": ("1",),
        "people_basis": ("1",),
    }  # fmt: skip
    typed = {"people_number": "12", "description": "A list went astray.",
             "measures_taken": "We asked for it back."}  # fmt: skip
    asked = []
    while screen.here:
        asked.append(screen.here)
        if screen.here in typed:
            await hands.type(typed[screen.here])
            await hands.press("ctrl+s")
        else:
            await hands.press(*given[screen.here])
    return asked


async def test_it_takes_few_keys_from_the_register_to_the_notification(
    stage: Stage, tmp_path: Path
) -> None:
    take_a_profile(stage)
    async with stage.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        hands = Hands(pilot)
        await log(hands)
        asked = await answer(hands)
        assert len(asked) <= MOST_QUESTIONS
        assert "ctrl+s records that Kari Nordmann assessed" in flowing(pilot)
        await hands.press("ctrl+s")
        for _ in range(2):
            in_front(pilot, DecideScreen)
            await hands.press("space", "tab")
            await hands.type(WHY)
            await hands.press("ctrl+s")
        await hands.press("right", "right", "space", "tab")
        await hands.type("We ask the recipient first.")
        await hands.press("ctrl+s")
        in_front(pilot, CaseScreen)
        await hands.press("n")
        assert in_front(pilot, PaperScreen).kind is DocumentKind.NOTIFICATION
        await hands.press("i")
        in_front(pilot, IssueDialog).query_one("#path", Input).value = str(tmp_path / "it.pdf")
        await hands.press("ctrl+s")
        in_front(pilot, IssuedScreen)
        assert hands.keys <= MOST_KEYS, hands.keys
        assert hands.words <= len(asked)
    case = stage.desk.intake.open("1")
    assert [one.kind for one in case.documents] == [DocumentKind.NOTIFICATION]
    assert (tmp_path / "it.pdf").read_bytes().startswith(b"%PDF")
    decided = {one.matter: one.outcome for one in case.decisions}
    assert decided == {
        Matter.IS_BREACH: Outcome.YES,
        Matter.NOTIFY_AUTHORITY: Outcome.YES,
        Matter.INFORM_SUBJECTS: Outcome.NOT_YET,
    }


async def test_the_choice_itself_answers_what_it_says_and_brings_its_steps(stage: Stage) -> None:
    take_a_profile(stage)
    async with stage.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        await log(Hands(pilot))
        in_front(pilot, ShortScreen)
    case = stage.desk.intake.open("1")
    assert case.facts.nature == [Nature.CONFIDENTIALITY]
    answers = {one: case.value(one) for one in ("incident_type", "cause", "intent")}
    assert answers == {
        "incident_type": "sent-by-mistake", "cause": "internal-accidental", "intent": "mistake",
    }  # fmt: skip
    assert {one.playbook for one in case.tasks} == {"misdirected"}
    assert stage.desk.drafts.all() == ()


async def test_a_letter_that_came_back_needs_no_more_questions_to_settle_the_risk(
    stage: Stage,
) -> None:
    take_a_profile(stage)
    async with stage.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        hands = Hands(pilot)
        await log(hands)
        screen = in_front(pilot, ShortScreen)
        keys = {"data_types": ("1", "enter"), "data_subjects": ("1", "enter"), "exposure": ("4",),
                "protection": ("2",), "holder": ("2",), "deletion": ("1",)}  # fmt: skip
        while screen.here:
            await hands.press(
                *keys.get(screen.here, ("1",) if screen.here in RISK else ("pagedown",))
            )
    advice = stage.desk.intake.open("1").advice_on(Duty.NOTIFY_AUTHORITY)
    assert advice is not None
    assert advice.owed is Owed.NO


RISK = {"insight", "implied", "identifiability", "repeats", "rest"}


async def test_gone_back_from_the_case_stands_with_what_was_answered(stage: Stage) -> None:
    take_a_profile(stage)
    async with stage.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        hands = Hands(pilot)
        await log(hands)
        await hands.press("1", "enter", "escape")
        in_front(pilot, CaseScreen)
        await hands.press("escape")
        in_front(pilot, HomeScreen)
    assert stage.desk.intake.open("1").value("data_types") == ("basic",)


async def test_a_half_typed_one_is_named_on_the_register_field_by_field(stage: Stage) -> None:
    take_a_profile(stage)
    async with stage.app().run_test(size=SIZE) as pilot:
        await settle(pilot)
        hands = Hands(pilot)
        await hands.press("m")
        await hands.type("Half a title")
        await hands.press("tab")
        await hands.type("40 min ago")
        await hands.press("escape")
        assert "misdirected message (m): what happened, when we became aware" in flowing(pilot)
        await hands.press("n")
        await hands.type("Another")
        await hands.press("escape")
        assert "new incident (n): what happened" in flowing(pilot)


async def test_the_short_way_in_every_guise(pictures: Pictures) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        hands = Hands(pilot)
        await log(hands)
        await hands.press("1", "enter", "4", "enter")

    def prepare(stage: Stage) -> None:
        take_a_profile(stage)

    await pictures(prepare=prepare, steps=steps)
