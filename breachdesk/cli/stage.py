"""What the command line is given of the world: environment, clock, terminal, keyring.

The only place that reads the system's clock. Tests hand in another stage.
"""

import getpass
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from breachdesk.language import Speaker

if TYPE_CHECKING:
    from breachdesk.store.keyfile import Argon2

KEYRING_SECONDS = 3.0
"""How long a keyring may take before the command line turns to the passphrase."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The world around one run."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    clock: Callable[[], datetime] = _now
    """The present moment, aware; whole days of a desk hang on it."""
    ask_secret: Callable[[str], str] | None = None
    """Asks for a secret on the terminal, unseen; None when nobody is there to answer."""
    ask: Callable[[str], str] | None = None
    """Asks for a line on the terminal; None when nobody is there to answer."""
    kdf: "Argon2 | None" = None
    """Cost of making a key from a passphrase; None for the program's own choice."""
    keyring_seconds: float = KEYRING_SECONDS

    @property
    def has_person(self) -> bool:
        """Is somebody at the terminal?"""
        return self.ask_secret is not None


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The stage, and who speaks before the command's own settings are read."""

    stage: Stage
    speaker: Speaker
    arguments: tuple[str, ...] = ()


def real_stage() -> Stage:
    """Return the world as it is."""
    if not _somebody_is_there():
        return Stage()
    return Stage(ask_secret=_ask_secret, ask=_ask)


def _somebody_is_there() -> bool:
    """Can a question be seen, and answered at a keyboard?"""
    try:
        if not sys.stderr.isatty():
            return False
        if sys.stdin.isatty():
            return True
        with open("/dev/tty", "rb"):  # noqa: PTH123 - a device, not a file
            return True
    except (OSError, ValueError, AttributeError):
        return False


def _ask_secret(question: str) -> str:
    return getpass.getpass(question)


def _ask(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer.rstrip("\r\n")
