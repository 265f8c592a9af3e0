"""The timeline as JSON, the same values as `show --json` gives: exact, and safe to print."""

from breachdesk.casefile import CaseFile, TimelineEntry
from breachdesk.language import Speaker, as_json


def timeline_json(case: CaseFile, speaker: Speaker) -> bytes:
    """Return one array of the timeline's lines, oldest first."""
    return (as_json([line_values(case, line, speaker) for line in case.timeline]) + "\n").encode()


def timeline_jsonl(case: CaseFile, speaker: Speaker) -> bytes:
    """Return the same, one object a line."""
    lines = (as_json(line_values(case, line, speaker), indent=None) for line in case.timeline)
    return "".join(f"{line}\n" for line in lines).encode()


def line_values(case: CaseFile, line: TimelineEntry, speaker: Speaker) -> dict[str, str | None]:
    """Return one line as plain values: ids and kinds in code words, times in UTC."""
    return {
        "ref": case.ref,
        "id": line.id,
        "occurred_at": line.occurred_at.isoformat(timespec="seconds"),
        "fidelity": line.fidelity.value,
        "recorded_at": line.recorded_at.isoformat(timespec="seconds"),
        "kind": line.kind,
        "text": speaker.verbatim(line.text),
        "source": line.source or None,
        "by": line.by,
    }
