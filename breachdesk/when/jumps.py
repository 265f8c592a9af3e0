"""Tell when the machine's clock was put forward or back while somebody was looking at it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LEAST = timedelta(minutes=1)
"""Smaller steps are how a clock is kept right."""


def ticks() -> float:
    """Return seconds on a clock that nobody can set; where it can, it counts on in sleep."""
    counting = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if counting is None else time.clock_gettime(counting)


@dataclass
class ClockWatch:
    """Compares the clock that deadlines hang on with one that nobody can set."""

    now: Callable[[], datetime]
    """The machine's clock, aware."""
    ticks: Callable[[], float]
    """Seconds that only ever grow."""
    _at: datetime = field(init=False)
    _tick: float = field(init=False)

    def __post_init__(self) -> None:
        """Look for the first time."""
        self._at, self._tick = self.now(), self.ticks()

    def jump(self) -> timedelta:
        """Return how far the clock was moved since the last look; nothing when under a minute."""
        at, tick = self.now(), self.ticks()
        moved = at - self._at - timedelta(seconds=tick - self._tick)
        self._at, self._tick = at, tick
        return moved if abs(moved) >= LEAST else timedelta()
