"""The tab of facts: every question that is asked, and what stands there now."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.rules.questionnaire import Question, Questionnaire, asked
from breachdesk.tui.screens.answers import answer_words, sign_of, standing_of
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

OWN = "case"
"""Stands for the case's own title and summary, which no form asks for."""


class FactsTab(CaseTab):
    """What is known, form by form; Enter opens the question."""

    LABEL = say("Facts")
    CORRECTED: ClassVar = {"title": say("Title"), "summary": say("Summary")}

    class Chosen(Message):
        """Posted when a fact is opened: a question of a form, or a field of the case itself."""

        def __init__(self, form: str, question: str) -> None:
            """Say which; `form` is `OWN` for the case's own fields."""
            super().__init__()
            self.form, self.question = form, question

    def compose(self) -> ComposeResult:
        """Draw the list."""
        yield LineList(id="facts-list")

    def draw(self, case: CaseFile) -> None:
        """Show every fact."""
        self.query_one(LineList).show_lines(tuple(self._lines(case)))

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        form, _, question = (event.option_id or "").partition(".")
        self.post_message(self.Chosen(form, question))

    def _lines(self, case: CaseFile) -> Iterator[Line]:
        yield heading(self.words(say("The case")))
        for field, label in self.CORRECTED.items():
            text = getattr(case.facts, field)
            value = shown(text) if text else Content.styled("–", MUTED)
            yield Line(_columns(Content(" "), self.words(label), value), f"{OWN}.{field}")
        done: set[str] = set()
        for form in case.forms.values():
            yield from self._form_lines(case, form, done)
            done |= {question.id for question in form.questions}

    def _form_lines(self, case: CaseFile, form: Questionnaire, done: set[str]) -> Iterator[Line]:
        asks = {one.id for one in asked(form, case.given, case.derived)} - done
        for section in form.sections:
            here = [one for one in section.questions if one in asks]
            if here:
                yield heading(Content(self.speaker.of(section.title)))
            for question_id in here:
                question = form.question(question_id)
                if question is not None:
                    line_id = f"{form.id}.{question_id}"
                    yield Line(fact_columns(case, question, self.speaker), line_id)


def fact_columns(case: CaseFile, question: Question, speaker: Speaker) -> Columns:
    """Return one fact: sign, question, and what stands there."""
    return _columns(
        sign_of(standing_of(case, question)),
        Content.styled(speaker.of(question.text), MUTED),
        answer_words(case, question, speaker),
    )


def _columns(sign: Content, label: Content, value: Content) -> Columns:
    return Columns(Column(sign, 1), Column(label), Column(value))
