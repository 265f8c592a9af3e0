"""How far one is: "Risk · 9 of 17 · 3 not known yet", a bar, when it was saved, and the clock."""

from collections.abc import Callable
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.message import say
from breachdesk.tui.screens.answers import Standing
from breachdesk.tui.screens.caseline import CaseLine
from breachdesk.tui.screens.questionnaire.walk import Walk
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.tones import MUTED

TONES = {
    Standing.KNOWN: "$success",
    Standing.UNCONFIRMED: "$warning",
    Standing.UNKNOWN: "$warning",
    Standing.UNANSWERED: "$foreground 20%",
}


NARROW = 2
"""Parts of the bar that are no wider stand without a gap."""


class Bar(Widget):
    """A line of as many parts as there are questions; the one in focus is thick."""

    DEFAULT_CSS = """
    Bar { height: 1; padding: 0 1; }
    """

    walk: reactive[Walk | None] = reactive(None, always_update=True)
    place: reactive[int] = reactive(0)

    def render(self) -> Content:
        """Draw the parts over the width there is."""
        if self.walk is None or not self.walk.questions:
            return Content()
        count = len(self.walk.questions)
        edges = [round(self.size.width * one / count) for one in range(count + 1)]
        return Content.assemble(
            *(
                (self._part(edges[one + 1] - edges[one], here=one + 1 == self.place), TONES[how])
                for one, how in enumerate(self.walk.standings)
            )
        )

    def _part(self, width: int, *, here: bool) -> str:
        if here:
            return "━" * max(1, width)
        gap = " " if width > NARROW else ""
        return "─" * (width - len(gap)) + gap


class Progress(Spoken, Vertical):
    """Two lines of words and the bar. Call `show` after every step."""

    DEFAULT_CSS = """
    Progress {
        height: 3;
        & > .far { height: 1; padding: 0 1; }
        & > .far > .left { width: 1fr; height: 1; text-wrap: nowrap; }
        & > .far > .left { text-overflow: ellipsis; }
        & > .far > .saved { width: auto; color: $text-success; padding-left: 2; }
    }
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Take the desk's clock."""
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        """Draw the case and its clock, then the place and when it was saved."""
        yield CaseLine(self._now)
        with Horizontal(classes="far"):
            yield Static(classes="left", id="how-far", markup=False)
            yield Static(classes="saved", markup=False)
        yield Bar()

    def show(self, case: CaseFile, walk: Walk, question_id: str) -> None:
        """Show where one is; an empty question is the end."""
        self.query_one(CaseLine).show(case)
        self.query_one("#how-far", Static).update(self._how_far(case, walk, question_id))
        bar = self.query_one(Bar)
        bar.walk, bar.place = walk, walk.place(question_id)

    def _how_far(self, case: CaseFile, walk: Walk, question_id: str) -> Content:
        place, count = walk.place(question_id), len(walk.questions)
        title = self.speaker.of(walk.form.title)
        where = say("{place} of {count}", place=place, count=count)
        parts = [self.say(where if place else say("all {count} seen", count=count))]
        unknown, open_ones = walk.count(Standing.UNKNOWN), walk.count(Standing.UNANSWERED)
        if unknown:
            parts.append(self.say(say("{count} not known yet", count=unknown)))
        if open_ones:
            one, more = say("1 not answered"), say("{count} not answered", count=open_ones)
            parts.append(self.say(one if open_ones == 1 else more))
        if case.seen_for is not None:
            group = self.say(say("{group} (F6)", group=case.seen_for.name))
            parts.insert(0, group)
        return Content.assemble((title, "bold"), (" · " + " · ".join(parts), MUTED))

    def saved(self, at: datetime) -> None:
        """Say when the last answer was written."""
        time = f"{at.astimezone(self.speaker.zone):%H:%M:%S}"
        self.query_one(".saved", Static).update(self.words(say("✔ saved {time}", time=time)))
