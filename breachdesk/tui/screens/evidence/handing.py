"""One piece of evidence: what is known of it; a copy is handed out to somebody, for something."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from breachdesk.casefile import CaseFile
from breachdesk.message import Message, say
from breachdesk.records import Evidence
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedLine


class HandOutDialog(ActDialog):
    """Where the copy goes, to whom, and what for."""

    def __init__(self, case: CaseFile, row: Evidence) -> None:
        """Take the case and the piece."""
        super().__init__(case, say("Evidence: {name}", name=row.name), say("Hand out a copy"))
        self.row_of = row

    def fields(self) -> Iterator[Widget]:
        """Draw what is known, then the fields."""
        yield Static(Content("\n").join(self._about()), markup=False)
        yield self.row(
            say("Copy goes to"), TypedLine(self._place, name=self._field("out"), id="path")
        )
        to = TypedLine(name=self._field("to"), id="to", max_length=200)
        yield self.row(say("To whom"), to)
        what_for = TypedLine(name=self._field("for"), id="purpose", max_length=2000)
        yield self.row(say("What for"), what_for)

    def _field(self, field: str) -> str:
        return f"evidence.{self.row_of.id}.{field}"

    @property
    def _place(self) -> str:
        return str(Path.cwd() / self.row_of.name)

    def standing(self) -> Mapping[str, str]:
        """Say where the copy goes when nobody says otherwise."""
        return {self._field("out"): self._place}

    def _about(self) -> Iterator[Content]:
        row, speaker = self.row_of, self.speaker
        size = say("{size} bytes, {keeping}", size=row.size, keeping=row.keeping)
        yield Content.assemble((self.say(size), "bold"))
        yield Content.assemble(("SHA-256 ", MUTED), row.sha256)
        who = say("collected by {who} {when}", who=row.collector, when=row.collected_at)
        yield self.words(who)
        for label, text in ((say("Comes from"), row.origin), (say("Lies in"), row.place),
                            (say("Remark"), row.note)):  # fmt: skip
            if text:
                yield Content.assemble((f"{speaker.say(label)}: ", MUTED), shown(text))

    def consequence(self) -> Message:
        """Say what stays in the record."""
        to = self._typed("to") or "…"
        return say(
            "This hashes the piece, writes a copy that only you can read, and records that {who} "
            "gives it to {to}, and what for.",
            who=self.hall.desk.actor,
            to=to,
        )

    async def record(self) -> CaseFile | None:
        """Hand it out."""
        lacking = (
            ("path", say("Say where the copy goes.")),
            ("to", say("Say to whom.")),
            ("purpose", say("Say what for.")),
        )
        for name, problem in lacking:
            if not self._typed(name):
                self.lacks(self.query_one(f"#{name}"), problem)
                return None
        done = await self.ask(
            self.hall.desk.evidence.export,
            self.row_of.id,
            Path(self._typed("path")),
            purpose=self._typed("purpose"),
            recipient=self._typed("to"),
        )
        if done is None:
            return None
        case, use = done
        self.hall.tell(say("The copy is in {path}.", path=use.place))
        return case

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()
