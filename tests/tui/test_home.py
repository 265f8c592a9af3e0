"""The register on the screen."""

import ast
import importlib
import inspect

from textual.events import ScreenResume
from textual.pilot import Pilot
from textual.widgets import Digits, Input, Static

from breachdesk.terms import Lang
from breachdesk.tui.hall import Hall
from breachdesk.tui.screens.home import HomeScreen
from breachdesk.tui.screens.home.case_table import _NEXT_WORDS, CaseTable
from breachdesk.tui.screens.home.next_box import NextBox
from breachdesk.tui.screens.home.overview import PAGE
from breachdesk.tui.screens.profile import ProfileDialog
from breachdesk.tui.widgets.dialogs import ConfirmDialog
from breachdesk.tui.widgets.keyline import KeyLine
from tests.tui.cases import TRICK, a_case, many_cases, take_a_profile
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import screen_text


def table(pilot: Pilot[int]) -> CaseTable:
    return pilot.app.screen.query_one(CaseTable)


def refs(pilot: Pilot[int]) -> list[str]:
    return [str(key.value) for key in table(pilot).rows]


def row(pilot: Pilot[int], ref: str) -> list[str]:
    return [str(cell) for cell in table(pilot).get_row(ref)]


def case_in_front(pilot: Pilot[int]) -> str:
    screen = pilot.app.screen
    assert type(screen).__name__ == "CaseScreen"
    return str(screen.ref)  # type: ignore[attr-defined]


async def test_the_box_says_how_long_what_is_owed_and_who_finds_out_what(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        box = app.screen.query_one(NextBox)
        lines = [str(one.content) for one in box.query(Static)]
        assert box.border_title == "▲ due soon · 2 h 13 min left"
        assert box.query_one(Digits).value == "2:13"
        assert lines[0] == "BD-2026-001  Payroll list sent to the wrong recipient"
        assert lines[1] == "Notify Datatilsynet · by Fri 20 Nov 18:43"
        assert "(Ola, 17:30)" in lines[2]
        assert "(Kari Nordmann)" in lines[2]
        assert lines[3].startswith("Next: ")


async def test_the_clock_goes_on_by_itself_until_it_is_late(stage: Stage) -> None:
    a_case(stage, "Payroll", hours_ago=71.9)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        stage.clock.move(minutes=7)
        app.screen.query_one(NextBox).tick()
        table(pilot).tick()
        assert app.screen.query_one(NextBox).border_title == "✖ overdue · 1 min late"
        assert row(pilot, "BD-2026-001")[2] == "1 min late"


async def test_what_presses_most_comes_first_and_every_state_is_a_word(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert refs(pilot)[0] == "BD-2026-001"
        assert refs(pilot)[-1] == "BD-2026-007"
        assert row(pilot, "BD-2026-001")[2] == "2 h 13 min left"
        assert row(pilot, "BD-2026-003")[:3] == [
            "✔ 2026-003", "Snooping in the customer system", "met in time",
        ]  # fmt: skip
        assert row(pilot, "BD-2026-004")[0] == "◇ 2026-004"
        assert row(pilot, "BD-2026-004")[2] == "at worst 42 h left"
        assert row(pilot, "BD-2026-005")[1] == "drill · Newsletter with all addresses open"
        assert row(pilot, "BD-2026-006")[2] == "running for 5 h"
        assert row(pilot, "BD-2026-007")[2] == "nothing owed"


async def test_finding_narrows_the_list_and_esc_shows_all_again(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("slash", *"lost bergen")
        await settle(pilot)
        assert refs(pilot) == ["BD-2026-002"]
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert case_in_front(pilot) == "BD-2026-002"
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert len(refs(pilot)) == 7
        assert app.focused is table(pilot)


async def test_finding_nothing_says_so(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f3", *"[x")
        await settle(pilot)
        assert refs(pilot) == []
        assert "No case fits" in str(app.screen.query_one("#empty", Static).content)


async def test_a_click_opens_a_case(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.click(CaseTable, offset=(5, 2))
        await settle(pilot)
        assert case_in_front(pilot) == refs_in_order(stage)[1]


def refs_in_order(stage: Stage) -> list[str]:
    return [line.ref for line in stage.desk.register.rows()]


async def test_the_list_is_read_a_page_at_a_time(stage: Stage) -> None:
    for number in range(PAGE + 20):
        a_case(stage, f"Case {number}", hours_ago=1 + number / 10)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert len(refs(pilot)) == PAGE
        await pilot.press(*["pagedown"] * 5)
        await settle(pilot)
        assert refs(pilot) == refs_in_order(stage)
        assert table(pilot).cursor_row > PAGE - 15, "the cursor stays on its case"


async def test_an_empty_desk_teaches_what_to_do(stage: Stage) -> None:
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "enter Open" not in screen_text(pilot), "there is nothing to open"
        taught = str(app.screen.query_one("#empty", Static).content)
        assert all(line in taught for line in ("n   log one", "d   try", "i   bring in"))
        await pilot.press("i")
        await settle(pilot)
        assert isinstance(app.screen, ProfileDialog)
        await pilot.press("escape")
        take_a_profile(stage)
        app.screen.post_message(ScreenResume())
        await settle(pilot)
        assert "i   bring in" not in str(app.screen.query_one("#empty", Static).content)


async def test_a_drill_is_logged_only_after_it_was_said_what_it_does(stage: Stage) -> None:
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("escape")
        await settle(pilot)
        assert stage.desk.register.rows() == ()
        await pilot.press("d")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert case_in_front(pilot) == "BD-2026-001"
    case = stage.desk.intake.open("1")
    assert case.incident.is_drill
    assert stage.desk.register.cases() == ()


async def test_tricky_text_is_shown_as_text(stage: Stage) -> None:
    a_case(stage, TRICK, hours_ago=1)
    app = stage.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        shown = "[@click=app.quit]press[/] ‹U+001B›[31m ‹U+202E›gnp.fdp"
        assert row(pilot, "BD-2026-001")[1] == shown
        what = app.screen.query_one(NextBox).query_one(".what", Static)
        assert str(what.content) == f"BD-2026-001  {shown}"
        for place in range(0, 100, 4):
            await pilot.click(NextBox, offset=(12 + place, 1))
        assert app.is_running


async def test_the_language_is_switched_while_everything_stands(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.speak_in(Lang.NB)
        await settle(pilot)
        assert row(pilot, "BD-2026-001")[2] == "2 t 13 min igjen"
        assert "Hjelp" in str(app.screen.query_one(KeyLine).render())
        app.speak_in(Lang.EN)
        await settle(pilot)
        assert "Help" in str(app.screen.query_one(KeyLine).render())


async def test_leaving_asks_only_when_a_duty_falls_due_within_the_hour(stage: Stage) -> None:
    a_case(stage, "Payroll", hours_ago=70)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        stage.clock.move(hours=1.5)
        await pilot.press("ctrl+q")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
    again = stage.again()
    assert again.register.rows()


async def test_leaving_is_at_once_when_nothing_falls_due(stage: Stage) -> None:
    a_case(stage, "Payroll", hours_ago=1)
    a_case(stage, "Late already", hours_ago=90)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+q")
        while app.is_running and app.return_code is None:
            await pilot.pause()
        assert app.return_value == 0


async def test_coming_back_shows_what_changed_meanwhile(stage: Stage) -> None:
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        a_case(stage, "Payroll", hours_ago=1)
        await pilot.press("escape")
        await settle(pilot)
        assert refs(pilot) == ["BD-2026-001"]
        assert isinstance(app, Hall)


async def test_the_register_in_every_guise(pictures: Pictures) -> None:
    def prepare(stage: Stage) -> None:
        take_a_profile(stage)
        many_cases(stage)

    await pictures(prepare=prepare)


async def test_an_empty_register_in_every_guise(pictures: Pictures) -> None:
    await pictures()


async def test_finding_in_every_guise(pictures: Pictures) -> None:
    async def find(pilot: Pilot[int]) -> None:
        await pilot.press("slash", *"customer")
        await settle(pilot)
        assert isinstance(pilot.app.focused, Input)

    await pictures(prepare=many_cases, steps=find)


async def test_asking_before_a_drill_in_every_guise(pictures: Pictures) -> None:
    async def ask(pilot: Pilot[int]) -> None:
        await pilot.press("d")

    await pictures(steps=ask)


def test_every_next_step_has_its_word() -> None:
    source = ast.parse(inspect.getsource(importlib.import_module("breachdesk.casefile.next_step")))
    made = [
        keyword.value.value
        for call in ast.walk(source)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "NextStep"
        for keyword in call.keywords
        if keyword.arg == "id" and isinstance(keyword.value, ast.Constant)
    ]
    assert {"reopen", "tasks", "supplement"} <= set(made)
    assert set(made) <= set(_NEXT_WORDS)
