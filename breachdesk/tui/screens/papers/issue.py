"""Issue a paper: frozen in the record, its PDF saved to a file. Nothing is sent."""

from collections.abc import Iterator
from pathlib import Path

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from breachdesk.casefile import CaseFile
from breachdesk.desk import Issued
from breachdesk.documents.draft import Draft
from breachdesk.message import Message, say
from breachdesk.terms import Phase
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.screens.answers import items_missing
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.typed import TypedLine, TypedText


class IssueDialog(ActDialog):
    """Where the PDF goes, and for a final paper with gaps, why."""

    DEFAULT_CSS = """
    IssueDialog .warning { height: auto; color: $text-warning; text-style: bold; }
    """

    def __init__(self, case: CaseFile, draft: Draft) -> None:
        """Take the case and the paper as it would be issued."""
        super().__init__(case, say("Issue: {title}", title=draft.title), say("Issue it"))
        self.set_class(bool(draft.warnings), "-warns")
        self.draft = draft
        self.issued: Issued | None = None
        """What issuing gave."""
        self.path: Path | None = None
        """Where the PDF lies; None when it could not be saved."""

    @property
    def needs_reason(self) -> bool:
        """Does a final paper with gaps ask for a reason?"""
        return self.draft.phase == Phase.FINAL and bool(self.draft.missing)

    def fields(self) -> Iterator[Widget]:
        """Draw the path, and the reason where one is needed."""
        for one in self.draft.warnings:
            yield Static(Content(f"▲ {shown(one)}"), classes="warning", markup=False)
        yield self.label(say("Save the PDF as (only you can read it)"))
        yield TypedLine(str(Path.cwd() / file_name(self.draft)), id="path")
        if self.needs_reason:
            yield self.label(say("Why it is final although something is missing"))
            yield TypedText(name="issue.reason", id="reason", tab_behavior="focus")

    def consequence(self) -> Message:
        """Say what is frozen, and that nothing is sent."""
        return say(
            "This records that {who} issues it as version {version}, with {missing}. "
            "Its bytes are frozen; a correction is a new paper. Nothing is sent.",
            who=self.hall.desk.actor,
            version=self.draft.version,
            missing=self._gaps(),
        )

    @on(Input.Submitted, "#path")
    def _issue_it(self, event: Input.Submitted) -> None:
        if not self.needs_reason:
            event.stop()
            event.prevent_default()
            self.action_confirm()

    def _gaps(self) -> Message:
        count = len(self.draft.missing)
        return items_missing(count) if count else say("nothing missing")

    async def record(self) -> CaseFile | None:
        """Issue it, then save the PDF."""
        path = self.query_one("#path", Input)
        if not path.value.strip():
            self.lacks(path, say("Say where the PDF goes."))
            return None
        papers, draft = self.hall.desk.papers, self.draft
        self.issued = await self.ask(
            papers.issue,
            self.case.ref,
            draft.kind,
            lang=draft.lang,
            phase=draft.phase,
            because=self._reason(),
        )
        if self.issued is None:
            return None
        target = Path(path.value.strip())
        self.path = await self.ask(papers.save, self.issued.document.id, target)
        return self.issued.case

    def _reason(self) -> str:
        return self.query_one("#reason", TextArea).text.strip() if self.needs_reason else ""


def file_name(draft: Draft) -> str:
    """Return a name for the PDF: case, kind, language and version."""
    return f"{draft.reference}-{draft.kind.value}-{draft.lang.value}-v{draft.version}.pdf"
