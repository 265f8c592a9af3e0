"""Deciding on the screen: a named person, with reasons, and the advice as it stood."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Select, TextArea

from breachdesk.message import say
from breachdesk.terms import Ground, Matter, Outcome
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.decide.form import DecisionForm
from breachdesk.tui.screens.decide.screen import DecideScreen
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.widgets.picks import Picks
from tests.tui.breaches import as_processor, assessed, decided, logged
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said

SIZE = (80, 24)
WHY = "The recipient is bound by secrecy and has confirmed the deletion in writing."


def at(stage: Stage, matter: Matter | None = None) -> DecideScreen:
    return DecideScreen(stage.desk.intake.open("1"), matter)


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def write(pilot: Pilot[int], text: str) -> None:
    pilot.app.screen.query_one(TextArea).text = text
    await settle(pilot)


async def choose(pilot: Pilot[int], outcome: Outcome, ground: Ground | None = None) -> None:
    picks = pilot.app.screen.query_one("#outcome", Picks)
    picks.choose(outcome.value)
    picks.post_message(Picks.Changed(picks))
    await settle(pilot)
    if ground is not None:
        pilot.app.screen.query_one("#ground", Select).value = ground
        await settle(pilot)


async def test_a_decision_is_recorded_with_its_words_and_the_next_matter_comes(
    stage: Stage,
) -> None:
    assessed(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "tab", *"Salaries went astray")
        assert (
            "This records that Kari Nordmann decided at 16:46 that it is a personal data breach."
            in said(pilot)
        )
        await press(pilot, "ctrl+s")
        screen = in_front(pilot, DecideScreen)
        assert screen.matter == Matter.NOTIFY_AUTHORITY
    decision = stage.desk.intake.open("1").decisions[0]
    assert (decision.matter, decision.outcome) == (Matter.IS_BREACH, Outcome.YES)
    assert decision.rationale == "Salaries went astray"


async def test_no_arrow_key_chooses(stage: Stage) -> None:
    assessed(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in ("right", "left", "down", "up", "right"):
            await press(pilot, key)
            assert pilot.app.screen.query_one(DecisionForm).outcome is None
        await press(pilot, "space")
        assert pilot.app.screen.query_one(DecisionForm).outcome == Outcome.NO


async def test_what_was_recorded_is_said_and_the_next_undecided_matter_follows(
    stage: Stage,
) -> None:
    assessed(stage)
    async with stage.app(lambda: at(stage, Matter.NOTIFY_AUTHORITY)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "tab", *"They are told", "ctrl+s")
        told = [one.message for one in pilot.app._notifications]
        assert told == ["Recorded: Kari Nordmann decided to notify the authority."]
        assert in_front(pilot, DecideScreen).matter == Matter.INFORM_SUBJECTS


async def test_advice_that_was_not_kept_is_said_to_be_so_until_it_is(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, Matter.NOTIFY_AUTHORITY)).run_test(
        size=(120, 40)
    ) as pilot:
        await settle(pilot)
        assert "Not kept as an assessment yet; F5 keeps it" in said(pilot)
        await press(pilot, "f5")
        screen = in_front(pilot, QuestionnaireScreen)
        screen.visit("!end")
        await settle(pilot)
        await press(pilot, "ctrl+s", "escape")
        assert in_front(pilot, DecideScreen).matter == Matter.NOTIFY_AUTHORITY
        assert "Not kept" not in said(pilot)


async def test_what_the_case_warns_of_stands_where_one_decides(stage: Stage) -> None:
    assessed(stage)
    screen = at(stage)
    warning = say("The sources disagree.")
    screen.set_reactive(DecideScreen.case, replace(screen.the_case, warnings=(warning,)))
    async with stage.app(lambda: screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "▲ The sources disagree." in said(pilot)


async def test_the_advice_stands_there_with_reasons_and_what_speaks_against(stage: Stage) -> None:
    assessed(stage)
    async with stage.app(lambda: at(stage, Matter.INFORM_SUBJECTS)).run_test(
        size=(120, 40)
    ) as pilot:
        await settle(pilot)
        shown = flowing(pilot)
        assert "Advice:" in shown
        assert "because" in shown
        assert "against" in shown
        assert "GDPR Art." in shown


async def test_nothing_is_recorded_before_outcome_ground_and_reasons_stand(stage: Stage) -> None:
    assessed(stage)
    head = stage.desk.trust.head()
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+s")
        assert "Choose what you decide." in said(pilot)
        await choose(pilot, Outcome.NO)
        await press(pilot, "ctrl+s")
        assert "Say on which ground." in said(pilot)
        await choose(pilot, Outcome.NO, Ground.NOT_A_BREACH)
        await press(pilot, "ctrl+s")
        assert "Give your reasons" in said(pilot)
    assert stage.desk.trust.head() == head


async def test_against_a_firm_advice_the_reasons_are_counted(stage: Stage) -> None:
    assessed(stage)
    async with stage.app(lambda: at(stage, Matter.NOTIFY_AUTHORITY)).run_test(
        size=(120, 40)
    ) as pilot:
        await settle(pilot)
        await choose(pilot, Outcome.NO, Ground.RISK_UNLIKELY)
        await write(pilot, "Too short")
        assert "9 of at least 40 characters" in said(pilot)
        await press(pilot, "ctrl+s")
        assert "goes against the desk's advice" in said(pilot)
        assert not stage.desk.intake.open("1").decisions
        await write(pilot, WHY)
        await press(pilot, "ctrl+s")
    decision = stage.desk.intake.open("1").decisions[0]
    assert (decision.outcome, decision.ground) == (Outcome.NO, Ground.RISK_UNLIKELY)
    assert decision.is_against_advice


async def test_half_typed_reasons_are_kept_apart_for_each_matter(stage: Stage) -> None:
    assessed(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "tab", *"Half", "pagedown")
        assert pilot.app.screen.query_one(TextArea).text == ""
        await press(pilot, "pageup")
        assert pilot.app.screen.query_one(TextArea).text == "Half"
    assert stage.desk.drafts.open("BD-2026-001") == {"decide.is_breach": "Half"}


async def test_a_processor_decides_whether_to_tell_the_controller(stage: Stage) -> None:
    as_processor(stage)
    async with stage.app(lambda: at(stage, Matter.NOTIFY_CONTROLLER)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        picks = pilot.app.screen.query_one("#matters", Picks)
        assert [one.id for one in picks.picks] == ["is_breach", "notify_controller"]
        await choose(pilot, Outcome.YES)
        await write(pilot, "Their data are concerned")
        await press(pilot, "ctrl+s")
    decision = stage.desk.intake.open("1").decisions[0]
    assert (decision.matter, decision.outcome) == (Matter.NOTIFY_CONTROLLER, Outcome.YES)


async def test_after_the_last_matter_one_is_back_at_the_case(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: CaseScreen("1", tab="decisions")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "d")
        assert pilot.app.screen.query(DecisionForm)
        await choose(pilot, Outcome.YES)
        await write(pilot, "It is a breach all the same")
        await press(pilot, "ctrl+s")
        assert in_front(pilot, CaseScreen)
        assert "It is a breach all the same" in flowing(pilot)


async def test_help_says_what_the_law_asks(stage: Stage) -> None:
    assessed(stage)
    async with stage.app(lambda: at(stage, Matter.NOTIFY_AUTHORITY)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f1")
        assert "unless a risk to people is unlikely" in said(pilot)
        assert "33(1)" in said(pilot)


@pytest.mark.parametrize("matter", [Matter.IS_BREACH, Matter.INFORM_SUBJECTS])
async def test_a_matter_in_every_guise(pictures: Pictures, matter: Matter) -> None:
    stages: list[Stage] = []

    def prepare(stage: Stage) -> None:
        decided(stage)
        stages.append(stage)

    await pictures(prepare=prepare, first=lambda: at(stages[-1], matter))


async def test_a_decision_against_the_advice_in_every_guise(pictures: Pictures) -> None:
    stages: list[Stage] = []

    def prepare(stage: Stage) -> None:
        assessed(stage)
        stages.append(stage)

    async def steps(pilot: Pilot[int]) -> None:
        await choose(pilot, Outcome.NO, Ground.RISK_UNLIKELY)
        await write(pilot, "We trust the recipient.")

    first = lambda: at(stages[-1], Matter.NOTIFY_AUTHORITY)  # noqa: E731
    await pictures(prepare=prepare, first=first, steps=steps)


async def test_an_undetermined_advice_in_every_guise(pictures: Pictures) -> None:
    stages: list[Stage] = []

    def prepare(stage: Stage) -> None:
        logged(stage)
        stages.append(stage)

    await pictures(prepare=prepare, first=lambda: at(stages[-1], Matter.NOTIFY_AUTHORITY))
