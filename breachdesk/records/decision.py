"""What a person chose, and why."""

from typing import Any

from pydantic import Field as In
from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import HandedIn, KeptInCase, enum_text
from breachdesk.records.incident import TEXT_LENGTH
from breachdesk.terms import Ground, Matter, Outcome


class Decision(KeptInCase, table=True):
    """One matter decided by a named person. A changed mind is a new decision."""

    matter: Matter = Field(sa_type=enum_text(Matter))
    outcome: Outcome = Field(sa_type=enum_text(Outcome))
    ground: Ground | None = Field(default=None, sa_type=enum_text(Ground))
    rationale: str
    advice: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """The advice as it was shown, plain values; None when none was shown."""
    assessment_id: str | None = None
    is_against_advice: bool = False
    group_id: str | None = None
    """The group of people it is about; None: everybody who has no decision of their own."""


class NewDecision(HandedIn):
    """A decision as handed in."""

    matter: Matter
    outcome: Outcome
    rationale: str = In(min_length=1, max_length=TEXT_LENGTH)
    ground: Ground | None = None
    group_id: str | None = None
    """Name or id of the group of people it is about; None: everybody without one of their own."""
