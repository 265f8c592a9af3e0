"""The clock's face: how long there is, as word, sign and colour, every second anew.

Art. 33(1) GDPR counts elapsed hours; nothing here counts, it only shows the deadline it is handed.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from breachdesk.terms import ClockState
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.timing import Timing, how_long, sign_of


def state_class(state: ClockState) -> str:
    """Return the CSS class of a state, such as ``-due-soon``."""
    return f"-{state.value.replace('_', '-')}"


class Countdown(Spoken, Static):
    """One line such as ``▲ due soon · 2 h 14 min left``; colour only adds.

    Set `timing`; the line and its class (``-running -due-soon -overdue …``) follow by the second.
    """

    DEFAULT_CSS = """
    Countdown {
        width: auto;
        height: 1;
        text-style: bold;
        &.-not-started { color: $text-accent; }
        &.-running { color: $text-primary; }
        &.-due-soon { color: $text-warning; }
        &.-overdue { color: $text-error; }
        &.-met { color: $text-success; }
        &.-met-late { color: $text-warning; }
        &.-not-owed { color: $text-muted; text-style: none; }
    }
    """

    timing: reactive[Timing | None] = reactive(None, layout=True)

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        with_word: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Show nothing until `timing` is set.

        Args:
            now: The desk's clock; aware.
            with_word: Say the state's word too, where there is room for it.
            id: Textual's id.
            classes: Textual's classes.
        """
        super().__init__(id=id, classes=classes, markup=False)
        self._now = now
        self._with_word = with_word

    def on_mount(self) -> None:
        """Begin to tick."""
        self.set_interval(1, self.tick)

    def watch_timing(self) -> None:
        """Show a new clock at once."""
        self.tick()

    def tick(self) -> None:
        """Show this second."""
        timing = self.timing
        if timing is None:
            self.update(Content())
            return
        now = self._now()
        for state in ClockState:
            self.set_class(state == timing.state_at(now), state_class(state))
        line = self.line(timing, now)
        if line != str(self.content):
            self.update(Content(line))

    def line(self, timing: Timing, now: datetime) -> str:
        """Return what is said at that second."""
        parts = [how_long(timing, self.speaker, now)]
        word = self.speaker.word(timing.state_at(now))
        if self._with_word and word not in parts[0]:
            parts.insert(0, word)
        return f"{sign_of(timing, now)} {' · '.join(parts)}"


class DutyClock(Countdown):
    """One duty's clock on a line of its own, such as ``▲ Art. 33 · due soon · 2 h 14 min left``.

    Sign, state and time are always whole: what gives way is the minutes, then the "Art.".
    """

    DEFAULT_CSS = """
    DutyClock { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    labels: reactive[tuple[str, str]] = reactive(("", ""))
    """The duty's article, as lawyers write it and as short as it goes."""

    def watch_labels(self) -> None:
        """Show another duty."""
        self.tick()

    def on_resize(self) -> None:
        """Use the room there is."""
        self.tick()

    def line(self, timing: Timing, now: datetime) -> str:
        """Return the fullest line that fits."""
        lines = tuple(self._lines(timing, now))
        fitting = (one for one in lines if cell_len(one) <= self.content_size.width)
        return next(fitting, lines[-1])

    def _lines(self, timing: Timing, now: datetime) -> Iterator[str]:
        state = timing.state_at(now)
        word = self.speaker.word(state)
        for label in self.labels:
            for is_brief in (False, True):
                long = how_long(timing, self.speaker, now, is_brief=is_brief)
                if state == ClockState.NOT_OWED:
                    said = [label, word]
                elif word in long or timing.counts_to() is None:
                    said = [label, long]
                else:
                    said = [label, word, long]
                yield f"{sign_of(timing, now)} {' · '.join(said)}"
