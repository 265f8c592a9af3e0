"""The end of a form: what follows from the answers, and for the risk, the assessment to keep."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, OptionList, Static

from breachdesk.casefile import CaseFile
from breachdesk.message import Message as Said
from breachdesk.message import say
from breachdesk.tui.screens.answers import Standing
from breachdesk.tui.screens.assessed import AssessedLines, risk_words, score_words
from breachdesk.tui.screens.case.assessment import is_kept, kept_words
from breachdesk.tui.screens.case.facts import fact_columns
from breachdesk.tui.screens.clocklines import other_columns
from breachdesk.tui.screens.questionnaire.walk import Walk
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.tones import MUTED


class Ending(Spoken, Vertical):
    """What one sees after the last question; Enter on a line goes to its question."""

    DEFAULT_CSS = """
    Ending {
        height: 1fr;
        & > .summary { height: auto; padding: 0 1; }
        & > .foot { height: auto; padding: 0 1; }
        & > .foot > Static { width: 1fr; height: auto; color: $text-primary; }
        & > .foot > Button { margin-left: 2; }
    }
    """

    class Chosen(Message):
        """Posted when a line is opened: the question it comes from."""

        def __init__(self, question: str) -> None:
            """Say which question."""
            super().__init__()
            self.question = question

    class KeepWanted(Message):
        """Posted when the assessment is to be kept."""

    def __init__(self, case: CaseFile, walk: Walk, *, actor: str) -> None:
        """Take the case, the form's questions, and who would keep the assessment."""
        super().__init__()
        self.case, self.walk, self.actor = case, walk, actor
        self.is_risk = walk.form.method is not None
        self.is_screening = walk.form.id == "other"

    def compose(self) -> ComposeResult:
        """Draw the summary, the lines, and what can be done."""
        yield Static(self._summary(), classes="summary", markup=False)
        yield LineList()
        with Horizontal(classes="foot"):
            yield Static(self.words(self.consequence()), markup=False)
            if self.is_risk and not is_kept(self.case):
                yield Button(self.words(say("Keep it")), id="keep", variant="primary")

    def on_mount(self) -> None:
        """Fill the lines."""
        table = self.query_one(LineList)
        table.show_lines(tuple(self._lines()))
        table.focus()

    def _summary(self) -> Content:
        if self.is_screening:
            return self._screened()
        if not self.is_risk:
            lacks = self.walk.count(Standing.UNANSWERED) + self.walk.count(Standing.UNKNOWN)
            if not lacks:
                done = say("✔ Every question that is asked has its answer.")
                return Content.styled(self.say(done), "bold $text-success")
            text = say("{count} without an answer so far. A first notification may go out all the "
                       "same (Art. 33(4)).", count=lacks)  # fmt: skip
            return Content.styled(self.say(text), "bold $text-warning")
        parts = [risk_words(self.case.current.risk, self.speaker)]
        if self.case.current.severity is not None:
            parts.append(score_words(self.case.current.severity, self.speaker))
        kept = kept_words(self.case) if self.case.assessments else say("not kept yet")
        parts.append(Content.styled(self.say(kept), MUTED))
        return Content("  ·  ").join(parts)

    def _screened(self) -> Content:
        """Return how many other laws have a clock for us, as answered."""
        count = len({one.title for one in self.case.other_clocks})
        if not count:
            none = say("✔ As answered, no other law or contract has a clock for us here.")
            return Content.styled(self.say(none), "bold $text-success")
        text = say("Laws and contracts with a clock of their own: {count}", count=count)
        return Content.styled(self.say(text), "bold $text-warning")

    def consequence(self) -> Said:
        """Return what ctrl+s does here."""
        if self.is_screening:
            return say("Esc goes back to the case; its clocks (o) show how each is worked out.")
        if not self.is_risk:
            return say("Enter on a line goes to its question. Esc goes back to the case.")
        if is_kept(self.case):
            return say("This assessment is kept. Esc goes back to the case; d there decides.")
        return say(
            "ctrl+s records that {who} assessed the risk: {risk}. Earlier assessments stay.",
            who=self.actor,
            risk=self.case.current.risk,
        )

    def _lines(self) -> Iterator[Line]:
        if self.is_risk:
            yield from AssessedLines(self.case, self.case.current, self.speaker).all()
            return
        if self.is_screening:
            for one in self.case.other_clocks:
                yield Line(other_columns(one, self.speaker), f".clock.{one.id}")
        for standing, words in (
            (Standing.UNKNOWN, say("Not known yet")),
            (Standing.UNCONFIRMED, say("From the profile, to be confirmed")),
            (Standing.UNANSWERED, say("Not answered")),
        ):
            yield from self._standing_so(standing, words)

    def _standing_so(self, standing: Standing, words: Said) -> Iterator[Line]:
        pairs = zip(self.walk.questions, self.walk.standings, strict=True)
        found = [question for question, how in pairs if how == standing]
        if found:
            yield heading(self.words(words))
        for question in found:
            line = fact_columns(self.case, question, self.speaker)
            yield Line(line, f"{question.id}.{standing.value}")

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        question, _, _ = (event.option_id or "").rpartition(".")
        if question:
            self.post_message(self.Chosen(question))

    @on(Button.Pressed, "#keep")
    def _keep(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.KeepWanted())
