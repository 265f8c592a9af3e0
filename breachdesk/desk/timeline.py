"""Write a line in the timeline, and give the timeline away."""

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.desk.words import says_something
from breachdesk.errors import RefusedError
from breachdesk.exchange.timeline import write_timeline
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.records import NewNote, Note
from breachdesk.terms import AuditAction, Lang


class Timeline:
    """Where what happened is told, line by line."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def note(self, ref: str, new: NewNote) -> CaseFile:
        """Keep a line; without a time it happened now.

        Raises:
            RefusedError: there is nothing to read in it.
        """
        if not says_something(new.text):
            raise RefusedError(
                say("A line needs words."), say("Say what happened or what was learned.")
            )
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

    def export(self, ref: str, form: str, *, lang: Lang, suffix: str = "") -> bytes:
        """Return the timeline in a text format: csv, json, jsonl, timesketch or md.

        Args:
            ref: The case.
            form: The format's name.
            lang: The language of its sentences.
            suffix: Of the file it is for; ``.csv`` chooses Timesketch's other form.
        """
        with self._office.reading() as reading:
            case = self._office.case(reading, self._office.find(reading, ref, writing=False))
        speaker = Speaker(lang, self._office.zone)
        return write_timeline(case, form, speaker=speaker, suffix=suffix)
