"""Many at once: nobody loses anything, and there is one chain."""

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from breachdesk.records import Note, Person
from breachdesk.store.store import Store
from breachdesk.terms import AuditAction

from .forks import ROWS, WRITERS
from .making import NOW, case_with_notes, note

THREADS, EACH = 12, 12


def run(act: str, home: Path, *numbers: int) -> Any:  # noqa: ANN401 - JSON
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.forks", act, home, *map(str, numbers)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_twelve_threads_share_one_store(store: Store) -> None:
    incident_id = case_with_notes(store, notes=0)
    together = threading.Barrier(THREADS)

    def work(who: int) -> int:
        together.wait(20)
        for count in range(EACH):
            with store.transaction(actor=f"Person {who}", now=NOW) as writing:
                writing.add(note(incident_id, f"{who}/{count}"), AuditAction.NOTE_RECORD)
            with store.reading() as reading:
                seen = reading.rows(Note, incident_id=incident_id)
                assert reading.head()[0] >= len(seen)
        return sum(one.text.startswith(f"{who}/") for one in seen)

    with ThreadPoolExecutor(THREADS) as crowd:
        assert list(crowd.map(work, range(THREADS))) == [EACH] * THREADS
    with store.reading() as reading:
        assert len(reading.rows(Note)) == THREADS * EACH
        assert len(reading.rows(Person)) == THREADS + 1
    report = store.verify()
    assert report.ok
    assert report.entries == THREADS * EACH + 12 + 3


def test_five_processes_write_one_chain(home: Path) -> None:
    said = run("crowd", home)
    assert said["statuses"] == [0] * WRITERS
    assert said["acknowledged"] == said["rows"] == WRITERS * ROWS
    assert said["entries"] == 3 + WRITERS * ROWS
    assert said["lost"] == said["findings"] == []


@pytest.mark.parametrize(
    "rounds", [10, pytest.param(200, marks=pytest.mark.long)], ids=["few", "two-hundred"]
)
def test_killed_writers_lose_nothing_that_was_acknowledged(home: Path, rounds: int) -> None:
    said = run("kill", home, rounds, 2026)
    assert said["faults"] == said["lost"] == said["findings"] == []
    assert said["acknowledged"] >= rounds
    assert said["rows"] >= said["acknowledged"]


@pytest.mark.parametrize(
    "rounds", [5, pytest.param(200, marks=pytest.mark.long)], ids=["few", "two-hundred"]
)
def test_a_desk_whose_making_was_killed_is_not_there_or_opens(tmp_path: Path, rounds: int) -> None:
    said = run("making", tmp_path, rounds, 2026)
    assert said["none"] + said["opened"] == rounds
    assert said["none"]
