"""The screen of a case: what it shows, and that it stays where one was."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import TabbedContent

from breachdesk.records import NewIncident
from breachdesk.terms import Lang
from breachdesk.tui.screens.case import audit
from breachdesk.tui.screens.case.screen import TABS, CaseScreen
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import as_processor, assessed, decided, logged, sent, tricky
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, links, screen_text

SIZE = (80, 24)


def case_screen() -> CaseScreen:
    return CaseScreen("1")


def current(pilot: Pilot[int]) -> LineList:
    tab = pilot.app.screen.query_one(TabbedContent).active
    return pilot.app.screen.query_one(f"#{tab} LineList", LineList)


async def test_the_clock_and_what_presses_stand_above_every_tab(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        for place in range(len(TABS)):
            await pilot.press(str(place + 1))
            await settle(pilot)
            shown = flowing(pilot)
            assert "● Art. 33 · running · 68 h 44 min left" in shown
            assert "● Art. 34 · running for 3 h 16 min" in shown
            assert "due Mon 23 Nov 13:30" in shown
            assert "worst case Mon 23 Nov 11:30" in shown
            assert "Next: Assess the risk to the people" in shown
            assert "Ola, by Sat 16:30" in shown
            assert "Would change the advice" in shown


async def test_a_clock_that_ends_on_a_sunday_says_so(stage: Stage) -> None:
    aware = stage.clock.now - timedelta(hours=27)
    stage.desk.intake.log(NewIncident(title="Letter lost", became_aware_at=aware))
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "It ends at the weekend, Sunday 22 November 2026." in flowing(pilot)


async def test_without_awareness_the_worst_case_counts(stage: Stage) -> None:
    stage.desk.intake.log(
        NewIncident(title="Letter lost", detected_at=stage.clock.now - timedelta(hours=10))
    )
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "aware not sure yet" in flowing(pilot)
        assert "at worst 62 h left" in flowing(pilot)


async def test_a_processors_clock_runs_towards_the_controller(stage: Stage) -> None:
    as_processor(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "● Art. 33(2) · running for 2 h" in flowing(pilot)
        assert "◌ Art. 33(1) · not owed" in flowing(pilot)
        assert "without undue delay" in flowing(pilot)


async def test_every_tab_keeps_its_cursor(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("1", "down", "down", "down")
        await settle(pilot)
        kept = current(pilot).line_id
        await pilot.press("3", "down", "left", "left")
        await settle(pilot)
        assert pilot.app.screen.query_one(TabbedContent).active == "facts"
        assert current(pilot).line_id == kept
        await pilot.press("l", *"noted", "enter")
        await settle(pilot)
        assert current(pilot).line_id == kept
        assert stage.desk.intake.open("1").notes[-1].text == "noted"


async def test_tabs_and_lines_follow_the_mouse(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.click("#--content-tab-decisions")
        await settle(pilot)
        assert pilot.app.screen.query_one(TabbedContent).active == "decisions"
        await pilot.click("#decisions-list", offset=(5, 1))
        await settle(pilot)
        assert "You decide" in flowing(pilot)


async def test_no_letter_records_anything_by_itself(stage: Stage) -> None:
    decided(stage)
    head = stage.desk.trust.head()
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        for letter in "ladpusfwcxv":
            await pilot.press(letter)
            await settle(pilot)
            while not isinstance(pilot.app.screen, CaseScreen):
                await pilot.press("escape")
                await settle(pilot)
    assert stage.desk.trust.head() == head


async def test_text_from_the_desk_stays_text_on_every_tab(stage: Stage) -> None:
    tricky(stage)
    async with stage.app(case_screen).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for place in range(len(TABS)):
            await pilot.press(str(place + 1))
            await settle(pilot)
            shown = screen_text(pilot)
            assert "[@click=app.quit]press[/]" in shown.replace("\n", "")
            assert "‹U+202E›" in shown
            assert "\x1b" not in shown
            assert "\u202e" not in shown
            assert not list(links(pilot))


async def test_verify_says_what_was_checked(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        of_all = stage.desk.trust.head()[0]
        assert f"in this case (of {of_all}); nothing lost, nothing changed" in flowing(pilot)
        assert "answer recorded" in flowing(pilot)


async def test_a_drill_is_marked_in_brackets_not_by_colour_alone(stage: Stage) -> None:
    stage.desk.intake.log(
        NewIncident(title="Letter lost", became_aware_at=stage.clock.now, is_drill=True)
    )
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "BD-2026-001 [DRILL] Letter lost" in flowing(pilot)


async def test_the_case_is_read_again_when_somebody_else_wrote(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        stage.desk.intake.close("1", "It was a drill")
        screen = in_front(pilot, CaseScreen)
        screen.refill()
        await settle(pilot)
        assert "■ closed" in flowing(pilot)


async def test_the_language_is_switched_where_one_is(stage: Stage) -> None:
    logged(stage)
    app = stage.app(lambda: CaseScreen("1", tab="decisions"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.speak_in(Lang.NB)
        await settle(pilot)
        await settle(pilot)
        assert pilot.app.screen.query_one(TabbedContent).active == "decisions"
        assert "Må besluttes" in flowing(pilot)
        assert "frist man. 23. nov. 13:30" in flowing(pilot)


@pytest.mark.parametrize("tab", TABS)
async def test_a_case_at_work_in_every_guise(
    pictures: Pictures, tab: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "DIGITS", 0)  # digests follow from every word of the forms
    await pictures(prepare=sent, first=lambda: CaseScreen("1", tab=tab))


async def test_a_case_just_logged_in_every_guise(pictures: Pictures) -> None:
    await pictures(prepare=logged, first=case_screen)


async def test_a_processors_case_in_every_guise(pictures: Pictures) -> None:
    await pictures(prepare=as_processor, first=lambda: CaseScreen("1", tab="papers"))


async def test_an_undecided_case_in_every_guise(pictures: Pictures) -> None:
    await pictures(prepare=assessed, first=lambda: CaseScreen("1", tab="decisions"))
