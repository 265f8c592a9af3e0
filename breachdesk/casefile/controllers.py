"""The controllers for whom we process and whom a breach concerns: Art. 33(2) GDPR."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from breachdesk.records import Dispatch, Document, Profile
from breachdesk.rules.questionnaire import Answers
from breachdesk.terms import DocumentKind, Duty


@dataclass(frozen=True, slots=True)
class Controller:
    """One controller that is to be told."""

    name: str
    contact: str = ""
    """How to reach it, on one line; empty when nobody has said."""


def controllers_concerned(given: Answers, profile: Profile | None) -> tuple[Controller, ...]:
    """Return those said to be affected, else those named as other party, else the profile's."""
    served = profile.controller if profile else ()
    known = tuple(Controller(one.name, one.contact) for one in served)
    affected = _names(given.get("controllers_affected"), "\n")
    if affected:
        return tuple(_known(name, known) for name in affected)
    is_theirs = given.get("other_party_role") == "controller"
    named = _names(given.get("other_party_name"), ";", "\n")
    if not (is_theirs and named and given.get("other_parties") is not False):
        return known
    contacts = _names(given.get("other_party_contact"), ";", "\n")
    fits = len(contacts) == len(named)
    found = (_known(name, known) for name in named)
    return tuple(
        one if one.contact or not fits else Controller(one.name, contacts[number])
        for number, one in enumerate(found)
    )


def addressee(document: Document, concerned: Iterable[Controller]) -> str:
    """Return whom an issued notice is addressed to: the name above its title; else empty."""
    if document.kind is not DocumentKind.PROCESSOR_NOTICE:
        return ""
    above = " ".join(document.text.partition(f"\n{document.title}\n")[0].split())
    found = [one.name for one in concerned if " ".join(one.name.split()) in above]
    return max(found, key=len, default="")


def told_controllers(
    concerned: Iterable[Controller], sendings: Iterable[Dispatch], documents: Iterable[Document]
) -> Mapping[str, datetime | None]:
    """Return when each controller was first told, in UTC; None while it was not.

    It was told by what was sent to it by name, and by the notice that is addressed to it.

    Args:
        concerned: The controllers.
        sendings: What was sent and not taken back.
        documents: The papers issued.
    """
    every = tuple(concerned)
    notices = {one.id: addressee(one, every) for one in documents}
    sent = [one for one in sendings if one.duty is Duty.NOTIFY_CONTROLLER and one.sent_at]
    found: dict[str, datetime | None] = {}
    for one in every:
        times = [
            each.sent_at.astimezone(UTC)
            for each in sent
            if each.sent_at
            and (
                one.name.casefold() in each.to.casefold()
                or notices.get(each.document_id or "") == one.name
            )
        ]
        found[one.name] = min(times, default=None)
    return found


def names_nobody(
    sending: Dispatch, concerned: Iterable[Controller], documents: Iterable[Document]
) -> bool:
    """Does a sending to controllers tell none of those that are to be told?"""
    told = told_controllers(concerned, (sending,), documents)
    return bool(told) and not any(told.values())


def _known(name: str, known: Iterable[Controller]) -> Controller:
    """Return the profile's controller of a line that is its name, or begins with it."""
    folded = name.casefold()
    fitting = [
        one
        for one in known
        if folded.startswith(one.name.casefold())
        and not folded[len(one.name.casefold()) :][:1].isalnum()
    ]
    return max(fitting, key=lambda one: len(one.name), default=Controller(name))


def _names(text: object, *ends: str) -> tuple[str, ...]:
    if not isinstance(text, str):
        return ()
    for end in ends:
        text = text.replace(end, "\n")
    return tuple(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
