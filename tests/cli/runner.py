"""Run a command line in this process, against a desk in a temporary folder."""

import io
import json
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from breachdesk.cli.main import main
from breachdesk.cli.stage import Stage
from breachdesk.store.keyfile import Argon2
from tests.desk.desks import ToldClock

CHEAP = Argon2(memory_kib=8, iterations=1, lanes=1)
"""Makes a key from a passphrase in no time; for tests only."""
PASSPHRASE = "correct horse battery"


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def ref(self) -> str:
        """The first line: the case's reference, or the new object's id."""
        return self.out.splitlines()[0]


@dataclass
class Cli:
    """The command line with a stage of its own."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    clock: ToldClock = field(default_factory=ToldClock)
    environ: dict[str, str] = field(default_factory=dict)
    typed: list[str] | None = None
    """What a person at the terminal types, in order; None when nobody is there."""
    asked: list[str] = field(default_factory=list)
    """What the last command asked that person."""

    def __call__(self, *arguments: str, code: int = 0, stdin: bytes = b"") -> Said:
        """Run a command line; its exit code must be `code`."""
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        self.capsys.readouterr()
        ended = main(arguments, self.stage())
        out, err = self.capsys.readouterr()
        said = Said(out, err, ended)
        assert ended == code, said
        return said

    def refused(self, *arguments: str, stdin: bytes = b"") -> str:
        """Run a command line that is refused, in one line and with nothing on stdout."""
        said = self(*arguments, code=2, stdin=stdin)
        last = said.err.rstrip("\n").splitlines()[-1]
        assert said.out == ""
        assert "Traceback" not in said.err
        assert last.endswith((".", "!", "?", "…")), last
        return last

    def stage(self) -> Stage:
        """Return the world as this test makes it."""
        stage = Stage(environ=self.environ, clock=self.clock, kdf=CHEAP, keyring_seconds=0.2)
        if self.typed is None:
            return stage
        answers = iter(self.typed)
        self.asked = []

        def ask(question: str) -> str:
            self.asked.append(question)
            return next(answers)

        return replace(stage, ask_secret=ask, ask=ask)
