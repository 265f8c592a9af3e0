"""What every kept row carries, and the one column type for times."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC, whole seconds: aware on both sides, whatever the database does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, keep the rest as UTC without fractions."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a naive time reached the database"
            raise ValueError(message)
        del dialect
        return value.astimezone(UTC).replace(microsecond=0)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC; a database that drops the zone was given UTC."""
        del dialect
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def enum_text(kind: type[StrEnum]) -> type[TypeDecorator[Any]]:
    """Return a column type that keeps an enum as text: a new word needs no migration."""

    class EnumText(TypeDecorator[Any]):
        impl = String
        cache_ok = True

        def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401
            del dialect
            return None if value is None else kind(value).value

        def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ANN401
            del dialect
            return None if value is None else kind(value)

    return EnumText


class HandedIn(BaseModel):
    """Input from a person or a file, validated; rows are made only from it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Kept(SQLModel):
    """A row that is written once, covered by one audit entry, and never updated."""

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]

    RECORD_VERSION: ClassVar[int] = 1
    """Which fields the payload digest covers; raised when a field is added."""
    ADDED_IN: ClassVar[Mapping[str, int]] = {}
    """Field name to the record version that added it; others were there from version 1."""

    id: str = Field(primary_key=True)
    """Opaque; it may stand in an audit header."""
    seq: int = Field(default=0, unique=True)
    """The number of its audit entry; given by the store."""
    recorded_at: datetime = Field(default=datetime.min.replace(tzinfo=UTC), sa_type=UtcDateTime)
    """When it was written, in UTC; given by the store."""
    recorded_by: str = ""
    """The person's id; given by the store."""


class KeptInCase(Kept):
    """A kept row that belongs to one incident."""

    incident_id: str = Field(index=True)
