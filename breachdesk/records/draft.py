"""Half-typed words, saved within a second of typing; not audited."""

from datetime import UTC, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from breachdesk.records.base import UtcDateTime


class HalfTyped(SQLModel, table=True):
    """The words in one field, not yet said."""

    __table_args__ = (UniqueConstraint("actor", "place", "field"),)

    id: int | None = Field(default=None, primary_key=True)
    actor: str
    place: str
    """The case reference, or the screen when there is no case yet (``new``)."""
    field: str
    text: str
    saved_at: datetime = Field(default=datetime.min.replace(tzinfo=UTC), sa_type=UtcDateTime)
