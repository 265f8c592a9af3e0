"""The front desk: every act that the screen or the command line offers goes through here."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

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
from breachdesk.desk.office import Office
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
from breachdesk.desk.trust import Trust
from breachdesk.desk.unpacking import Unpacking
from breachdesk.desk.viewing import Viewing
from breachdesk.forms import Forms
from breachdesk.store.store import Store


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
        self.intake = Intake(self.office)
        self.begun = Begun(self.office)
        self.assessment = Assessments(self.office)
        self.groups = Groups(self.office)
        self.decisions = Decisions(self.office)
        self.papers = Papers(self.office)
        self.template = TemplateDesk(self.office)
        self.altinn = Altinn(self.office)
        self.attachments = Attachments(self.office)
        self.letters = Letters(self.office)
        self.timeline = Timeline(self.office)
        self.tasks = Tasks(self.office)
        self.register = Register(self.office)
        self.drafts = Drafts(self.office)
        self.organisation = OrganisationDesk(self.office)
        self.trust = Trust(self.office)
        self.stamping = Stamping(self.office)
        self.evidence = EvidenceDesk(self.office)
        self.viewing = Viewing(self.office)
        self.moving = Moving(self.office)
        self.sharing = SharingDesk(self.office)
        self.signing = Signing(self.office)
        self.packing = Packing(self.office)
        self.unpacking = Unpacking(self.office)
        self.retaining = Retaining(self.office)
        self.erasing = Erasing(self.office)
        self.keeping = Keeping(self.office)
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
