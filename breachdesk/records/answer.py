"""Answers to the forms' questions, and the form texts they were given to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import Kept, KeptInCase, UtcDateTime


class Answer(KeptInCase, table=True):
    """One question, its value or "not known yet", and what it replaces. The newest counts."""

    question: str = Field(index=True)
    form: str
    """The form it was given in."""
    form_digest: str
    value: Any = Field(default=None, sa_type=JSON)
    """Option id, list of option ids, number, text, ISO time in UTC, boolean; never a float."""
    is_unknown: bool = False
    """True: "not known yet"; `owner` and `due` say who finds out by when."""
    owner: str = ""
    due: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_cleared: bool = False
    """True: the earlier answer was taken back; the question stands unanswered."""
    is_confirmed: bool = True
    """False: filled in from the organisation's profile, to be confirmed."""
    replaces: str | None = None
    """Id of the answer that was in force when this one was written."""
    reason: str = ""
    """Why it differs from the one before, if somebody said so."""

    @property
    def waits(self) -> bool:
        """Was it taken from the profile, and nobody said yet that it is right here?"""
        return not self.is_confirmed and not self.is_unknown


class FormText(Kept, table=True):
    """The source text of a form that was answered, kept under its digest."""

    form: str
    version: str
    digest: str = Field(unique=True)
    source: str
