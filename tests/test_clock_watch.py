from datetime import UTC, datetime, timedelta

from breachdesk.when import ClockWatch, ticks


class Machine:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.tick = 1000.0

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.tick += seconds


def test_only_a_clock_that_was_moved_jumps() -> None:
    machine = Machine()
    watch = ClockWatch(lambda: machine.now, lambda: machine.tick)
    machine.wait(8 * 3600)
    assert watch.jump() == timedelta()
    machine.wait(10)
    machine.now -= timedelta(hours=1)
    assert watch.jump() == timedelta(hours=-1)
    assert watch.jump() == timedelta(), "said once"
    machine.now += timedelta(hours=3)
    assert watch.jump() == timedelta(hours=3)
    machine.now += timedelta(seconds=30)
    assert watch.jump() == timedelta(), "how a clock is kept right"


def test_ticks_only_grow() -> None:
    first = ticks()
    assert ticks() >= first
