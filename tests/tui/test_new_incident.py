"""Logging an incident on the screen."""

from datetime import timedelta

from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from breachdesk.casefile import CaseFile
from breachdesk.terms import Nature, Role
from breachdesk.tui.screens.new_incident import NewIncidentScreen
from breachdesk.tui.screens.new_incident.more import More
from breachdesk.tui.widgets.picks import Picks
from tests.tui.cases import TRICK, take_a_profile
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures


def meaning(pilot: Pilot[int]) -> str:
    return str(pilot.app.screen.query_one("#meaning", Static).content)


def problem(pilot: Pilot[int]) -> str:
    return str(pilot.app.screen.query_one("#problem", Static).content)


def logged(stage: Stage) -> CaseFile:
    return stage.desk.intake.open("1")


async def test_two_fields_and_ctrl_s_log_an_incident_and_open_the_case(stage: Stage) -> None:
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press(*"Payroll list astray", "enter", *"40 min ago", "ctrl+s")
        await settle(pilot)
        assert type(app.screen).__name__ == "CaseScreen"
        assert not any(isinstance(one, NewIncidentScreen) for one in app.screen_stack)
    facts = logged(stage).facts
    assert facts.title == "Payroll list astray"
    assert facts.became_aware_at == stage.clock.now - timedelta(minutes=40)
    assert stage.desk.drafts.all() == ()


async def test_what_it_means_stands_there_while_the_time_is_typed(stage: Stage) -> None:
    app = stage.app(NewIncidentScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Payroll list", "enter")
        assert meaning(pilot) == ""
        await pilot.press(*"now")
        assert "notify Datatilsynet, if it is a risk, by Mon 23 Nov 2026 16:30" in meaning(pilot)
        app.screen.query_one("#aware MomentInput", Input).value = "16.11.2026 12:00"
        await pilot.pause()
        assert "ended Thu 19 Nov 2026 12:00" in meaning(pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert "the clock waits until awareness is settled" in meaning(pilot)


async def test_awareness_is_never_filled_in_silently(stage: Stage) -> None:
    app = stage.app(NewIncidentScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "what happened" in problem(pilot)
        await pilot.press(*"Payroll", "ctrl+s")
        await settle(pilot)
        assert "when you became aware, or that you are not sure yet" in problem(pilot)
        assert app.focused is app.screen.query_one("#aware MomentInput")
        await pilot.press(*"now")
        await settle(pilot)
        assert problem(pilot) == "", "what was asked for stands there now"
    assert stage.desk.register.rows() == ()


async def test_not_sure_yet_logs_without_awareness_whatever_was_typed(stage: Stage) -> None:
    app = stage.app(NewIncidentScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Payroll", "enter", *"now", "f4", "ctrl+s")
        await settle(pilot)
    assert logged(stage).facts.became_aware_at is None


async def test_a_time_ahead_is_refused_beside_the_field(stage: Stage) -> None:
    app = stage.app(NewIncidentScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Payroll", "enter", *"23:00", "ctrl+s")
        await settle(pilot)
        assert "lies ahead" in problem(pilot)
    assert stage.desk.register.rows() == ()


async def test_what_folds_out_is_logged_too(stage: Stage) -> None:
    app = stage.app(NewIncidentScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Payroll", "enter", *"now", "tab", "tab", "enter", "tab")
        await pilot.press(*"yesterday 16:05", "tab", "tab", "tab", *"A call", "tab", "right")
        await pilot.press("tab", "space", "right", "right", "space", "tab", *"In short")
        more = app.screen.query_one(More)
        more.query_one("#drill", Picks).action_mark()
        await pilot.press("ctrl+s")
        await settle(pilot)
    case = logged(stage)
    facts = case.facts
    assert facts.detected_at == stage.clock.now - timedelta(hours=24, minutes=25)
    assert facts.awareness_reason == "A call"
    assert facts.role == Role.PROCESSOR
    assert facts.nature == [Nature.CONFIDENTIALITY, Nature.AVAILABILITY]
    assert facts.summary == "In short"
    assert case.incident.is_drill


async def test_the_profiles_processing_activities_are_offered(stage: Stage) -> None:
    take_a_profile(stage)
    app = stage.app(NewIncidentScreen)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press(*"Payroll", "enter", *"now")
        more = app.screen.query_one(More)
        more.collapsed = False
        await pilot.pause()
        choices = more.query_one("#processing", Picks)
        choices.focus()
        await pilot.press("space", "ctrl+s")
        await settle(pilot)
    assert logged(stage).facts.processing == [choices.picks[0].id]


async def test_tricky_text_stays_text_in_the_field_and_in_the_record(stage: Stage) -> None:
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        app.screen.query_one("#title", Input).value = TRICK
        app.screen.query_one("#summary", TextArea).text = TRICK
        await pilot.press("f4", "ctrl+s")
        await settle(pilot)
        assert app.is_running
    assert logged(stage).facts.summary == TRICK


async def test_logging_in_every_guise(pictures: Pictures) -> None:
    async def fill_in(pilot: Pilot[int]) -> None:
        await pilot.press(*"Payroll list sent to the wrong recipient", "enter", *"14:30")

    await pictures(first=NewIncidentScreen, steps=fill_in)


async def test_what_folds_out_in_every_guise(pictures: Pictures) -> None:
    async def fold_out(pilot: Pilot[int]) -> None:
        await pilot.press(*"Payroll list", "enter", *"14:30", "tab", "tab", "enter", "tab")

    await pictures(first=NewIncidentScreen, prepare=take_a_profile, steps=fold_out)


async def test_help_speaks_of_the_field_one_stands_in(stage: Stage) -> None:
    app = stage.app(NewIncidentScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, NewIncidentScreen)
        for field, title in (
            ("#title", "What happened"),
            ("#aware MomentInput", "We became aware"),
            ("#summary", "More, if you know it"),
        ):
            screen.query_one(More).collapsed = False
            screen.set_focus(screen.query_one(field))
            await settle(pilot)
            assert screen.help_text().title == title
