"""The EDPB template on the screen: sections, gaps, the question behind a field, the phases."""

import json
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from breachdesk.desk import Sheet
from breachdesk.desk.template import plain_payload
from breachdesk.terms import Phase
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.screens.template.parts import chapters
from breachdesk.tui.screens.template.screen import TemplateScreen
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import as_processor, decided, sent, tricky
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said, screen_text

SIZE = (80, 24)


def at(stage: Stage) -> TemplateScreen:
    return TemplateScreen(stage.desk.intake.open("1"))


def screen(pilot: Pilot[int]) -> TemplateScreen:
    return in_front(pilot, TemplateScreen)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def lines(pilot: Pilot[int]) -> LineList:
    return pilot.app.screen.query_one("#template-list", LineList)


async def test_it_opens_as_sections_never_as_a_wall(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        found = screen(pilot).found
        assert found is not None
        assert lines(pilot).option_count == len(tuple(chapters(found))) < 20
        assert f"To look at: {len(found.filled.problems)}" in flowing(pilot)
        await press(pilot, "enter")
        opened = next(iter(chapters(found)))
        assert lines(pilot).option_count == len(tuple(chapters(found))) + len(opened.parts)
        await press(pilot, "enter")
        assert lines(pilot).option_count == len(tuple(chapters(found)))


async def test_every_gap_is_reached_and_every_question_opens(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        found = screen(pilot).found
        assert found is not None
        seen = []
        for _ in found.filled.problems:
            await press(pilot, "n")
            part = screen(pilot).part
            assert part is not None
            seen.append(part.field.number)
        assert seen == [one.field for one in found.filled.problems]
        await press(pilot, "n")
        assert screen(pilot).part is not None
        lines(pilot).go_to("field.12")
        await press(pilot, "enter")
        assert in_front(pilot, QuestionnaireScreen).here == "use_template"


async def test_an_answer_given_meanwhile_fills_its_field(stage: Stage) -> None:
    decided(stage)
    stage.desk.assessment.answer("1", "facts", Sheet(values={"use_template": True}))
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        lines(pilot).go_to("field.12")
        await press(pilot, "enter")
        form = in_front(pilot, QuestionnaireScreen)
        assert form.here == "organisation_name"
        form.query_one(TextArea).text = "Vardestein Sikring AS"
        await press(pilot, "ctrl+s", "escape")
        found = screen(pilot).found
        assert found is not None
        assert found.filled.payload[12] == "Vardestein Sikring AS"
        assert "Vardestein Sikring AS" in flowing(pilot)


async def test_the_phases_follow_up_and_withdrawal(stage: Stage) -> None:
    sent(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert screen(pilot).phase is Phase.SUPPLEMENTARY
        await press(pilot, "h")
        assert screen(pilot).phase is Phase.FINAL
        assert "it should be complete" in flowing(pilot)
        await press(pilot, "h")
        assert screen(pilot).phase is Phase.WITHDRAWAL
        found = screen(pilot).found
        assert found is not None
        assert [one.section.id for one in chapters(found)] == [
            "notification", "controller", "sender", "contact",
        ]  # fmt: skip
        await press(pilot, "n")
        assert "withdrawn" in flowing(pilot)


async def test_the_payload_is_saved_as_json_and_never_over_a_file(
    stage: Stage, tmp_path: Path
) -> None:
    decided(stage)
    path = tmp_path / "payload.json"
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        found = screen(pilot).found
        assert found is not None
        for _ in range(2):
            await press(pilot, "e")
            pilot.app.screen.query_one("#path", Input).value = str(path)
            await press(pilot, "ctrl+s")
        assert "already" in said(pilot)
    assert json.loads(path.read_text()) == plain_payload(found)
    assert path.stat().st_mode & 0o077 == 0


async def test_the_papers_tab_opens_it_and_a_processor_has_none(stage: Stage) -> None:
    decided(stage)
    as_processor(stage)
    async with stage.app(lambda: CaseScreen("1", tab="papers")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one("#papers-list", LineList).go_to("template.edpb")
        await press(pilot, "enter")
        in_front(pilot, TemplateScreen)
    async with stage.app(lambda: CaseScreen("2", tab="papers")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        ids = {one.id for one in pilot.app.screen.query_one("#papers-list", LineList).options}
        assert not ids & {"template.edpb", "letters.many", "altinn.sheet"}


async def test_words_of_strangers_never_steer_it(stage: Stage) -> None:
    tricky(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        for section in ("nature", "data", "measures_before"):
            screen(pilot).opened = section
            await press(pilot, "g")
            lines(pilot).action_last()
            await settle(pilot)
            assert "\x1b" not in screen_text(pilot)


async def test_the_template_in_every_guise(pictures: Pictures) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        case = in_front(pilot, CaseScreen)
        case.open_template()
        await settle(pilot)
        await press(pilot, "n", "n", "n")

    await pictures(prepare=decided, first=lambda: CaseScreen("1"), steps=steps)
