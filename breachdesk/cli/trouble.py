"""What is kept of the unforeseen: where it happened, never what the case was about.

Frames and names of exceptions only: no values, no messages, no arguments, because any of them may
hold words of a case.
"""

import os
import platform
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from breachdesk import __version__
from breachdesk.cli.stage import Stage
from breachdesk.errors import SettingsError
from breachdesk.settings import read_settings

_DEEPEST = 10
"""So many causes of causes are told."""


def keep_details(error: BaseException, stage: Stage, *, command: str) -> Path | None:
    """Write a details file for its owner only and return where, or None when that failed too.

    Args:
        error: What happened.
        stage: For the folder and the time.
        command: Name of the command, without its arguments.
    """
    try:
        folder = read_settings({}, stage.environ).logs
    except SettingsError:
        return None
    now = stage.clock()
    path = folder / f"unforeseen-{now:%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    text = "\n".join(_lines(error, command, now.isoformat(timespec="seconds"))) + "\n"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(text)
        return path
    return None


def _lines(error: BaseException, command: str, at: str) -> Iterator[str]:
    yield f"breachdesk {__version__}, Python {platform.python_version()}, {platform.system()}"
    yield f"at {at}, command: {command or '-'}"
    told: BaseException | None = error
    for _ in range(_DEEPEST):
        if told is None:
            return
        yield f"{type(told).__module__}.{type(told).__qualname__}"
        yield from traceback.StackSummary.extract(
            traceback.walk_tb(told.__traceback__), capture_locals=False
        ).format()
        told = told.__cause__ or told.__context__
        if told is not None:
            yield "caused by"
