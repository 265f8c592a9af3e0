"""An erased case on the screen: the head says who erased it, and nothing is asked for."""

import re

from breachdesk.casefile import CaseFile
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.case.unknowns import UnknownsDialog
from breachdesk.tui.screens.home import HomeScreen
from tests.tui.breaches import issued
from tests.tui.desks import Stage, settle
from tests.tui.reading import flowing, in_front, said

SIZE = (100, 30)


def erased(stage: Stage) -> CaseFile:
    issued(stage)
    return stage.desk.erasing.erase("1", "Kept for five years").case


async def test_its_head_says_who_erased_it_and_asks_for_nothing(stage: Stage) -> None:
    case = erased(stage)
    assert case.clocks[0].is_running
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        words = flowing(pilot)
        assert "Kari Nordmann erased the case" in words
        assert "a duty was not met (notify the authority)" in words
        assert "reopen" not in words
        assert "Would change the advice" not in words
        await pilot.press("f4")
        await settle(pilot)
        in_front(pilot, UnknownsDialog)
        assert "Nothing is missing: the case was erased." in said(pilot)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert in_front(pilot, CaseScreen)
        assert "erased the case" in flowing(pilot)


async def test_the_list_says_that_it_was_erased(stage: Stage) -> None:
    erased(stage)
    async with stage.app(HomeScreen).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        words = flowing(pilot)
        assert "Kari Nordmann erased the case" in words
        assert re.search(r"BD-2026-001 .* erased ", words.partition("Next:")[2])
        assert "Missing:" not in words
