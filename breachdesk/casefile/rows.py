"""The rows of one incident, and the rules it is read by: what a case is assembled from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from breachdesk.records import (
    Answer,
    Assessment,
    Attachment,
    CasePack,
    Decision,
    Delivery,
    Dispatch,
    Document,
    Erasure,
    Evidence,
    EvidenceUse,
    Hold,
    Incident,
    IncidentFacts,
    Mailing,
    Note,
    PeopleGroup,
    Profile,
    Task,
)
from breachdesk.records.base import KeptInCase
from breachdesk.rules.pack import RulePack
from breachdesk.rules.questionnaire import Questionnaire
from breachdesk.rules.regime import Regime
from breachdesk.terms import Words


@dataclass(frozen=True, kw_only=True)
class CaseRows:
    """The rows of one incident up to a sequence number, each kind oldest first."""

    incident: Incident
    snapshots: tuple[IncidentFacts, ...]
    """At least one."""
    answers: tuple[Answer, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    groups: tuple[PeopleGroup, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: tuple[Note, ...] = ()
    tasks: tuple[Task, ...] = ()
    documents: tuple[Document, ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    mailings: tuple[Mailing, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    evidence_uses: tuple[EvidenceUse, ...] = ()
    packs: tuple[CasePack, ...] = ()
    holds: tuple[Hold, ...] = ()
    erasure: Erasure | None = None
    """The newest one, after which only what Art. 33(5) asks for is left; None: never erased."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Person id to name."""
    profile: Profile | None = None
    seq: int = 0

    def all_rows(self) -> Iterator[KeptInCase]:
        """Return every row of the case."""
        yield from self.snapshots
        yield from self.answers
        yield from self.assessments
        yield from self.groups
        yield from self.decisions
        yield from self.notes
        yield from self.tasks
        yield from self.documents
        yield from self.dispatches
        yield from self.attachments
        yield from self.mailings
        yield from self.deliveries
        yield from self.evidence
        yield from self.evidence_uses
        yield from self.packs
        yield from self.holds


@dataclass(frozen=True, kw_only=True)
class CaseRules:
    """The law as this case reads it."""

    regime: Regime
    pack: RulePack
    forms: Mapping[str, Questionnaire]
    """``facts`` and ``risk`` at least, in the versions the case keeps."""
    sources: Mapping[str, Words]
