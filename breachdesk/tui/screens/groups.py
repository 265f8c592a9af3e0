"""Dialogs about groups of people whose data differ: choose one, name, correct or take one out."""

from collections.abc import Iterator
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
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
from breachdesk.tui.keys import key
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.screens.assessed import owed_words, risk_words
from breachdesk.tui.screens.case.decisions import outcome_words
from breachdesk.tui.screens.changing_groups import (
    MOST_DIGITS,
    CorrectGroupDialog,
    RemoveGroupDialog,
    group_words,
    people_typed,
)
from breachdesk.tui.screens.reasons import ReasonDialog
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.linelist import Line, LineList
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedLine

EVERYBODY, ANOTHER = "everybody", "another"
Chosen = tuple[CaseFile, str | None]
"""The case as it is now, and the group to answer for: empty for everybody, None for nobody now."""


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
    """Everybody, then each group with its advice; Enter answers for them.

    A group is corrected and taken out here too; the list then shows the case as it is afterwards.
    """

    DEFAULT_CSS = """
    GroupsDialog {
        & > .box { width: 76; padding: 0 1; }
        LineList { height: auto; max-height: 14; margin-bottom: 1; }
        .about { height: auto; color: $text-muted; margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("c", "correct", say("Correct"), id="groups.correct", twin="f2",
            hint=say("Correct what the group is called or how many they are, with a reason")),
        key("x", "remove", say("Take out"), id="groups.remove", twin="delete",
            hint=say("Take the group out, with a reason; its people count among everybody again")),
    ]  # fmt: skip

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(say("Whose risk is it?"))
        self.case = case
        self._is_changed = False

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
            yield Button(self.words(say("Correct (c)")), id="correct")
            yield Button(self.words(say("Take out (x)")), id="remove")
            yield Button(self.words(say("Back")), id="no")

    def on_mount(self) -> None:
        """Show everybody and the groups."""
        self._show()

    def _show(self) -> None:
        table = self.query_one(LineList)
        table.show_lines(tuple(self._lines()))
        table.focus()
        self._offer()

    @property
    def group(self) -> CaseGroup | None:
        """The group under the cursor; None on another line."""
        return self.case.group(self.query_one(LineList).line_id)

    @on(OptionList.OptionHighlighted)
    def _offer(self) -> None:
        """Offer to correct and take out where the cursor is on a group."""
        for button in self.query("#correct, #remove").results(Button):
            button.disabled = self.group is None

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

    @on(Button.Pressed, "#correct")
    def action_correct(self) -> None:
        """Correct the group under the cursor."""
        if self.group is not None:
            self._change(CorrectGroupDialog(self.case, self.group))

    @on(Button.Pressed, "#remove")
    def action_remove(self) -> None:
        """Take out the group under the cursor."""
        if self.group is not None:
            self._change(RemoveGroupDialog(self.case, self.group))

    @work(exclusive=True)
    async def _change(self, dialog: ReasonDialog) -> None:
        case = await self.app.push_screen_wait(dialog)
        if case is not None:
            self.case, self._is_changed = case, True
            self._show()

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back; what was corrected or taken out goes along."""
        self.dismiss((self.case, None) if self._is_changed else None)


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
        people = people_typed(number)
        if isinstance(people, Message):
            self.lacks(number, people)
            return None
        new = NewGroup(name=name.value.strip(), people=people)
        return await self.ask(self.hall.desk.groups.add, self.case.ref, new)
