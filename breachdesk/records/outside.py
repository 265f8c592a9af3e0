"""What fixes the desk outside itself: time stamps of its chain, and what it signs with."""

from datetime import datetime

from sqlmodel import Field

from breachdesk.records.base import Kept, KeptInCase, UtcDateTime, enum_text
from breachdesk.terms import PackKind


class HeadStamp(Kept, table=True):
    """A time-stamping authority's word that the chain's head was there at some time: RFC 3161."""

    head_seq: int
    """Number of the entry that was stamped."""
    head: str
    """Digest of that entry, hex."""
    url: str
    """Whom it was asked of."""
    stamped_at: datetime = Field(sa_type=UtcDateTime)
    """As the authority says, in UTC, whole seconds."""
    signer: str
    """Subject of the certificate that signed it."""
    token: bytes
    """The authority's answer, DER, byte for byte."""


class SigningKey(Kept, table=True):
    """What the desk signs packs with: Ed25519. The newest counts; it leaves the desk with none."""

    public_key: str
    """32 bytes, hex."""
    private_key: bytes
    """32 bytes; it lies in the encrypted database and nowhere else."""


class CasePack(KeptInCase, table=True):
    """A signed pack of the case was written, for somebody."""

    kind: PackKind = Field(sa_type=enum_text(PackKind))
    place: str
    """Where the file was written."""
    recipient: str = ""
    purpose: str = ""
    manifest_sha256: str
    """Of the manifest that was signed, hex: it names every file by its own digest."""
    public_key: str
    """Which key signed it, hex."""
