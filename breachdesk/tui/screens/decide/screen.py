"""The screen of decisions: the matters of our role on top, one of them in focus."""

from collections.abc import Mapping
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from breachdesk.casefile import CaseFile
from breachdesk.errors import BreachdeskError
from breachdesk.message import Message as Said
from breachdesk.message import say
from breachdesk.terms import Matter
from breachdesk.tui.base import act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.case.acts import CaseActs
from breachdesk.tui.screens.case.decisions import (
    Asked,
    asked_of,
    decided,
    named,
    outcome_words,
)
from breachdesk.tui.screens.caseline import CaseLine
from breachdesk.tui.screens.decide.form import DecisionForm
from breachdesk.tui.screens.decide.words import SHORT, recorded
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.picks import Pick, Picks

TALL = 34
"""From how many lines on the reasons get more room."""


class DecideScreen(CaseActs):
    """Decide the matters of one case."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "decide_it", say("Record it"), id="decide.record",
            hint=say("Record the decision with your name, the time and your reasons")),
        key("pagedown", "matter(1)", say("Next matter"), id="decide.next", first=True,
            hint=say("Go to the next matter")),
        key("pageup", "matter(-1)", say("Previous"), id="decide.previous", shown=False, first=True,
            hint=say("Go to the matter before")),
        key("f5", "assess", say("Assess"), id="decide.assess", shown=False,
            hint=say("Answer the questions about risk, and keep the assessment")),
        key("f2", "note", say("Note"), id="decide.note", shown=False,
            hint=say("Write a line in the timeline")),
    ]  # fmt: skip
    RECORDS: ClassVar[Mapping[str, Said]] = {"action_decide_it": say("Decide")}
    AUTO_FOCUS = "#outcome"
    CSS = """
    DecideScreen #matters { margin-bottom: 0; background: $panel; }
    DecideScreen #place { height: 1fr; }
    DecideScreen.-tall DecisionForm TextArea { height: 8; }
    DecideScreen.-tall CaseLine { margin: 1 0; }
    DecideScreen.-tall .question { margin: 1 0; }
    """

    def __init__(self, case: CaseFile, matter: Matter | None = None, group: str = "") -> None:
        """Take the case, the matter and its group; None is the first that is not decided."""
        super().__init__(case.ref)
        self.set_reactive(CaseActs.case, case)
        first = next_asked(case) or asked_of(case)[0]
        self.asked: Asked = (matter, group) if matter else first
        if self.asked not in asked_of(case):
            self.asked = next((one for one in asked_of(case) if one[0] == matter), first)

    @property
    def matter(self) -> Matter:
        """What is to be decided."""
        return self.asked[0]

    @property
    def the_case(self) -> CaseFile:
        """The case, which this screen always has."""
        return cast("CaseFile", self.case)

    def compose_body(self) -> ComposeResult:
        """Draw the case, the matters, and one of them: keys typed ahead find it in its place."""
        yield CaseLine(self.hall.now)
        yield Picks((), id="matters")
        with Container(id="place"):
            yield self._form()

    async def fill(self) -> None:
        """Show the case and the matters."""
        self._show_head()

    def on_resize(self) -> None:
        """Give the reasons more room where there is some."""
        self.set_class(self.size.height >= TALL, "-tall")

    async def show_matter(self, asked: Asked) -> None:
        """Draw one matter."""
        self.asked = asked
        self._show_head()
        place = self.query_one("#place", Container)
        with self.app.batch_update():
            await place.remove_children()
            await place.mount(self._form())

    def _form(self) -> DecisionForm:
        time = f"{self.now().astimezone(self.speaker.zone):%H:%M}"
        group = self.the_case.group(self.asked[1])
        case = self.the_case.for_group(group) if group else self.the_case
        return DecisionForm(case, self.matter, actor=self.desk.actor, time=time)

    def _show_head(self) -> None:
        self.query_one(CaseLine).show(self.the_case)
        matters = self.query_one("#matters", Picks)
        every = asked_of(self.the_case)
        matters.offer(Pick(_id(one), self._named(one)) for one in every)
        with self.prevent(Picks.Changed):
            matters.choose(_id(self.asked))

    def on_screen_resume(self) -> None:
        """Read the case again when another screen, such as the assessment, was over it."""
        if self.query(DecisionForm) and not self.acting:
            self.look_again()

    @act
    async def look_again(self) -> None:
        """Draw the matter anew when the case is another by now; what is half-typed is kept."""
        case = await self.ask(self.desk.intake.open, self.ref)
        if case is not None and case.seq != self.the_case.seq:
            await self.keep_typed()
            self.case = case
            await self.show_matter(self.asked)

    def _named(self, asked: Asked) -> Content:
        decision = decided(self.the_case, asked)
        name = self.words(self._short(asked))
        if decision is None:
            return name
        return Content.assemble(name, " ", outcome_words(decision.outcome, self.speaker))

    def _short(self, asked: Asked) -> Said:
        """Return a matter in a few words; whether to tell a group, by its name."""
        matter, group = asked
        if group:
            return say("Tell {group}?", group=self.the_case.group_name(group))
        return named(self.the_case, asked, SHORT[matter])

    @on(Picks.Changed, "#matters")
    def _chosen(self, event: Picks.Changed) -> None:
        chosen = event.picks.value
        self.turn_to(next(one for one in asked_of(self.the_case) if _id(one) == chosen))

    def action_matter(self, by: int) -> None:
        """Go to the next matter, or the one before."""
        every = asked_of(self.the_case)
        here = every.index(self.asked) if self.asked in every else 0
        self.turn_to(every[(here + by) % len(every)])

    @act
    async def turn_to(self, asked: Asked) -> None:
        """Show another matter; what is half-typed is kept, and the one in front stays as it is."""
        if asked == self.asked:
            return
        await self.keep_typed()
        await self.show_matter(asked)

    @act
    async def action_decide_it(self) -> None:
        """Record the decision; go on to what is not decided yet."""
        form = self.query_one(DecisionForm)
        new = form.decision()
        if new is None:
            return
        case = await self.ask(self.desk.decisions.decide, self.ref, new)
        if case is None:
            return
        form.query_one(DraftBox).said()
        self.case = case
        self.hall.tell(recorded(new.matter, new.outcome, who=self.desk.actor))
        following = next_asked(case, after=self.asked)
        if following is None:
            self.dismiss(None)
        else:
            await self.show_matter(following)

    def refused(self, error: BreachdeskError) -> bool:
        """Say beneath the reasons why it was refused."""
        step = error.next_step
        told = say("{what} {next}", what=error.what, next=step) if step else error.what
        for form in self.query(DecisionForm):
            form.say_problem(told)
        return True


def next_asked(case: CaseFile, *, after: Asked | None = None) -> Asked | None:
    """Return the first matter of the role that nobody has decided, beginning after one."""
    every = asked_of(case)
    start = every.index(after) + 1 if after in every else 0
    every = (*every[start:], *every[:start])
    return next((one for one in every if decided(case, one) is None), None)


def _id(asked: Asked) -> str:
    matter, group = asked
    return f"{matter.value}/{group}" if group else matter.value
