"""The Altinn sheet and the files of a sending as plain values; the keys are a contract."""

from typing import TYPE_CHECKING, Any

from breachdesk.language import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from breachdesk.casefile import CaseFile
    from breachdesk.casefile.readiness import Readiness
    from breachdesk.documents.altinn import SheetField

Plain = dict[str, Any]


def plain_field(one: "SheetField") -> Plain:
    """Return one field of the form."""
    return {
        "field": one.field,
        "value": one.value,
        "number": one.number,
        "section": one.section,
        "missing": one.is_missing,
        "owner": one.owner or None,
        "due": one.due.isoformat(timespec="seconds") if one.due else None,
        "to_confirm": bool(one.doubt),
    }


def plain_readiness(checks: "Iterable[Readiness]", speaker: Speaker) -> Plain:
    """Return whether somebody can send now."""
    every = tuple(checks)
    return {
        "ready": all(one.is_ready for one in every),
        "checks": [
            {
                "id": one.id,
                "ready": one.is_ready,
                "text": speaker.say(one.text),
                "remedy": speaker.say(one.remedy) if one.remedy else None,
            }
            for one in every
        ],
    }


def plain_files(case: "CaseFile") -> dict[str, list[Plain]]:
    """Return the kept files by the id of their sending."""
    files: dict[str, list[Plain]] = {}
    for one in case.attachments:
        file = {"id": one.id, "name": one.name, "size": one.size, "sha256": one.sha256}
        files.setdefault(one.dispatch_id, []).append(file)
    return files
