"""How far something long is: told by a thread, drawn by the screen now and then, stopped by Esc."""

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from breachdesk.errors import RefusedError
from breachdesk.message import Message, say
from breachdesk.tui.widgets.spoken import Spoken

LOOK_EVERY = 0.2
"""Seconds from one drawing to the next."""
PARTS = 30
"""Cells of the bar."""


class Advance:
    """Handed to the desk as what is told; reading two numbers from another thread is safe."""

    def __init__(self, *, only_reads: bool = False) -> None:
        """Start at nothing; what only reads is stopped when the desk is locked or left."""
        self.done = self.of = 0
        self.is_stopped = False
        self.only_reads = only_reads

    def __call__(self, done: int, of: int) -> None:
        """Take how much is done, and of how much.

        Raises:
            RefusedError: it was stopped; whoever works cleans up.
        """
        if self.is_stopped:
            raise RefusedError(say("Stopped; nothing was kept."))
        self.done, self.of = done, of


class HowFar(Spoken, Static):
    """A bar with words; not there while nothing is under way."""

    DEFAULT_CSS = """
    HowFar { height: auto; padding: 0 1; color: $text-primary; display: none; }
    HowFar.-under-way { display: block; }
    """

    def __init__(self, words: Callable[[int, int], Message]) -> None:
        """Take the sentence that says how far it is."""
        super().__init__(markup=False)
        self._words = words
        self._advance: Advance | None = None

    def on_mount(self) -> None:
        """Look now and then."""
        self.set_interval(LOOK_EVERY, self.look)

    def follow(self, advance: Advance | None) -> None:
        """Draw how far this is from now on; None when it has ended."""
        self._advance = advance
        self.look()

    def look(self) -> None:
        """Draw it as it is now."""
        one = self._advance
        self.set_class(one is not None and one.of > 0, "-under-way")
        if one is not None and one.of > 0:
            full = PARTS * one.done // one.of
            said = self.say(self._words(one.done, one.of))
            self.update(Content(f"{'█' * full}{'░' * (PARTS - full)} {said}"))


def megabytes(done: int, of: int) -> Message:
    """Return how many bytes are done, in a unit people read."""
    return say("{done} of {of} MB", done=_mb(done), of=_mb(of))


def _mb(size: int) -> int:
    return -(-size // 1_000_000)
