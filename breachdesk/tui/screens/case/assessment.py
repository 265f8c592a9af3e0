"""The tab of the assessment: the advice on the answers as they stand, and what was kept."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from breachdesk.casefile import CaseFile
from breachdesk.message import Message as Said
from breachdesk.message import say
from breachdesk.rules.advice import Assessed
from breachdesk.tui.screens.assessed import AssessedLines, risk_words, score_words
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.tones import MUTED


class AssessmentTab(CaseTab):
    """Risk, advice and reasons; Enter opens the question a reason comes from."""

    LABEL = say("Assessment")
    DEFAULT_CSS = """
    AssessmentTab > .summary { height: auto; padding: 0 1; }
    """

    class Chosen(Message):
        """Posted when a reason is opened: the question it comes from."""

        def __init__(self, question: str) -> None:
            """Say which question."""
            super().__init__()
            self.question = question

    def compose(self) -> ComposeResult:
        """Draw the summary and the reasons."""
        yield Static(classes="summary", markup=False)
        yield LineList(id="assessment-list")

    def draw(self, case: CaseFile) -> None:
        """Show the advice as it stands now, and whether it is kept."""
        self.query_one(".summary", Static).update(self._summary(case))
        lines = AssessedLines(case, case.current, self.speaker)
        self.query_one(LineList).show_lines((*lines.all(), *self._earlier(case)))

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        question, _, _ = (event.option_id or "").rpartition(".")
        if question and not question.startswith("kept"):
            self.post_message(self.Chosen(question))

    def _summary(self, case: CaseFile) -> Content:
        parts = [risk_words(case.current.risk, self.speaker)]
        if case.current.severity is not None:
            parts.append(score_words(case.current.severity, self.speaker))
        parts.append(Content.styled(self.say(kept_words(case)), MUTED))
        return Content("  ·  ").join(parts)

    def _earlier(self, case: CaseFile) -> Iterator[Line]:
        if case.assessments:
            yield heading(self.words(say("Kept assessments")))
        for one in reversed(case.assessments):
            text = say(
                "{when}  {risk}, by {who} ({pack})",
                when=self.speaker.brief(one.recorded_at),
                risk=one.risk,
                who=case.name_of(one.recorded_by),
                pack=one.pack,
            )
            yield Line(self.words(text), f"kept.{one.id}")


def is_kept(case: CaseFile) -> bool:
    """Does the newest kept assessment say what the answers say now?"""
    return case.kept is not None and _essence(case.kept) == _essence(case.current)


def _essence(assessed: Assessed) -> object:
    return assessed.risk, assessed.severity, assessed.rules, assessed.advice


def kept_words(case: CaseFile) -> Said:
    """Return whether it is kept."""
    if not case.assessments:
        return say("not kept yet (a opens the questions)")
    newest = case.assessments[-1]
    if is_kept(case):
        return say("kept {when}", when=newest.recorded_at)
    return say("the answers have changed since it was kept {when}", when=newest.recorded_at)
