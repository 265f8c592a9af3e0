"""What every field of a question shares: it knows nothing of the desk, it posts what is given."""

from typing import ClassVar

from textual.containers import Vertical
from textual.message import Message

from breachdesk.casefile import CaseFile
from breachdesk.rules.questionnaire import AnswerValue, Question
from breachdesk.tui.widgets.spoken import Spoken


def draft_name(question: Question) -> str:
    """Return under which name the half-typed answer to a question is kept."""
    return f"answer.{question.id}"


class AnswerField(Spoken, Vertical):
    """What every field shares."""

    DEFAULT_CSS: ClassVar[str] = """
    AnswerField { height: 1fr; }
    """

    class Given(Message):
        """Posted when an answer is given: it is written at once."""

        def __init__(self, value: object, *, goes_on: bool) -> None:
            """Take the answer as typed, and whether to go on to the next question."""
            super().__init__()
            self.value, self.goes_on = value, goes_on

    class NotKnown(Message):
        """Posted when it is said to be not known yet."""

    class WentOn(Message):
        """Posted when the next question is wanted and nothing is to be written."""

    class ChangeWanted(Message):
        """Posted when one of the case's own facts is to be changed by its verb."""

    class Half(Message):
        """Posted when several options are being marked: kept like half-typed words."""

        def __init__(self, text: str) -> None:
            """Take the marked options, parted by commas."""
            super().__init__()
            self.text = text

    class Pointed(Message):
        """Posted when another answer is being looked at."""

        def __init__(self, option: str, value: AnswerValue) -> None:
            """Take the option under the cursor and the answer it would give."""
            super().__init__()
            self.option, self.value = option, value

    def __init__(self, case: CaseFile, question: Question, half: str = "") -> None:
        """Take the question, the case it is asked in, and a half-typed answer."""
        super().__init__()
        self.case, self.question, self.half = case, question, half

    @property
    def stands(self) -> AnswerValue:
        """What stands in the case now."""
        return self.case.value(self.question.id)

    def value(self) -> object:
        """Return what is typed or marked; None when it is nothing."""
        return None

    def unsaid(self) -> object:
        """Return what is typed and differs from what stands; None when nothing does."""
        return None

    @property
    def is_recovered(self) -> bool:
        """Does it hold what was left half-written, as it was left? That is no answer yet."""
        return bool(self.half) and self.typed == self.half

    @property
    def typed(self) -> str:
        """What stands in the field, as it is kept half-written."""
        return ""

    @property
    def can_be_emptied(self) -> bool:
        """Does an empty field take the answer back? Only where one types."""
        return False

    def focus_field(self) -> None:
        """Put the focus where one answers."""
        found = self.query("Choices, Input, TextArea, Button")
        if found:
            found.first().focus()
