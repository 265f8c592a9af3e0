"""Whoever backs up, restores or changes the key, killed at any moment, in a process of its own.

``python -m tests.store.killed backup|restore|rekey HOME ROUNDS SEED`` prints one JSON object.
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

from breachdesk.errors import DeskExistsError, NoDeskError
from breachdesk.store.backup import back_up
from breachdesk.store.container import read_contents
from breachdesk.store.keyfile import read_key_file
from breachdesk.store.keys import KeyringUse, open_key
from breachdesk.store.rekeying import new_key, rekey
from breachdesk.store.restoring import restore, unlock_backup
from breachdesk.store.store import open_store

from .making import CHEAP, NOW, PASSPHRASE, case_with_notes, cheap_desk, key_of

NOTES = 300
Say = Callable[[str], object]


def backup(home: Path, rounds: int, seed: int) -> dict[str, object]:
    """Kill somebody who backs up: under the final name there is nothing, or a whole backup."""
    desk, target = _desk(home), home / "desk.backup"
    whole = none = 0
    for wait in _waits(rounds, seed, lambda: _back_up(desk, target)):
        target.unlink(missing_ok=True)
        _killed_after(wait, lambda _: _back_up(desk, target))
        if not target.exists():
            none += 1
            continue
        whole += 1
        proof = home / f"proof-{whole}"
        _restored(target, proof)
        assert _state(proof) == _state(desk)
    target.unlink(missing_ok=True)
    _back_up(desk, target)
    return {"none": none, "whole": whole, "left": _left(home, desk), **_state(desk)}


def bring_back(home: Path, rounds: int, seed: int) -> dict[str, object]:
    """Kill somebody who restores: there is no desk, or one that opens with everything in it."""
    desk, target = _desk(home), home / "desk.backup"
    _back_up(desk, target)
    none = opened = 0
    for count, wait in enumerate(_waits(rounds, seed, lambda: _restored(target, home / "proof"))):
        place = home / f"new-{count}"
        _killed_after(wait, partial(_restored_at, target, place))
        try:
            read_key_file(place)
            opened += 1
        except NoDeskError:
            none += 1
            _restored(target, place)
        assert _state(place) == _state(desk), _state(place)
    return {"none": none, "opened": opened, **_state(desk)}


def change_key(home: Path, rounds: int, seed: int) -> dict[str, object]:
    """Kill somebody who changes the key: the desk opens, with the codes of before or after."""
    desk = _desk(home)
    old = new = pending = 0
    for wait in _waits(rounds, seed, lambda: _rekey(desk)):
        before = read_key_file(desk).check
        codes = _killed_after(wait, partial(_rekey, desk))
        pending += read_key_file(desk).changing is not None
        state = _state(desk)
        assert state["findings"] == [], state
        assert state["entries"] == 3 + NOTES, state
        is_new = read_key_file(desk).check != before
        old, new = old + (not is_new), new + is_new
        if is_new:
            opened = open_key(desk, passphrase=None, recovery=codes[0], keyring=KeyringUse.OFF)
            assert opened.key == key_of(desk)
    return {"old": old, "new": new, "cut_short": pending, **_state(desk)}


def _desk(home: Path) -> Path:
    desk = home / "desk"
    cheap_desk(desk)
    store = open_store(desk, key_of(desk))
    case_with_notes(store, notes=NOTES)
    store.close()
    return desk


def _back_up(desk: Path, target: Path) -> None:
    store = open_store(desk, key_of(desk))
    back_up(store, target, now=NOW)
    store.close()


def _restored(target: Path, place: Path) -> None:
    contents = read_contents(target)
    key = unlock_backup(target, contents, passphrase=PASSPHRASE, recovery="")
    with suppress(DeskExistsError):
        restore(target, place, key)


def _restored_at(target: Path, place: Path, say: Say) -> None:
    del say
    _restored(target, place)


def _nobody(said: str) -> None:
    del said


def _rekey(desk: Path, say: Say = _nobody) -> None:
    old = key_of(desk)
    new = new_key(old, passphrase=PASSPHRASE, kdf=CHEAP)
    say(new.recovery_code)
    rekey(desk, old, new)


def _waits(rounds: int, seed: int, act: Callable[[], object]) -> list[float]:
    """Return when to kill: anywhere in the time the act takes here, and as long after."""
    begun = time.monotonic()
    act()
    longest = (time.monotonic() - begun) * 2
    chance = random.Random(seed)  # noqa: S311 - a test wants the same again
    return [chance.uniform(0, longest) for _ in range(rounds)]


def _killed_after(seconds: float, act: Callable[[Say], object]) -> list[str]:
    """Fork, kill and return what the child said before."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        act(lambda said: os.write(writer, f"{said}\n".encode()))
        os._exit(0)
    os.close(writer)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        return pipe.read().decode().splitlines()


def _left(home: Path, desk: Path) -> list[str]:
    """Return what was left lying about: the next backup must have cleared it away."""
    there = [one.name for folder in (home, desk) for one in folder.iterdir()]
    return [name for name in there if name.endswith(".tmp") or name.startswith("backup-")]


def _state(desk: Path) -> dict[str, object]:
    store = open_store(desk, key_of(desk))
    report = store.verify()
    opening = [finding.kind for finding in store.opening_findings]
    store.close()
    found = [*opening, *(finding.kind for finding in report.findings)]
    return {"entries": report.entries, "head": report.head.digest, "findings": found}


if __name__ == "__main__":
    act, home, *numbers = sys.argv[1:]
    acts: dict[str, Callable[..., dict[str, object]]] = {
        "backup": backup,
        "restore": bring_back,
        "rekey": change_key,
    }
    print(json.dumps(acts[act](Path(home), *map(int, numbers))))  # noqa: T201
