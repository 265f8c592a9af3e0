"""What is done with a case from the screen: each test asks the desk what was recorded."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, TextArea

from breachdesk.message import say
from breachdesk.terms import Duty, Nature, NoteKind, Role, Status
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.case.unknowns import UnknownsDialog
from breachdesk.tui.screens.correct import CorrectDialog
from breachdesk.tui.screens.note import NoteDialog
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.screens.reasons import StatusDialog
from breachdesk.tui.screens.sent import SentDialog
from breachdesk.tui.widgets.linelist import LineList
from breachdesk.tui.widgets.moment import MomentField
from tests.tui.breaches import decided, issued, logged, sent
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said, screen_text

SIZE = (80, 24)


def case_screen() -> CaseScreen:
    return CaseScreen("1")


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def type_in(pilot: Pilot[int], selector: str, text: str) -> None:
    """Put words into a field of the dialog in front."""
    widget = pilot.app.screen.query_one(selector)
    if isinstance(widget, MomentField):
        widget = widget.input
    widget.focus()
    await pilot.pause()
    if isinstance(widget, Input):
        widget.value = text
    elif isinstance(widget, TextArea):
        widget.text = text
    await settle(pilot)


async def test_a_line_is_logged_with_its_kind_and_its_own_time(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "l", *"Called them")
        await press(pilot, "tab", "right", "right", "tab", *"16:05", "tab")
        assert "= today 16:05 (Oslo, UTC+1)" in said(pilot)
        await press(pilot, "ctrl+s")
    note = stage.desk.intake.open("1").notes[-1]
    assert (note.text, note.kind) == ("Called them", NoteKind.ACTION)
    assert note.occurred_at == stage.clock.now.replace(hour=15, minute=5, second=0)


async def test_a_time_that_cannot_be_read_logs_nothing_and_loses_nothing(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f2", *"Called them")
        await type_in(pilot, "#at", "soonish")
        await press(pilot, "ctrl+s")
        assert in_front(pilot, NoteDialog)
        assert pilot.app.screen.query_one("#text", Input).value == "Called them"
    assert len(stage.desk.intake.open("1").notes) == 2


async def test_a_half_typed_line_is_there_at_the_next_start(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "l", *"Half a li")
        await pilot.pause(0.6)
        await settle(pilot)
        assert stage.desk.drafts.open("BD-2026-001")["note.text"] == "Half a li"
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "l")
        assert pilot.app.screen.query_one("#text", Input).value == "Half a li"
        await press(pilot, *"ne", "enter")
    assert stage.desk.intake.open("1").notes[-1].text == "Half a line"
    assert stage.desk.drafts.open("BD-2026-001") == {}


async def test_awareness_is_set_with_a_reason_and_its_deadline_said_before(stage: Stage) -> None:
    logged(stage)
    before = stage.desk.intake.open("1").facts.became_aware_at
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await type_in(pilot, "#at", "12:00")
        assert "72 hours end Mon 23 Nov 2026 12:00" in said(pilot)
        await press(pilot, "ctrl+s")
        assert "Say why, in your own words." in said(pilot)
        assert stage.desk.intake.open("1").facts.became_aware_at == before
        await type_in(pilot, "#reason", "The log shows it")
        await press(pilot, "ctrl+s")
        assert "67 h 14 min left" in flowing(pilot)
    facts = stage.desk.intake.open("1").facts
    assert facts.became_aware_at == stage.clock.now.replace(hour=11, minute=0)
    assert facts.awareness_reason == "The log shows it"


async def test_awareness_in_the_future_is_refused_beside_the_fields(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await type_in(pilot, "#at", "23:50")
        await type_in(pilot, "#reason", "No")
        await press(pilot, "ctrl+s")
        assert "✖" in said(pilot)
    assert len(stage.desk.intake.open("1").snapshots) == 1


@pytest.mark.parametrize(
    ("field", "selector", "typed", "expected"),
    [
        ("title", "#value", "Payroll file astray", "Payroll file astray"),
        ("summary", "#value", "In short", "In short"),
        ("detected_at", "#value", "10:00", "2026-11-20 09:00:00+00:00"),
    ],
)
async def test_a_fact_is_corrected_and_the_old_value_stays(
    stage: Stage, field: str, selector: str, typed: str, expected: str
) -> None:
    logged(stage)
    name = field.removesuffix("_at")
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "c")
        pilot.app.screen.query_one(LineList).go_to(name)
        await press(pilot, "enter")
        assert in_front(pilot, CorrectDialog)
        await type_in(pilot, selector, typed)
        await type_in(pilot, "#reason", "It was wrong")
        await press(pilot, "ctrl+s")
    case = stage.desk.intake.open("1")
    assert str(getattr(case.facts, field)) == expected
    assert len(case.snapshots) == 2
    assert case.facts.reason == "It was wrong"


async def test_role_and_kind_of_breach_are_picked(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "c")
        pilot.app.screen.query_one(LineList).go_to("role")
        await press(pilot, "enter", "right")
        await type_in(pilot, "#reason", "We act for another")
        await press(pilot, "ctrl+s", "c")
        pilot.app.screen.query_one(LineList).go_to("nature")
        await press(pilot, "enter", "right", "space")
        await type_in(pilot, "#reason", "It was altered, too")
        await press(pilot, "ctrl+s")
    facts = stage.desk.intake.open("1").facts
    assert facts.role == Role.PROCESSOR
    assert facts.nature == [Nature.CONFIDENTIALITY, Nature.INTEGRITY]


async def test_closing_says_what_is_still_owed_and_reopening_that_clocks_never_stopped(
    stage: Stage,
) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        assert "although this is still owed: notify the authority" in said(pilot)
        await press(pilot, "ctrl+s")
        assert in_front(pilot, StatusDialog)
        await type_in(pilot, "#reason", "It was a drill")
        await press(pilot, "ctrl+s")
        assert stage.desk.intake.open("1").facts.status == Status.CLOSED
        await press(pilot, "x")
        assert "its clocks never stopped" in said(pilot)
        await type_in(pilot, "#reason", "It was none")
        await press(pilot, "ctrl+s")
    facts = stage.desk.intake.open("1").facts
    assert (facts.status, facts.reason) == (Status.OPEN, "It was none")


async def test_a_sending_without_a_paper_stops_the_clock(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert pilot.app.screen.query_one("#to", Input).value.startswith("Datatilsynet")
        await press(pilot, "ctrl+s")
        assert "Say how." in said(pilot)
        await type_in(pilot, "#channel", "Altinn")
        await type_in(pilot, "#receipt", "AR 1")
        await type_in(pilot, "#at", "16:40")
        await press(pilot, "ctrl+s")
        assert "met, 68 h 50 min early" in flowing(pilot)
    sending = stage.desk.intake.open("1").dispatches[0]
    assert (sending.duty, sending.channel, sending.receipt) == (
        Duty.NOTIFY_AUTHORITY,
        "Altinn",
        "AR 1",
    )
    assert sending.document_id is None
    assert sending.sent_at == stage.clock.now.replace(hour=15, minute=40, second=0)


async def test_the_newest_paper_is_offered_first_as_what_was_sent(stage: Stage) -> None:
    document = issued(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert in_front(pilot, SentDialog)
        await type_in(pilot, "#channel", "Altinn")
        await press(pilot, "ctrl+s")
    assert stage.desk.intake.open("1").dispatches[0].document_id == document


async def test_a_mistaken_sending_is_taken_back_with_a_reason(stage: Stage) -> None:
    sent(stage)
    async with stage.app(lambda: CaseScreen("1", tab="papers")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        case = stage.desk.intake.open("1")
        pilot.app.screen.query_one("#papers-list", LineList).go_to(
            f"dispatch.{case.dispatches[0].id}"
        )
        await press(pilot, "enter")
        assert "The duty runs again" in said(pilot)
        await type_in(pilot, "#reason", "It went to the wrong case")
        await press(pilot, "ctrl+s")
        assert "left" in flowing(pilot)
    back = stage.desk.intake.open("1").dispatches[-1]
    assert (back.corrects, back.reason) == (case.dispatches[0].id, "It went to the wrong case")


async def test_the_list_of_what_is_missing_leads_to_the_question(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f4")
        assert in_front(pilot, UnknownsDialog)
        assert "Ola, by Sat 16:30" in flowing(pilot)
        await press(pilot, "enter")
        screen = in_front(pilot, QuestionnaireScreen)
        assert screen.here == "holder"


async def test_a_dialog_is_left_with_its_button_and_records_nothing(stage: Stage) -> None:
    decided(stage)
    head = stage.desk.trust.head()
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        for letter in "lwxsc":
            await press(pilot, letter)
            pilot.app.screen.query_one("#no", Button).press()
            await settle(pilot)
            assert in_front(pilot, CaseScreen)
    assert stage.desk.trust.head() == head


async def test_confirming_twice_records_once(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "l", *"Once", "ctrl+s", "ctrl+s")
    texts = [one.text for one in stage.desk.intake.open("1").notes]
    assert texts.count("Once") == 1


@pytest.mark.parametrize("key", ["l", "w", "c", "x", "s", "f4"])
async def test_dialogs_in_every_guise(pictures: Pictures, key: str) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await press(pilot, key)

    await pictures(prepare=logged, first=case_screen, steps=steps)


async def test_correcting_a_time_in_every_guise(pictures: Pictures) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await press(pilot, "c")
        pilot.app.screen.query_one(LineList).go_to("detected")
        await press(pilot, "enter")

    await pictures(prepare=logged, first=case_screen, steps=steps)


async def test_a_moved_note_in_every_guise(pictures: Pictures) -> None:
    async def steps(pilot: Pilot[int]) -> None:
        await press(pilot, "l", *"The recipient has deleted it")
        await type_in(pilot, "#at", "20.11.2026 16:05")

    await pictures(prepare=logged, first=case_screen, steps=steps)


async def test_a_kind_of_breach_must_be_ticked(stage: Stage) -> None:
    logged(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        in_front(pilot, CaseScreen).correct_field("nature")
        await settle(pilot)
        await press(pilot, "home", "space")
        await type_in(pilot, "#reason", "None of them")
        await press(pilot, "ctrl+s")
        assert "Tick at least one kind of breach." in said(pilot)
    assert stage.desk.intake.open("1").facts.nature == [Nature.CONFIDENTIALITY]


async def test_the_buttons_stay_in_sight_whatever_is_said(stage: Stage) -> None:
    sent(stage)
    async with stage.app(case_screen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.notify("Something was said a moment ago", timeout=60)
        await press(pilot, "s", "ctrl+s")
        dialog = in_front(pilot, SentDialog)
        dialog.say_problem(say("{what}", what="It cannot be taken as it is. " * 8))
        await settle(pilot)
        assert "Record the sending" in screen_text(pilot)
        assert "a moment ago" not in screen_text(pilot)
        assert dialog.query_one("#yes").region.bottom <= SIZE[1]


async def test_a_sending_is_taken_back_by_key_from_the_case(stage: Stage) -> None:
    sent(stage)
    async with stage.app(lambda: CaseScreen("1", tab="papers")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "t Take back" in screen_text(pilot)
        await press(pilot, "t")
        assert "notify the authority: to Datatilsynet" in flowing(pilot)
        await press(pilot, *"Wrong paper", "ctrl+s")
        assert "t Take back" not in screen_text(pilot)
    case = stage.desk.intake.open("1")
    assert case.dispatches[-1].reason == "Wrong paper"
