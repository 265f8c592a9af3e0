"""Acts that need a reason: awareness, closing and reopening, taking back a sending."""

from collections.abc import Iterator
from datetime import timedelta

from textual.content import Content
from textual.widget import Widget
from textual.widgets import TextArea

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.message import Message, say
from breachdesk.records import Dispatch
from breachdesk.terms import Duty, Status
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.screens.assessed import cited
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.typed import TypedText


class ReasonDialog(ActDialog):
    """An act whose only words are its reason."""

    FIELD = "reason"
    """Under which name half-typed words are kept."""

    def fields(self) -> Iterator[Widget]:
        """Draw what comes before the reason, then the reason."""
        yield from self.before()
        yield self.label(say("Why; it stays in the record"))
        yield TypedText(name=self.FIELD, id="reason", tab_behavior="focus", compact=False)

    def before(self) -> Iterator[Widget]:
        """Draw the fields above the reason."""
        yield from ()

    @property
    def reason(self) -> str:
        """What is typed as reason."""
        return self.query_one("#reason", TextArea).text.strip()

    def lacks_reason(self) -> bool:
        """Is the reason lacking? Then it is said."""
        if self.reason:
            return False
        self.lacks(self.query_one("#reason"), say("Say why, in your own words."))
        return True


class AwareDialog(ReasonDialog):
    """Set or correct when we became aware: Art. 33(1) GDPR, the clock runs from here."""

    FIELD = "aware.reason"

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case, say("When did we become aware?"), say("Set it"))

    def before(self) -> Iterator[Widget]:
        """Draw the time."""
        yield self.label(say("We knew with reasonable certainty, and not before"))
        yield MomentField(
            self.hall.now,
            name="aware.at",
            placeholder=say("40 min ago, 14:05"),
            id="at",
        )

    def help_text(self) -> HelpText:
        """Return what awareness is, and where it is written."""
        text = say(
            "Aware is who is reasonably certain that a breach has hit personal data. A short look "
            "into a first sign is not yet awareness; the worst case counts from the sign."
        )
        law = cited(self.case, ("gdpr-33-1", "edpb-9-2022"), self.speaker)
        return HelpText(title=self.say(self.heading), text=self.say(text), law=law)

    def consequence(self) -> Message:
        """Say until when the notification is then due."""
        at, hours = self.query_one(MomentField).moment, self._hours
        if at is None:
            old = self.case.facts.became_aware_at
            if old is None:
                return say("Until then the clock shows the worst case, from the first sign.")
            return say("Now it says {at}. The old time stays in the record.", at=old)
        who = self.hall.desk.actor
        if hours is None:
            return say("This records that {who} sets awareness to {at}.", who=who, at=at)
        return say(
            "This records that {who} sets awareness to {at}; {hours} hours end {due}.",
            who=who,
            at=at,
            hours=hours,
            due=at + timedelta(hours=hours),
        )

    @property
    def _hours(self) -> int | None:
        return self.case.regime.clocks[Duty.NOTIFY_AUTHORITY].hours

    async def record(self) -> CaseFile | None:
        """Set it."""
        field = self.query_one(MomentField)
        if field.moment is None:
            problem = field.problem.what if field.problem else say("Say when.")
            self.lacks(field.input, problem)
            return None
        if self.lacks_reason():
            return None
        become_aware = self.hall.desk.intake.become_aware
        return await self.ask(become_aware, self.case.ref, field.moment, self.reason)


class StatusDialog(ReasonDialog):
    """Close a case, or open it again."""

    FIELD = "status.reason"

    def __init__(self, case: CaseFile) -> None:
        """Take the case; what is done follows from how it stands."""
        self.closes = case.facts.status == Status.OPEN
        title = (
            say("Close {ref}?", ref=case.ref) if self.closes else say("Reopen {ref}?", ref=case.ref)
        )
        super().__init__(case, title, say("Close it") if self.closes else say("Reopen it"))
        self.set_class(self.closes and bool(open_duties(case)), "-warns")

    def consequence(self) -> Message:
        """Say what closing leaves undone."""
        who, ref = self.hall.desk.actor, self.case.ref
        if not self.closes:
            return say("This records that {who} reopens {ref}; its clocks never stopped.",
                       who=who, ref=ref)  # fmt: skip
        still = open_duties(self.case)
        if not still:
            return say("This records that {who} closes {ref}. Nothing is owed any more.",
                       who=who, ref=ref)  # fmt: skip
        return say(
            "This records that {who} closes {ref}, although this is still owed: {duties}. "
            "Closing stops no clock.",
            who=who,
            ref=ref,
            duties=", ".join(self.speaker.word(duty) for duty in still),
        )

    async def record(self) -> CaseFile | None:
        """Close or reopen."""
        if self.lacks_reason():
            return None
        intake = self.hall.desk.intake
        verb = intake.close if self.closes else intake.reopen
        return await self.ask(verb, self.case.ref, self.reason)


def open_duties(case: CaseFile) -> tuple[Duty, ...]:
    """Return the duties whose clocks still run."""
    return tuple(clock.duty for clock in case.clocks if clock.is_running)


class UnsentDialog(ReasonDialog):
    """Take back a sending recorded by mistake."""

    FIELD = "unsent.reason"

    def __init__(self, case: CaseFile, dispatch_id: str = "") -> None:
        """Take the case and the sending; without one, the newest, and others to choose from."""
        super().__init__(case, say("Take back this sending?"), say("Take it back"))
        self.sendings = tuple(reversed(standing(case.dispatches)))
        self.start = dispatch_id or self.sendings[0].id
        self.add_class("-warns")

    def before(self) -> Iterator[Widget]:
        """Draw the sendings that stand."""
        yield self.label(say("Recorded as sent"))
        picks = (Pick(one.id, self._sending(one)) for one in self.sendings)
        yield Picks(picks, chosen=(self.start,), column=True, id="which")

    def on_mount(self) -> None:
        """Begin with the reason where there is nothing to choose."""
        if len(self.sendings) == 1:
            self.query_one("#reason").focus()

    def _sending(self, one: Dispatch) -> Content:
        when = self.speaker.brief(one.sent_at) if one.sent_at else "–"
        text = say("{duty}: to {to}, {when}", duty=one.duty, to=one.to, when=when)
        return self.words(text)

    @property
    def dispatch(self) -> Dispatch:
        """The sending that is taken back."""
        chosen = self.query_one("#which", Picks).value
        return next(one for one in self.sendings if one.id == chosen)

    def consequence(self) -> Message:
        """Say that the duty runs again."""
        return say(
            "This records that {who} takes back the sending to {to}: it was recorded by mistake. "
            "The duty runs again ({duty}); both stay in the record.",
            who=self.hall.desk.actor,
            to=self.dispatch.to,
            duty=self.dispatch.duty,
        )

    async def record(self) -> CaseFile | None:
        """Take it back."""
        if self.lacks_reason():
            return None
        return await self.ask(self.hall.desk.papers.unsent, self.dispatch.id, self.reason)
