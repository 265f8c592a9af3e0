"""Record a sending: this, not the paper, meets a duty and stops a clock. Nothing is sent here."""

from collections.abc import Iterator
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.desk.attachments import read_attachment
from breachdesk.desk.papers import DUTY_OF_KIND
from breachdesk.message import Message, say
from breachdesk.records import NewDispatch
from breachdesk.terms import Duty
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.typed import TypedLine


class SentDialog(ActDialog):
    """What was sent, to whom, how, with which receipt, and when."""

    def __init__(self, case: CaseFile, document_id: str = "") -> None:
        """Take the case and, when it is known, the paper."""
        super().__init__(case, say("Mark as sent"), say("Record the sending"))
        self.document_id = document_id

    def fields(self) -> Iterator[Widget]:
        """Draw what, to whom, channel, receipt and time."""
        picks = tuple(self._choices())
        start = f"document.{self.document_id}" if self.document_id else picks[0].id
        yield self.label(say("What was sent (no paper: typed into Altinn, or said by phone)"))
        yield Picks(picks, chosen=(start,), column=True, id="what")
        yield self.row(say("To whom"), TypedLine(self._to(start), name="sent.to", id="to"))
        how = self.say(say("Altinn, letter, e-mail, telephone"))
        yield self.row(say("How"), TypedLine(name="sent.channel", id="channel", placeholder=how))
        number = self.say(say("or case number, if there is one"))
        yield self.row(
            say("Receipt"), TypedLine(name="sent.receipt", id="receipt", placeholder=number)
        )
        saved = self.say(say("receipt.pdf, if you saved one"))
        yield self.row(say("File"), TypedLine(name="sent.file", id="file", placeholder=saved))
        example = say("now, 14:05")
        at = MomentField(self.hall.now, name="sent.at", placeholder=example, id="at")
        yield self.row(say("When"), at)

    def _choices(self) -> Iterator[Pick]:
        """Return the issued papers that are not sent yet, newest first, then the bare duties."""
        sent = {one.document_id for one in standing(self.case.dispatches)}
        for document in reversed(self.case.documents):
            if document.kind in DUTY_OF_KIND and (
                document.id not in sent or document.id == self.document_id
            ):
                text = say("{title}, version {version}",
                           title=document.title, version=document.version)  # fmt: skip
                if document.group_id is not None:
                    group = self.case.group_name(document.group_id)
                    text = say("{what}, to {group}", what=text, group=group)
                elif to := self.case.addressee(document):
                    text = say("{what}, to {group}", what=text, group=to)
                yield Pick(f"document.{document.id}", self.words(text))
        for clock in self.case.clocks:
            text = say("without a paper: {duty}", duty=clock.duty)
            yield Pick(f"duty.{clock.duty.value}", self.words(text))
        for one in self.case.groups:
            text = say("without a paper: {group} told", group=one.name)
            yield Pick(f"group.{one.id}", self.words(text))

    def _group(self) -> str | None:
        """Return the group that was told without a paper."""
        kind, _, name = self.query_one(Picks).value.partition(".")
        return name if kind == "group" else None

    def _chosen(self, pick: str = "") -> tuple[Duty, str | None]:
        """Return the duty that is met and the paper, if there is one."""
        kind, _, name = (pick or self.query_one(Picks).value).partition(".")
        if kind == "group":
            return Duty.INFORM_SUBJECTS, None
        if kind == "duty":
            return Duty(name), None
        document = next(one for one in self.case.documents if one.id == name)
        return DUTY_OF_KIND[document.kind], name

    def _to(self, pick: str) -> str:
        """Return to whom: the controller a notice is addressed to, else whom the duty is owed."""
        duty, document_id = self._chosen(pick)
        for document in self.case.documents:
            if document.id == document_id and (to := self.case.addressee(document)):
                return to
        clock = self.case.clock(duty)
        return self.speaker.of(clock.to) if clock else ""

    @on(Picks.Changed, "#what")
    def _name_recipient(self) -> None:
        self.query_one("#to", Input).value = self._to(self.query_one(Picks).value)

    def consequence(self) -> Message:
        """Say which duty this meets, and when."""
        duty, _ = self._chosen()
        to = self.query_one("#to", Input).value.strip() or "…"
        at = self.query_one(MomentField).moment or self.hall.now()
        return say(
            "This records that {to} was told {at}: {duty}. It stops that clock.",
            to=to,
            at=at,
            duty=duty,
        )

    async def record(self) -> CaseFile | None:
        """Record it."""
        at = self.query_one(MomentField)
        for name, problem in (("to", say("Say to whom.")), ("channel", say("Say how."))):
            field = self.query_one(f"#{name}", Input)
            if not field.value.strip():
                self.lacks(field, problem)
                return None
        if at.problem is not None:
            self.lacks(at.input, at.problem.what)
            return None
        duty, document_id = self._chosen()
        new = NewDispatch(
            duty=duty,
            document_id=document_id,
            to=self._typed("to"),
            channel=self._typed("channel"),
            receipt=self._typed("receipt"),
            sent_at=at.moment,
            group_id=self._group(),
        )
        papers, ref = self.hall.desk.papers, self.case.ref
        if not self._typed("file"):
            return await self.ask(papers.sent, ref, new)
        kept = await self.ask(read_attachment, Path(self._typed("file")))
        if kept is None:
            return None
        return await self.ask(papers.sent, ref, new, attachment=kept)

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()
