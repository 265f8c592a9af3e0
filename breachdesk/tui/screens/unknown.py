"""Say that something is not known yet, who finds out, and by when: Art. 33(4) GDPR allows it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from textual.widget import Widget
from textual.widgets import Input, Static

from breachdesk.casefile import CaseFile
from breachdesk.casefile.earlier import was_told
from breachdesk.desk import Sheet
from breachdesk.message import Message, say
from breachdesk.rules.questionnaire import Question
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.typed import TypedLine


class UnknownDialog(ActDialog):
    """Owner and due time of one question; both may stay empty."""

    def __init__(self, case: CaseFile, form_id: str, question: Question) -> None:
        """Take the question and the form it is asked in."""
        super().__init__(case, say("Not known yet"), say("Not known yet"))
        self.form_id, self.question = form_id, question

    def fields(self) -> Iterator[Widget]:
        """Draw the question, who and by when."""
        yield Static(self.words(say("{question}", question=self.question.text)))
        yield self.row(
            say("Who finds out"), TypedLine(self._owner(), name=self._field("owner"), id="owner")
        )
        example = say("15:00, tomorrow 12:00")
        due = MomentField(
            self.hall.now, name=self._field("due"), placeholder=example, is_due=True, id="due"
        )
        yield self.row(say("By when"), due)
        if was_told(self.case, self.question.id) is not None:
            yield self.label(say("A notification says otherwise. Why it is open again"))
            yield TypedLine(name=f"because.{self.question.id}", id="because")

    def standing(self) -> Mapping[str, str]:
        """Say who finds out as it stands."""
        return {self._field("owner"): self._owner()}

    def _field(self, field: str) -> str:
        return f"unknown.{self.question.id}.{field}"

    def _owner(self) -> str:
        answer = self.case.answers.get(self.question.id)
        return answer.owner if answer and answer.is_unknown else ""

    @property
    def _due(self) -> datetime | None:
        return self.query_one(MomentField).moment

    def consequence(self) -> Message:
        """Say what becomes of it."""
        return say(
            "It stands among the missing facts on the case and in the papers as “not known yet”, "
            "and may be supplied later (Art. 33(4))."
        )

    async def record(self) -> CaseFile | None:
        """Write it down."""
        due = self.query_one(MomentField)
        if due.problem is not None:
            self.lacks(due.input, due.problem.what)
            return None
        shown = self.case.answers.get(self.question.id)
        sheet = Sheet(
            unknown={self.question.id: (self.query_one("#owner", Input).value.strip(), self._due)},
            replaces={self.question.id: shown.id if shown else None},
            group=self.case.seen_for.id if self.case.seen_for else "",
            because=" ".join(one.value.strip() for one in self.query("#because").results(Input)),
        )
        answer = self.hall.desk.assessment.answer
        report = await self.ask(answer, self.case.ref, self.form_id, sheet)
        return report.case if report else None
