"""A file that belongs to a sending, such as the receipt that Altinn gives."""

from pydantic import Field as In

from breachdesk.records.base import HandedIn, KeptInCase

MOST_BYTES = 5_000_000
"""Largest file that is kept with a sending: a receipt, not an archive."""


class Attachment(KeptInCase, table=True):
    """A file kept byte for byte with a sending."""

    dispatch_id: str
    name: str
    """As the file was called, without its folder."""
    size: int
    """Bytes."""
    sha256: str
    """Of `content`, hex."""
    content: bytes


class NewAttachment(HandedIn):
    """A file as handed in."""

    name: str = In(min_length=1, max_length=255)
    content: bytes = In(min_length=1, max_length=MOST_BYTES)
