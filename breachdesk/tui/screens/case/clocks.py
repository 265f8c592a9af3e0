"""The tab of clocks: the GDPR's, those of other laws and contracts, each with its working."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from breachdesk.casefile import CaseFile
from breachdesk.message import say
from breachdesk.rules.clock import ClockReading
from breachdesk.rules.questionnaire import asked
from breachdesk.tui.screens.answers import Standing, standing_of
from breachdesk.tui.screens.assessed import cited
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.screens.clocklines import STYLES, other_columns, working_of
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.timing import SIGNS, Timing, how_long
from breachdesk.tui.widgets.tones import MUTED

OTHER = "other"
"""The form that screens for other laws."""
SCREENING = "screening"


class ClocksTab(CaseTab):
    """Every clock; below, how the one under the cursor was worked out. Enter opens what it asks."""

    LABEL = say("Clocks")
    DEFAULT_CSS = """
    ClocksTab > VerticalScroll { height: 5; padding: 0 1; border-top: solid $foreground 15%; }
    ClocksTab > VerticalScroll > Static { height: auto; }
    """

    class Chosen(Message):
        """Posted when the screening is opened, at a question if one is named."""

        def __init__(self, question: str) -> None:
            """Say at which question."""
            super().__init__()
            self.question = question

    def compose(self) -> ComposeResult:
        """Draw the clocks and the working of one."""
        yield LineList(id="clocks-list")
        with VerticalScroll(can_focus=False):
            yield Static(classes="working", markup=False)

    def draw(self, case: CaseFile) -> None:
        """Show every clock."""
        self.query_one(LineList).show_lines(tuple(self._lines(case)))
        self._show_working()

    def _lines(self, case: CaseFile) -> Iterator[Line]:
        yield heading(self.words(say("General Data Protection Regulation")))
        for clock in case.clocks:
            yield Line(self._own(case, clock), f"own.{clock.duty.value}")
        yield heading(self.words(say("Other laws, contracts, controllers we serve")))
        for one in case.other_clocks:
            yield Line(other_columns(one, self.speaker), f"other.{one.id}")
        yield Line(self._screening(case), SCREENING)

    def _own(self, case: CaseFile, clock: ClockReading) -> Columns:
        timing = Timing.of(clock, case.regime.clocks[clock.duty])
        to = self.say(say("to {to}", to=clock.to))
        when = f"\n{self.speaker.brief(clock.deadline)}" if clock.remaining is not None and (
            clock.deadline is not None
        ) else ""  # fmt: skip
        style = STYLES[clock.state]
        left = how_long(timing, self.speaker, case.read_at)
        return Columns(
            Column(Content.styled(SIGNS[clock.state], style), 1),
            Column(Content.assemble(self.speaker.word(clock.duty), (f"  {to}", MUTED))),
            Column(Content.styled(f"{left}{when}", style), 30),
        )

    def _screening(self, case: CaseFile) -> Content:
        form = case.forms[OTHER]
        asks = asked(form, case.given, case.derived)
        done = sum(standing_of(case, one) is Standing.KNOWN for one in asks)
        if not done:
            text = say("→ Do other laws bind us here? Ten short screenings; Enter begins")
            return Content.styled(self.say(text), "$text-accent")
        text = say("→ Do other laws bind us here? {done} of {count} answered; Enter goes on",
                   done=done, count=len(asks))  # fmt: skip
        return Content.styled(self.say(text), "$text-primary")

    @on(OptionList.OptionHighlighted)
    def _follow(self) -> None:
        self._show_working()

    def _show_working(self) -> None:
        if self.case is not None:
            lines = tuple(self._working(self.case, self.query_one(LineList).line_id))
            self.query_one(".working", Static).update(Content("\n").join(lines))
            self.query_one(VerticalScroll).scroll_home(animate=False)

    def _working(self, case: CaseFile, line_id: str) -> Iterator[Content]:
        what, _, name = line_id.partition(".")
        for clock in case.clocks:
            if what == "own" and clock.duty.value == name:
                for number, step in enumerate(clock.working, start=1):
                    yield Content(f"{number}. {self.say(step.text)}")
                yield Content.styled(cited(case, clock.cites, self.speaker), MUTED)
        for one in case.other_clocks:
            if what == "other" and one.id == name:
                yield from working_of(case, one, self.speaker)
        if what == SCREENING:
            text = say(
                "Digital security, the Security Act, electronic communications, trust services, "
                "DORA, ICT in finance, health, NIS2, AI and the police: some have clocks shorter "
                "than 72 hours. What does not bind us is asked no further."
            )
            yield self.words(text)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        what, _, name = (event.option_id or "").partition(".")
        if what == SCREENING:
            self.post_message(self.Chosen(""))
        elif what == "other" and self.case is not None:
            self._open_clock(self.case, name)

    def _open_clock(self, case: CaseFile, name: str) -> None:
        """Go to the question that is open about a clock, or that stops it."""
        clock = next(one for one in case.other_clocks if one.id == name)
        duty = next((one for one in case.regime.parallel if name.startswith(f"{one.id}.")), None)
        told = [one.told_at for one in duty.steps if f"{duty.id}.{one.id}" == name] if duty else []
        asks = {one.id for one in asked(case.forms[OTHER], case.given, case.derived)}
        wanted = (*clock.settles, *told, _AGREED.get(name.partition(".")[0], ""))
        self.post_message(self.Chosen(next((one for one in wanted if one in asks), "")))


_AGREED = {"contract": "contracts_told", "controller": "controllers_affected"}
"""Which question bears on a clock that a contract sets, by what its id begins with."""
