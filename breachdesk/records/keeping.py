"""What was done to keep the desk: backups that were made, and changes of its key."""

from datetime import datetime

from sqlmodel import Field

from breachdesk.records.base import Kept, UtcDateTime


class Backup(Kept, table=True):
    """A backup that was made and proved by opening it, or that the desk was brought back from.

    It is known here, not watched over.
    """

    place: str
    """Where the file was written."""
    made_at: datetime = Field(sa_type=UtcDateTime)
    size: int
    """Of the file, in bytes."""
    sha256: str
    """Of the file, hex."""
    head_seq: int
    """Number of the newest entry in it."""
    head: str
    """Digest of that entry, hex."""
    key_check: str
    """Fingerprint of the key that opens it."""
    known_seq: int | None = None
    """When the desk was brought back from it: number of the entry that the keyring knew as the
    newest and that the backup does not hold; None when it lacks nothing that was known."""
    known_head: str | None = None
    """Digest of that entry, hex."""


class KeyChange(Kept, table=True):
    """The desk's key was changed; backups made before still open with the old one."""

    before: str
    """Fingerprint of the key until then."""
    after: str
    """Fingerprint of the key since."""
