"""The timeline as a spreadsheet for people: local time to sort by, and the same in UTC."""

from datetime import datetime

from breachdesk.casefile import CaseFile, TimelineEntry
from breachdesk.exchange.spreadsheet import write_rows
from breachdesk.language import Speaker
from breachdesk.message import say


def timeline_csv(case: CaseFile, speaker: Speaker) -> bytes:
    """Return one line for each entry of the timeline, oldest first."""
    header = (
        say("Case"),
        say("When ({zone})", zone=speaker.zone.key),
        say("When (UTC)"),
        say("How exactly known"),
        say("Kind"),
        say("What"),
        say("Source"),
        say("Recorded ({zone})", zone=speaker.zone.key),
        say("Recorded by"),
    )
    return write_rows(header, (_row(case, line, speaker) for line in case.timeline), speaker)


def _row(case: CaseFile, line: TimelineEntry, speaker: Speaker) -> tuple[str, ...]:
    return (
        case.ref,
        _sortable(line.occurred_at, speaker),
        line.occurred_at.isoformat(timespec="seconds"),
        speaker.word(line.fidelity),
        speaker.term("TimelineKind", line.kind),
        speaker.verbatim(line.text),
        line.source,
        _sortable(line.recorded_at, speaker),
        line.by,
    )


def _sortable(moment: datetime, speaker: Speaker) -> str:
    """Return a local time that a spreadsheet knows as one."""
    return f"{moment.astimezone(speaker.zone):%Y-%m-%d %H:%M:%S}"
