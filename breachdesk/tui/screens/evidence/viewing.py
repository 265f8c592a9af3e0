"""Look at a piece of evidence: what for is asked first; the copy goes when the dialog is closed."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from breachdesk.casefile import CaseFile
from breachdesk.desk.evidence import EvidenceState
from breachdesk.desk.viewing import Viewed
from breachdesk.message import Message, say
from breachdesk.records import Evidence
from breachdesk.terms import EvidenceKeeping
from breachdesk.tui.keys import key
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.viewer import show_file, system_viewer
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.howfar import Advance, HowFar, megabytes
from breachdesk.tui.widgets.typed import TypedLine


class ViewDialog(ActDialog):
    """What the piece is looked at for."""

    viewed: Viewed | None = None
    """What was looked at, once it was recorded."""

    def __init__(self, case: CaseFile, row: Evidence) -> None:
        """Take the case and the piece."""
        super().__init__(case, say("Evidence: {name}", name=row.name), say("View"))
        self.row_of, self.advance = row, Advance()

    def fields(self) -> Iterator[Widget]:
        """Draw the one field."""
        what_for = TypedLine(name=f"evidence.{self.row_of.id}.view", id="purpose", max_length=2000)
        yield self.row(say("What for"), what_for)
        yield HowFar(megabytes)

    def consequence(self) -> Message:
        """Say what stays in the record, and what is made."""
        who = self.hall.desk.actor
        if self.row_of.keeping is EvidenceKeeping.REFERENCE:
            return say("This hashes the file where it lies, and records that {who} looks at it, "
                       "and what for. The desk has no copy to show.", who=who)  # fmt: skip
        return say("This records that {who} looks at it, and what for. A copy that only you can "
                   "read is there until you close it.", who=who)  # fmt: skip

    async def record(self) -> CaseFile | None:
        """Look at it."""
        field = self.query_one("#purpose", Input)
        if not field.value.strip():
            self.lacks(field, say("Say what for."))
            return None
        self.advance = Advance()
        self.query_one(HowFar).follow(self.advance)
        try:
            self.viewed = await self.ask(
                self.hall.desk.viewing.view,
                self.row_of.id,
                purpose=field.value.strip(),
                folder=self.hall.settings.viewing,
                told=self.advance,
            )
        finally:
            for bar in self.query(HowFar):
                bar.follow(None)
        return self.viewed.case if self.viewed else None

    async def action_back(self) -> None:
        """Stop what is under way; else go back."""
        if self.acting:
            self.advance.is_stopped = True
        else:
            await super().action_back()


class ShownDialog(Dialog[None]):
    """Stands while a piece is looked at: where it lies, and whether it is the same."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("o", "open", say("Open"), id="shown.open", twin="f7",
            hint=say("Open it with this machine's viewer, if there is one")),
    ]  # fmt: skip

    def __init__(self, viewed: Viewed) -> None:
        """Take what is looked at."""
        super().__init__(say("Evidence: {name}", name=viewed.row.name))
        self.viewed = viewed
        self._viewer = system_viewer() if viewed.opens else ""
        self.set_class(viewed.state is EvidenceState.CHANGED, "-warns")

    def compose_box(self) -> ComposeResult:
        """Draw how it was found, where it lies, and what happens next."""
        with VerticalScroll(classes="text", can_focus=False):
            yield Static(self.words(self._found()), classes="found")
            where = say("{path}", path=str(self.viewed.path))
            yield Static(self.words(where), classes="path", markup=False)
            yield Static(self.words(self._next()), classes="next")
        with Horizontal(classes="buttons"):
            if self._viewer:
                yield Button(self.words(say("Open again")), id="open")
            yield Button(self.words(say("Done")), variant="primary", id="done")

    def on_mount(self) -> None:
        """Open it with the viewer, where there is one."""
        self.query_one("#done", Button).focus()
        self.action_open()

    def _found(self) -> Message:
        if self.viewed.state is EvidenceState.CHANGED:
            return say("✖ The file was CHANGED since it was taken in. It lies in:")
        if self.viewed.showing is None:
            return say("✔ The file is as it was taken in. It lies in:")
        return say("✔ It is as it was taken in. The copy to look at:")

    def _next(self) -> Message:
        if self.viewed.showing is None:
            return say("That you looked is recorded.")
        if self._viewer:
            return say("This machine's viewer opens it. Close the viewer before you say “Done”: "
                       "the copy is removed then, but no window is closed.")  # fmt: skip
        return say("No viewer is opened for it here. The copy is removed when you say “Done”, "
                   "when the desk locks and when you leave.")  # fmt: skip

    @on(Button.Pressed, "#open")
    def action_open(self) -> None:
        """Open it with this machine's viewer."""
        if self._viewer:
            show_file(self._viewer, self.viewed.path)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open it only where a viewer is in reach."""
        del parameters
        return bool(self._viewer) if action == "open" else True

    @on(Button.Pressed, "#done")
    async def action_back(self) -> None:
        """Close."""
        self.dismiss(None)
