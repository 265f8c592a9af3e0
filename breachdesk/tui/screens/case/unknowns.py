"""What is missing in a case: who finds out, by when, and what it would settle."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList, Static

from breachdesk.casefile import CaseFile, Unknown
from breachdesk.message import say
from breachdesk.tui.screens.answers import SIGNS, Standing, who_and_when
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.linelist import Line, LineList, heading

KINDS = ("unknown", "unconfirmed", "unanswered")


class UnknownsDialog(Dialog[str]):
    """A list by kind; Enter opens the question."""

    DEFAULT_CSS = """
    UnknownsDialog {
        & > .box { width: 90; }
        LineList { height: auto; max-height: 16; margin-bottom: 1; }
    }
    """

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(say("Not known yet"))
        self.case = case

    def compose_box(self) -> ComposeResult:
        """Draw the list."""
        if self.case.unknown:
            yield LineList()
        else:
            nothing = say("Nothing is missing: every question has its answer.")
            if self.case.is_erased:
                nothing = say("Nothing is missing: the case was erased.")
            yield Static(self.words(nothing))
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Back")), id="no")

    def on_mount(self) -> None:
        """Fill the list."""
        for table in self.query(LineList):
            table.show_lines(tuple(self._lines()))
            table.focus()

    def _lines(self) -> Iterator[Line]:
        for kind in KINDS:
            found = [one for one in self.case.unknown if one.kind == kind]
            if found:
                word = self.speaker.term("UnknownKind", kind)
                yield heading(self.words(say("{kind} ({count})", kind=word, count=len(found))))
            for one in found:
                yield Line(self._line(one), one.question.id)

    def _line(self, one: Unknown) -> Columns:
        sign = Content.styled(*SIGNS[Standing(one.kind)])
        who = who_and_when(one.owner, one.due, self.speaker, self.case.read_at)
        text = Content(self.speaker.of(one.question.text))
        if who:
            text = Content.assemble(text, (f"  {who}", "$text-warning"))
        if one.settles:
            duties = ", ".join(self.speaker.word(duty) for duty in one.settles)
            settles = self.say(say("would settle: {duties}", duties=duties))
            text = Content.assemble(text, (f"  {settles}", "$text-accent"))
        return Columns(Column(sign, 1), Column(text))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
