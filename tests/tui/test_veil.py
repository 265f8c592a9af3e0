"""One key blanks names, titles and free text on every screen, until it is pressed again."""

import re
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from breachdesk.desk.assessment import Sheet
from breachdesk.language import Speaker, veiled
from breachdesk.message import say
from breachdesk.records import NewDecision, NewDispatch, NewIncident, NewNote, NewTask
from breachdesk.terms import DocumentKind, Duty, Lang, Matter, Outcome
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.widgets.dialogs import MessageDialog
from tests.desk.desks import OSLO
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures

WORDS = {
    "Zqtittelxwk", "Zqsammendragxwk", "Zqnotatxwk", "Zqsvarxwk", "Zqeierxwk", "Zqgrunnxwk",
    "Zqmottakerxwk", "Zqkanalxwk", "Zqkvitteringxwk", "Zqoppgavexwk", "Zqnavnxwk",
}  # fmt: skip


def furnished(stage: Stage) -> None:
    """A case with a planted word in every field that a screen shows."""
    stage.actor = "Zqnavnxwk"
    desk = stage.desk
    now = stage.clock.now
    desk.intake.log(
        NewIncident(title="Zqtittelxwk", summary="Zqsammendragxwk", became_aware_at=now)
    )
    desk.timeline.note("1", NewNote(text="Zqnotatxwk"))
    unknown = {"cause": ("Zqeierxwk", None)}
    sheet = Sheet(values={"description": "Zqsvarxwk"}, unknown=unknown)
    desk.assessment.answer("1", "facts", sheet)
    desk.assessment.assess("1")
    new = NewDecision(matter=Matter.NOTIFY_AUTHORITY, outcome=Outcome.YES, rationale="Zqgrunnxwk")
    desk.decisions.decide("1", new)
    desk.papers.issue("1", DocumentKind.NOTIFICATION, lang=Lang.NB)
    desk.papers.sent("1", NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Zqmottakerxwk",
                                      channel="Zqkanalxwk", receipt="Zqkvitteringxwk"))  # fmt: skip
    desk.tasks.add("1", NewTask(what="Zqoppgavexwk", owner="Zqeierxwk"))


def drawn(app: App[int]) -> str:
    """Everything that stands on the screen, as a camera sees it."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


def seen(app: App[int]) -> set[str]:
    text = drawn(app)
    return {word for word in WORDS if word in text}


STEPS = (
    ("register", ()),
    ("case", ("enter",)),
    ("facts", ("enter", "1")),
    ("timeline", ("enter", "2")),
    ("assessment", ("enter", "3")),
    ("decisions", ("enter", "4")),
    ("papers", ("enter", "5")),
    ("audit", ("enter", "6")),
    ("decide", ("enter", "d")),
    ("answers", ("enter", "a")),
    ("paper", ("enter", "p")),
    ("tasks", ("enter", "t")),
    ("correct", ("enter", "c")),
    ("palette", ("ctrl+p",)),
    ("note", ("enter", "l", *"Zqnotatxwk")),
    ("new", ("n", *"Zqtittelxwk")),
    ("search", ("slash", *"Zqtittelxwk")),
)


@pytest.mark.parametrize("keys", [keys for _, keys in STEPS], ids=[name for name, _ in STEPS])
async def test_no_planted_word_is_drawn_behind_the_veil(
    stage: Stage, keys: tuple[str, ...]
) -> None:
    furnished(stage)
    app = stage.app()
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        for name in keys:
            await pilot.press(name)
            if len(name) > 1 or name.isdigit() or not isinstance(app.screen.focused, Input):
                await settle(pilot)
        await settle(pilot)
        before = seen(app)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert seen(app) == set()
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert seen(app) == before, "pressed again, everything stands as it stood"


async def walk(pilot: Pilot[int], app: App[int], *keys: str) -> None:
    for name in keys:
        await pilot.press(name)
        await settle(pilot)
        assert seen(app) == set(), name


async def test_what_is_opened_behind_the_veil_stays_behind_it(stage: Stage) -> None:
    furnished(stage)
    app = stage.app()
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        assert "Zqtittelxwk" in seen(app)
        await walk(pilot, app, "ctrl+g", "enter", "2", "3", "4", "5", "6", "d", "escape", "a",
                   "escape", "t", "escape", "l", "escape", "escape")  # fmt: skip
        assert "BD-2026-001" in drawn(app) or "2026-001" in drawn(app), "references stay"


async def test_a_dialog_that_was_open_is_hidden_whole_and_comes_back(stage: Stage) -> None:
    furnished(stage)
    app = stage.app()
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        app.push_screen(MessageDialog(say("Look"), say("{name} called", name="Zqnavnxwk")))
        await settle(pilot)
        assert "Zqnavnxwk" in drawn(app)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert "Zqnavnxwk" not in drawn(app)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert "Zqnavnxwk called" in drawn(app)


async def test_the_case_tab_and_typed_words_outlive_the_veil(stage: Stage) -> None:
    furnished(stage)
    app = stage.app(lambda: CaseScreen("1"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("l")
        await settle(pilot)
        await pilot.press(*"Zqx", "ctrl+g")
        await settle(pilot)
        assert "Zqx" not in drawn(app)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert app.screen.query_one("#text", Input).value == "Zqx"
        assert "Zqx" in drawn(app)


async def test_the_key_stands_in_the_help_of_every_screen(stage: Stage) -> None:
    furnished(stage)
    app = stage.app()
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        for opening in ((), ("enter",), ("d",)):
            for name in opening:
                await pilot.press(name)
                await settle(pilot)
            await pilot.press("f1")
            await settle(pilot)
            await pilot.press("tab", "end")
            await settle(pilot)
            assert "Blank names, titles and texts" in drawn(app), opening
            await pilot.press("escape")
            await settle(pilot)


def test_every_field_on_an_open_desk_is_behind_the_veil() -> None:
    """Fields that stand before the desk are the only ones that are not."""
    screens = Path(__file__).parents[2] / "breachdesk" / "tui"
    bare = {
        path.name
        for path in screens.rglob("*.py")
        if re.search(r"yield (Input|TextArea)\(|= (Input|TextArea)\(", path.read_text("utf-8"))
    }
    assert bare == {"first_run.py", "recovery.py", "unlock.py"}


def test_blocks_are_as_wide_as_the_words_and_break_where_they_did() -> None:
    assert veiled("Kari Nordmann, 12:30\n漢字") == "▒▒▒▒ ▒▒▒▒▒▒▒▒, ▒▒:▒▒\n▒▒▒▒"


def test_the_law_and_the_times_are_read_behind_the_veil() -> None:
    speaker = Speaker("en", OSLO, is_veiled=True)
    told = say("{title} at {time}", title="Payroll", time="12:30")
    sentence = say("{ref}: {duty} · {who} · {said}", ref="BD-2026-001", duty=Duty.RECORD,
                   who="Kari", said=told)  # fmt: skip
    drawn_words = speaker.say(sentence)
    assert "BD-2026-001" in drawn_words
    assert speaker.word(Duty.RECORD) in drawn_words
    assert "12:30" in drawn_words
    assert "Kari" not in drawn_words
    assert "Payroll" not in drawn_words
    assert "Kari" in speaker.verbatim(sentence), "machines read what was typed"


async def lowered(pilot: Pilot[int]) -> None:
    await pilot.press("ctrl+g")
    await settle(pilot)


def a_screen() -> Screen[None]:
    return CaseScreen("1")


async def test_a_case_behind_the_veil_in_every_guise(pictures: Pictures) -> None:
    await pictures(prepare=furnished, first=a_screen, steps=lowered)
