"""The foot of the screen: few keys, the help never cut off, letters replaced while typing."""

import pytest

from breachdesk.tui.screens.new_incident import NewIncidentScreen
from breachdesk.tui.screens.verify import VerifyScreen
from breachdesk.tui.widgets.active import key_name
from breachdesk.tui.widgets.helping import HelpDialog
from breachdesk.tui.widgets.keyline import MOST_KEYS, KeyLine
from tests.tui.cases import many_cases
from tests.tui.desks import Stage, settle


@pytest.mark.parametrize("lang", ["en", "nb"])
@pytest.mark.parametrize("width", [60, 80, 120])
async def test_help_stands_whole_at_every_width(stage: Stage, width: int, lang: str) -> None:
    many_cases(stage)
    stage.lang = lang
    app = stage.app()
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        for keys in ((), ("n",)):
            await pilot.press(*keys)
            await settle(pilot)
            line = app.screen.query_one(KeyLine).render()
            words = "Hjelp" if lang == "nb" else "Help"
            assert f" {words}   ctrl+p Al" in line.plain
            assert line.cell_length <= width - 2
            assert "  \u2026" not in line.plain


async def test_at_most_six_keys_stand_beside_help_and_all(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test(size=(200, 24)) as pilot:
        await settle(pilot)
        shown = app.screen.query_one(KeyLine).render().plain.split("   ")
        assert len([one for one in shown if one.strip()]) <= MOST_KEYS + 2


async def test_a_letter_gives_way_to_its_twin_while_text_is_typed(stage: Stage) -> None:
    app = stage.app(NewIncidentScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "F1 Help" in app.screen.query_one(KeyLine).render().plain
        await pilot.press("tab", "tab")
        await pilot.pause()
        assert "? Help" in app.screen.query_one(KeyLine).render().plain


async def test_a_click_on_a_key_presses_it(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        line = app.screen.query_one(KeyLine)
        place = line.render().plain.index("v Verify") + 1
        await pilot.click(KeyLine, offset=(place + 2, 0))
        await settle(pilot)
        assert isinstance(app.screen, VerifyScreen)
        line = app.screen.query_one(KeyLine)
        await pilot.click(KeyLine, offset=(line.render().plain.index("Help") + 1, 0))
        await settle(pilot)
        assert isinstance(app.screen, HelpDialog)


@pytest.mark.parametrize(
    ("key", "name"),
    [("ctrl+s", "ctrl+s"), ("escape", "esc"), ("f4", "F4"), ("question_mark", "?"), ("f", "f")],
)
def test_keys_are_named_as_people_write_them(key: str, name: str) -> None:
    assert key_name(key) == name
