"""Letters made for many people, and what became of them. Who they are is never kept."""

from sqlalchemy import JSON
from sqlmodel import Field

from breachdesk.records.base import KeptInCase


class Mailing(KeptInCase, table=True):
    """One run of letters: how many, from which list. The list itself is not kept, its digest is."""

    documents: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Language to the id of the issued letter that everybody got in it."""
    recipients_sha256: str
    """Of the list's bytes, hex."""
    rows: int
    """Rows of the list with anything in them."""
    letters: int
    skipped: int
    """Rows kept back, each with a reason that was told."""
    languages: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    """Language to number of letters."""
    lettered: str
    """The list's rows that got a letter, such as ``2-17 19``."""
    kept_back: str = ""
    """The list's rows that were kept back, such as ``18``."""
    print_sha256: str = ""
    """Of the print file, hex; empty when there was none."""
    single_files: int = 0
    """Files made, one for each person."""


class Delivery(KeptInCase, table=True):
    """What the post or the printer told about the letters of a mailing."""

    mailing_id: str
    results_sha256: str
    """Of the file's bytes, hex."""
    rows: int
    skipped: int
    """Rows that could not be understood."""
    delivered: str
    """The list's rows whose letter arrived, such as ``2-17 19``."""
    returned: str
    """The list's rows whose letter came back: these people have not been told."""
    delivered_count: int
    returned_count: int
