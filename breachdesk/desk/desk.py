"""The front desk: every act that the screen or the command line offers goes through here.

A counter opens when somebody first comes to it: a command needs few of them, and what the others
work with (papers, packs, letters) need not be loaded. They keep nothing between two calls, but the
one where evidence is looked at: it opens with the desk.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from breachdesk.desk.office import Office
from breachdesk.desk.trust import Trust
from breachdesk.desk.viewing import Viewing
from breachdesk.forms import Forms
from breachdesk.store.store import Store

if TYPE_CHECKING:
    from breachdesk.desk.altinn import Altinn
    from breachdesk.desk.assessment import Assessments
    from breachdesk.desk.attachments import Attachments
    from breachdesk.desk.begun import Begun
    from breachdesk.desk.decisions import Decisions
    from breachdesk.desk.drafts import Drafts
    from breachdesk.desk.erasing import Erasing
    from breachdesk.desk.evidence import EvidenceDesk
    from breachdesk.desk.groups import Groups
    from breachdesk.desk.intake import Intake
    from breachdesk.desk.keeping import Keeping
    from breachdesk.desk.letters import Letters
    from breachdesk.desk.moving import Moving
    from breachdesk.desk.organisation import OrganisationDesk
    from breachdesk.desk.packing import Packing
    from breachdesk.desk.papers import Papers
    from breachdesk.desk.register import Register
    from breachdesk.desk.retaining import Retaining
    from breachdesk.desk.sharing import SharingDesk
    from breachdesk.desk.signing import Signing
    from breachdesk.desk.stamping import Stamping
    from breachdesk.desk.tasks import Tasks
    from breachdesk.desk.template import TemplateDesk
    from breachdesk.desk.timeline import Timeline
    from breachdesk.desk.unpacking import Unpacking


class Desk:
    """All counters. Thread-safe: every call opens its own transaction and returns values."""

    def __init__(
        self,
        store: Store,
        forms: Forms,
        *,
        actor: str,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        at_closing: Callable[[tuple[int, str]], object] | None = None,
    ) -> None:
        """Take everything that is needed; nothing is looked up elsewhere.

        Args:
            store: The opened database.
            forms: The law as data.
            actor: Name of the person who acts; on a shared account a claim, not a proof.
            clock: Gives the present moment, aware; the desk reads no other clock.
            zone: What "local" means for references and papers.
            at_closing: Is given number and digest of the chain's head when the desk is closed, to
                be remembered elsewhere.
        """
        self.office = Office(store, forms, actor, clock, zone)
        self.trust = Trust(self.office)
        self.viewing = Viewing(self.office)
        self._at_closing = at_closing

    @property
    def actor(self) -> str:
        """Who acts."""
        return self.office.actor

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return self.office.now()

    def close(self) -> None:
        """Remove shown evidence, let the head be remembered, and give back the database.

        Raises:
            StoreError: the head cannot be read any more; the database is given back all the same.
        """
        self.viewing.end_all()
        try:
            if self._at_closing is not None:
                self._at_closing(self.trust.head())
        finally:
            self.office.store.close()

    @cached_property
    def intake(self) -> "Intake":
        """Where a case begins, and where its own facts are kept right."""
        from breachdesk.desk.intake import Intake

        return Intake(self.office)

    @cached_property
    def begun(self) -> "Begun":
        """Where a case of a kind that is well known begins."""
        from breachdesk.desk.begun import Begun

        return Begun(self.office)

    @cached_property
    def assessment(self) -> "Assessments":
        """Where questions are answered and risk is assessed."""
        from breachdesk.desk.assessment import Assessments

        return Assessments(self.office)

    @cached_property
    def groups(self) -> "Groups":
        """Where it is kept which people are hit differently."""
        from breachdesk.desk.groups import Groups

        return Groups(self.office)

    @cached_property
    def decisions(self) -> "Decisions":
        """Where matters are decided."""
        from breachdesk.desk.decisions import Decisions

        return Decisions(self.office)

    @cached_property
    def papers(self) -> "Papers":
        """Where papers are made and their sending is recorded."""
        from breachdesk.desk.papers import Papers

        return Papers(self.office)

    @cached_property
    def template(self) -> "TemplateDesk":
        """Where the EDPB's template is filled in."""
        from breachdesk.desk.template import TemplateDesk

        return TemplateDesk(self.office)

    @cached_property
    def altinn(self) -> "Altinn":
        """Where the notification is prepared for typing."""
        from breachdesk.desk.altinn import Altinn

        return Altinn(self.office)

    @cached_property
    def attachments(self) -> "Attachments":
        """Where the proof of a sending is kept, and given out again."""
        from breachdesk.desk.attachments import Attachments

        return Attachments(self.office)

    @cached_property
    def letters(self) -> "Letters":
        """Where the issued letter is made out to many people."""
        from breachdesk.desk.letters import Letters

        return Letters(self.office)

    @cached_property
    def timeline(self) -> "Timeline":
        """Where what happened is told, line by line."""
        from breachdesk.desk.timeline import Timeline

        return Timeline(self.office)

    @cached_property
    def tasks(self) -> "Tasks":
        """Where it is kept what is to be done, and what was."""
        from breachdesk.desk.tasks import Tasks

        return Tasks(self.office)

    @cached_property
    def register(self) -> "Register":
        """Where all cases are seen together."""
        from breachdesk.desk.register import Register

        return Register(self.office)

    @cached_property
    def drafts(self) -> "Drafts":
        """Where half-typed words wait."""
        from breachdesk.desk.drafts import Drafts

        return Drafts(self.office)

    @cached_property
    def organisation(self) -> "OrganisationDesk":
        """Where the organisation's profile is kept."""
        from breachdesk.desk.organisation import OrganisationDesk

        return OrganisationDesk(self.office)

    @cached_property
    def stamping(self) -> "Stamping":
        """Where time stamps are asked for and checked."""
        from breachdesk.desk.stamping import Stamping

        return Stamping(self.office)

    @cached_property
    def evidence(self) -> "EvidenceDesk":
        """Where evidence is kept."""
        from breachdesk.desk.evidence import EvidenceDesk

        return EvidenceDesk(self.office)

    @cached_property
    def moving(self) -> "Moving":
        """Where cases leave and arrive."""
        from breachdesk.desk.moving import Moving

        return Moving(self.office)

    @cached_property
    def sharing(self) -> "SharingDesk":
        """Where redacted copies are made."""
        from breachdesk.desk.sharing import SharingDesk

        return SharingDesk(self.office)

    @cached_property
    def signing(self) -> "Signing":
        """Where the desk's signing key is."""
        from breachdesk.desk.signing import Signing

        return Signing(self.office)

    @cached_property
    def packing(self) -> "Packing":
        """Where packs are written."""
        from breachdesk.desk.packing import Packing

        return Packing(self.office)

    @cached_property
    def unpacking(self) -> "Unpacking":
        """Where packs are taken in."""
        from breachdesk.desk.unpacking import Unpacking

        return Unpacking(self.office)

    @cached_property
    def retaining(self) -> "Retaining":
        """Where it is said that a case must stay."""
        from breachdesk.desk.retaining import Retaining

        return Retaining(self.office)

    @cached_property
    def erasing(self) -> "Erasing":
        """Where a case ends."""
        from breachdesk.desk.erasing import Erasing

        return Erasing(self.office)

    @cached_property
    def keeping(self) -> "Keeping":
        """Where the desk as a whole is looked after."""
        from breachdesk.desk.keeping import Keeping

        return Keeping(self.office)
