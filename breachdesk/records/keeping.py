"""What was done to keep the desk: backups that were made, and changes of its key."""

from datetime import datetime

from sqlmodel import Field

from breachdesk.records.base import Kept, UtcDateTime


class Backup(Kept, table=True):
    """A backup that was made and proved by opening it. It is known here, not watched over."""

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


class KeyChange(Kept, table=True):
    """The desk's key was changed; backups made before still open with the old one."""

    before: str
    """Fingerprint of the key until then."""
    after: str
    """Fingerprint of the key since."""
