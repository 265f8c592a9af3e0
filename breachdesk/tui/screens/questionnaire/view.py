"""One question: section, words, field and problem at the left, why it is asked at the right."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.questionnaire import Question
from breachdesk.tui.screens.answers import article
from breachdesk.tui.screens.questionnaire.field import AnswerField
from breachdesk.tui.screens.questionnaire.fields import field_for
from breachdesk.tui.screens.questionnaire.walk import Walk
from breachdesk.tui.screens.questionnaire.why import Why
from breachdesk.tui.widgets.spoken import Spoken

NARROW = 70
"""Below so many columns the question takes them all."""
RECOVERED = say("½ Half-written, not answered yet: ctrl+s answers with it, paging leaves it so.")


class QuestionView(Spoken, Horizontal):
    """Drawn anew for every question."""

    DEFAULT_CSS = """
    QuestionView {
        height: 1fr;
        & > .asked { width: 1fr; height: 1fr; }
        & > .asked > .section { height: auto; padding: 0 1; color: $text-muted; }
        & > .asked > .question { height: auto; padding: 0 1; margin-bottom: 1; text-style: bold; }
        & > .asked > .recovered { height: auto; padding: 0 1; color: $text-warning; }
        & > .asked > .problem { height: auto; padding: 0 1; color: $text-error; display: none; }
        & > .asked > .problem.-some { display: block; }
        & > Why { width: 34; height: 1fr; }
        &.-narrow > Why { display: none; }
    }
    """

    def __init__(self, case: CaseFile, walk: Walk, question: Question, half: str) -> None:
        """Take the question and a half-typed answer to it."""
        super().__init__()
        self.case, self.walk, self.question, self.half = case, walk, question, half

    def compose(self) -> ComposeResult:
        """Draw both sides."""
        section = next(
            (one for one in self.walk.form.sections if self.question.id in one.questions), None
        )
        with Vertical(classes="asked"):
            title = self.speaker.of(section.title) if section else ""
            need = self.say(_need(self.question, self.speaker))
            parts = [title, need, *self._whose()]
            yield Static(Content(" · ".join(parts)), classes="section", markup=False)
            text = self.speaker.of(self.question.text)
            yield Static(Content(text), classes="question", markup=False)
            if self.half:
                yield Static(self.words(RECOVERED), classes="recovered", markup=False)
            yield field_for(self.case, self.question, self.half)
            yield Static(classes="problem", markup=False)
        yield Why()

    def _whose(self) -> Iterator[str]:
        """Yield, in a group's questions, whether the answer is its own."""
        group = self.case.seen_for
        if group is not None and self.case.value(self.question.id) is not None:
            is_own = self.question.id in group.answers
            yield self.say(say("own answer") if is_own else say("as for everybody"))

    def on_mount(self) -> None:
        """Say why it is asked."""
        self.query_one(Why).show(self.case, self.question)
        self.query_one(Why).show_effect(self.case, self.question, "", None)

    def on_resize(self) -> None:
        """Leave the room to the question where there is little; F1 says why it is asked."""
        self.set_class(self.app.size.width < NARROW, "-narrow")

    @property
    def field(self) -> AnswerField:
        """The field."""
        return self.query_one(AnswerField)

    def say_problem(self, problem: Message | None) -> None:
        """Say beneath the field what is wrong with the answer; None takes it away."""
        place = self.query_one(".problem", Static)
        place.set_class(problem is not None, "-some")
        place.update(Content(f"✖ {self.say(problem)}") if problem else Content())


def _need(question: Question, speaker: Speaker) -> Message:
    """Return whether the law asks for an answer, and where."""
    if not question.required:
        return say("may stay empty")
    items = ", ".join(article(one, speaker) for one in question.needed_for)
    return say("asked for by Art. {items}", items=items) if items else say("needed")
