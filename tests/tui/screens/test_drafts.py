"""What is half-made outlives a kill: words, ticks and choices, within a second, where one was."""

from textual.widgets import Input, TextArea

from breachdesk.terms import Ground, Matter, Outcome, Role
from breachdesk.tui.screens.case.half_written import HalfWritten
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.correct import CorrectDialog
from breachdesk.tui.screens.decide.form import DecisionForm
from breachdesk.tui.screens.decide.screen import DecideScreen
from breachdesk.tui.screens.new_incident import NewIncidentScreen
from breachdesk.tui.screens.new_incident.more import More
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.widgets.picks import Picks
from tests.tui.breaches import assessed, logged
from tests.tui.desks import Stage, settle, type_ahead
from tests.tui.reading import in_front

SIZE = (80, 24)
REF = "BD-2026-001"
A_SECOND = 1.0


async def test_ticks_of_a_new_incident_are_there_at_the_next_start(stage: Stage) -> None:
    async with stage.app(NewIncidentScreen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        more = pilot.app.screen.query_one(More)
        more.collapsed = False
        await settle(pilot)
        for field, key in (("#nature", "space"), ("#role", "right"), ("#drill", "space")):
            more.query_one(field, Picks).focus()
            await pilot.press(key)
        await pilot.pause(A_SECOND)
        await settle(pilot)
        kept = stage.desk.drafts.open("new")
        assert kept == {"nature": "confidentiality", "role": "processor", "drill": "drill"}
        # the app is left as a kill leaves it: nothing more is written
    async with stage.app(NewIncidentScreen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        more = pilot.app.screen.query_one(More)
        assert not more.collapsed
        assert [one.value for one in more.nature] == ["confidentiality"]
        assert more.role == Role.PROCESSOR
        assert more.is_drill


async def test_a_half_made_decision_is_there_at_the_next_start(stage: Stage) -> None:
    assessed(stage)
    first = lambda: DecideScreen(stage.desk.intake.open("1"), Matter.INFORM_SUBJECTS)  # noqa: E731
    async with stage.app(first).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("right", "space", "tab")
        form = pilot.app.screen.query_one(DecisionForm)
        form.query_one("#ground").value = Ground.ART_34_3_A  # type: ignore[attr-defined]
        await settle(pilot)
        form.query_one(TextArea).focus()
        await pilot.press(*"Keyed")
        await pilot.pause(A_SECOND)
        await settle(pilot)
    async with stage.app(first).run_test(size=SIZE) as pilot:
        await settle(pilot)
        form = pilot.app.screen.query_one(DecisionForm)
        assert (form.outcome, form.ground) == (Outcome.NO, Ground.ART_34_3_A)
        form.query_one(TextArea).focus()
        await pilot.press("!")
        assert form.rationale == "Keyed!"


async def test_one_goes_on_typing_where_the_words_end(stage: Stage) -> None:
    logged(stage)
    stage.desk.drafts.save("new", "title", "Payroll list")
    stage.desk.drafts.save(REF, "answer.systems", "The mail\nand the list")
    async with stage.app(NewIncidentScreen).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*" sent")
        assert pilot.app.screen.query_one("#title", Input).value == "Payroll list sent"
    systems = lambda: QuestionnaireScreen(stage.desk.intake.open("1"), "facts", start="systems")  # noqa: E731
    async with stage.app(systems).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*" too")
        assert pilot.app.screen.query_one(TextArea).text == "The mail\nand the list too"


async def test_the_case_names_where_half_written_words_wait_and_opens_there(stage: Stage) -> None:
    logged(stage)
    stage.desk.drafts.save(REF, "answer.systems", "The mail")
    stage.desk.drafts.save(REF, "decide.inform_subjects", "Because")
    async with stage.app(lambda: CaseScreen("1")).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        facts = stage.desk.intake.open("1").forms["facts"]
        question = facts.question("systems")
        assert question is not None
        line = str(pilot.app.screen.query_one(HalfWritten).content)
        assert "Half-written, not answered yet" in line
        assert f"“{question.text.en}”" in line
        assert "Tell the people?" in line
        await pilot.press("f")
        await settle(pilot)
        assert in_front(pilot, QuestionnaireScreen).here == "systems"
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert question.text.en not in str(pilot.app.screen.query_one(HalfWritten).content)


async def test_what_was_half_written_is_named_until_the_act_is_done_and_no_longer(
    stage: Stage,
) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        line = pilot.app.screen.query_one(HalfWritten)
        await pilot.press("l")
        await settle(pilot)
        await pilot.press(*"Rang", "escape")
        await settle(pilot)
        assert "a note in the timeline" in str(line.content)
        assert line.has_class("-some")
        await pilot.press("l")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert stage.desk.intake.open("1").notes[-1].text == "Rang"
        assert not line.has_class("-some"), "it is done, and invites nobody to do it again"


async def test_ticks_of_a_correction_are_there_at_the_next_start(stage: Stage) -> None:
    logged(stage)
    for expected in (("confidentiality",), ("confidentiality", "integrity")):
        async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
            await settle(pilot)
            in_front(pilot, CaseScreen).correct_field("nature")
            await settle(pilot)
            picks = in_front(pilot, CorrectDialog).query_one("#value", Picks)
            assert picks.chosen == expected
            picks.focus()
            await pilot.press("right", "space")
            await pilot.pause(A_SECOND)
            await settle(pilot)


async def test_a_choice_typed_ahead_of_the_screen_is_not_lost(stage: Stage) -> None:
    assessed(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        type_ahead(pilot, "d", "enter", "tab", *"Salaries went astray")
        await settle(pilot)
        form = pilot.app.screen.query_one(DecisionForm)
        assert form.outcome == Outcome.YES
        assert form.rationale == "Salaries went astray"


async def test_the_matter_in_front_chosen_once_more_keeps_the_choice(stage: Stage) -> None:
    assessed(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        type_ahead(pilot, "shift+tab", "shift+tab", "enter", "tab", "tab", "space", "tab", *"Why")
        await settle(pilot)
        form = pilot.app.screen.query_one(DecisionForm)
        assert form.outcome == Outcome.YES
        assert form.rationale == "Why"


async def test_words_typed_ahead_of_a_dialog_are_its_own(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        type_ahead(pilot, "l", *"add and decide", "enter")
        await settle(pilot)
        in_front(pilot, CaseScreen)
        type_ahead(pilot, "escape", "l", *"x")
        await settle(pilot)
    assert stage.desk.intake.open("1").notes[-1].text == "add and decide"


async def test_answers_typed_ahead_go_to_one_question_after_the_other(stage: Stage) -> None:
    logged(stage)
    risk = lambda: QuestionnaireScreen(stage.desk.intake.open("1"), "risk", start="exposure")  # noqa: E731
    async with stage.app(risk).run_test(size=SIZE) as pilot:
        await settle(pilot)
        type_ahead(pilot, "up", "enter", "up", "enter")
        await settle(pilot)
    case = stage.desk.intake.open("1")
    assert (case.value("exposure"), case.value("protection")) == ("likely", "strong")


async def test_a_half_made_correction_is_there_again_and_an_untouched_one_leaves_nothing(
    stage: Stage,
) -> None:
    logged(stage)
    stage.desk.intake.correct("1", "summary", "A list went astray", "First words")
    for field, half in (("summary", "Another story"), ("detected", "20.11.2026 10:15")):
        first = lambda field=field: CorrectDialog(stage.desk.intake.open("1"), field)  # noqa: E731
        async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
            await settle(pilot)
            await pilot.app.push_screen(first())
            await settle(pilot)
            await pilot.pause(A_SECOND)
            await settle(pilot)
            assert stage.desk.drafts.open(REF) == {}
            box = in_front(pilot, CorrectDialog).query_one("#value")
            if isinstance(box, TextArea):
                box.text = half
            else:
                box.query_one(Input).value = half
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
            assert stage.desk.drafts.open(REF) == {f"correct.{field}": half}
            await pilot.app.push_screen(first())
            await settle(pilot)
            again = in_front(pilot, CorrectDialog).query_one("#value")
            shown = again.text if isinstance(again, TextArea) else again.query_one(Input).value
            assert shown == half
            if isinstance(again, TextArea):
                again.text = "A list went astray"
            else:
                again.query_one(Input).value = "20.11.2026 11:30"
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
            assert stage.desk.drafts.open(REF) == {}
