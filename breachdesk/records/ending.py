"""How a case came to this desk from another one, and how it ends here."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import KeptInCase


class Imported(KeptInCase, table=True):
    """A case that was begun on another desk: its entries there, as they were handed over."""

    original_ref: str
    """Its reference on the desk it was exported from."""
    original_desk: str
    """Id of that desk; empty when it gave none."""
    head: str
    """Digest of the case's newest entry there, hex."""
    content: bytes
    """The file's entries, salts and rows: they verify on their own."""
    sha256: str
    """Of `content`, hex."""


class Erasure(KeptInCase, table=True):
    """What of a case was erased for good; the entries stay, so the chain still verifies."""

    reason: str
    erased: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Numbers of the entries whose rows and salts are gone."""
    beyond: list[Any] = Field(default_factory=list, sa_type=JSON)
    """What was outside the desk by then, earlier erasures included: what it is, when, and of a
    paper its title, kind and version. No name and no place stands in it."""
