"""Asks why an answer changes that stood in a notification: the next notification prints it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from breachdesk.casefile import CaseFile
from breachdesk.message import Message, say
from breachdesk.records.incident import TEXT_LENGTH
from breachdesk.rules.questionnaire import AnswerValue, Question
from breachdesk.tui.keys import key
from breachdesk.tui.screens.answers import value_words
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.typed import TypedLine


class ChangeDialog(Dialog[str]):
    """Was and is, and why. Gives the reason, which may be empty; None when gone back."""

    DEFAULT_CSS = """
    ChangeDialog {
        .said { height: auto; margin-bottom: 1; }
        .hint { height: auto; color: $text-muted; margin: 1 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "confirm", say("Change it"), id="change.confirm",
            hint=say("Write the new answer, with the reason")),
    ]  # fmt: skip

    def __init__(self, case: CaseFile, question: Question, told: AnswerValue, now: Message) -> None:
        """Take the question, what was told, and what it is to say now."""
        super().__init__(say("Why does it change?"))
        self.case, self.question, self.told, self.now = case, question, told, now

    def compose_box(self) -> ComposeResult:
        """Draw both answers, the field, and what becomes of it."""
        told = value_words(self.question, self.told, self.speaker)
        was = say("The notification that was sent says: {value}", value=told)
        yield Static(self.words(was, lines=True), classes="said", markup=False)
        now = say("It is to say: {value}", value=self.now)
        yield Static(self.words(now, lines=True), classes="said", markup=False)
        with DraftBox(place=self.case.ref):
            yield TypedLine(name=f"because.{self.question.id}", id="line", max_length=TEXT_LENGTH)
        hint = say("The next notification prints the change with this reason. Left empty, it says "
                   "that none was given.")  # fmt: skip
        yield Static(self.words(hint), classes="hint", markup=False)
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Change it")), variant="primary", id="yes")
            yield Button(self.words(say("Back")), id="no")

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Hand back the reason."""
        self.query_one(DraftBox).said()
        self.dismiss(self.query_one("#line", Input).value.strip())

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Leave the answer as it is."""
        self.dismiss(None)
