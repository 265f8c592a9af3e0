"""The timeline as Timesketch imports it, JSONL or CSV; the text is handed over untouched.

Fields: google/timesketch, docs/guides/user/import-from-json-csv.md. Rows whose time it cannot read
are dropped there in silence, so every time is written in full with its offset.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from breachdesk.casefile import CaseFile, TimelineEntry
from breachdesk.language import Speaker, as_json
from breachdesk.terms import Duty

LONGEST = 32_766
"""Bytes: what Timesketch's index sorts as one keyword."""
COLUMNS = (
    "message",
    "datetime",
    "timestamp",
    "timestamp_desc",
    "data_type",
    "case_ref",
    "event_kind",
    "actor",
    "source",
    "evidence_sha256",
    "time_fidelity",
    "recorded_at",
    "tag",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MEANINGS = {
    "occurred": "Occurred",
    "information": "Occurred",
    "action": "Occurred",
    "first_sign": "Detected",
    "aware": "Controller aware",
    "decision": "Decision",
}
_SENT = {
    Duty.NOTIFY_AUTHORITY: "Notified authority",
    Duty.INFORM_SUBJECTS: "Notified data subjects",
    Duty.NOTIFY_CONTROLLER: "Notified controller",
}
_ELSE = "Recorded"


def timesketch_jsonl(case: CaseFile, speaker: Speaker) -> bytes:
    """Return one JSON object a line; fractions and line breaks survive, unlike in the CSV."""
    lines = (as_json(row, indent=None) for row in _rows(case, speaker))
    return "".join(f"{line}\n" for line in lines).encode()


def timesketch_csv(case: CaseFile, speaker: Speaker) -> bytes:
    """Return comma-parted UTF-8 without a byte order mark; tags as the list Timesketch parses."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    for row in _rows(case, speaker):
        writer.writerow({**row, "tag": as_json(row["tag"], indent=None)})
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _rows(case: CaseFile, speaker: Speaker) -> Iterator[dict[str, object]]:
    sent = {dispatch.id: _SENT.get(dispatch.duty, _ELSE) for dispatch in case.dispatches}
    papers = {document.id: document.sha256 for document in case.documents}
    for line in case.timeline:
        yield {
            "message": _cut(speaker.verbatim(line.text)),
            "datetime": line.occurred_at.isoformat(timespec="seconds"),
            "timestamp": (line.occurred_at - _EPOCH) // timedelta(microseconds=1),
            "timestamp_desc": _meaning(line, sent),
            "data_type": "breachdesk:event",
            "case_ref": case.ref,
            "event_kind": line.kind,
            "actor": _cut(line.by),
            "source": _cut(line.source),
            "evidence_sha256": papers.get(line.id, ""),
            "time_fidelity": line.fidelity.value,
            "recorded_at": line.recorded_at.isoformat(timespec="seconds"),
            "tag": [line.kind, *(["drill"] if case.incident.is_drill else [])],
        }


def _meaning(line: TimelineEntry, sent: dict[str, str]) -> str:
    """Return what the time means, in the words Timesketch users filter by."""
    if line.kind == "sent":
        return sent.get(line.id, _ELSE)
    return _MEANINGS.get(line.kind, _ELSE)


def _cut(text: str) -> str:
    """Return as much of the text as fits, whole characters only."""
    if len(text) * 4 <= LONGEST:
        return text
    return text.encode("utf-8", "surrogatepass")[:LONGEST].decode("utf-8", "ignore")
