"""Write a line in the timeline: one line, what kind, and when it happened."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from breachdesk.casefile import CaseFile
from breachdesk.message import Message, say
from breachdesk.records import NewNote
from breachdesk.terms import NoteKind
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.typed import TypedLine


class NoteDialog(ActDialog):
    """One line; Enter logs it."""

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case, say("Log a line"), say("Note it"))

    def fields(self) -> Iterator[Widget]:
        """Draw text, kind and time."""
        yield self.label(say("What happened, or what we learned"))
        yield TypedLine(name="note.text", id="text")
        kinds = (Pick(one.value, Content(self.speaker.word(one))) for one in NoteKind)
        start = (NoteKind.INFORMATION.value,)
        yield self.row(say("Kind"), Picks(kinds, chosen=start, name="note.kind", id="kind"))
        example = say("now, 14:05")
        at = MomentField(self.hall.now, name="note.at", placeholder=example, id="at")
        yield self.row(say("When"), at)

    def consequence(self) -> Message:
        """Say who logs it, and at what time it stands."""
        at = self.query_one(MomentField).moment
        if at is None:
            return say("This stands in the timeline as {who}'s line, now.", who=self._who)
        return say("This stands in the timeline as {who}'s line, {at}.", who=self._who, at=at)

    @property
    def _who(self) -> str:
        return self.hall.desk.actor

    async def record(self) -> CaseFile | None:
        """Log it."""
        text, at = self.query_one("#text", Input), self.query_one(MomentField)
        if not text.value.strip():
            self.lacks(text, say("Write what happened."))
            return None
        if at.problem is not None:
            self.lacks(at.input, at.problem.what)
            return None
        new = NewNote(
            text=text.value.strip(),
            occurred_at=at.moment,
            kind=NoteKind(self.query_one(Picks).value),
        )
        return await self.ask(self.hall.desk.timeline.note, self.case.ref, new)

    @on(Input.Submitted, "#text")
    def _log_it(self, event: Input.Submitted) -> None:
        event.stop()
        event.prevent_default()
        self.action_confirm()
