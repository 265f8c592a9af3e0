"""What presses: the next step, the missing facts that matter most, what would change the advice.

Drawn to the width there is: a question gives way, who finds it out and by when does not.
"""

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from breachdesk.casefile import CaseFile, Unknown
from breachdesk.message import say
from breachdesk.terms import Status
from breachdesk.tui.screens.answers import who_and_when
from breachdesk.tui.screens.assessed import flip_words
from breachdesk.tui.screens.changing_groups import group_words
from breachdesk.tui.screens.groups import told_words
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.tones import MUTED

MOST_STEPS = 3
"""Lines the next step may take."""
MOST_MISSING = 3
"""How many missing facts are named."""


class Pressing(Spoken, Widget):
    """Five lines: the next step and the missing facts there is room for. Set `case`."""

    DEFAULT_CSS = """
    Pressing { height: 5; width: 1fr; padding: 0 1 0 0; }
    """

    case: reactive[CaseFile | None] = reactive(None, always_update=True)

    def render(self) -> Content:
        """Draw the lines; the next step may take three."""
        if self.case is None:
            return Content()
        width = self.size.width
        step = Content.assemble(
            (f"{self.say(say('Next:'))} ", "bold $text-primary"),
            Content(self.say(self.case.next_step.text)).stylize("bold"),
        )
        steps = step.wrap(width) if width > 0 else [step]
        if len(steps) > MOST_STEPS:
            rest = Content(" ").join(steps[MOST_STEPS - 1 :]).truncate(width, ellipsis=True)
            steps = [*steps[: MOST_STEPS - 1], rest]
        room = max(1, self.size.height - len(steps))
        return Content("\n").join([*steps, *self._missing(self.case, room, width)])

    def _missing(self, case: CaseFile, room: int, width: int) -> Iterator[Content]:
        if case.facts.status == Status.CLOSED:
            return
        pressing = sorted(case.unknown, key=lambda one: not one.settles)
        shown = pressing[: min(room, MOST_MISSING)]
        for place, one in enumerate(shown):
            is_last = place == len(shown) - 1
            more = len(pressing) - len(shown) if is_last else 0
            yield self._missing_line(case, one, width, more)

    def _missing_line(self, case: CaseFile, one: Unknown, width: int, more: int) -> Content:
        """Return one missing fact; the last says how many more there are, and the key to them."""
        when = who_and_when(one.owner, one.due, self.speaker, case.read_at)
        tail = "  ".join(("", *(part for part in (when, f"+{more} (F4)" if more else "") if part)))
        room = max(8, width - 2 - cell_len(tail))
        question = Content(self.speaker.of(one.question.text)).truncate(room, ellipsis=True)
        return Content.assemble(("! ", "bold $text-warning"), question, (tail, MUTED))


class Flips(Spoken, Widget):
    """One line: the nearest answer that would change the advice. Set `case`."""

    DEFAULT_CSS = """
    Flips { height: 1; padding: 0 1; display: none; }
    Flips.-some { display: block; }
    """

    case: reactive[CaseFile | None] = reactive(None, always_update=True)

    def watch_case(self, case: CaseFile | None) -> None:
        """Stand there only when there is such an answer."""
        self.set_class(case is not None and bool(case.current.flips), "-some")

    def render(self) -> Content:
        """Draw the line; what does not fit stands in the assessment."""
        if self.case is None or not self.case.current.flips:
            return Content()
        change = flip_words(self.case, self.case.current.flips[0], self.speaker)
        text = self.say(say("Would change the advice: {change}", change=change))
        return Content.styled(text, MUTED).truncate(self.size.width, ellipsis=True)


class GroupsLine(Spoken, Widget):
    """One line: the groups of people whose data differ, each with its advice. Set `case`."""

    DEFAULT_CSS = """
    GroupsLine { height: 1; padding: 0 1; display: none; }
    GroupsLine.-some { display: block; }
    """

    case: reactive[CaseFile | None] = reactive(None, always_update=True)

    def watch_case(self, case: CaseFile | None) -> None:
        """Stand there only when there are groups."""
        self.set_class(case is not None and bool(case.groups), "-some")

    def render(self) -> Content:
        """Draw the line; what does not fit stands in the assessment."""
        groups = self.case.groups if self.case else ()
        parts = [
            Content.assemble(f"{group_words(one, self.speaker)} ", told_words(one, self.speaker))
            for one in groups
        ]
        return Content("  ·  ").join(parts).truncate(self.size.width, ellipsis=True)
