"""What of a case lies outside the desk, as far as it is known: no erasure reaches it.

An erasure keeps the list, without names and places, so that a later one says it again and no paper
gets the version of one that went out before.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from breachdesk.casefile import CaseFile
from breachdesk.message import Message, say
from breachdesk.records import Backup, Erasure, Evidence, EvidenceUse, Imported
from breachdesk.records.base import KeptInCase
from breachdesk.store.reading import Reading
from breachdesk.terms import DocumentKind, EvidenceKeeping, EvidenceUseKind

Plain = dict[str, Any]

_NAMES = frozenset({"place", "recipient", "name"})
"""What goes with the erasure: it may point at people."""

_SAID: Mapping[str, Message] = {
    "paper": say("copies of the paper “{title}”, version {version}, outside the desk"),
    "letters": say(
        "the letters made out to people on {moment}, {count} of them, and the list of who they "
        "went to"
    ),
    "viewed": say("what the programs that showed evidence kept of it, such as previews"),
    "taken_in": say("the files that evidence and receipts were taken in from"),
    "import": say("the file the case was imported from, and the desk it came from"),
    "handed_out": say("the copy of evidence handed out {moment}"),
    "reference": say("the evidence kept by reference {moment}, where it lies"),
    "elsewhere": say("the evidence that came with the case, at the desk it came from"),
    "pack": say("the signed pack made {moment}, and every copy of it"),
}
_SAID_BY_NAME: Mapping[str, Message] = {
    "handed_out": say("the copy of evidence in {place}, given to {recipient}"),
    "reference": say("the evidence that lies in {place}"),
    "elsewhere": say("the evidence “{name}”, at the desk it came from"),
    "pack": say("the pack {place}, and every copy of it"),
}
"""The same while places and names are known."""


def remembered(reading: Reading, case: CaseFile) -> list[Plain]:
    """Return what an erasure is to keep of what lies outside, what earlier ones kept included."""
    now = ({key: one[key] for key in one if key not in _NAMES} for one in _outside(reading, case))
    return [*_kept(case), *now]


def out_of_reach(
    reading: Reading, case: CaseFile, going: Iterable[KeptInCase] = ()
) -> tuple[Message, ...]:
    """Return what still holds the case outside the desk.

    Args:
        reading: The desk before anything is erased.
        case: The case as it stands there.
        going: The rows that are to be erased now.
    """
    said = [*_backups(reading, case, going)]
    said += [_said(one) for one in (*_kept(case), *_outside(reading, case))]
    said.append(
        say(
            "files that “breachdesk export”, “timeline”, “register”, “edpb” or “letters” has "
            "written, and snapshots the disk itself keeps"
        )
    )
    return tuple(one for place, one in enumerate(said) if one not in said[:place])


def erased_versions(case: CaseFile, kind: DocumentKind) -> Iterator[int]:
    """Yield the versions of the papers of a kind that were issued and erased here since."""
    return (one["version"] for one in _kept(case) if one.get("kind") == kind.value)


def _kept(case: CaseFile) -> list[Plain]:
    return case.erasure.beyond if case.erasure else []


def _backups(reading: Reading, case: CaseFile, going: Iterable[KeptInCase]) -> Iterator[Message]:
    """Yield the backups made after something was written and before it was erased."""
    erasures = reading.rows(Erasure, incident_id=case.incident.id)
    gone = [(one.erased, one.seq) for one in erasures]
    gone.append(([row.seq for row in going], reading.head()[0] + 1))
    spans = [(min(seqs), until) for seqs, until in gone if seqs]
    for backup in reading.rows(Backup):
        if any(first <= backup.head_seq < gone for first, gone in spans):
            yield say("the backup {path}, made {moment}", path=backup.place, moment=backup.made_at)


def _outside(reading: Reading, case: CaseFile) -> Iterator[Plain]:
    """Yield what lies outside by the rows that are still here."""
    for paper in case.documents:
        yield _plain("paper", paper, title=paper.title, kind=paper.kind.value,
                     version=paper.version)  # fmt: skip
    for mailing in case.mailings:
        yield _plain("letters", mailing, count=mailing.letters)
    yield from map(_used, case.evidence_uses)
    yield from map(_piece, case.evidence)
    yield from ({"what": "taken_in"} for _ in case.attachments)
    for pack in case.packs:
        yield _plain("pack", pack, place=pack.place)
    for one in reading.rows(Imported, incident_id=case.incident.id):
        yield _plain("import", one)


def _used(use: EvidenceUse) -> Plain:
    if use.kind is EvidenceUseKind.VIEWED:
        return {"what": "viewed"}
    return _plain("handed_out", use, place=use.place, recipient=use.recipient)


def _piece(row: Evidence) -> Plain:
    match row.keeping:
        case EvidenceKeeping.SEALED:
            return {"what": "taken_in"}
        case EvidenceKeeping.REFERENCE:
            return _plain("reference", row, place=row.place)
        case EvidenceKeeping.ELSEWHERE:
            return _plain("elsewhere", row, name=row.name)


def _plain(what: str, row: KeptInCase, **more: object) -> Plain:
    return {"what": what, "at": row.recorded_at.isoformat(timespec="seconds"), **more}


def _said(one: Plain) -> Message:
    """Return what lies outside in words."""
    sentence = (_SAID_BY_NAME if _NAMES & one.keys() else _SAID)[one["what"]]
    moment = datetime.fromisoformat(one["at"]) if "at" in one else None
    return Message(sentence.text, {**one, "moment": moment})
