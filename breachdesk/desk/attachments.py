"""Files kept with a sending: the receipt from Altinn, a scanned letter of delivery."""

import hashlib

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.desk.office import Change, Office
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.message import say
from breachdesk.records import Attachment, Dispatch, NewAttachment
from breachdesk.terms import AuditAction


class Attachments:
    """Where the proof of a sending is kept, and given out again."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def attach(self, dispatch_id: str, new: NewAttachment) -> CaseFile:
        """Keep a file with a sending that was recorded before.

        Raises:
            NoSuchThingError: There is no such sending.
            RefusedError: It was taken back.
        """
        with self._office.reading() as reading:
            found = reading.with_id(Dispatch, dispatch_id)
            if found is None or found.corrects:
                raise NoSuchThingError(
                    say("There is no recorded sending “{id}”.", id=dispatch_id),
                    say("“breachdesk show REF” lists the sendings of a case."),
                )
            ref = reading.incident(found.incident_id).ref
        with self._office.changing(ref) as change:
            if all(one.id != dispatch_id for one in standing(change.case.dispatches)):
                raise RefusedError(
                    say("“{id}” was taken back already.", id=dispatch_id),
                    say("Record the sending again, with its file."),
                )
            keep(change, dispatch_id, new)
            return change.fresh()

    def content(self, attachment_id: str) -> tuple[Attachment, bytes]:
        """Return a file and what is known about it, byte for byte as it was handed in.

        Raises:
            NoSuchThingError: There is no such file.
        """
        with self._office.reading() as reading:
            found = reading.with_id(Attachment, attachment_id)
            if found is None:
                raise NoSuchThingError(
                    say("There is no kept file “{id}”.", id=attachment_id),
                    say("“breachdesk show REF --json” lists the files of each sending."),
                )
            return found, reading.bytes_of(Attachment, attachment_id)


def keep(change: Change, dispatch_id: str, new: NewAttachment) -> None:
    """Keep a file with a sending; the same file twice is kept once."""
    sha256 = hashlib.sha256(new.content).hexdigest()
    if any(
        (one.dispatch_id, one.sha256) == (dispatch_id, sha256) for one in change.case.attachments
    ):
        return
    change.add(
        Attachment(
            id="",
            incident_id=change.incident.id,
            dispatch_id=dispatch_id,
            name=new.name,
            size=len(new.content),
            sha256=sha256,
            content=new.content,
        ),
        AuditAction.DISPATCH_ATTACH,
    )
