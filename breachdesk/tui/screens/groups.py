"""Dialogs about groups of people whose data differ: choose one to answer for, or name another."""

from collections.abc import Iterator
from typing import cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static

from breachdesk.casefile import CaseFile
from breachdesk.casefile.groups import CaseGroup
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records import NewGroup
from breachdesk.records.group import NAME_LENGTH
from breachdesk.rules.advice import Assessed
from breachdesk.terms import Duty
from breachdesk.tui.hall import Hall
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.screens.assessed import owed_words, risk_words
from breachdesk.tui.screens.case.decisions import outcome_words
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.linelist import Line, LineList
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedLine

EVERYBODY, ANOTHER = "everybody", "another"
MOST_DIGITS = 11
Chosen = tuple[CaseFile, str]
"""The case as it is now, and the id of the group to answer for; empty: everybody."""


def group_words(group: CaseGroup, speaker: Speaker) -> str:
    """Return a group's name and how many they are."""
    if group.number is None:
        return speaker.say(say("{group}", group=group.name))
    return speaker.say(
        say("{group} ({count})", group=group.name, count=speaker.number(group.number))
    )


def told_words(group: CaseGroup, speaker: Speaker) -> Content:
    """Return whether a group was told or is decided about; else what the desk advises."""
    if group.told_at is not None:
        return Content.styled(f"✔ {speaker.say(say('told'))}", "bold $text-success")
    if group.decision is not None:
        decided = Content.styled(f"{speaker.say(say('decided:'))} ", MUTED)
        return Content.assemble(decided, outcome_words(group.decision.outcome, speaker))
    advice = group.assessed.for_duty(Duty.INFORM_SUBJECTS) if group.assessed else None
    if advice is None:
        return Content()
    label = Content.styled(f"{speaker.say(say('to be told:'))} ", MUTED)
    return Content.assemble(label, owed_words(advice.owed, speaker))


class GroupsDialog(Dialog[Chosen]):
    """Everybody, then each group with its advice; Enter answers for them."""

    DEFAULT_CSS = """
    GroupsDialog {
        & > .box { width: 76; padding: 0 1; }
        LineList { height: auto; max-height: 14; margin-bottom: 1; }
        .about { height: auto; color: $text-muted; margin-bottom: 1; }
    }
    """

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(say("Whose risk is it?"))
        self.case = case

    @property
    def hall(self) -> Hall:
        """The app."""
        return cast("Hall", self.app)

    def compose_box(self) -> ComposeResult:
        """Draw the list."""
        about = say(
            "A group with data of its own gets its own answers and its own advice. "
            "Where nothing is answered for it, the answers for everybody count."
        )
        yield Static(self.words(about), classes="about", markup=False)
        yield LineList()
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Back")), id="no")

    def on_mount(self) -> None:
        """Show everybody and the groups."""
        table = self.query_one(LineList)
        table.show_lines(tuple(self._lines()))
        table.focus()

    def _lines(self) -> Iterator[Line]:
        yield self._line(self.say(say("Everybody")), None, Content(), EVERYBODY)
        for one in self.case.groups:
            words = group_words(one, self.speaker)
            yield self._line(words, one.assessed, told_words(one, self.speaker), one.id)
        yield Line(self.words(say("Name a group of people…")), ANOTHER)

    def _line(self, name: str, assessed: Assessed | None, told: Content, line_id: str) -> Line:
        risk = risk_words(assessed.risk, self.speaker) if assessed else Content()
        return Line(Columns(Column(Content(name)), Column(risk, 18), Column(told, 24)), line_id)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == ANOTHER:
            self._name_another()
        elif event.option_id is not None:
            self.dismiss((self.case, "" if event.option_id == EVERYBODY else event.option_id))

    @work(exclusive=True)
    async def _name_another(self) -> None:
        case = await self.app.push_screen_wait(NewGroupDialog(self.case))
        if case is not None:
            self.dismiss((case, case.groups[-1].id))

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


class NewGroupDialog(ActDialog):
    """A group of people: what they are called, and how many they are."""

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case, say("Name a group of people"), say("Name it"))

    def fields(self) -> Iterator[Widget]:
        """Draw name and number."""
        example = self.say(say("such as Employees"))
        name = TypedLine(name="group.name", id="name", max_length=NAME_LENGTH, placeholder=example)
        yield self.row(say("What they are"), name)
        empty = self.say(say("may stay empty"))
        number = TypedLine(
            name="group.number", id="number", type="integer", max_length=MOST_DIGITS,
            placeholder=empty,
        )  # fmt: skip
        yield self.row(say("How many"), number)

    def consequence(self) -> Message:
        """Say what comes of it."""
        return say(
            "The group gets its own advice. Next come the questions: answer those that differ for "
            "them, and leave the rest as it is for everybody."
        )

    async def record(self) -> CaseFile | None:
        """Name it."""
        name, number = self.query_one("#name", Input), self.query_one("#number", Input)
        if not name.value.strip():
            self.lacks(name, say("Say what they are called."))
            return None
        typed = number.value.strip()
        if typed and (not typed.isdecimal() or int(typed) < 1):
            self.lacks(number, say("Write how many they are as a whole number, or leave it empty."))
            return None
        new = NewGroup(name=name.value.strip(), people=int(typed) if typed else None)
        return await self.ask(self.hall.desk.groups.add, self.case.ref, new)
