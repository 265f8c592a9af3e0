"""Every question that is asked, with how it stands: go to any of them."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList

from breachdesk.casefile import CaseFile
from breachdesk.message import say
from breachdesk.tui.screens.case.facts import fact_columns
from breachdesk.tui.screens.questionnaire.walk import Walk
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.linelist import Line, LineList, heading

END = "!end"
"""Stands for the end of the form, where what follows from the answers is shown."""


class JumpDialog(Dialog[str]):
    """The questions of a form by section; Enter goes there."""

    DEFAULT_CSS = """
    JumpDialog {
        & > .box { width: 100; padding: 0 1; }
        LineList { height: auto; max-height: 18; margin-bottom: 1; }
    }
    """

    def __init__(self, case: CaseFile, walk: Walk, here: str) -> None:
        """Take the questions and where one is."""
        super().__init__(say("Questions"))
        self.case, self.walk, self.here = case, walk, here

    def compose_box(self) -> ComposeResult:
        """Draw the list."""
        yield LineList()
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Back")), id="no")

    def on_mount(self) -> None:
        """Fill the list; the cursor stands where one is."""
        table = self.query_one(LineList)
        table.show_lines(tuple(self._lines()), start=self.here)
        table.focus()

    def _lines(self) -> Iterator[Line]:
        for section in self.walk.form.sections:
            here = [one for one in section.questions if self.walk.place(one)]
            if here:
                yield heading(Content(self.speaker.of(section.title)))
            for question_id in here:
                question = self.walk.question(question_id)
                if question is not None:
                    yield Line(fact_columns(self.case, question, self.speaker), question_id)
        yield heading(self.words(say("At the end")))
        yield Line(self.words(say("What follows from the answers")), END)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
