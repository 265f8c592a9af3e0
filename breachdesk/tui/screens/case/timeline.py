"""The tab of the timeline: what happened when, and when the desk learned of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import OptionList

from breachdesk.casefile import CaseFile, TimelineEntry
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.terms import Fidelity
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.screens.case.todo_lines import TASK, todo_lines
from breachdesk.tui.widgets.columns import Column, Columns, widest
from breachdesk.tui.widgets.linelist import Line, LineList
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

SIGNS = {
    "occurred": ("◦", MUTED),
    "first_sign": ("◇", "$text-accent"),
    "aware": ("◆", "$text-primary"),
    "logged": ("·", MUTED),
    "information": ("i", "$text-primary"),
    "decision": ("■", "$text-accent"),
    "action": ("→", "$text-success"),
    "assessed": ("≈", "$text-accent"),
    "issued": ("▤", "$text-primary"),
    "sent": ("✔", "$text-success"),
    "unsent": ("✖", "$text-error"),
    "letters": ("≡", "$text-primary"),
    "delivery": ("«", "$text-accent"),
    "evidence": ("▣", "$text-primary"),
    "handed_out": ("↗", "$text-warning"),
    "viewed": ("▣", "$text-muted"),
    "corrected": ("±", "$text-warning"),
    "closed": ("▪", MUTED),
    "reopened": ("▫", "$text-warning"),
}
"""A sign for each kind of line, one cell wide; the word stands beside it."""
A_MINUTE = timedelta(minutes=1)


class TimelineTab(CaseTab):
    """The derived timeline, oldest first, then what is to be done; Enter opens a task.

    The cursor starts at the newest line of the timeline.
    """

    _newest = ""
    """Id of the newest line as it was drawn last."""

    LABEL = say("Timeline")

    class TaskChosen(Posted):
        """Posted when a task is opened."""

        def __init__(self, number: int) -> None:
            """Say which."""
            super().__init__()
            self.number = number

    def compose(self) -> ComposeResult:
        """Draw the list."""
        yield LineList(id="timeline-list")

    def draw(self, case: CaseFile) -> None:
        """Show every line; a new one gets the cursor if it was on the last."""
        lines = tuple(self._lines(case))
        table = self.query_one(LineList)
        was_last = table.line_id == self._newest
        table.show_lines((*lines, *todo_lines(case, self)))
        self._newest = lines[-1].id if lines else ""
        if was_last and case.todos:
            table.go_to(self._newest)
        elif was_last:
            table.action_last()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        what, _, number = (event.option_id or "").partition(".")
        if what == TASK:
            event.stop()
            self.post_message(self.TaskChosen(int(number)))

    def _lines(self, case: CaseFile) -> Iterator[Line]:
        widths = _widths(case.timeline, self.speaker)
        seen: Counter[str] = Counter()
        for entry in case.timeline:
            line = f"{entry.id}.{entry.kind}"
            seen[line] += 1
            yield Line(entry_columns(entry, widths, self.speaker), f"{line}.{seen[line]}")


def _widths(entries: Iterable[TimelineEntry], speaker: Speaker) -> tuple[int, int]:
    """Return how wide the times and the kinds are in this language."""
    rows = tuple(entries)
    times = widest(when_words(one, speaker) for one in rows)
    return times, 2 + widest(speaker.term("TimelineKind", one.kind) for one in rows)


def entry_columns(entry: TimelineEntry, widths: tuple[int, int], speaker: Speaker) -> Columns:
    """Return one line: when, what kind, what happened, and when it was recorded if later."""
    kind = speaker.term("TimelineKind", entry.kind)
    sign, style = SIGNS.get(entry.kind, ("·", MUTED))
    text = Content.assemble(speaker.say(entry.text), *_tail(entry, speaker))
    return Columns(
        Column(Content(when_words(entry, speaker)), widths[0]),
        Column(Content.assemble((f"{sign} {kind}", style)), widths[1]),
        Column(text),
        Column(shown(entry.by).stylize(MUTED), 18, from_width=112),
    )


def when_words(entry: TimelineEntry, speaker: Speaker) -> str:
    """Return when it happened, as exactly as it is known."""
    brief = speaker.brief(entry.occurred_at)
    return brief if entry.fidelity == Fidelity.MINUTE else f"≈ {brief}"


def _tail(entry: TimelineEntry, speaker: Speaker) -> Iterator[tuple[str, str]]:
    parts = []
    if entry.fidelity != Fidelity.MINUTE:
        parts.append(speaker.word(entry.fidelity))
    if abs(entry.recorded_at - entry.occurred_at) >= A_MINUTE:
        parts.append(speaker.say(say("recorded {when}", when=_recorded(entry, speaker))))
    if entry.source:
        parts.append(speaker.say(say("source: {source}", source=entry.source)))
    if parts:
        yield f"  ({', '.join(parts)})", MUTED


def _recorded(entry: TimelineEntry, speaker: Speaker) -> str:
    """Return when it was recorded; the hour alone says enough on the same day."""
    happened = entry.occurred_at.astimezone(speaker.zone)
    recorded = entry.recorded_at.astimezone(speaker.zone)
    same_day = happened.date() == recorded.date()
    return f"{recorded:%H:%M}" if same_day else speaker.brief(entry.recorded_at)
