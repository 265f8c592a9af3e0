"""Which field fits a question; and the field of what only a verb of the case may change."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from breachdesk.casefile import CaseFile
from breachdesk.desk.own_facts import takes_a_first_value
from breachdesk.message import say
from breachdesk.rules.questionnaire import Question
from breachdesk.terms import QuestionKind
from breachdesk.tui.screens.answers import answer_words, value_words
from breachdesk.tui.screens.questionnaire.choice_field import ChoiceField
from breachdesk.tui.screens.questionnaire.field import AnswerField
from breachdesk.tui.screens.questionnaire.typed_fields import NumberField, TextField, TimeField
from breachdesk.tui.widgets.tones import MUTED


class BoundField(AnswerField):
    """One of the case's own facts: shown here, changed by its own verb."""

    DEFAULT_CSS = """
    BoundField {
        .stands { padding: 0 1; margin-bottom: 1; text-style: bold; }
        .hint { padding: 0 1; color: $text-muted; margin-bottom: 1; }
        Horizontal { height: auto; padding: 0 1; }
        Button { margin-right: 2; }
    }
    """

    def compose(self) -> ComposeResult:
        """Draw what stands, and two buttons."""
        value = value_words(self.question, self.stands, self.speaker)
        is_known = self.stands is not None
        stands = Content(value) if is_known else answer_words(
            self.case, self.question, self.speaker
        )  # fmt: skip
        yield Static(stands, classes="stands", markup=False)
        hint = say("One of the case's own facts: a change asks for a reason.")
        yield Static(Content.styled(self.say(hint), MUTED), classes="hint", markup=False)
        buttons = [
            Button(self.words(say("Next")), id="next", variant="primary"),
            Button(self.words(say("Change…")), id="change"),
        ]
        with Horizontal():
            yield from buttons if is_known else reversed(buttons)

    @on(Button.Pressed, "#change")
    def _change(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.ChangeWanted())

    @on(Button.Pressed, "#next")
    def _next(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.WentOn())


_FIELDS: dict[QuestionKind, type[AnswerField]] = {
    QuestionKind.ONE: ChoiceField,
    QuestionKind.MANY: ChoiceField,
    QuestionKind.BOOLEAN: ChoiceField,
    QuestionKind.TEXT: TextField,
    QuestionKind.INTEGER: NumberField,
    QuestionKind.MOMENT: TimeField,
}


def field_for(case: CaseFile, question: Question, half: str = "") -> AnswerField:
    """Return the field that fits a question: the case's own facts are answered once, then shown."""
    kind = _FIELDS[question.kind] if is_answered_here(case, question) else BoundField
    return kind(case, question, half)


def is_answered_here(case: CaseFile, question: Question) -> bool:
    """May the form answer it? All but the case's own facts once they are known, and awareness."""
    return question.binds is None or takes_a_first_value(case.facts, question.binds)
