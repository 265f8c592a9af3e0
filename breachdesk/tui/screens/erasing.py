"""Erase a case for good: what goes, what stays, what cannot be reached; its reference is typed."""

from collections.abc import Iterator
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from breachdesk.casefile import CaseFile
from breachdesk.casefile.matters import QUESTION_OF
from breachdesk.desk.erasing import Erased, Outlook, running_words
from breachdesk.message import Message, say
from breachdesk.records import Decision
from breachdesk.records.incident import TEXT_LENGTH
from breachdesk.terms import Matter
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedLine

GOES = say(
    "Goes for good: titles and texts, notes, half-typed words, tasks, papers, to whom was sent, "
    "evidence (sealed files: {files}), what the search knows. Rows in all: {rows}."
)
STAYS = say(
    "Stays, as Art. 33(5) asks: reference, times, kind, cause, categories and counts, effects, "
    "risk, decisions with the reason you give here, and when something was sent. The chain stays "
    "whole."
)


class EraseDialog(ActDialog):
    """Nothing brings it back, so the reference is typed in."""

    DEFAULT_CSS = """
    EraseDialog .part { height: auto; margin-bottom: 1; }
    """
    AUTO_FOCUS: ClassVar[str] = ""
    """No field: it would be scrolled to, past what is read first."""

    def __init__(self, case: CaseFile, outlook: Outlook) -> None:
        """Take the case and what erasing it would do."""
        super().__init__(case, say("Erase {ref}?", ref=case.ref), say("Erase it for good"))
        self.outlook = outlook
        self.erased: Erased | None = None
        """What came of it."""
        self.add_class("-warns")

    def fields(self) -> Iterator[Widget]:
        """Draw what goes and stays, the reasons that are kept, why, and the reference."""
        goes = say("{text}", text=self.say(self._goes()))
        yield Static(self.words(goes), classes="part", markup=False)
        yield Static(self.words(STAYS), classes="part", markup=False)
        running = running_words(self.outlook.running)
        if running is not None:
            warned = Content.styled(self.say(running), "$text-warning")
            yield Static(warned, classes="part", markup=False)
        yield Static(Content("\n").join(self._beyond()), markup=False)
        for decision in self._decisions():
            yield from self._kept(decision)
        yield self.label(say("Why the case may go"))
        yield TypedLine(name="erase.because", id="because", max_length=TEXT_LENGTH)
        yield self.row(say("Type {ref}", ref=self.case.ref), TypedLine(id="typed", max_length=40))

    def on_mount(self) -> None:
        """Begin at the top: what goes and what stays is read first."""
        fields = self.query_one(".fields")
        fields.can_focus = True
        fields.focus()

    def _goes(self) -> Message:
        return Message(GOES.text, {"files": self.outlook.files, "rows": self.outlook.rows})

    def _beyond(self) -> Iterator[Content]:
        yield Content.styled(self.say(say("Out of reach, and still there:")), "$text-warning")
        for one in self.outlook.out_of_reach:
            yield Content(f"· {self.say(one)}")

    def _decisions(self) -> Iterator[Decision]:
        for matter in Matter:
            decision = self.case.decision(matter)
            if decision is not None:
                yield decision

    def _kept(self, decision: Decision) -> Iterator[Widget]:
        label = say("Reason to keep, without anybody's data: {matter} {outcome}",
                    matter=QUESTION_OF[decision.matter], outcome=decision.outcome)  # fmt: skip
        yield self.label(label)
        now = Content.assemble((self.say(say("now:")), MUTED), " ", shown(decision.rationale))
        yield Static(now, markup=False)
        name = decision.matter.value
        yield TypedLine(name=f"erase.{name}", id=f"keep-{name}", max_length=TEXT_LENGTH)

    def consequence(self) -> Message:
        """Say that nothing brings it back."""
        return say(
            "This records that {who} erases {ref}. Nothing brings it back: export it first if "
            "somebody may still ask.",
            who=self.hall.desk.actor,
            ref=self.case.ref,
        )

    async def record(self) -> CaseFile | None:
        """Erase it."""
        because, typed = self.query_one("#because", Input), self.query_one("#typed", Input)
        if not because.value.strip():
            self.lacks(because, say("Say why the case may go."))
            return None
        if typed.value.strip().upper() != self.case.ref:
            self.lacks(typed, say("Type {ref}; nothing was erased.", ref=self.case.ref))
            return None
        rationales = {
            one.matter: self.query_one(f"#keep-{one.matter.value}", Input).value.strip()
            for one in self._decisions()
        }
        self.erased = await self.ask(
            self.hall.desk.erasing.erase,
            self.case.ref,
            because.value.strip(),
            rationales=rationales,
        )
        return self.erased.case if self.erased else None

    def help_text(self) -> HelpText:
        """Say when a case may go."""
        text = say(
            "A case may go when nobody has to account for it any more: the retention time of your "
            "own rules is over. What Art. 33(5) asks to be documented stays, without free text. "
            "A decision without a reason here keeps none."
        )
        return HelpText(
            title=self.say(self.heading),
            text=self.say(text),
            law=self.say(say("Art. 5(1)(e), 17 and 33(5) GDPR.")),
        )


def erased_words(erased: Erased) -> tuple[Message, Message]:
    """Return what was erased, and what is still to be seen to."""
    done = say("Rows erased: {rows}. Files of evidence: {files}.", rows=erased.rows,
               files=erased.files)  # fmt: skip
    if not erased.is_log_empty:
        return done, say(
            "Another program has the desk open: close it, and the last traces go when the desk is "
            "closed. What is out of reach is still there: see to it yourself."
        )
    return done, say("What is out of reach is still there: see to it yourself.")
