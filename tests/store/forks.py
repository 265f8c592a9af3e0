"""Writers in processes of their own, started as a program so that each fork is pre-imported.

``python -m tests.store.forks crowd HOME``, ``kill HOME ROUNDS SEED`` or ``making HOME ROUNDS SEED``
prints one JSON object. The parent holds no database open while it forks.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from breachdesk.errors import NoDeskError
from breachdesk.records import Note
from breachdesk.store.keyfile import read_key_file
from breachdesk.store.store import Store, open_store
from breachdesk.terms import AuditAction

from .making import KARI, NOW, case_with_notes, cheap_desk, key_of, note

WRITERS, ROWS = 5, 20
PATIENCE = 90.0
"""Seconds a writer waits here, where a busy machine is no fault of the store."""
LONGEST_LIFE = 0.06
"""Seconds a writer lives at most after its first acknowledged write."""


def crowd(home: Path) -> dict[str, object]:
    """Let five processes write at once; count what they say and what is there."""
    key = key_of(home)
    incident_id = _first_case(home, key)
    reader, writer = os.pipe()
    children = [
        _fork(lambda: _write_rows(home, key, incident_id, writer, ROWS)) for _ in range(WRITERS)
    ]
    os.close(writer)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    acknowledged = _lines(reader)
    return {"statuses": statuses, **_state(home, key, acknowledged)}


def kill(home: Path, rounds: int, seed: int) -> dict[str, object]:
    """Kill two writers at once in each round, then look whether all they said is there."""
    chance, key = random.Random(seed), key_of(home)  # noqa: S311 - a test wants the same again
    incident_id = _first_case(home, key)
    acknowledged: list[str] = []
    faults: list[object] = []
    for _ in range(rounds):
        acknowledged += _kill_two(home, key, incident_id, chance)
        state = _state(home, key, acknowledged)
        if state["lost"] or state["findings"]:
            faults.append(state)
    return {"rounds": rounds, "faults": faults, **_state(home, key, acknowledged)}


def making(home: Path, rounds: int, seed: int) -> dict[str, object]:
    """Kill somebody who makes a desk; afterwards there is none, or one that opens."""
    chance = random.Random(seed)  # noqa: S311 - a test wants the same again
    none = opened = 0
    for count in range(rounds):
        desk = home / str(count)
        child = _fork(partial(cheap_desk, desk))
        time.sleep(chance.uniform(0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        try:
            read_key_file(desk)
            opened += 1
        except NoDeskError:
            none += 1
            cheap_desk(desk)
        store = open_store(desk, key_of(desk))
        assert not store.opening_findings
        case_with_notes(store)
        store.close()
    return {"none": none, "opened": opened}


def _kill_two(home: Path, key: bytes, incident_id: str, chance: random.Random) -> list[str]:
    reader, writer = os.pipe()
    children = [
        _fork(lambda: _write_rows(home, key, incident_id, writer, 10_000)) for _ in range(2)
    ]
    os.close(writer)
    first = os.read(reader, 1)
    time.sleep(chance.uniform(0, LONGEST_LIFE))
    for child in children:
        os.kill(child, signal.SIGKILL)
    for child in children:
        os.waitpid(child, 0)
    return _lines(reader, first)


def _fork(act: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        with suppress(BrokenPipeError):
            act()
            os._exit(0)
        os._exit(1)
    return child


def _write_rows(home: Path, key: bytes, incident_id: str, writer: int, rows: int) -> None:
    store = open_store(home, key, busy_seconds=PATIENCE)
    for count in range(rows):
        with store.transaction(actor=KARI, now=NOW) as writing:
            kept = writing.add(note(incident_id, f"Linje {count}"), AuditAction.NOTE_RECORD)
        os.write(writer, f"{kept.id}\n".encode())
    store.close()


def _lines(reader: int, start: bytes = b"") -> list[str]:
    with os.fdopen(reader, "rb") as pipe:
        return (start + pipe.read()).decode().splitlines()


def _first_case(home: Path, key: bytes) -> str:
    store = open_store(home, key)
    incident_id = case_with_notes(store, notes=0)
    store.close()
    return incident_id


def _state(home: Path, key: bytes, acknowledged: list[str]) -> dict[str, object]:
    store: Store = open_store(home, key)
    with store.reading() as reading:
        there = {row.id for row in reading.rows(Note)}
    report = store.verify()
    opening = [finding.kind for finding in store.opening_findings]
    store.close()
    return {
        "acknowledged": len(acknowledged),
        "lost": [row_id for row_id in acknowledged if row_id not in there],
        "rows": len(there),
        "entries": report.entries,
        "findings": [*opening, *(finding.kind for finding in report.findings)],
    }


if __name__ == "__main__":
    act, home, *numbers = sys.argv[1:]
    acts: dict[str, Callable[..., dict[str, object]]] = {
        "crowd": crowd,
        "kill": kill,
        "making": making,
    }
    print(json.dumps(acts[act](Path(home), *map(int, numbers))))  # noqa: T201
