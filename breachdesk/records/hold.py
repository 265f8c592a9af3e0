"""A named person's reason to keep a case longer than the organisation's own rule says."""

from pydantic import Field as In

from breachdesk.records.base import HandedIn, KeptInCase
from breachdesk.records.incident import TEXT_LENGTH


class Hold(KeptInCase, table=True):
    """The case is to be kept, or no longer; the newest row counts."""

    is_held: bool
    person: str
    """Who answers for it, such as our lawyer; the author of the row may be another."""
    reason: str


class NewHold(HandedIn):
    """A hold as handed in."""

    is_held: bool = True
    person: str = In(default="", max_length=200)
    reason: str = In(min_length=1, max_length=TEXT_LENGTH)
