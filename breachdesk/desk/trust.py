"""Check that nothing was lost and nothing quietly changed."""

from dataclasses import dataclass, replace

from breachdesk.audit import Report
from breachdesk.desk.evidence import sealed_findings
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
        """Check the whole chain, or one case's part of it, every row and all sealed evidence."""
        incident_id = None
        if ref is not None:
            with self._office.reading() as reading:
                incident_id = self._office.find(reading, ref, writing=False).id
        report = self._office.store.verify(incident_id)
        broken = sealed_findings(self._office, incident_id)
        return replace(report, findings=(*report.findings, *broken)) if broken else report

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
