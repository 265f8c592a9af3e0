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
from breachdesk.tui.screens.changing_groups import group_words
from breachdesk.tui.screens.groups import told_words
from breachdesk.tui.widgets.columns import Column, Columns
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

        def __init__(self, question: str, group: str = "") -> None:
            """Say which question, and for which group; neither: the groups themselves."""
            super().__init__()
            self.question, self.group = question, group

    def compose(self) -> ComposeResult:
        """Draw the summary and the reasons."""
        yield Static(classes="summary", markup=False)
        yield LineList(id="assessment-list")

    def draw(self, case: CaseFile) -> None:
        """Show the advice as it stands now, and whether it is kept."""
        self.query_one(".summary", Static).update(self._summary(case))
        lines = AssessedLines(case, case.current, self.speaker)
        every = (*self._groups(case), *lines.all(), *self._earlier(case), *self._name_one(case))
        self.query_one(LineList).show_lines(every)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        question, _, _ = (event.option_id or "").rpartition(".")
        if question == "group":
            self.post_message(self.Chosen("", (event.option_id or "").rpartition(".")[2]))
        elif question and not question.startswith("kept"):
            self.post_message(self.Chosen(question))

    def _summary(self, case: CaseFile) -> Content:
        parts = [risk_words(case.current.risk, self.speaker)]
        if case.current.severity is not None:
            parts.append(score_words(case.current.severity, self.speaker))
        parts.append(Content.styled(self.say(kept_words(case)), MUTED))
        return Content("  ·  ").join(parts)

    def _groups(self, case: CaseFile) -> Iterator[Line]:
        """Yield each group of people with its risk, and whether to tell them."""
        if case.groups:
            yield heading(self.words(say("Groups of people (Enter answers for one)")))
        for one in case.groups:
            risk = risk_words(one.assessed.risk, self.speaker) if one.assessed else Content()
            yield Line(
                Columns(
                    Column(Content(group_words(one, self.speaker))),
                    Column(risk, 18),
                    Column(told_words(one, self.speaker), 24),
                ),
                f"group.{one.id}",
            )

    def _name_one(self, case: CaseFile) -> Iterator[Line]:
        if case.groups:
            return
        yield heading(self.words(say("Groups of people")))
        text = say("Do some have more in it than others? g names a group, with its own advice.")
        yield Line(self.words(text), "group.")

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
