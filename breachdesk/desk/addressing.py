"""Whom a paper is for: a group of the people affected, or one of the controllers we serve."""

from breachdesk.casefile import CaseFile
from breachdesk.casefile.controllers import controllers_concerned
from breachdesk.casefile.next_step import LETTERS
from breachdesk.desk.groups import find_group
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.message import say
from breachdesk.records import Document, NewDispatch
from breachdesk.terms import DocumentKind, Duty


def seen_for(case: CaseFile, kind: DocumentKind, group: str) -> CaseFile:
    """Return the case as the paper is to tell it: for one group of people, or for everybody.

    Raises:
        RefusedError: Only letters to people are written for a group.
        NoSuchThingError: There is no such group.
    """
    if not group:
        return case
    if kind not in LETTERS:
        raise RefusedError(
            say("Only a letter to the people affected is written for a group."),
            say("Leave the group out: this paper tells of all of them."),
        )
    return case.for_group(find_group(case, group))


def group_told(case: CaseFile, new: NewDispatch) -> str | None:
    """Return the id of the group a sending tells: as named, else the one its paper is for."""
    paper = next((one for one in case.documents if one.id == new.document_id), None)
    written_for = paper.group_id if paper else None
    if not new.group_id:
        return written_for
    if new.duty is not Duty.INFORM_SUBJECTS:
        raise RefusedError(
            say("Only telling people (Art. 34) is recorded for a group."),
            say("Leave the group out."),
        )
    group = find_group(case, new.group_id)
    if written_for not in (None, group.id):
        raise RefusedError(
            say("That letter was written for the group “{group}”.",
                group=case.group_name(written_for)),
            say("Issue a letter for the group “{group}”, or name the right one.",
                group=group.name),
        )  # fmt: skip
    return group.id


def addressed_to(case: CaseFile, kind: DocumentKind, name: str) -> str:
    """Return the controller that a notice is addressed to, as the case calls it; empty: nobody.

    Raises:
        RefusedError: Only a processor's notice is addressed to a controller.
        NoSuchThingError: The case has other controllers, or several of that name.
    """
    wanted = " ".join(name.split())
    if not wanted:
        return ""
    if kind is not DocumentKind.PROCESSOR_NOTICE:
        raise RefusedError(
            say("Only a processor's notice is addressed to one controller."),
            say("Leave the addressee out."),
        )
    names = [one.name for one in controllers_concerned(case.given, case.profile)]
    if not names:
        return wanted
    folded = wanted.casefold()
    found = [one for one in names if one.casefold() == folded]
    found = found or [one for one in names if folded in one.casefold()]
    if len(found) != 1:
        raise NoSuchThingError(
            say("“{name}” is none of the controllers this case concerns.", name=wanted)
            if not found
            else say("“{name}” fits several: {names}.", name=wanted, names=", ".join(found)),
            say("Choose one of: {names}. The question “controllers_affected” names others.",
                names=", ".join(names)),
        )  # fmt: skip
    return found[0]


def is_to(case: CaseFile, document: Document, to: str) -> bool:
    """Does an issued paper count among those before this one? Each controller has its own."""
    return not to or case.addressee(document) in ("", to)
