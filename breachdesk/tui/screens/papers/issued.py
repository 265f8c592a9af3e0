"""The screen of an issued paper: its text as it was frozen, its fingerprint, and what to do now."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.desk.papers import DUTY_OF_KIND
from breachdesk.message import say
from breachdesk.records import Dispatch, Document
from breachdesk.tui.base import act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.papers.frame import PaperFrame
from breachdesk.tui.screens.papers.saving import SaveDialog
from breachdesk.tui.screens.reasons import UnsentDialog
from breachdesk.tui.screens.sent import SentDialog
from breachdesk.tui.viewer import show_file, system_viewer
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

DIGITS = 16
"""How much of a fingerprint is shown."""


class IssuedScreen(PaperFrame):
    """One issued paper."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("s", "sent", say("Mark as sent"), id="issued.sent", twin="f8",
            hint=say("Record that it was sent: to whom, how, with which receipt")),
        key("t", "unsent", say("Take back"), id="issued.unsent", twin="ctrl+t",
            hint=say("Take back a sending recorded by mistake")),
        key("e", "save", say("Save PDF"), id="issued.save", twin="f6",
            hint=say("Save the PDF to a file")),
        key("o", "view", say("Open"), id="issued.view", twin="f7",
            hint=say("Open the PDF with this machine's viewer, if there is one")),
    ]  # fmt: skip
    CSS = """
    IssuedScreen VerticalScroll { height: 1fr; padding: 0 1; }
    """

    def __init__(self, case: CaseFile, document_id: str, *, path: Path | None = None) -> None:
        """Take the case, the paper, and where its PDF lies if it was just saved."""
        super().__init__(case)
        self.document_id, self.path = document_id, path
        self._viewer = system_viewer()

    @property
    def document(self) -> Document:
        """The paper."""
        return next(one for one in self.the_case.documents if one.id == self.document_id)

    def compose_body(self) -> ComposeResult:
        """Draw the case, what is known of the paper, and its text."""
        yield from self.compose_head()
        with VerticalScroll():
            yield Static(classes="text", markup=False)

    async def fill(self) -> None:
        """Read the case and show the paper."""
        await super().fill()
        self.show_case()

    def show_case(self) -> None:
        """Show the paper as the case has it now."""
        super().show_case()
        self.what.update(Content("\n").join(self._lines()))
        self.query_one(".text", Static).update(shown(self.document.text, lines=True))

    def _lines(self) -> Iterator[Content]:
        document = self.document
        version = self.say(say("version {version}", version=document.version))
        parts = [version, self.speaker.word(document.lang)]
        if document.phase is not None:
            parts.insert(0, self.speaker.word(document.phase))
        yield Content.assemble(
            (self.speaker.word(document.kind), "bold"), (f" · {' · '.join(parts)}", MUTED)
        )
        yield self.words(
            say(
                "issued {when}, SHA-256 {digest}…, audit head {head}…",
                when=document.recorded_at,
                digest=document.sha256[:DIGITS],
                head=document.audit_head[:DIGITS],
            )
        )
        yield self._sent()
        if self.path is not None:
            saved = say("PDF: {path}", path=str(self.path))
            yield Content.styled(self.say(saved), "$text-success")

    def _sent(self) -> Content:
        sendings = self.sendings
        if self.document.kind not in DUTY_OF_KIND:
            text = say("○ our own record; it meets no duty to tell anybody")
            return Content.styled(self.say(text), MUTED)
        if not sendings:
            text = say("○ not sent. Send it yourself, then press s; the desk sends nothing.")
            return Content.styled(self.say(text), "$text-warning")
        last = sendings[-1]
        text = say("✔ sent to {to} by {channel}, {when}",
                   to=last.to, channel=last.channel, when=last.sent_at)  # fmt: skip
        return Content.styled(self.say(text), "$text-success")

    @act
    async def action_sent(self) -> None:
        """Record that it was sent."""
        if self.document.kind not in DUTY_OF_KIND:
            self.hall.tell(say("This paper is our own record; sending it meets no duty."))
            return
        dialog = SentDialog(self.the_case, self.document_id)
        sent = await self.app.push_screen_wait(dialog)
        self.take(sent)

    @act
    async def action_save(self) -> None:
        """Save the PDF."""
        dialog = SaveDialog(self.the_case, self.document)
        if await self.app.push_screen_wait(dialog) is not None:
            self.path = dialog.path
            self.show_case()

    async def action_view(self) -> None:
        """Open the saved PDF with this machine's viewer."""
        if self.path is None:
            self.hall.tell(say("Save the PDF first (e)."))
        else:
            show_file(self._viewer, self.path)

    @property
    def sendings(self) -> tuple[Dispatch, ...]:
        """The sendings of this paper that stand."""
        return tuple(one for one in super().sendings if one.document_id == self.document_id)

    @act
    async def action_unsent(self) -> None:
        """Take back the newest sending of this paper."""
        if self.sendings:
            dialog = UnsentDialog(self.the_case, self.sendings[-1].id)
            case: CaseFile | None = await self.app.push_screen_wait(dialog)
            self.take(case)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open the PDF only where a viewer is in reach."""
        return bool(self._viewer) if action == "view" else super().check_action(action, parameters)
