"""Files kept with a sending: the receipt from Altinn, a scanned letter of delivery."""

import hashlib
from pathlib import Path

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.desk.office import Change, Office
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.message import say
from breachdesk.records import Attachment, Dispatch, NewAttachment
from breachdesk.records.attachment import MOST_BYTES
from breachdesk.settings.complaints import disk_complaint
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


def read_attachment(path: Path) -> NewAttachment:
    """Return a file to keep.

    Raises:
        RefusedError: It cannot be read, is no plain file, is empty or too large.
    """
    content = _read(path.expanduser())
    if not content:
        raise RefusedError(
            say("{path} is empty.", path=str(path)), say("Check that it was saved, and try again.")
        )
    if len(content) > MOST_BYTES:
        raise RefusedError(
            say("{name} is larger than {limit} bytes.", name=str(path), limit=MOST_BYTES),
            say("Keep only the receipt here; larger files belong elsewhere."),
        )
    return NewAttachment(name=path.name, content=content)


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise RefusedError(
                say("{path} is not a file.", path=str(path)), say("Give the name of a file.")
            )
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = disk_complaint(error)
        raise RefusedError(
            say("{path} cannot be read: {why}.", path=str(path), why=why), say("Check the path.")
        ) from error
