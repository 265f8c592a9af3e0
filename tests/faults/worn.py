"""Work on a desk whose disk fails at every place there is, in a process of its own.

``python -m tests.faults.worn HOME`` with the failing disk preloaded prints one JSON object.
"""

import json
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

from breachdesk.errors import BreachdeskError
from breachdesk.records import Note
from breachdesk.store.store import open_store
from breachdesk.terms import AuditAction
from tests.faults.disk import KINDS, FailingDisk
from tests.store.making import KARI, NOW, case_with_notes, cheap_desk, key_of, note

MOST = 60
"""Far more calls than one act makes: the places end when nothing was made to fail."""


def work(home: Path, disk: FailingDisk) -> dict[str, object]:
    """Fail at the first call, the second, and so on; then look whether what was said is there."""
    cheap_desk(home)
    key = key_of(home)
    store = open_store(home, key)
    incident_id = case_with_notes(store, notes=0)
    store.close()
    said: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    acknowledged: list[str] = []
    faults: list[object] = []
    for kind in KINDS:
        for lasting in (False, True):
            for nth in range(1, MOST):
                disk.fail(kind, nth, lasting=lasting)
                try:
                    acknowledged.append(_act(home, key, incident_id))
                except BreachdeskError as error:
                    said[error.what.text] += 1
                hits = disk.mend()
                tried[kind] += bool(hits)
                faults += _look(home, key, acknowledged)
                if not hits:
                    break
    return {
        "tried": tried,
        "said": said,
        "acknowledged": len(acknowledged),
        "there": len(_rows(home, key)),
        "faults": faults,
    }


def _act(home: Path, key: bytes, incident_id: str) -> str:
    """Open the desk, write one line, and close it; the line counts when its writing returned."""
    store = open_store(home, key)
    try:
        with store.transaction(actor=KARI, now=NOW) as writing:
            kept = writing.add(note(incident_id), AuditAction.NOTE_RECORD)
        return kept.id
    finally:
        with suppress(BreachdeskError):
            store.close()


def _rows(home: Path, key: bytes) -> set[str]:
    store = open_store(home, key)
    with store.reading() as reading:
        there = {row.id for row in reading.rows(Note)}
    store.close()
    return there


def _look(home: Path, key: bytes, acknowledged: list[str]) -> list[object]:
    there = _rows(home, key)
    store = open_store(home, key)
    findings = [one.kind for one in (*store.opening_findings, *store.verify().findings)]
    store.close()
    lost = [one for one in acknowledged if one not in there]
    return [{"lost": lost, "findings": findings}] if lost or findings else []


if __name__ == "__main__":
    print(json.dumps(work(Path(sys.argv[1]), FailingDisk())))  # noqa: T201
