"""Five writers on one desk for a while, in processes of their own.

``python -m tests.faults.crowd HOME SECONDS`` prints one JSON object. Everybody writes notes, gives
answers of their own, and answers one question that all of them answer at once.
"""

import json
import os
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from breachdesk.desk import Desk
from breachdesk.desk.assessment import Sheet
from breachdesk.errors import StaleCaseError
from breachdesk.records import Answer, NewIncident, NewNote, Note
from breachdesk.store.store import open_store
from tests.desk.desks import OSLO, the_forms
from tests.store.making import cheap_desk, key_of

WRITERS = 5
PATIENCE = 90.0
"""Seconds a writer waits for the others: a busy machine is no fault of the store."""
SHARED = "people_number"
OWN = ("description", "how_it_happened", "systems", "measures_taken", "data_subjects_text")


def now() -> datetime:
    return datetime.now(UTC)


def opened(home: Path, key: bytes, actor: str) -> Desk:
    store = open_store(home, key, busy_seconds=PATIENCE)
    return Desk(store, the_forms(), actor=actor, clock=now, zone=OSLO)


def crowd(home: Path, seconds: int) -> dict[str, object]:
    """Let them write; look whether all they said is there, once, in one chain."""
    cheap_desk(home)
    key = key_of(home)
    desk = opened(home, key, "Writer 0")
    ref = desk.intake.log(NewIncident(title="Five at once")).ref
    begun = desk.trust.head()[0]
    desk.close()
    reader, writer = os.pipe()
    children = [_fork(home, key, ref, who, seconds, writer) for who in range(WRITERS)]
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        said = [json.loads(line) for line in pipe]
    statuses = [os.waitpid(child, 0)[1] for child in children]
    desk = opened(home, key, "Writer 0")
    found = _state(desk, said)
    report = desk.trust.verify()
    desk.close()
    kinds = Counter(str(one["kind"]) for one in said)
    beside = WRITERS - 1 + 1  # people who act for the first time, and the form they answer
    return {
        **found,
        "statuses": statuses,
        "findings": [one.kind for one in report.findings],
        "kinds": kinds,
        "unsaid": report.entries - begun - beside - kinds["note"] - kinds["own"] - kinds["shared"],
    }


def _state(desk: Desk, said: list[dict[str, str]]) -> dict[str, object]:
    with desk.office.reading() as reading:
        notes = {row.text for row in reading.rows(Note)}
        answers = reading.rows(Answer)
    given = {(row.question, str(row.value)) for row in answers}
    lost = [one for one in said if one["kind"] == "note" and one["text"] not in notes]
    lost += [
        one for one in said
        if one["kind"] in {"own", "shared"} and (one["question"], one["text"]) not in given
    ]  # fmt: skip
    replaced = [row.replaces for row in answers if row.question == SHARED]
    theirs = {value for question, value in given if question == SHARED}
    conflicts = [one for one in said if one["kind"] == "conflict"]
    return {
        "lost": lost,
        "replaced_twice": len(replaced) - len(set(replaced)),
        "conflicts_not_shown": [
            one for one in conflicts
            if one["theirs"] not in theirs or one["ours"] not in one["sentence"]
            or one["theirs"] not in one["sentence"]
        ],
    }  # fmt: skip


def _fork(home: Path, key: bytes, ref: str, who: int, seconds: int, writer: int) -> int:
    child = os.fork()
    if child == 0:
        _write(opened(home, key, f"Writer {who}"), ref, who, seconds, writer)
        os._exit(0)
    return child


def _write(desk: Desk, ref: str, who: int, seconds: int, writer: int) -> None:
    def say(**words: str) -> None:
        os.write(writer, (json.dumps(words) + "\n").encode())

    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        count += 1
        text = f"{who}/{count}"
        desk.timeline.note(ref, NewNote(text=text))
        say(kind="note", text=text)
        desk.assessment.answer(ref, "facts", Sheet(values={OWN[who]: text}))
        say(kind="own", question=OWN[who], text=text)
        _answer_what_all_answer(desk, ref, who * 100_000 + count, say)
    desk.close()


def _answer_what_all_answer(desk: Desk, ref: str, number: int, say) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    shown = desk.intake.open(ref).answers.get(SHARED)
    replaces = {SHARED: shown.id if shown else None}
    try:
        desk.assessment.answer(ref, "facts", Sheet(values={SHARED: number}, replaces=replaces))
    except StaleCaseError as error:
        say(kind="conflict", theirs=error.theirs, ours=error.ours, sentence=str(error))
    else:
        say(kind="shared", question=SHARED, text=str(number))


if __name__ == "__main__":
    print(json.dumps(crowd(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
