"""Every writing verb of the command line, killed at any moment, in a process of its own.

``python -m tests.faults.verbs FOLDER ROUNDS SEED PROFILE``, with the failing disk preloaded, prints
one JSON object. The parent has imported all there is and holds no desk open while it forks; each
round kills one verb on a fresh copy of the same desk. Afterwards the desk opens, its chain holds,
and there is all of the verb or nothing.
"""

import json
import os
import random
import select
import shutil
import signal
import sys
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import breachdesk.forms
from breachdesk.cli.main import main
from breachdesk.cli.stage import Stage
from breachdesk.store.keyfile import Argon2
from tests.desk.desks import ToldClock
from tests.faults.disk import FailingDisk
from tests.kept_forms import load_once
from tests.one_dialect import spell_out_once

DISK = FailingDisk()
LONGEST = 60.0
"""Seconds a verb may take that is to be killed before one of its calls."""
PASSPHRASE = "correct horse battery"
CHEAP = Argon2(memory_kib=8, iterations=1, lanes=1)
PEOPLE = (
    "navn;adresse;postnummer;poststed\nOla Li;Storgata 1;0155;Oslo\nEli Vik;Bakken 2;5003;Bergen\n"
)
RISK = (
    "exposure=obtained", "protection=none", "holder=attacker", "insight=ordinary",
    "implied=nothing", "identifiability=directly", "logins=account", "abuse=pose",
    "misuse=none", "undetected=month-or-less", "scope=certain", "repeats=single", "rest=alike",
)  # fmt: skip


class Machine:
    """A folder with a desk in it, and a command line."""

    def __init__(self, folder: Path, *, minutes: int = 0) -> None:
        self.folder = folder
        self.clock = ToldClock()
        self.clock.move(minutes=minutes)
        self.home = folder / "desk"

    def __call__(self, *words: str, code: int = 0) -> str:
        secret = self.folder / "secret"
        environ = {
            "BREACHDESK_HOME": str(self.home),
            "BREACHDESK_KEYRING": "off",
            "BREACHDESK_ACTOR": "Kari Nordmann",
            "BREACHDESK_PASSPHRASE_FILE": str(secret),
            "LANG": "en_GB.UTF-8",
        }
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            ended = main(words, Stage(environ=environ, clock=self.clock, kdf=CHEAP))
        assert ended == code, (words, ended, out.getvalue(), err.getvalue())
        return out.getvalue()

    def report(self) -> dict[str, Any]:
        """What `verify` says, and which sealed files nothing speaks of."""
        told: dict[str, Any] = json.loads(self("verify", "--json"))
        return told


def furnished(folder: Path, profile: Path) -> tuple[Machine, dict[str, tuple[str, ...]]]:
    """Make a desk on which every verb has something to do; return the verbs' lines."""
    folder.mkdir(parents=True)
    (folder / "secret").write_text(PASSPHRASE, encoding="utf-8")
    (folder / "secret").chmod(0o600)
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "mail.eml").write_bytes(b"From: a stranger\n" * 5000)
    (folder / "results.csv").write_text("rad;status\n2;levert\n3;retur\n", encoding="utf-8")
    handed = ("--with-evidence", "--to", "Kripos", "--purpose", "Reported")
    desk = Machine(folder)
    desk("init", "--no-recovery")
    desk("organisation", "import", str(profile))
    ref = desk("new", "Account taken over", "--aware", "2 h ago", "--nature", "c").split("\n")[0]
    desk("answer", ref, "risk", *(word for one in RISK for word in ("--set", one)))
    desk("assess", ref)
    desk("task", "add", ref, "Call the supplier", "--owner", "Ola")
    desk("task", "add", ref, "Call the bank", "--owner", "Ola")
    desk("task", "done", ref, "2")
    desk("group", "add", ref, "Employees", "--number", "12")
    desk("decide", ref, "is_breach", "--outcome", "yes", "--because", "Somebody was in it")
    paper = desk("issue", ref, "notification", "--out", str(folder / "a.pdf")).split("\n")[0]
    desk("issue", ref, "communication", "--out", str(folder / "b.pdf"))
    desk("sent", paper, "--to", "Datatilsynet", "--channel", "Altinn")
    sending = json.loads(desk("show", ref, "--json"))["dispatches"][0]["id"]
    piece = desk("evidence", "add", ref, str(folder / "mail.eml"), "--origin", "Inbox").split("\n")[
        0
    ]
    desk("letters", ref, "--recipients", str(folder / "people.csv"), "--merged",
         str(folder / "first.pdf"))  # fmt: skip
    desk("export", ref, "--out", str(folder / "case.json"))
    desk("export", ref, "--pack", str(folder / "case.zip"), *handed)
    desk("new", "A closed one", "--aware", "3 h ago")
    desk("close", "2", "--because", "Nothing was lost")
    because = ("--because", "They called back")
    return desk, {
        "new": ("new", "Backup disk lost", "--aware", "1 h ago", "--nature", "c,a"),
        "aware": ("aware", ref, "3 h ago", *because),
        "correct": ("correct", ref, "title", "Two accounts taken over", *because),
        "close": ("close", ref, *because),
        "reopen": ("reopen", "2", *because),
        "note": ("note", ref, "The supplier called"),
        "answer": ("answer", ref, "facts", "--set", "cause=unknown", "--set", "people_number=4"),
        "assess": ("assess", ref),
        "decide": ("decide", ref, "notify_authority", "--outcome", "yes", *because),
        "issue": ("issue", ref, "register-entry", "--out", "{folder}/entry.pdf"),
        "sent": ("sent", ref, "--duty", "inform_subjects", "--to", "All", "--channel", "Mail"),
        "unsent": ("unsent", sending, *because),
        "letters": ("letters", ref, "--recipients", "{folder}/people.csv",
                    "--merged", "{folder}/m.pdf"),
        "results": ("letters", ref, "--results", "{folder}/results.csv"),
        "group add": ("group", "add", ref, "Customers", "--number", "5"),
        "group answer": ("answer", ref, "risk", "--group", "Employees", "--set", RISK[0]),
        "group correct": ("group", "correct", ref, "Employees", "--number", "13", *because),
        "group remove": ("group", "remove", ref, "Employees", *because),
        "task add": ("task", "add", ref, "--playbook", "misdirected"),
        "task done": ("task", "done", ref, "1", *because),
        "task reopen": ("task", "reopen", ref, "2", *because),
        "evidence add": ("evidence", "add", ref, "{folder}/mail.eml", "--origin", "Inbox"),
        "evidence export": ("evidence", "export", piece, "--out", "{folder}/copy.eml",
                            "--to", "Kripos", "--purpose", "Reported"),
        "attach": ("attach", sending, "{folder}/mail.eml"),
        "organisation import": ("organisation", "import", str(profile)),
        "import": ("import", "{folder}/case.json"),
        "pack": ("export", ref, "--pack", "{folder}/again.zip", *handed),
        "import of a pack": ("import", "{folder}/case.zip"),
        "hold": ("hold", ref, "--person", "Ola", *because),
        "backup": ("backup", "{folder}/desk.backup"),
        "rekey": ("rekey", "--recovery-file", "{folder}/code.txt"),
        "erase": ("erase", ref, *because),
    }  # fmt: skip


def kill(folder: Path, rounds: int, seed: int, profile: Path) -> dict[str, object]:
    """Kill one verb a round, all of them in turn."""
    chance = random.Random(seed)  # noqa: S311 - a test wants the same again
    template, verbs = furnished(folder / "template", profile)
    before = template.report()["entries"]
    whole = {name: _whole(template, words) for name, words in verbs.items()}
    tried: Counter[str] = Counter()
    stood: Counter[str] = Counter()
    faults: list[object] = []
    names = list(verbs)
    for count in range(rounds):
        name = names[count % len(names)]
        desk = _copy(template, folder / "killed")
        said = _killed(desk, verbs[name], _moment(whole[name], chance))
        report = desk.report()
        tried[name] += 1
        stood[name] += report["entries"] != before
        after = whole[name].entries
        allowed = {after} if said else {before, after}
        if not report["ok"] or report["entries"] not in allowed:
            faults.append({"verb": name, "said": said, "allowed": sorted(allowed), **report})
        desk("note", "2", "Written after the crash")
        shutil.rmtree(desk.folder)
    return {"rounds": rounds, "tried": tried, "stood": stood, "faults": faults}


def _copy(template: Machine, folder: Path) -> Machine:
    shutil.copytree(template.folder, folder)
    return Machine(folder, minutes=10)


def _run(desk: Machine, words: tuple[str, ...]) -> None:
    desk(*(one.replace("{folder}", str(desk.folder)) for one in words))


@dataclass(frozen=True, kw_only=True)
class Whole:
    """How a verb goes when nobody kills it."""

    seconds: float
    entries: int
    calls: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When to kill: after some seconds, and before one of the calls that write."""

    seconds: float
    kind: str = ""
    nth: int = 0


def _whole(template: Machine, words: tuple[str, ...]) -> Whole:
    where = template.folder.parent / "whole"
    _run(_copy(template, where), words)  # what is spelled out once is not what takes the time
    shutil.rmtree(where)
    desk, begun = _copy(template, where), time.monotonic()
    DISK.mend()
    _run(desk, words)
    calls = {kind: DISK.calls(kind) for kind in ("write", "sync")}
    seconds = time.monotonic() - begun
    entries = desk.report()["entries"]
    shutil.rmtree(desk.folder)
    return Whole(seconds=seconds, entries=entries, calls=calls)


def _moment(whole: Whole, chance: random.Random) -> Moment:
    """Kill at any time, or (more often) before any call that writes: there it may hurt."""
    kind = chance.choice(("", "write", "write", "sync"))
    if not kind:
        return Moment(seconds=chance.uniform(0, 2 * whole.seconds))
    return Moment(seconds=LONGEST, kind=kind, nth=chance.randint(1, whole.calls[kind]))


def _killed(desk: Machine, words: tuple[str, ...], moment: Moment) -> bool:
    """Fork, kill, and return whether the verb had said that it was done."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        if moment.kind:
            DISK.kill(moment.kind, moment.nth)
        _run(desk, words)
        os.write(writer, b"done")
        os._exit(0)
    os.close(writer)
    select.select([reader], [], [], moment.seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        return pipe.read() == b"done"


if __name__ == "__main__":
    where, rounds, seed, profile = sys.argv[1:]
    spell_out_once()
    breachdesk.forms.load = load_once
    told = kill(Path(where), int(rounds), int(seed), Path(profile))
    print(json.dumps(told))  # noqa: T201
