"""The line to the terminal: what becomes of the program when it breaks, or the system ends it.

One thread waits for the signals and for the terminal to be gone. It tells the app, which leaves in
order; and it ends the process itself when that takes too long. The thread never touches a screen.
"""

import os
import select
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType

BY_SIGNAL = 128
"""What shells add to a signal's number, for the exit code of whom it ended."""
PATIENCE = 10.0
"""Seconds from the first signal to the end, whatever hangs."""
SAME_END = 2.0
"""Seconds in which further signals belong to the first: the system and the shell both tell of a
broken line, and a session that is ended gets SIGTERM and SIGHUP."""
_LOOK_EVERY = 1000
"""Milliseconds between looks at the terminal, where the system does not say that it is gone."""
_ENDINGS = ("SIGTERM", "SIGHUP", "SIGINT")
_STREAMS = (0, 1, 2)
_DONE = 0
"""What the thread is told when the app has ended by itself; no signal has this number."""


class Line:
    """Hears that the program is to end, and sees to it that it does."""

    def __init__(self, end: Callable[[int], None], let_go: Callable[[], None]) -> None:
        """Take what is done then.

        Args:
            end: Has the app leave in order because of a signal. Called from the thread.
            let_go: Done last before the process is ended by force. Called from the thread.
        """
        self._end, self._let_go = end, let_go
        self._hears, self._tells = os.pipe()
        self._number = 0
        """Of the signal that ends the program; 0 while none does."""
        self._told_at = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Wait for what ends the program; signals that it was started to ignore stay ignored."""
        if not hasattr(select, "poll"):  # a system without signals of this kind
            yield
            return
        numbers = [getattr(signal, name) for name in _ENDINGS]
        heard = [one for one in numbers if signal.getsignal(one) is not signal.SIG_IGN]
        before = {one: signal.signal(one, self._hear) for one in heard}
        thread = threading.Thread(target=self._wait, name="line", daemon=True)
        thread.start()
        try:
            yield
        finally:
            for number, known in before.items():
                signal.signal(number, known)
            os.write(self._tells, bytes([_DONE]))
            thread.join()
            os.close(self._hears)
            os.close(self._tells)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        del frame
        os.write(self._tells, bytes([number]))

    def _wait(self) -> None:
        watched = select.poll()
        watched.register(self._hears, select.POLLIN)
        for one in filter(os.isatty, _STREAMS):
            watched.register(one, 0)
        while True:
            for ready, seen in watched.poll(self._patience()):
                if ready == self._hears:
                    number = os.read(self._hears, 1)[0]
                    if number == _DONE:
                        return
                    self._told(number)
                else:
                    watched.unregister(ready)
                    self._broke(ready, seen)
            if self._number and monotonic() - self._told_at >= PATIENCE:
                self._end_by_force()

    def _broke(self, stream: int, seen: int) -> None:
        if seen & (select.POLLHUP | select.POLLERR):
            _silence(stream)
            if not self._number:
                self._told(signal.SIGHUP)

    def _patience(self) -> float:
        """Return for how many milliseconds nothing need be looked at."""
        if not self._number:
            return _LOOK_EVERY
        left = self._told_at + PATIENCE - monotonic()
        return max(0.0, min(_LOOK_EVERY, left * 1000))

    def _told(self, number: int) -> None:
        if not self._number:
            self._number, self._told_at = number, monotonic()
            self._end(number)
        elif monotonic() - self._told_at >= SAME_END:
            self._end_by_force()

    def _end_by_force(self) -> None:
        try:
            self._let_go()
        finally:
            os._exit(BY_SIGNAL + self._number)


def _silence(stream: int) -> None:
    """Put nothing in place of a stream that is gone: writing to it would fail.

    Reading standard input from a terminal that is gone returns at once, again and again, until the
    program has ended; anything in its place might hold up whoever reads.
    """
    if stream:
        with suppress(OSError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, stream)
            os.close(nothing)
