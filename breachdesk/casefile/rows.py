"""The rows of one incident, and the rules it is read by: what a case is assembled from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

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
class AsKept:
    """What of one incident is read as it was kept, each kind oldest first."""

    incident: Incident
    snapshots: tuple[IncidentFacts, ...]
    """Its facts each time they were set; at least one."""
    assessments: tuple[Assessment, ...] = ()
    """The last counts."""
    decisions: tuple[Decision, ...] = ()
    """The last of a matter counts."""
    notes: tuple[Note, ...] = ()
    documents: tuple[Document, ...] = ()
    """Issued papers without their bytes loaded needlessly."""
    dispatches: tuple[Dispatch, ...] = ()
    """Corrections included."""
    attachments: tuple[Attachment, ...] = ()
    """Files kept with a sending, without their bytes."""
    mailings: tuple[Mailing, ...] = ()
    """Letters made for many people."""
    deliveries: tuple[Delivery, ...] = ()
    """What became of them."""
    evidence: tuple[Evidence, ...] = ()
    evidence_uses: tuple[EvidenceUse, ...] = ()
    """Who was given a piece of it."""
    packs: tuple[CasePack, ...] = ()
    """Signed packs that were written."""
    holds: tuple[Hold, ...] = ()
    """Reasons to keep it longer, and their release; the newest counts."""
    erasure: Erasure | None = None
    """The newest one, after which only what Art. 33(5) asks for is left; None: never erased."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Person id to name."""
    profile: Profile | None = None
    """The organisation's profile in force."""
    seq: int = 0
    """The newest entry it was read up to."""

    def as_kept(self) -> dict[str, Any]:
        """Return these by name, for another reading of the same incident."""
        return {one.name: getattr(self, one.name) for one in fields(AsKept)}


@dataclass(frozen=True, kw_only=True)
class CaseRows(AsKept):
    """The rows of one incident up to a sequence number, each kind oldest first."""

    answers: tuple[Answer, ...] = ()
    groups: tuple[PeopleGroup, ...] = ()
    tasks: tuple[Task, ...] = ()

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
