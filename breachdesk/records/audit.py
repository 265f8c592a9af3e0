"""The chain's entries and the salts that let a row be erased without breaking it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from breachdesk.records.base import UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One link: who did what when to which opaque subject, and the digests. Never any case text."""

    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str
    """The person's id."""
    action: str
    """A value of `AuditAction`."""
    subject: str = Field(index=True)
    """Id of the row."""
    record: str
    """Name of the row's table."""
    record_version: int
    incident: str | None = Field(default=None, index=True)
    """Id of the incident, if the row belongs to one."""
    case_seq: int | None = None
    """Number within the case, from 1."""
    payload_digest: str
    previous: str
    """Digest of the entry before, hex; zeros for the first."""
    case_previous: str | None = None
    """Digest of the case's entry before; zeros for its first."""
    digest: str


class AuditSalt(SQLModel, table=True):
    """What the payload digest was salted with; erased with the content."""

    seq: int = Field(primary_key=True)
    salt: bytes
