"""One line above every screen of a case: which case this is, and how long there is."""

from collections.abc import Callable
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.tui.screens.case.header import leading_clock
from breachdesk.tui.widgets.countdown import Countdown
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.timing import Timing


class CaseLine(Spoken, Horizontal):
    """Reference, title, countdown. Call `show` with every fresh case."""

    DEFAULT_CSS = """
    CaseLine {
        height: 1;
        padding: 0 1;
        & > .which { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > Countdown { margin-left: 2; }
    }
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Take the desk's clock."""
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        """Draw both ends."""
        yield Static(classes="which", markup=False)
        yield Countdown(self._now, with_word=False)

    def show(self, case: CaseFile) -> None:
        """Show a case."""
        clock = leading_clock(case)
        self.query_one(Countdown).timing = Timing.of(clock, case.regime.clocks[clock.duty])
        which = Content.assemble((case.ref, "bold $text-primary"), "  ", shown(case.facts.title))
        self.query_one(".which", Static).update(which)
