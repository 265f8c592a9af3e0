"""A named group of people with data of their own, in one case."""

from typing import Any

from pydantic import Field as In
from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import HandedIn, KeptInCase

NAME_LENGTH = 100
MOST_PEOPLE = 10**10
"""More people than there are."""


class PeopleGroup(KeptInCase, table=True):
    """A group as it stood after one change, whole. The newest row of a `group_id` counts."""

    group_id: str = Field(index=True)
    """Stable id over its rows, such as ``group-2``; unique in the case."""
    name: str
    people: int | None = None
    """How many they are; None when nobody has said."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Its own answers by question: ``value``; or ``unknown`` with ``owner`` and ``due`` (ISO)."""
    forms: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Form id to digest, of the forms it was answered by."""
    is_removed: bool = False
    """True: the group was taken out; its people count among everybody again."""
    reason: str = ""
    """Why it was corrected or taken out."""


class NewGroup(HandedIn):
    """A group as handed in."""

    name: str = In(min_length=1, max_length=NAME_LENGTH)
    people: int | None = In(default=None, ge=1, le=MOST_PEOPLE)
