"""Check that nothing was lost and nothing quietly changed."""

from dataclasses import dataclass

from breachdesk.audit import Report
from breachdesk.desk.office import Office
from breachdesk.records import AuditEntry


@dataclass(frozen=True, slots=True)
class Trail:
    """A case's newest entries, newest first, and the head of the whole chain."""

    entries: tuple[AuditEntry, ...]
    head: tuple[int, str]
    """The newest entry's number and digest."""


class Trust:
    """Where the chain is checked."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def verify(self, ref: str | None = None) -> Report:
        """Check the whole chain, or one case's part of it, and every row against it."""
        if ref is None:
            return self._office.store.verify()
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
        return self._office.store.verify(incident.id)

    def head(self) -> tuple[int, str]:
        """Return the newest entry's number and digest."""
        with self._office.reading() as reading:
            return reading.head()

    def trail(self, ref: str, *, last: int = 500) -> Trail:
        """Return the newest entries of one case, at most `last`, and the chain's head."""
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
            entries = tuple(reading.entries(incident.id))
            return Trail(entries[::-1][:last], reading.head())
