"""Keep a case longer than our rule says, by a named person's word; and let it go again."""

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Change, Office
from breachdesk.desk.words import says_something
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records import Erasure, Hold, NewHold
from breachdesk.terms import AuditAction


class Retaining:
    """Where it is said that a case must stay."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def hold(self, ref: str, new: NewHold) -> CaseFile:
        """Keep a case from being erased, or release it; both stay in the record.

        Raises:
            RefusedError: No reason; it is not held, so it cannot be released; it was erased.
        """
        if not says_something(new.reason):
            raise RefusedError(say("A reason is needed."), say("Say why the case must stay."))
        with self._office.changing(ref) as change:
            _check(change, new)
            change.add(
                Hold(
                    id="",
                    incident_id=change.incident.id,
                    is_held=new.is_held,
                    person=new.person.strip() or self._office.actor,
                    reason=new.reason,
                ),
                AuditAction.CASE_HOLD if new.is_held else AuditAction.CASE_RELEASE,
            )
            return change.fresh()


def _check(change: Change, new: NewHold) -> None:
    if change.writing.rows(Erasure, incident_id=change.incident.id):
        raise RefusedError(say("{ref} was erased already.", ref=change.case.ref))
    if not new.is_held and change.case.hold is None:
        raise RefusedError(
            say("Nobody holds {ref}, so there is nothing to release.", ref=change.case.ref),
            say("“breachdesk show” says how long it is kept."),
        )
