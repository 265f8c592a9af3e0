"""Write a line in the timeline, and give the timeline away."""

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.records import NewNote, Note
from breachdesk.terms import AuditAction


class Timeline:
    """Where what happened is told, line by line."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def note(self, ref: str, new: NewNote) -> CaseFile:
        """Keep a line; without a time it happened now."""
        with self._office.changing(ref) as change:
            change.add(
                Note(
                    id="",
                    incident_id=change.incident.id,
                    occurred_at=new.occurred_at or self._office.now(),
                    fidelity=new.fidelity,
                    kind=new.kind,
                    text=new.text,
                    source=new.source,
                ),
                AuditAction.NOTE_RECORD,
            )
            return change.fresh()
