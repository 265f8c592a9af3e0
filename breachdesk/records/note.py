"""Hand-written lines of the timeline."""

from datetime import datetime

from pydantic import AwareDatetime
from pydantic import Field as In
from sqlmodel import Field

from breachdesk.records.base import HandedIn, KeptInCase, UtcDateTime, enum_text
from breachdesk.records.incident import TEXT_LENGTH
from breachdesk.terms import Fidelity, NoteKind


class Note(KeptInCase, table=True):
    """What happened or was learned, when, and how exactly the time is known."""

    occurred_at: datetime = Field(sa_type=UtcDateTime)
    fidelity: Fidelity = Field(default=Fidelity.MINUTE, sa_type=enum_text(Fidelity))
    kind: NoteKind = Field(default=NoteKind.INFORMATION, sa_type=enum_text(NoteKind))
    text: str
    source: str = ""


class NewNote(HandedIn):
    """A note as handed in; without a time it happened now."""

    text: str = In(min_length=1, max_length=TEXT_LENGTH)
    occurred_at: AwareDatetime | None = None
    fidelity: Fidelity = Fidelity.MINUTE
    kind: NoteKind = NoteKind.INFORMATION
    source: str = In(default="", max_length=500)
