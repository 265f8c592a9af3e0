"""The anchor on the screen: its words, a code that says the same, copied, and compared later."""

import segno
from textual.pilot import Pilot
from textual.widgets import Input, Static

from breachdesk.audit import read_anchor
from breachdesk.tui.screens.anchor import AnchorScreen
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.widgets.dialogs import MessageDialog
from tests.tui.breaches import logged
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said, screen_text

SIZE = (80, 24)


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


async def test_words_and_code_stand_whole_on_a_small_screen_and_say_the_same(stage: Stage) -> None:
    logged(stage)
    async with stage.app(AnchorScreen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = in_front(pilot, AnchorScreen)
        anchor = screen.kept_now
        assert anchor is not None
        assert anchor.head == stage.desk.trust.anchor().head
        spelled = str(screen.query_one(".spelled", Static).content)
        assert read_anchor(spelled) == anchor
        code = screen.query_one(".qr", Static)
        assert code.region.bottom <= SIZE[1] - 1
        drawn = str(code.content).split("\n")
        wanted = segno.make(anchor.line(), micro=False, error="l", boost_error=False)
        dark = [[bool(one) for one in row] for row in wanted.matrix_iter(border=1)]
        upper = [[cell in "▄ " for cell in line] for line in drawn]
        assert upper == dark[::2]
        lower = [[cell in "▀ " for cell in line] for line in drawn]
        assert lower[: len(dark) // 2] == dark[1::2]
        assert drawn[3][:20] in screen_text(pilot)


async def test_both_are_copied(stage: Stage) -> None:
    logged(stage)
    async with stage.app(AnchorScreen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        anchor = in_front(pilot, AnchorScreen).kept_now
        assert anchor is not None
        await press(pilot, "c")
        assert pilot.app.clipboard == anchor.words()
        await press(pilot, "y")
        assert pilot.app.clipboard == anchor.line()


async def test_a_kept_anchor_is_compared(stage: Stage) -> None:
    logged(stage)
    kept = stage.desk.trust.anchor()
    stage.desk.assessment.assess("1")
    async with stage.app(AnchorScreen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "k")
        pilot.app.screen.query_one("#line", Input).value = kept.words()
        await press(pilot, "ctrl+s")
        assert "is the one that was written down" in flowing(pilot)
        await press(pilot, "k")
        pilot.app.screen.query_one("#line", Input).value = "babab is no anchor"
        await press(pilot, "ctrl+s")
        in_front(pilot, MessageDialog)
        assert "That is no anchor" in said(pilot)


async def test_an_anchor_of_another_chain_is_told(stage: Stage) -> None:
    logged(stage)
    kept = stage.desk.trust.anchor()
    line = kept.line().replace(kept.head.digest, "0" * 64)
    async with stage.app(AnchorScreen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "k")
        pilot.app.screen.query_one("#line", Input).value = line
        await press(pilot, "ctrl+s")
        assert "no longer stands on entry" in flowing(pilot)
        assert "copied wrongly" in flowing(pilot)


async def test_a_case_shows_its_own_from_the_log(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1", tab="audit")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "h")
        in_front(pilot, AnchorScreen)
        assert "The record of BD-2026-001 ends" in flowing(pilot)


async def test_the_anchor_in_every_guise(pictures: Pictures) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await settle(pilot)

    await pictures(prepare=logged, first=AnchorScreen, steps=steps)
