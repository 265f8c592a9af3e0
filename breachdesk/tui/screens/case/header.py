"""The head of a case: what it is, its clock, the next step, and what is missing most."""

from collections.abc import Callable, Iterator
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.retention import KeepingState
from breachdesk.terms import ClockState, Duty, Role, Status
from breachdesk.tui.screens.answers import article
from breachdesk.tui.screens.case.pressing import Flips, GroupsLine, Pressing
from breachdesk.tui.widgets.columns import widest
from breachdesk.tui.widgets.countdown import DutyClock, state_class
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.timing import Timing
from breachdesk.tui.widgets.tones import MUTED

ARTICLES = {
    Duty.NOTIFY_AUTHORITY: "33",
    Duty.NOTIFY_CONTROLLER: "33.2",
    Duty.INFORM_SUBJECTS: "34",
}
"""Where in the GDPR each duty that has a clock stands."""


def leading_clock(case: CaseFile) -> ClockReading:
    """Return the clock that leads: the authority's; a processor's runs towards the controller."""
    is_processor = case.facts.role == Role.PROCESSOR
    own = case.clock(Duty.NOTIFY_CONTROLLER) if is_processor else None
    return own or case.clocks[0]


class CaseHeader(Spoken, Vertical):
    """Stands above every tab; set `case`."""

    DEFAULT_CSS = """
    CaseHeader {
        height: auto;
        & > .title { height: auto; max-height: 2; padding: 0 1; }
        & > .body { height: auto; min-height: 5; }
        & > .body > .clock {
            width: 42;
            height: auto;
            padding: 0 1;
            margin-right: 1;
            background: $surface;
            border-left: outer $primary;
            &.-due-soon { border-left: outer $warning; }
            &.-overdue { border-left: outer $error; }
            &.-met { border-left: outer $success; }
            &.-met-late { border-left: outer $warning; }
            &.-not-owed { border-left: outer $foreground 30%; }
        }
        & > .body > .clock > Static { height: auto; }
        & > .warnings { height: auto; max-height: 2; padding: 0 1; }
        & > .warnings { color: $text-warning; display: none; }
        & > .warnings.-some { display: block; }
    }
    """

    case: reactive[CaseFile | None] = reactive(None)

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Take the desk's clock."""
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        """Draw the title, the clock and what is next."""
        yield Static(classes="title", markup=False)
        with Horizontal(classes="body"):
            with Vertical(classes="clock"):
                yield DutyClock(self._now, id="leading")
                yield DutyClock(self._now, id="other")
                yield Static(classes="times", markup=False)
            yield Pressing()
        yield GroupsLine()
        yield Flips()
        yield Static(classes="warnings", markup=False)

    def watch_case(self, case: CaseFile | None) -> None:
        """Show another state of the case."""
        if case is None:
            return
        clock = leading_clock(case)
        self.query_one(".title", Static).update(_title(case, self.speaker))
        self._show_clocks(case, clock)
        self.query_one(".times", Static).update(_times(case, clock, self.speaker))
        self.query_one(Pressing).case = case
        self.query_one(GroupsLine).case = case
        self.query_one(Flips).case = case
        panel = self.query_one(".clock")
        for state in ClockState:
            panel.set_class(state == clock.state, state_class(state))
        warnings = self.query_one(".warnings", Static)
        warnings.set_class(bool(clock.warnings), "-some")
        warnings.update(_warnings(clock, self.speaker))

    def _show_clocks(self, case: CaseFile, leading: ClockReading) -> None:
        """Show every duty of our role: the one that leads, then the other."""
        others = tuple(one for one in case.clocks if one is not leading)
        for place, clock in (("#leading", leading), *(("#other", one) for one in others[:1])):
            line = self.query_one(place, DutyClock)
            line.labels = _labels(case, clock.duty, self.speaker)
            line.timing = Timing.of(clock, case.regime.clocks[clock.duty])


def _labels(case: CaseFile, duty: Duty, speaker: Speaker) -> tuple[str, str]:
    """Return the article of a duty, and only its number; a processor's two are told apart."""
    number = ARTICLES[duty]
    if duty == Duty.NOTIFY_AUTHORITY and case.facts.role == Role.PROCESSOR:
        number = "33.1"
    short = article(number, speaker)
    return speaker.say(say("Art. {law}", law=short)), short


def _title(case: CaseFile, speaker: Speaker) -> Content:
    parts = [Content.styled(case.ref, "bold $text-primary")]
    if case.incident.is_drill:
        parts.append(Content.styled(f"[{speaker.say(say('DRILL'))}]", "bold reverse"))
    if case.facts.status == Status.CLOSED:
        parts.append(Content.styled(f"■ {speaker.word(case.facts.status)}", MUTED))
    kept = _kept(case)
    if kept is not None:
        parts.append(Content.styled(speaker.say(kept), MUTED))
    parts.append(shown(case.facts.title).stylize("bold"))
    parts.append(_role_and_nature(case, speaker))
    return Content("  ").join(parts)


def _kept(case: CaseFile) -> Message | None:
    """Return how long the case is kept, in the fewest words; None when there is nothing to say."""
    retention = case.retention
    return {
        KeepingState.KEPT: say("kept until {day}", day=retention.until),
        KeepingState.OVER: say("may be erased since {day}", day=retention.until),
        KeepingState.HELD: say("held: not to be erased"),
        KeepingState.ERASED: say("erased"),
    }.get(retention.state)


def _role_and_nature(case: CaseFile, speaker: Speaker) -> Content:
    nature = [speaker.term("Nature", one) for one in case.facts.nature]
    kind = ", ".join(nature) or speaker.say(say("kind not known yet"))
    return Content.styled(f"{speaker.word(case.facts.role)} · {kind}", MUTED)


def _times(case: CaseFile, clock: ClockReading, speaker: Speaker) -> Content:
    labels = {"aware": say("aware"), "due": say("due"), "worst": say("worst case")}
    lines = [(speaker.say(labels[name]), text) for name, text in _time_lines(case, clock, speaker)]
    width = widest(label for label, _ in lines)
    return Content("\n").join(
        Content.assemble((label.ljust(width), MUTED), "  ", text) for label, text in lines
    )


def _time_lines(case: CaseFile, clock: ClockReading, speaker: Speaker) -> Iterator[tuple[str, str]]:
    aware = case.facts.became_aware_at
    yield "aware", speaker.brief(aware) if aware else speaker.say(say("not sure yet"))
    if clock.state == ClockState.NOT_OWED:
        yield "due", speaker.say(say("nothing owed"))
        return
    if clock.deadline:
        yield "due", speaker.brief(clock.deadline)
    elif clock.worst_case_deadline is None:
        yield "due", speaker.say(say("without undue delay"))
    if clock.worst_case_deadline and clock.worst_case_deadline != clock.deadline:
        yield "worst", speaker.brief(clock.worst_case_deadline)


def _warnings(clock: ClockReading, speaker: Speaker) -> Content:
    """Return the most telling warning and, when there is one, until when people are at work."""
    if not clock.warnings:
        return Content()
    first, last = clock.warnings[0], clock.warnings[-1]
    told = [speaker.say(first)] if first is last else [speaker.say(first), speaker.say(last)]
    return Content(f"▲ {' '.join(told)}")
