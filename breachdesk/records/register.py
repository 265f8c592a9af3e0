"""A projection of each case for lists, in its sort order. `doctor --rebuild` makes it again."""

from datetime import datetime
from enum import IntEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from breachdesk.records.base import UtcDateTime, enum_text
from breachdesk.terms import RiskLevel, Role, Status


class Rank(IntEnum):
    """The stretches of the register, in its order."""

    TIMED = 0
    """A duty with hours runs; sorted by when it falls due."""
    UNTIMED = 1
    """Only duties without hours run."""
    QUIET = 2
    """No duty runs."""


class RegisterRow(SQLModel, table=True):
    """What a list needs of a case; states are computed from the times at reading."""

    __tablename__ = "register_row"
    __table_args__ = (
        Index("ix_register_row_order", "rank", "presses_at", "year", "number", "seq"),
    )

    incident_id: str = Field(primary_key=True)
    seq: int = Field(unique=True)
    """Number of the case's first entry; the search index knows the case by it."""
    ref: str = Field(unique=True)
    year: int = Field(index=True)
    number: int
    title: str
    role: Role = Field(sa_type=enum_text(Role))
    status: Status = Field(sa_type=enum_text(Status))
    is_drill: bool = False
    became_aware_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_sign_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    deadline: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Of the leading clock: the authority's, or as processor the controller's (then None)."""
    worst_case_deadline: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled: str = ""
    """``met``, ``met_late`` or ``not_owed`` when the leading clock has stopped; else empty."""
    presses_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """What the list sorts by: deadline, or worst case while awareness is unknown; None sinks."""
    risk: RiskLevel | None = Field(default=None, sa_type=enum_text(RiskLevel))
    """Of the newest kept assessment; None before any."""
    open_duties: str = ""
    """Comma-joined values of `Duty` whose clocks run."""
    tasks_open: int = 0
    """How many tasks are still to be done."""
    task_due: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the first of them is due; None when none has a time."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the case was closed; None while it is open. How long it is kept counts from here."""
    is_held: bool = False
    """A named person wants it kept."""
    others_run: bool = False
    """A clock of another law, a contract or a controller runs, or something promised is owed."""
    next_step: str = ""
    """Id of the next step."""
    rank: int = int(Rank.QUIET)
    """Which stretch it stands in: follows from `presses_at` and `open_duties` (`rank_of`)."""


def rank_of(row: RegisterRow) -> Rank:
    """Return the stretch of the register a line belongs to."""
    if row.presses_at is not None:
        return Rank.TIMED
    return Rank.UNTIMED if row.open_duties else Rank.QUIET
