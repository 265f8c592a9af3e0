"""How far a long work has come: one line on standard error, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from breachdesk.cli.errand import Errand
from breachdesk.message import Message


class Progress:
    """A line that is written over until the work is done."""

    def __init__(self, errand: Errand, what: Message) -> None:
        """Say what is going on before the number."""
        self._what = errand.speaker.say(what)
        self._shown = -1
        self._is_seen = sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        """Show how much is done, when it is another whole part in a hundred."""
        part = 100 if of <= 0 else min(100, 100 * done // of)
        if not self._is_seen or part == self._shown:
            return
        self._shown = part
        sys.stderr.write(f"\r{self._what} {part} %")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._shown >= 0:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def progress(errand: Errand, what: Message) -> Iterator[Progress]:
    """Give what is told of progress, and clear its line at the end."""
    line = Progress(errand, what)
    try:
        yield line
    finally:
        line.end()
