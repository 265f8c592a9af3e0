"""Asking the desk from a screen: once at a time, errors in one place, half-typed words kept."""

import asyncio
import threading
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from breachdesk.message import say
from breachdesk.records import NewIncident
from breachdesk.tui.base import DeskScreen, act
from breachdesk.tui.keys import key
from breachdesk.tui.widgets.dialogs import MessageDialog
from breachdesk.tui.widgets.draftbox import DraftBox
from tests.tui.desks import Stage, settle

TRICK = "[@click=app.quit]press[/]"


class Trial(DeskScreen):
    """A screen with one act and one field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "log", say("Log it"), hint=say("Log the incident"), id="trial.log"),
        key("ctrl+y", "fail", say("Fail"), hint=say("Open what is not there"), id="trial.fail"),
    ]

    def compose_body(self) -> ComposeResult:
        with DraftBox(place="trial"):
            yield Input(name="title")

    @act
    async def action_log(self) -> None:
        box = self.query_one(DraftBox)
        title = self.query_one(Input).value
        case = await self.ask(self.desk.intake.log, NewIncident(title=title))
        if case is not None:
            box.said()

    @act
    async def action_fail(self) -> None:
        await self.ask(self.desk.intake.open, "99")


async def test_an_act_pressed_twice_is_recorded_once(stage: Stage) -> None:
    app = stage.app(Trial)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Lost")
        screen = cast("Trial", app.screen)
        screen.action_log()
        screen.action_log()
        await settle(pilot)
    assert [line.title for line in stage.desk.register.rows()] == ["Lost"]


async def test_an_error_of_the_desk_is_shown_with_what_to_do_next(stage: Stage) -> None:
    app = stage.app(Trial)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+y")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, MessageDialog)
        said = " ".join(str(one.content) for one in dialog.query(Static))
        assert "There is no case 99 on this desk." in said
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, Trial)


async def test_half_typed_words_are_in_the_next_start(stage: Stage) -> None:
    app = stage.app(Trial)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Lapt")
        await pilot.pause(0.6)
        await settle(pilot)
        assert stage.desk.drafts.open("trial") == {"title": "Lapt"}
    again = stage.app(Trial)
    async with again.run_test() as pilot:
        await settle(pilot)
        assert again.screen.query_one(Input).value == "Lapt"
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert stage.desk.drafts.open("trial") == {}


async def test_text_from_the_desk_is_never_read_as_markup(stage: Stage) -> None:
    app = stage.app(Trial)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.tell(say("{text}", text=TRICK))
        app.push_screen(MessageDialog(say("{text}", text=TRICK), say("{text}", text=TRICK)))
        await settle(pilot)
        dialog = app.screen.query_one(Static)
        assert str(dialog.content) == TRICK
        assert not any(span.style == "@click=app.quit" for span in dialog.visual.spans)  # type: ignore[attr-defined]


class Lingering(Static):
    """Takes its time to be taken down, while everything beside it is gone already."""

    left = asyncio.Event()
    may_go = asyncio.Event()

    async def on_unmount(self) -> None:
        self.left.set()
        await self.may_go.wait()


class Reading(Trial):
    """A screen that shows what it reads."""

    def compose_body(self) -> ComposeResult:
        with Vertical():
            yield Lingering()
        yield Static(id="shown")

    async def fill(self) -> None:
        await self.ask(self.app.read)  # type: ignore[attr-defined]
        self.query_one("#shown", Static).update("read")


async def test_a_screen_left_while_it_reads_ends_its_reading_quietly(stage: Stage) -> None:
    read = threading.Event()
    Lingering.left, Lingering.may_go = asyncio.Event(), asyncio.Event()
    app = stage.app(Reading)
    app.read = lambda: read.wait(10)  # type: ignore[attr-defined]
    async with app.run_test() as pilot:
        await pilot.pause()
        leaving = app.pop_screen()
        await Lingering.left.wait()
        read.set()
        for _ in range(50):
            await asyncio.sleep(0.01)
        Lingering.may_go.set()
        await leaving
        await settle(pilot)
        assert app.is_running
        assert not isinstance(app.screen, Reading)
