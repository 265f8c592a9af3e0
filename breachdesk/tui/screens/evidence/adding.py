"""Take a file in as evidence: sealed in the desk, or by its hash where it lies."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from breachdesk.casefile import CaseFile
from breachdesk.desk.evidence import remarks
from breachdesk.message import Message, say
from breachdesk.records import NewEvidence
from breachdesk.records.incident import TEXT_LENGTH
from breachdesk.terms import EvidenceKeeping
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.howfar import Advance, HowFar, megabytes
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.typed import TypedLine

ORIGIN_LENGTH, NAME_LENGTH = 2000, 200


class AddEvidenceDialog(ActDialog):
    """The file, where it comes from, who collected it and when, and whether a copy is kept."""

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case, say("Take evidence in"), say("Take it in"))
        self.advance = Advance()

    def compose_box(self) -> ComposeResult:
        """Draw the fields, and how far a big file is."""
        yield from super().compose_box()
        yield HowFar(megabytes)

    def on_mount(self) -> None:
        """Stand above the buttons."""
        self.query_one(".box").move_child(self.query_one(HowFar), before=self.query_one(".buttons"))

    def standing(self) -> Mapping[str, str]:
        """Say who collects when nobody else is named."""
        return {"evidence.collector": self.hall.desk.actor}

    def fields(self) -> Iterator[Widget]:
        """Draw what is asked."""
        path = TypedLine(name="evidence.path", id="path", placeholder="~/mail.eml")
        yield self.row(say("File"), path)
        keep = (
            Pick(EvidenceKeeping.SEALED, self.words(say("a sealed copy in the desk"))),
            Pick(EvidenceKeeping.REFERENCE, self.words(say("only its hash"))),
        )
        yield self.row(
            say("Keep"), Picks(keep, chosen=(EvidenceKeeping.SEALED,), name="evidence.keep",
                               id="keep")
        )  # fmt: skip
        whence = self.say(say("mailbox of the sender, log server, the finder"))
        origin = TypedLine(name="evidence.origin", id="origin", max_length=ORIGIN_LENGTH,
                       placeholder=whence)  # fmt: skip
        yield self.row(say("Comes from"), origin)
        who = TypedLine(self.hall.desk.actor, name="evidence.collector", id="collector",
                    max_length=NAME_LENGTH)  # fmt: skip
        yield self.row(say("Collected by"), who)
        at = MomentField(self.hall.now, name="evidence.at", id="at",
                         placeholder=say("now, 14:05"))  # fmt: skip
        yield self.row(say("When"), at)
        note = TypedLine(name="evidence.note", id="note", max_length=TEXT_LENGTH)
        yield self.row(say("Remark"), note)

    @property
    def _is_reference(self) -> bool:
        return self.query_one("#keep", Picks).value == EvidenceKeeping.REFERENCE

    def consequence(self) -> Message:
        """Say what is kept, and what erasing reaches."""
        if self._is_reference:
            return say("This keeps its name, size and hash. The file stays where it lies, and "
                       "nothing here protects it.")  # fmt: skip
        return say("This keeps a sealed copy beside the desk, with its hash. The file itself stays "
                   "where it lies.")  # fmt: skip

    async def record(self) -> CaseFile | None:
        """Take it in."""
        path, who, at = (self.query_one(f"#{one}") for one in ("path", "collector", "at"))
        if not self._typed("path"):
            self.lacks(path, say("Say which file."))
            return None
        if not self._typed("collector"):
            self.lacks(who, say("Say who collected it."))
            return None
        if isinstance(at, MomentField) and at.problem is not None:
            self.lacks(at.input, at.problem.what)
            return None
        new = NewEvidence(
            origin=self._typed("origin"),
            collector=self._typed("collector"),
            collected_at=self.query_one(MomentField).moment,
            note=self._typed("note"),
        )
        self.advance = Advance()
        self.query_one(HowFar).follow(self.advance)
        try:
            taken = await self.ask(
                self.hall.desk.evidence.add,
                self.case.ref,
                Path(self._typed("path")),
                new,
                is_reference=self._is_reference,
                told=self.advance,
            )
        finally:
            self.query_one(HowFar).follow(None)
        if taken is None:
            return None
        case, row = taken
        self.hall.tell(say("“{name}” is taken in, SHA-256 {digest}…", name=row.name,
                           digest=row.sha256[:16]))  # fmt: skip
        for remark in remarks(case, row):
            self.hall.tell(remark, warns=True)
        return case

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    async def action_back(self) -> None:
        """Stop what is under way; else go back."""
        if self.acting:
            self.advance.is_stopped = True
        else:
            await super().action_back()

    def help_text(self) -> HelpText:
        """Say what makes a file worth something later."""
        text = say(
            "A file proves something when it is known where it comes from, who took it and when, "
            "and that nobody changed it since. Take it in early and untouched: the hash is written "
            "into the record. A disk image that is too big for a copy can be kept by its hash."
        )
        return HelpText(title=self.say(self.heading), text=self.say(text))
