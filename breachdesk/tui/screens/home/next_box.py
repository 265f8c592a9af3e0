"""The NEXT box: how long, which case, what is owed to whom by when, and what is missing for it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from breachdesk.casefile import CaseFile, Unknown
from breachdesk.message import Message, say
from breachdesk.rules.clock import ClockReading
from breachdesk.terms import ClockState, Duty
from breachdesk.tui.widgets.countdown import state_class
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.timing import Timing, how_long, sign_of

MOST_MISSING = 3
SHORT, WIDE = 24, 100
"""Cells a missing fact gets in a box narrower than so many."""
_OWED: dict[Duty, Message] = {
    Duty.NOTIFY_AUTHORITY: say("Notify {to}"),
    Duty.NOTIFY_CONTROLLER: say("Tell {to}"),
    Duty.INFORM_SUBJECTS: say("Inform {to}"),
}


class NextBox(Spoken, Horizontal):
    """What presses most on this desk."""

    DEFAULT_CSS = """
    NextBox {
        height: auto;
        min-height: 6;
        margin: 0 1;
        border: round $border;
        border-title-color: $text;
        padding: 0 1;
        & > Digits { width: auto; min-width: 9; padding: 0 2 0 1; text-style: bold; }
        & > .lines { height: auto; }
        .lines Static { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        .what { text-style: bold; }
        .lines .next { color: $text-muted; height: auto; max-height: 2; text-wrap: wrap; }
        &.-calm { min-height: 3; height: 3; border: round $success; }
        &.-calm { border-title-color: $text-success; }
        &.-calm > Digits { display: none; }
        &.-running { border: round $primary; border-title-color: $text-primary; }
        &.-running > Digits { color: $text-primary; }
        &.-not-started { border: round $accent; border-title-color: $text-accent; }
        &.-not-started > Digits { color: $text-accent; }
        &.-due-soon { border: heavy $warning; border-title-color: $text-warning; }
        &.-due-soon > Digits { color: $text-warning; }
        &.-overdue { border: heavy $error; border-title-color: $text-error; }
        &.-overdue > Digits { color: $text-error; }
    }
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Take the desk's clock."""
        super().__init__()
        self._now = now
        self._timing: Timing | None = None
        self._is_read = False

    def compose(self) -> ComposeResult:
        """Draw the big clock and the lines beside it."""
        yield Digits()
        with Vertical(classes="lines"):
            yield Static(classes="what", markup=False)
            yield Static(classes="owed", markup=False)
            yield Static(classes="missing", markup=False)
            yield Static(classes="next", markup=False)

    def on_mount(self) -> None:
        """Begin to tick."""
        self.set_interval(1, self.tick)

    def show(self, case: CaseFile | None) -> None:
        """Show the case that presses most; None says that nothing presses."""
        self._is_read = True
        clock = pressing_clock(case) if case else None
        self.set_class(clock is None, "-calm")
        if case is None or clock is None:
            self._timing = None
            self._say("what", self.words(say("No duty is running.")))
            self._say_rest(Content(), Content(), Content())
        else:
            self._timing = Timing.of(clock, case.regime.clocks[clock.duty])
            self._say("what", Content.assemble(case.ref, "  ", shown(case.facts.title)))
            self._say_rest(self._owed(clock), self._missing(case), self._next(case))
        self.tick()

    def say_unread(self) -> None:
        """Say that nobody knows what presses: the register was not read once."""
        self._say("what", self.words(say("What presses is not known.")))

    def tick(self) -> None:
        """Show this second."""
        now, timing = self._now(), self._timing
        state = timing.state_at(now) if timing else None
        for one in ClockState:
            self.set_class(one == state, state_class(one))
        if not self._is_read:
            return
        if timing is None or state is None:
            self.border_title = Content.assemble("✔ ", self.words(say("Nothing presses")))
            return
        word, long = self.speaker.word(state), how_long(timing, self.speaker, now)
        said = long if word in long else f"{word} · {long}"
        self.border_title = Content(f"{sign_of(timing, now)} {said}")
        self.query_one(Digits).update(on_the_face(timing, now))

    def _say_rest(self, owed: Content, missing: Content, next_step: Content) -> None:
        self._say("owed", owed)
        self._say("missing", missing)
        self._say("next", next_step)

    def _say(self, line: str, content: Content) -> None:
        self.query_one(f".{line}", Static).update(content)

    def _owed(self, clock: ClockReading) -> Content:
        owed = self.say(Message(_OWED[clock.duty].text, {"to": clock.to}))
        when = clock.deadline or clock.worst_case_deadline
        if when is None:
            by = say("without undue delay; the law sets no hours")
        elif clock.deadline is None:
            by = say("by {when} at worst, awareness is not settled", when=self._brief(when))
        else:
            brief = self._brief(when)
            late, by = say("was due {when}", when=brief), say("by {when}", when=brief)
            by = late if clock.state == ClockState.OVERDUE else by
        return Content(f"{owed} · {self.say(by)}")

    def _missing(self, case: CaseFile) -> Content:
        unknown = [one for one in case.unknown if one.kind == "unknown"]
        rest = len(case.unknown) - len(unknown)
        if not unknown:
            left = say("Questions not answered yet: {count}", count=rest)
            return self.words(left if rest else say("Nothing is missing."))
        facts = " · ".join(self._one_missing(one) for one in unknown[:MOST_MISSING])
        more = len(unknown) - MOST_MISSING + rest
        if more > 0:
            return self.words(say("Missing: {facts} · and {count} more", facts=facts, count=more))
        return self.words(say("Missing: {facts}", facts=facts))

    def _one_missing(self, one: Unknown) -> str:
        text = shown(self.speaker.of(one.question.text).rstrip("?: "), is_open=True)
        if self.size.width < WIDE:
            text = text.truncate(SHORT, ellipsis=True)
        who = [one.owner] if one.owner else []
        when = [self._by(one.due)] if one.due else []
        return f"{text.plain} ({', '.join((*who, *when))})" if who or when else text.plain

    def _by(self, moment: datetime) -> str:
        """Return a time, without its day when that is today."""
        local, now = (one.astimezone(self.speaker.zone) for one in (moment, self._now()))
        is_today = local.date() == now.date()
        return f"{local:%H:%M}" if is_today else self.speaker.brief(moment)

    def _next(self, case: CaseFile) -> Content:
        return self.words(say("Next: {step}", step=case.next_step.text))

    def _brief(self, moment: datetime) -> str:
        return self.speaker.brief(moment)


def pressing_clock(case: CaseFile) -> ClockReading | None:
    """Return the running clock that ends first; one without hours only when no other runs."""
    running = [clock for clock in case.clocks if clock.is_running]
    timed = list(_timed(running))
    if timed:
        return min(timed, key=lambda pair: pair[0])[1]
    return running[0] if running else None


def _timed(clocks: list[ClockReading]) -> Iterator[tuple[datetime, ClockReading]]:
    for clock in clocks:
        ends = clock.deadline or clock.worst_case_deadline
        if ends is not None:
            yield ends, clock


def on_the_face(timing: Timing, now: datetime) -> str:
    """Return hours and minutes for the big clock: left, or late with a minus, or elapsed."""
    ends = timing.counts_to()
    span = ends - now if ends else now - (timing.started_at or now)
    minutes = abs(span) // timedelta(minutes=1)
    sign = "-" if ends and span < timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"
