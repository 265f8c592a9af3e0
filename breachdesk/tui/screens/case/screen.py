"""The screen of one case: head, tabs, and the keys that open every act.

It holds one `CaseFile`; whatever an act returns is set here, and head and tabs follow.
"""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import TabbedContent, TabPane, Tabs

from breachdesk.casefile import CaseFile
from breachdesk.desk.evidence import EvidenceState
from breachdesk.message import say
from breachdesk.tui.base import act
from breachdesk.tui.screens.case.acts import CaseActs
from breachdesk.tui.screens.case.assessment import AssessmentTab
from breachdesk.tui.screens.case.audit import AuditTab
from breachdesk.tui.screens.case.clocks import OTHER, ClocksTab
from breachdesk.tui.screens.case.decisions import DecisionsTab
from breachdesk.tui.screens.case.evidence import EvidenceTab
from breachdesk.tui.screens.case.facts import OWN, FactsTab
from breachdesk.tui.screens.case.half_written import HalfWritten
from breachdesk.tui.screens.case.header import CaseHeader
from breachdesk.tui.screens.case.keys import CASE_KEYS
from breachdesk.tui.screens.case.papers import PapersTab
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.screens.case.timeline import TimelineTab
from breachdesk.tui.screens.profile import NoProfile
from breachdesk.tui.widgets.howfar import Advance, HowFar
from breachdesk.tui.widgets.linelist import LineList

TABS: dict[str, type[CaseTab]] = {
    "facts": FactsTab,
    "timeline": TimelineTab,
    "assessment": AssessmentTab,
    "decisions": DecisionsTab,
    "papers": PapersTab,
    "evidence": EvidenceTab,
    "clocks": ClocksTab,
    "audit": AuditTab,
}
"""The tabs in their order, by the id of their pane."""
TALL = 34
"""From how many lines on there is room to breathe."""
READ_EVERY = 60
"""Seconds after which the case is read again: clocks pass their limits, others may write."""


class CaseScreen(CaseActs):
    """One case."""

    BINDINGS: ClassVar[list[BindingType]] = CASE_KEYS
    CSS = """
    CaseScreen TabbedContent { height: 1fr; }
    CaseScreen TabbedContent > ContentTabs { height: 2; }
    CaseScreen TabPane { padding: 0; }
    CaseScreen.-tall CaseHeader { margin: 1 0; }
    """

    def __init__(self, ref: str, *, tab: str = "timeline") -> None:
        """Take the case and the tab that is opened first."""
        super().__init__(ref)
        self._tab = tab

    def compose_body(self) -> ComposeResult:
        """Draw head and tabs."""
        yield CaseHeader(self.hall.now)
        yield HalfWritten()
        yield NoProfile()
        with TabbedContent(initial=self._tab):
            for name, tab in TABS.items():
                with TabPane(self.words(tab.LABEL), id=name):
                    yield tab()

    def acted(self) -> None:
        """Look anew where half-written words wait: an act has used them, or left some."""
        if self.case is not None and self.is_attached:
            self.read_half_written()

    def words_kept(self) -> None:
        """Look anew: what an act has used is forgotten after it."""
        self.acted()

    @work(exclusive=True, group="half-written")
    async def read_half_written(self) -> None:
        """Show where half-written words wait."""
        if self.case is None or not self.hall.is_open:
            return
        halves = await self.ask(self.desk.drafts.open, self.case.ref)
        self.query_one(HalfWritten).show(self.case, halves or {})

    def on_mount(self) -> None:
        """Read the case again now and then."""
        self.set_interval(READ_EVERY, self.refill)

    def on_resize(self) -> None:
        """Breathe where there is room."""
        self.set_class(self.size.height >= TALL, "-tall")

    def on_screen_resume(self) -> None:
        """Read the case again when another screen was over it."""
        if self.case is not None and not self.acting:
            self.refill()

    def watch_case(self, case: CaseFile | None) -> None:
        """Hand the case to head and tabs."""
        if case is None or not self.query(CaseHeader):
            return
        is_first = self.query_one(CaseHeader).case is None
        self.query_one(CaseHeader).case = case
        for tab in self.query(CaseTab):
            tab.case = case
        if self._tab == "audit":
            self.read_trail()
        if is_first:
            self._focus_list()

    @on(TabbedContent.TabActivated)
    def _opened_tab(self, event: TabbedContent.TabActivated) -> None:
        self._tab = event.pane.id or self._tab
        if self._tab == "audit":
            self.read_trail()
        if isinstance(self.focused, LineList) or self.focused is None:
            self._focus_list()

    def action_tab(self, place: int) -> None:
        """Open a tab by its place."""
        self._open(list(TABS)[place])

    def action_turn(self, by: int) -> None:
        """Open the next tab, or the one before."""
        names = list(TABS)
        self._open(names[(names.index(self._tab) + by) % len(names)])

    def _open(self, name: str) -> None:
        self.query_one(TabbedContent).active = name
        self._tab = name
        self._focus_list()

    def _focus_list(self) -> None:
        panes = self.query(f"#{self._tab} LineList")
        if panes:
            panes.first().focus()

    @on(Tabs.TabActivated)
    def _keep_quiet(self, event: Tabs.TabActivated) -> None:
        event.stop()

    @act
    async def read_trail(self) -> None:
        """Read the case's audit entries."""
        trail = await self.ask(self.desk.trust.trail, self.ref)
        self.query_one(AuditTab).trail = trail

    @act
    async def action_verify(self) -> None:
        """Check this case, and show what was found."""
        self._open("audit")
        report = await self.ask(self.desk.trust.verify, self.ref)
        self.query_one(AuditTab).report = report

    def action_papers(self) -> None:
        """Go to the papers."""
        self._open("papers")

    def action_evidence(self) -> None:
        """Go to the evidence."""
        self._open("evidence")

    def action_clocks(self) -> None:
        """Go to the clocks."""
        self._open("clocks")

    @on(ClocksTab.Chosen)
    def _open_screening(self, event: ClocksTab.Chosen) -> None:
        self.open_form(OTHER, event.question)

    @on(EvidenceTab.AddWanted)
    def _add_evidence(self) -> None:
        self.add_evidence()

    @on(EvidenceTab.Chosen)
    def _open_evidence(self, event: EvidenceTab.Chosen) -> None:
        self.hand_out(event.evidence_id)

    @on(EvidenceTab.ViewWanted)
    def _view_evidence(self, event: EvidenceTab.ViewWanted) -> None:
        self.view_evidence(event.evidence_id)

    @on(EvidenceTab.CheckWanted)
    def _check_evidence(self) -> None:
        self.check_evidence()

    @act
    async def check_evidence(self) -> None:
        """Hash every piece of evidence again, and show how each was found."""
        tab, advance = self.query_one(EvidenceTab), Advance(only_reads=True)
        tab.query_one(HowFar).follow(advance)
        try:
            looked = await self.ask(self.desk.evidence.check, self.ref, told=advance)
        finally:
            for bar in tab.query(HowFar):
                bar.follow(None)
        if looked is not None:
            tab.looked = looked
            here = [one.state for one in looked if one.state is not EvidenceState.ELSEWHERE]
            wrong = sum(state is not EvidenceState.SAME for state in here)
            same = say("✔ Every piece is what was taken in: {count}.", count=len(here))
            other = say("Pieces that are changed or missing: {count}.", count=wrong)
            self.hall.tell(other if wrong else same, warns=bool(wrong))

    @on(AuditTab.AnchorWanted)
    def _open_anchor(self) -> None:
        self.action_anchor()

    @on(FactsTab.Chosen)
    def _open_fact(self, event: FactsTab.Chosen) -> None:
        if event.form == OWN:
            self.correct_field(event.question)
        else:
            self.open_form(event.form, event.question)

    @on(AssessmentTab.Chosen)
    def _open_reason(self, event: AssessmentTab.Chosen) -> None:
        if event.group:
            self.open_form("risk", event.question, event.group)
        elif event.question:
            self.open_question(event.question)
        else:
            self.action_groups()

    @on(DecisionsTab.Chosen)
    def _open_matter(self, event: DecisionsTab.Chosen) -> None:
        self.open_decision(event.matter, event.group)

    @on(PapersTab.KindChosen)
    def _open_kind(self, event: PapersTab.KindChosen) -> None:
        self.open_paper(event.kind, event.whom)

    @on(PapersTab.AltinnChosen)
    def _open_altinn(self) -> None:
        self.open_altinn()

    @on(PapersTab.TemplateChosen)
    def _open_template(self) -> None:
        self.open_template()

    @on(PapersTab.LettersChosen)
    def _open_letters(self) -> None:
        self.open_letters()

    @on(TimelineTab.TaskChosen)
    def _open_task(self, event: TimelineTab.TaskChosen) -> None:
        self.open_task(event.number)

    @on(PapersTab.DocumentChosen)
    def _open_issued(self, event: PapersTab.DocumentChosen) -> None:
        self.open_document(event.document_id)

    @on(PapersTab.DispatchChosen)
    def _open_sending(self, event: PapersTab.DispatchChosen) -> None:
        if event.dispatch_id:
            self.take_back(event.dispatch_id)
        else:
            self.action_unsent()
