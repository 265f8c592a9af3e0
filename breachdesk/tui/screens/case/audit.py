"""The tab of the audit log: who did what when in this case, the head, and whether it holds."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message as Posted
from textual.reactive import reactive
from textual.widgets import Static

from breachdesk.audit import Report
from breachdesk.casefile import CaseFile
from breachdesk.casefile.matters import QUESTION_OF
from breachdesk.desk.trust import Trail
from breachdesk.message import Message, Value, say
from breachdesk.records import (
    Answer,
    Assessment,
    AuditEntry,
    Decision,
    Dispatch,
    Document,
    IncidentFacts,
    Kept,
    Note,
)
from breachdesk.tui.keys import key
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.widgets.columns import Column, Columns, widest
from breachdesk.tui.widgets.linelist import Line, LineList
from breachdesk.tui.widgets.tones import MUTED

WIDEST_NAME = 18
DIGITS = 16
"""How much of the head is shown; the whole stands on every issued paper."""


class AuditTab(CaseTab):
    """The entries of this case in words. Set `trail`, and `report` after a check."""

    LABEL = say("Audit")
    DEFAULT_CSS: ClassVar[str] = """
    AuditTab > .state { height: auto; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("h", "anchor", say("Anchor"), id="audit.anchor",
            hint=say("Show where the record ends, as words and QR code, to keep elsewhere")),
    ]  # fmt: skip

    class AnchorWanted(Posted):
        """Posted when the anchor is to be shown."""

    trail: reactive[Trail | None] = reactive(None)
    report: reactive[Report | None] = reactive(None)

    def compose(self) -> ComposeResult:
        """Draw the state of the chain and its entries."""
        yield Static(classes="state", markup=False)
        yield LineList(id="audit-list")

    def draw(self, case: CaseFile) -> None:
        """Show the state and the entries."""
        self.query_one(".state", Static).update(self._state())
        if self.trail is not None:
            subjects = subjects_of(case)
            entries = self.trail.entries
            widths = (
                widest(str(one.seq) for one in entries),
                widest(self.speaker.brief(one.at) for one in entries),
                min(WIDEST_NAME, widest(case.name_of(one.actor) for one in entries)),
            )
            lines = (self._line(case, one, subjects, widths) for one in entries)
            self.query_one(LineList).show_lines(tuple(lines))

    def action_anchor(self) -> None:
        """Show where the record ends."""
        self.post_message(self.AnchorWanted())

    def watch_trail(self) -> None:
        """Show newer entries."""
        self.watch_case(self.case)

    def watch_report(self) -> None:
        """Show what a check found."""
        self.watch_case(self.case)

    def _state(self) -> Content:
        parts = [self._head()]
        if self.report is None:
            hint = say("v checks this case: every entry and every row it stands for.")
            parts.append(Content.styled(self.say(hint), MUTED))
        else:
            parts += self._found(self.report)
        return Content("\n").join(parts)

    def _head(self) -> Content:
        if self.trail is None:
            return Content()
        seq, digest = self.trail.head
        text = say("Head of the chain: entry {seq}, {digest}…", seq=seq, digest=digest[:DIGITS])
        return self.words(text)

    def _found(self, report: Report) -> Iterator[Content]:
        if report.ok:
            text = say(
                "✔ checked: {count} in this case (of {all}); nothing lost, nothing changed.",
                count=report.entries,
                all=self.trail.head[0] if self.trail else report.entries,
            )
            yield Content.styled(self.say(text), "bold $text-success")
        for one in report.findings:
            kind = self.speaker.term("FindingKind", one.kind)
            text = say("✖ {kind} (entry {seq})", kind=kind, seq=one.seq)
            yield Content.styled(self.say(text), "bold $text-error")

    def _line(
        self,
        case: CaseFile,
        entry: AuditEntry,
        subjects: Mapping[str, Kept],
        widths: tuple[int, int, int],
    ) -> Line:
        what = Content(self.speaker.term("AuditAction", entry.action))
        row = subjects.get(entry.subject)
        if row is not None:
            told = self.say(row_words(case, row))
            what = Content.assemble(what, (f"  {told}" if told else "", MUTED))
        who = say("{who}", who=case.name_of(entry.actor))
        return Line(
            Columns(
                Column(Content.styled(str(entry.seq), MUTED), widths[0]),
                Column(Content(self.speaker.brief(entry.at)), widths[1]),
                Column(what),
                Column(Content.styled(self.say(who), MUTED), widths[2]),
            ),
            str(entry.seq),
        )


def subjects_of(case: CaseFile) -> Mapping[str, Kept]:
    """Return the rows of a case by id, to say what an entry stands for."""
    rows: tuple[Kept, ...] = (
        *case.snapshots,
        *case.answer_log,
        *case.assessments,
        *case.decisions,
        *case.notes,
        *case.documents,
        *case.dispatches,
    )
    return {row.id: row for row in rows}


def row_words(case: CaseFile, row: Kept) -> Message:
    """Return a row in a few words: the question answered, the matter decided, the line written."""
    what: Value = ""
    match row:
        case Answer():
            question = case.question(row.question)
            what = question.text if question else row.question
        case Decision():
            what = say("{what} {outcome}", what=QUESTION_OF[row.matter], outcome=row.outcome)
        case Assessment():
            what = row.risk
        case Note():
            what = row.text
        case Document():
            what = row.title
        case Dispatch():
            what = row.reason if row.corrects else row.to
        case IncidentFacts():
            what = row.reason or row.title
    return say("{what}", what=what)
