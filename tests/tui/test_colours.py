"""Without colours everything can still be told apart; every look can be chosen."""

import pytest
from textual.filter import NoColor
from textual.widgets import Static

from breachdesk.tui.look import LOOKS, theme_name
from breachdesk.tui.screens.home.case_table import CaseTable
from tests.tui.cases import many_cases
from tests.tui.desks import Stage, settle


async def test_with_no_color_every_state_is_still_a_sign_and_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    many_cases(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.no_color
        assert app.theme == "ansi-dark"
        assert any(isinstance(one, NoColor) for one in app._filters), "else it is black on black"
        table = app.screen.query_one(CaseTable)
        signs = [str(table.get_row(key)[0])[0] for key in table.rows]
        assert set(signs) == {"▲", "●", "◇", "✔", "◌"}
        assert app.screen.query_one(".what", Static).content


@pytest.mark.parametrize("look", LOOKS)
async def test_every_look_can_be_drawn(stage: Stage, look: str) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.look_like(look)
        await settle(pilot)
        assert app.theme == theme_name(look, no_color=False)
