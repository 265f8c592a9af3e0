"""Files that prove something: what they are, where they come from, and who was given them."""

from datetime import datetime

from pydantic import AwareDatetime
from pydantic import Field as In
from sqlmodel import Field

from breachdesk.records.base import HandedIn, KeptInCase, UtcDateTime, enum_text
from breachdesk.records.incident import TEXT_LENGTH
from breachdesk.terms import EvidenceKeeping, EvidenceUseKind

NAME_LENGTH = 255


class Evidence(KeptInCase, table=True):
    """A file as it was collected. Its bytes lie sealed beside the database, or where they were."""

    name: str
    """The file's name when it was taken in."""
    size: int
    """In bytes."""
    sha256: str
    """Of the bytes, hex."""
    keeping: EvidenceKeeping = Field(sa_type=enum_text(EvidenceKeeping))
    key: bytes | None = None
    """Opens the sealed file, and nothing else; None where nothing is sealed here."""
    place: str = ""
    """Where a file kept by reference lay; with one that stayed elsewhere, on a machine there."""
    origin: str
    """Where it comes from: a system, a device, a person."""
    collector: str
    """Who collected it."""
    collected_at: datetime = Field(sa_type=UtcDateTime)
    note: str = ""


class EvidenceUse(KeptInCase, table=True):
    """Somebody was given a piece of evidence, or a look at it."""

    kind: EvidenceUseKind = Field(sa_type=enum_text(EvidenceUseKind))
    evidence_id: str
    purpose: str
    recipient: str
    """To whom; of a look, who looked."""
    place: str
    """Where the copy was written; of a look, where a file kept by reference was found, else empty:
    that copy is removed."""
    sha256: str
    """Of what was handed out, or as it was found at a look; hex."""


class NewEvidence(HandedIn):
    """A piece of evidence as handed in; without a time it was collected now."""

    origin: str = In(default="", max_length=2000)
    collector: str = In(min_length=1, max_length=200)
    collected_at: AwareDatetime | None = None
    note: str = In(default="", max_length=TEXT_LENGTH)
