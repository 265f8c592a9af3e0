"""Everything by a few letters, and help for what has the focus."""

from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from breachdesk.tui.palette import Palette
from breachdesk.tui.screens.new_incident import NewIncidentScreen
from breachdesk.tui.screens.verify import VerifyScreen
from breachdesk.tui.widgets.helping import HelpDialog
from tests.tui.cases import TRICK, a_case, many_cases
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures


def offered(pilot: Pilot[int]) -> list[str]:
    options = pilot.app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(one).prompt) for one in range(options.option_count)]


async def test_an_action_is_found_by_its_words_and_done(stage: Stage) -> None:
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"lost or")
        await settle(pilot)
        assert offered(pilot)[0].startswith("Verify  Check that nothing was lost")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, VerifyScreen)


async def test_a_case_is_found_by_its_number(stage: Stage) -> None:
    for number in range(12):
        a_case(stage, f"Case of {number} people", hours_ago=1)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("colon", *"2")
        await settle(pilot)
        assert [line[:11] for line in offered(pilot)] == ["BD-2026-002"]
        await pilot.press("enter")
        await settle(pilot)
        assert type(app.screen).__name__ == "CaseScreen"


async def test_a_case_is_found_by_words_and_shown_as_text(stage: Stage) -> None:
    a_case(stage, TRICK, hours_ago=1)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"press")
        await settle(pilot)
        assert any("[@click=app.quit]press[/]" in line for line in offered(pilot))


async def test_language_and_colours_are_chosen_in_the_palette(stage: Stage) -> None:
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"norwegian")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.speaker.lang == "nb"
        await pilot.press("ctrl+p", *"farger: lys")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert app.theme == "breachdesk-light"
        assert app.door.remembered == {  # type: ignore[attr-defined]
            "lang": "nb", "theme": "light",
        }  # fmt: skip


async def test_nothing_fitting_is_said_and_enter_does_nothing(stage: Stage) -> None:
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"zzzz")
        await settle(pilot)
        assert "Nothing fits" in offered(pilot)[0]
        await pilot.press("enter")
        assert isinstance(app.screen, Palette)


async def test_f1_explains_the_field_and_lists_the_keys(stage: Stage) -> None:
    app = stage.app(NewIncidentScreen)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert isinstance(app.screen, HelpDialog)
        said = " ".join(str(one.content) for one in app.screen.query(Static))
        assert "reasonably certain" in said
        assert "Art. 33(1) GDPR" in said
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, NewIncidentScreen)


async def test_the_palette_in_every_guise(pictures: Pictures) -> None:
    async def press(pilot: Pilot[int]) -> None:
        await pilot.press("ctrl+p")
        await settle(pilot)

    await pictures(prepare=many_cases, steps=press)


async def test_help_in_every_guise(pictures: Pictures) -> None:
    async def press(pilot: Pilot[int]) -> None:
        await pilot.press("f1")
        await settle(pilot)

    await pictures(prepare=many_cases, steps=press)
