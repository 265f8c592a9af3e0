"""The short way through a simple case: the few questions that decide, whatever form asks them."""

from typing import ClassVar

from textual.binding import BindingType

from breachdesk.casefile import CaseFile
from breachdesk.desk.begun import form_of
from breachdesk.message import say
from breachdesk.rules.playbook import Playbook
from breachdesk.rules.questionnaire import Question, Questionnaire, Section
from breachdesk.tui.keys import key
from breachdesk.tui.screens.decide.screen import DecideScreen
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.screens.questionnaire.walk import Walk
from breachdesk.tui.widgets.helping import HelpText


class ShortScreen(QuestionnaireScreen):
    """The questions a playbook names; keeping the assessment goes on to the decisions."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f6", "decide", say("Decide"), id="short.decide", shown=False,
            hint=say("Leave the questions and decide")),
    ]  # fmt: skip

    def __init__(self, case: CaseFile, book: Playbook) -> None:
        """Take the case and the playbook."""
        super().__init__(case, "risk")
        self.book = book

    @property
    def walk(self) -> Walk:
        """The questions of the playbook as they are asked now, in its order."""
        return Walk.through(self.the_case, short_form(self.the_case, self.book))

    def form_of(self, question: Question) -> str:
        """Return the form that asks the question."""
        return form_of(self.the_case, question.id)

    async def keep_assessment(self) -> None:
        """Keep the assessment, and go on to what a person decides."""
        await super().keep_assessment()
        self.app.switch_screen(DecideScreen(self.the_case))

    def help_text(self) -> HelpText | None:
        """Return the question's own help; at the end, what the short way is."""
        found = super().help_text()
        if found is not None:
            return found
        return HelpText(title=self.speaker.of(self.book.title), text=self.say(HOW))


HOW = say(
    "Only what decides in a simple case is asked here. A digit answers and goes on; page down "
    "leaves a question open. Everything else stays in the case's own forms, and may follow "
    "(Art. 33(4))."
)


def short_form(case: CaseFile, book: Playbook) -> Questionnaire:
    """Return the questions of a playbook as a form of its own; what is not in the case is left."""
    found = (case.question(one) for one in book.shortly)
    questions = tuple(one for one in found if one is not None)
    ids = tuple(one.id for one in questions)
    risk = case.forms["risk"]
    return Questionnaire(
        id=book.id,
        version=risk.version,
        digest=risk.digest,
        title=book.title,
        method=risk.method,
        valid_from=risk.valid_from,
        reviewed_on=risk.reviewed_on,
        sections=(Section(id=book.id, title=book.title, questions=ids),),
        questions=questions,
    )
