"""What was logged, before and after we know whether it is a personal data breach."""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from pydantic import Field as In
from sqlalchemy import JSON
from sqlmodel import Field, UniqueConstraint

from breachdesk.records.base import HandedIn, Kept, KeptInCase, UtcDateTime, enum_text
from breachdesk.terms import Nature, Role, Status

TITLE_LENGTH = 200
TEXT_LENGTH = 20_000


class Incident(Kept, table=True):
    """A reference, and drill or real; everything else may change and lives in `IncidentFacts`."""

    __table_args__ = (UniqueConstraint("year", "number"),)

    year: int
    number: int = Field(index=True)
    """Within the year, from 1."""
    is_drill: bool = False

    @property
    def ref(self) -> str:
        """The case reference, such as BD-2026-007; numbers grow past 999."""
        return ref_of(self.year, self.number)


def ref_of(year: int, number: int) -> str:
    """Return the reference of a year's case of that number."""
    return f"BD-{year}-{number:03d}"


class IncidentFacts(KeptInCase, table=True):
    """A full snapshot of the case's own facts; the newest counts."""

    title: str
    summary: str = ""
    role: Role = Field(sa_type=enum_text(Role))
    regime: str
    """Id of the regime, such as ``no``."""
    nature: list[str] = Field(default_factory=list, sa_type=JSON)
    """Values of `Nature`; empty when not known yet."""
    processing: list[str] = Field(default_factory=list, sa_type=JSON)
    """Ids of processing activities in the profile."""
    occurred_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    occurred_to: datetime | None = Field(default=None, sa_type=UtcDateTime)
    detected_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When someone first saw something: the worst-case line counts from here."""
    became_aware_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the controller knew: the clock starts (Art. 33(1) GDPR). None: not sure yet."""
    awareness_reason: str = ""
    """Why this is the moment of awareness."""
    status: Status = Field(default=Status.OPEN, sa_type=enum_text(Status))
    forms: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Form id to digest, for forms that were upgraded; else the first answer's digest counts."""
    reason: str = ""
    """Why this snapshot differs from the one before."""


class NewIncident(HandedIn):
    """What is needed to log an incident: a title, and awareness or "not sure yet"."""

    title: str = In(min_length=1, max_length=TITLE_LENGTH)
    became_aware_at: AwareDatetime | None = None
    awareness_reason: str = In(default="", max_length=TEXT_LENGTH)
    detected_at: AwareDatetime | None = None
    occurred_from: AwareDatetime | None = None
    occurred_to: AwareDatetime | None = None
    role: Role | None = None
    """None: taken from the processing activities, else controller."""
    nature: tuple[Nature, ...] = ()
    processing: tuple[str, ...] = ()
    summary: str = In(default="", max_length=TEXT_LENGTH)
    is_drill: bool = False
