"""What was issued, byte for byte, and what was sent."""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from pydantic import Field as In
from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import HandedIn, KeptInCase, UtcDateTime, enum_text
from breachdesk.terms import DocumentKind, Duty, Lang, Phase


class Document(KeptInCase, table=True):
    """An issued paper. A correction is a new one."""

    kind: DocumentKind = Field(sa_type=enum_text(DocumentKind))
    phase: Phase | None = Field(default=None, sa_type=enum_text(Phase))
    lang: Lang = Field(sa_type=enum_text(Lang))
    version: int
    """1 for the first of its kind in the case, then counting."""
    title: str
    content: bytes
    """The PDF."""
    text: str
    """The same paper as plain text."""
    sha256: str
    """Of `content`, hex."""
    audit_head: str
    """Hex digest of the chain before this entry, as printed on the paper."""
    missing: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """What was not known yet when it was issued."""
    reason: str = ""
    """Why a final paper was issued with gaps, or with identity numbers in it."""
    allowed_numbers: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """Identity numbers that were let pass: field, label, line, and the number mostly hidden."""
    group_id: str | None = None
    """The group of people it is written for; None: everybody."""


class Dispatch(KeptInCase, table=True):
    """A sending. This, not the paper, meets a duty and stops a clock."""

    duty: Duty = Field(sa_type=enum_text(Duty))
    document_id: str | None = None
    """None when it was typed straight into Altinn, or said on the phone."""
    to: str = ""
    channel: str = ""
    receipt: str = ""
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    corrects: str | None = None
    """Id of a mistaken dispatch this row takes back; then nothing was sent."""
    reason: str = ""
    """Why it is taken back."""
    group_id: str | None = None
    """The group of people that was told; None: everybody."""


class NewDispatch(HandedIn):
    """A sending as handed in."""

    duty: Duty
    to: str = In(min_length=1, max_length=500)
    channel: str = In(min_length=1, max_length=200)
    receipt: str = In(default="", max_length=500)
    sent_at: AwareDatetime | None = None
    document_id: str | None = None
    group_id: str | None = None
    """Name or id of the group of people told; None: whom the paper is for, else everybody."""
