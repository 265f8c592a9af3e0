"""Things to do in a case, by hand or from a playbook."""

from datetime import datetime

from pydantic import AwareDatetime
from pydantic import Field as In
from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import HandedIn, KeptInCase, UtcDateTime


class Task(KeptInCase, table=True):
    """Something to do: what, who, by when. Done is a new row of the same `task`.

    A step of a playbook is kept in its words of that day, in every language, so that the case reads
    the same when the playbook is a newer one.
    """

    task: str = Field(index=True)
    """Stable id over its rows."""
    number: int
    """Within the case, from 1, in the order they were added."""
    what: str
    """As typed by hand; of a playbook's step the English words."""
    words: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Of a playbook's step: language to words. Empty when written by hand."""
    why: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Of a playbook's step: language to why it is done."""
    cites: list[str] = Field(default_factory=list, sa_type=JSON)
    """Of a playbook's step: ids of its sources."""
    playbook: str = ""
    """Id of the playbook it was added with; empty when written by hand."""
    step: str = ""
    """Id of the playbook's step."""
    owner: str = ""
    """Name of who does it; empty when nobody was named."""
    owner_words: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Of a playbook's step: language to the role whose work it is."""
    due: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """By when, if a time was set; in UTC."""
    hours: int | None = None
    """By when, counted in hours from the awareness in force; None when a time was set, or none."""
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""
    """What was said when it was done, or opened again."""


class NewTask(HandedIn):
    """A task as handed in."""

    what: str = In(min_length=1, max_length=2000)
    owner: str = In(default="", max_length=200)
    due: AwareDatetime | None = None
