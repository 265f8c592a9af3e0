"""The part between the app and the terminal, made to bear a terminal that goes away.

Textual's own takes a write that fails for the end of all writing, and then waits for ever to write
more; and it starts anew, beside itself, at every SIGCONT, which the system also sends when a line
breaks or a service is ended.
"""

from contextlib import suppress
from io import TextIOWrapper
from typing import Any, TextIO, cast

from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver


class Lenient:
    """A stream to the terminal; what cannot be written is let go of."""

    def __init__(self, stream: TextIO) -> None:
        """Stand before a stream."""
        self._stream = stream

    def write(self, text: str) -> None:
        """Write, if it can be written."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Hand on what was written, if it can be."""
        with suppress(OSError):
            self._stream.flush()

    def fileno(self) -> int:
        """Return the number of the stream."""
        return self._stream.fileno()


class SteadyDriver(LinuxDriver):
    """Draws on a terminal that may go away, and that a shell may put to rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Textual's own
        """Stand before the terminal."""
        super().__init__(*args, **kwargs)
        if self._file is not None:
            self._file = cast("TextIOWrapper", Lenient(self._file))

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a rest; the app looks who is there before anything is drawn again."""
        writing = self._writer_thread
        if writing is None or not writing.is_alive():
            self.send_message(self.SignalResume())
            super()._sigcont_application()


def steady(kind: type[Driver]) -> type[Driver]:
    """Return the driver to use in place of Textual's own for a terminal; any other as it is."""
    return SteadyDriver if kind is LinuxDriver else kind
