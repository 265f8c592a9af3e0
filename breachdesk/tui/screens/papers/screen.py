"""The screen of a paper not issued yet: its text at the left, the law's items at the right."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.desk.papers import paper_language
from breachdesk.documents.checklist import CheckItem
from breachdesk.documents.draft import Draft
from breachdesk.message import say
from breachdesk.terms import DocumentKind, Lang, Phase
from breachdesk.tui.base import act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.papers.checks import Checks
from breachdesk.tui.screens.papers.frame import PaperFrame, next_language
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.issued import IssuedScreen
from breachdesk.tui.screens.papers.preview import preview
from breachdesk.tui.screens.profile import NoProfile
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

WIDE = 100


class PaperScreen(PaperFrame):
    """A paper as it would be issued now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("i", "issue", say("Issue"), id="paper.issue", twin="ctrl+s",
            hint=say("Issue the paper: freeze it and save its PDF; nothing is sent")),
        key("g", "language", say("Language"), id="paper.language", twin="f6",
            hint=say("Write the paper in the next language")),
        key("h", "phase", say("Phase"), id="paper.phase", twin="f7",
            hint=say("Initial, supplementary or final notification, or withdrawal")),
        key("f2", "note", say("Note"), id="paper.note", shown=False,
            hint=say("Write a line in the timeline")),
    ]  # fmt: skip
    CSS = """
    PaperScreen .what { max-height: 2; }
    PaperScreen .sheet { height: 1fr; }
    PaperScreen .sheet > VerticalScroll { width: 1fr; padding: 0 1; }
    PaperScreen .sheet > VerticalScroll:focus { background: $surface; }
    PaperScreen .sheet > Checks { width: 33; height: 1fr; }
    PaperScreen.-wide .sheet > Checks { width: 42; }
    """

    def __init__(self, case: CaseFile, kind: DocumentKind, whom: str = "") -> None:
        """Take the case, the kind of paper and whom it is for.

        Of a letter, that is a group of people; of a processor's notice, one of several controllers.
        """
        super().__init__(case)
        is_notice = kind is DocumentKind.PROCESSOR_NOTICE
        self.kind, self.group_id, self.to = kind, "" if is_notice else whom, whom * is_notice
        self.lang = paper_language(case)
        self.phase: Phase | None = None
        self.draft: Draft | None = None

    def compose_body(self) -> ComposeResult:
        """Draw the case, what paper it is, its text and its checklist."""
        yield from self.compose_head()
        yield NoProfile()
        with Horizontal(classes="sheet"):
            with VerticalScroll():
                yield Static(classes="text", markup=False)
            yield Checks()

    def on_resize(self) -> None:
        """Give the checklist more room where there is some."""
        self.set_class(self.size.width >= WIDE, "-wide")

    def on_screen_resume(self) -> None:
        """Compose it anew when a question was answered meanwhile."""
        if self.draft is not None and not self.acting:
            self.refill()

    async def fill(self) -> None:
        """Read the case and compose the paper."""
        await super().fill()
        papers = self.desk.papers
        draft = await self.ask(
            papers.draft,
            self.ref,
            self.kind,
            lang=self.lang,
            phase=self.phase,
            group=self.group_id,
            to=self.to,
            speaks=Lang(self.speaker.lang),
        )
        if draft is None:
            return
        self.draft, self.phase = draft, draft.phase
        items = await self.ask(papers.checklist, draft) or ()
        if self.is_attached:
            self._show(draft, items)

    def _show(self, draft: Draft, items: Sequence[CheckItem]) -> None:
        self.show_case()
        names = [one.name for one in self.the_case.groups]
        self.what.update(self._what(draft))
        self.query_one(".text", Static).update(preview(draft, names))
        self.query_one(Checks).show(items, draft.warnings, self.now())

    def _what(self, draft: Draft) -> Content:
        version = say("version {version}, draft", version=draft.version)
        parts = [self.speaker.word(draft.lang), self.say(version)]
        if draft.phase is not None:
            parts.insert(0, self.speaker.word(draft.phase))
        title = self.speaker.word(draft.kind)
        if self.group_id and self.case is not None:
            parts.insert(0, self.case.group_name(self.group_id))
        if draft.to:
            parts.insert(0, shown(draft.to).plain)
        return Content.assemble((title, "bold"), (f" · {' · '.join(parts)}", MUTED))

    async def action_language(self) -> None:
        """Write it in the next language."""
        self.lang = next_language(self.lang)
        self.refill()

    async def action_phase(self) -> None:
        """Go to the next phase of a notification: Art. 33(4) GDPR."""
        if self.kind != DocumentKind.NOTIFICATION or self.phase is None:
            self.hall.tell(say("Only a notification to the authority has phases."))
            return
        phases = tuple(Phase)
        self.phase = phases[(phases.index(self.phase) + 1) % len(phases)]
        self.refill()

    @act
    async def action_issue(self) -> None:
        """Issue it; then show what was issued."""
        if self.draft is None or self.case is None:
            return
        dialog = IssueDialog(self.case, self.draft, self.group_id)
        case = await self.app.push_screen_wait(dialog)
        if case is None or dialog.issued is None:
            return
        issued = IssuedScreen(case, dialog.issued.document.id, path=dialog.path)
        self.app.switch_screen(issued)

    @on(Checks.Chosen)
    def _open_item(self, event: Checks.Chosen) -> None:
        self.open_question(event.item)
