"""The tab of evidence: every piece, whether it is still the same, and who was given a copy."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList

from breachdesk.casefile import CaseFile
from breachdesk.desk.evidence import EvidenceState, Looked
from breachdesk.message import say
from breachdesk.records import Evidence, EvidenceUse
from breachdesk.terms import EvidenceKeeping, EvidenceUseKind
from breachdesk.tui.keys import key
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.howfar import HowFar, megabytes
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

ADD = "add"
DIGITS = 12
"""How much of a hash stands in the list; the whole stands with the piece."""
FOUND = {
    EvidenceState.SAME: ("✔", "$text-success", say("same")),
    EvidenceState.CHANGED: ("✖", "$text-error", say("CHANGED")),
    EvidenceState.MISSING: ("✖", "$text-error", say("MISSING")),
    EvidenceState.ELSEWHERE: ("○", "$text-muted", say("not here")),
}
"""Sign, colour and word of how a piece was found."""


class EvidenceTab(CaseTab):
    """Pieces and hand-outs; Enter opens a piece, to hand out a copy."""

    LABEL = say("Evidence")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("i", "take_in", say("Take in"), id="evidence.add", twin="insert",
            hint=say("Take a file in as evidence")),
        key("r", "view", say("View"), id="evidence.view", twin="ctrl+b",
            hint=say("Look at the piece under the cursor; who looks and what for is kept")),
        key("h", "look", say("Hash again"), id="evidence.check",
            hint=say("Hash every piece again: is it still what was taken in?")),
    ]  # fmt: skip

    looked: reactive[tuple[Looked, ...]] = reactive(())
    """What the last look found; empty before one."""

    class AddWanted(Message):
        """Posted when a file is to be taken in."""

    class CheckWanted(Message):
        """Posted when every piece is to be hashed again."""

    class Chosen(Message):
        """Posted when a piece is opened."""

        def __init__(self, evidence_id: str) -> None:
            """Say which."""
            super().__init__()
            self.evidence_id = evidence_id

    class ViewWanted(Message):
        """Posted when somebody wants to look at a piece."""

        def __init__(self, evidence_id: str) -> None:
            """Say which."""
            super().__init__()
            self.evidence_id = evidence_id

    def compose(self) -> ComposeResult:
        """Draw how far a look is, and the list."""
        yield HowFar(megabytes)
        yield LineList(id="evidence-list")

    def watch_looked(self) -> None:
        """Show what was found."""
        self.watch_case(self.case)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a look only where there is something."""
        del parameters
        return bool(self.case and self.case.evidence) if action in {"look", "view"} else True

    def action_take_in(self) -> None:
        """Take a file in."""
        self.post_message(self.AddWanted())

    def action_view(self) -> None:
        """Look at the piece under the cursor, or at the only one there is."""
        what, _, name = self.query_one(LineList).line_id.partition(".")
        pieces = self.case.evidence if self.case else ()
        if what == "piece":
            self.post_message(self.ViewWanted(name))
        elif len(pieces) == 1:
            self.post_message(self.ViewWanted(pieces[0].id))
        else:
            self.notify(self.say(say("Go to a piece first.")), markup=False)

    def action_look(self) -> None:
        """Hash every piece again."""
        self.post_message(self.CheckWanted())

    def draw(self, case: CaseFile) -> None:
        """Show the pieces, oldest first, then who was given what."""
        self.query_one(LineList).show_lines((*self._pieces(case), *self._uses(case)))

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        what, _, name = (event.option_id or "").partition(".")
        if what == ADD:
            self.post_message(self.AddWanted())
        elif what == "piece":
            self.post_message(self.Chosen(name))

    def _pieces(self, case: CaseFile) -> Iterator[Line]:
        if case.evidence:
            yield heading(self.words(say("Pieces")))
        else:
            nothing = say("Nothing is taken in yet. Mails, logs and pictures prove what happened.")
            yield Line(Content.styled(self.say(nothing), MUTED))
        found = {one.row.id: one.state for one in self.looked}
        for row in case.evidence:
            yield Line(self._piece(row, found.get(row.id)), f"piece.{row.id}")
        yield Line(self.words(say("+ Take a file in …")), ADD)

    def _piece(self, row: Evidence, state: EvidenceState | None) -> Columns:
        if row.keeping is EvidenceKeeping.ELSEWHERE:
            state = EvidenceState.ELSEWHERE
        sign, style = ("▣", "$text-primary") if state is None else FOUND[state][:2]
        who = self.say(say("{who}, {when}", who=row.collector,
                           when=self.speaker.brief(row.collected_at)))  # fmt: skip
        whence = Content.assemble(" · ", shown(row.origin)) if row.origin else Content()
        about = Content.assemble(who, whence).stylize(MUTED)
        if state is EvidenceState.ELSEWHERE:
            about = Content.assemble(about, "\n", (self.speaker.word(row.keeping), MUTED))
        size = self.say(say("{size} bytes", size=row.size))
        said = self.speaker.word(row.keeping) if state is None else self.say(FOUND[state][2])
        return Columns(
            Column(Content.styled(sign, style), 1),
            Column(Content.assemble(shown(row.name).stylize("bold"), "\n", about)),
            Column(Content.assemble(size, "\n", (said, style if state else MUTED)), 18),
            Column(Content.styled(f"{row.sha256[:DIGITS]}…", MUTED), DIGITS + 1),
        )

    def _uses(self, case: CaseFile) -> Iterator[Line]:
        if case.evidence_uses:
            yield heading(self.words(say("Viewed and handed out")))
        names = {row.id: row.name for row in case.evidence}
        for use in reversed(case.evidence_uses):
            yield Line(self._use(use, names.get(use.evidence_id, "–")), f"use.{use.id}")

    def _use(self, use: EvidenceUse, name: str) -> Columns:
        if use.kind is EvidenceUseKind.VIEWED:
            text = say("“{name}” viewed by {who}: {purpose}", name=name, who=use.recipient,
                       purpose=use.purpose)  # fmt: skip
        else:
            text = say("“{name}” to {who}: {purpose}", name=name, who=use.recipient,
                       purpose=use.purpose)  # fmt: skip
        return Columns(
            Column(Content(self.speaker.brief(use.recorded_at)), 20), Column(self.words(text))
        )
