"""A dialog that does one act: fields, the consequence in words, and ctrl+s.

It asks the desk itself, so that a refusal is said beside the fields and nothing typed is lost.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, ParamSpec, TypeVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static, TextArea

from breachdesk.casefile import CaseFile
from breachdesk.errors import BreachdeskError
from breachdesk.message import Message, say
from breachdesk.tui.hall import Hall
from breachdesk.tui.keys import key
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.picks import Picks

P = ParamSpec("P")
T = TypeVar("T")
LEAST_FIELDS = 3
"""Lines the fields get at least."""
FRAME = 3
"""Lines of the box's border and of what shows beneath it."""
EVERY = 15
"""Seconds after which the time in the consequence is said anew."""


class ActDialog(Dialog[CaseFile]):
    """What every act shares; gives back the case as it is afterwards, None when gone back."""

    DEFAULT_CSS: ClassVar[str] = """
    ActDialog {
        align: center bottom;
        & > .box { width: 76; max-height: 100%; padding: 0 1; margin-bottom: 1; }
        .fields { height: auto; max-height: 12; }
        .fields DraftBox { padding: 0 1; }
        Label { margin-top: 1; color: $text-muted; width: 1fr; }
        TextArea { height: 4; }
        .row { height: auto; margin-top: 1; }
        .row > Label { width: 17; margin: 0 1 0 0; }
        .row > Input { width: 1fr; }
        .row > MomentField { width: 1fr; }
        .problem { color: $text-error; height: auto; display: none; padding: 0 1; }
        .problem.-some { display: block; }
        .consequence { height: auto; margin: 1 0; padding: 0 1; color: $text-primary; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "confirm", say("Confirm"), id="act.confirm",
            hint=say("Do what the dialog says")),
    ]  # fmt: skip

    def __init__(self, case: CaseFile, title: Message, yes: Message) -> None:
        """Take the case, the heading, and the words on the button."""
        super().__init__(title)
        self.case, self.yes = case, yes
        self._is_recording = False
        self._lacking: Widget | None = None

    @property
    def acting(self) -> bool:
        """Is the act under way? Keys typed ahead wait for it."""
        return self._is_recording

    @property
    def hall(self) -> Hall:
        """The app."""
        return cast("Hall", self.app)

    def compose_box(self) -> ComposeResult:
        """Draw fields, problem, consequence and buttons."""
        box = DraftBox(place=self.case.ref, standing=self.standing())
        with VerticalScroll(classes="fields", can_focus=False), box:
            yield from self.fields()
        yield Static(classes="problem", markup=False)
        yield Static(classes="consequence", markup=False)
        with Horizontal(classes="buttons"):
            yield Button(self.words(self.yes), variant="primary", id="yes")
            yield Button(self.words(say("Back")), id="no")

    @abstractmethod
    def fields(self) -> Iterator[Widget]:
        """Return the fields, each after its label."""

    def standing(self) -> Mapping[str, str]:
        """Return what the fields say when nothing is typed yet, by name."""
        return {}

    @abstractmethod
    def consequence(self) -> Message:
        """Return what confirming does, as a sentence with who and when."""

    @abstractmethod
    async def record(self) -> CaseFile | None:
        """Do the act through `ask`; None when it was refused or something is lacking."""

    def label(self, words: Message) -> Label:
        """Return the label of a field."""
        return Label(self.words(words), markup=False)

    def row(self, words: Message, field: Widget) -> Widget:
        """Return a field with its label at the left, on one line."""
        return Horizontal(Label(self.words(words), markup=False), field, classes="row")

    def on_mount(self) -> None:
        """Say the consequence, and go on saying it as time passes."""
        self.set_interval(EVERY, self.say_consequence)
        self.say_consequence()

    def on_resize(self) -> None:
        """Keep the buttons in sight."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Give the fields what is left of the height; they scroll, the buttons are always seen."""
        fields = self.query_one(".fields")
        others = (one for one in self.query_one(".box").children if one is not fields)
        taken = sum(one.outer_size.height + one.styles.margin.height for one in others
                    if one.display)  # fmt: skip
        fields.styles.max_height = max(LEAST_FIELDS, self.size.height - taken - FRAME)

    def say_consequence(self) -> None:
        """Say what confirming would do now."""
        self.query_one(".consequence", Static).update(self.words(self.consequence()))
        self.call_after_refresh(self._fit)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(MomentField.Read)
    @on(Picks.Changed)
    def _follow(
        self, event: Input.Changed | TextArea.Changed | MomentField.Read | Picks.Changed
    ) -> None:
        self.say_consequence()
        if self._lacking in (None, event.control):
            self.say_problem(None)

    @on(Input.Submitted)
    def _go_on(self) -> None:
        self.focus_next()

    def refused(self, error: BreachdeskError) -> bool:
        """Say beside the fields why it was refused."""
        step = error.next_step
        told = say("{what} {next}", what=error.what, next=step) if step else error.what
        self.say_problem(told)
        return True

    def say_problem(self, problem: Message | None) -> None:
        """Say what is wrong; None takes it away."""
        self._lacking = None
        place = self.query_one(".problem", Static)
        place.set_class(problem is not None, "-some")
        place.update(Content(f"✖ {self.say(problem)}") if problem else Content())
        self.call_after_refresh(self._fit)

    def lacks(self, widget: Widget, problem: Message) -> None:
        """Say what is lacking and go there; it is said until something changes there."""
        self.say_problem(problem)
        self._lacking = widget
        widget.focus()

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a method of the desk."""
        return await self.hall.ask(call, *args, **kwargs)

    @on(Button.Pressed, "#yes")
    def action_confirm(self) -> None:
        """Do it, once."""
        if not self._is_recording:
            self._is_recording = True
            self._record()

    @work
    async def _record(self) -> None:
        refusals = self.hall.refusals
        try:
            case = await self.record()
        finally:
            self._is_recording = False
        is_whole = self.hall.refusals == refusals
        self.hall.note_end(self.yes, is_recorded=case is not None, is_whole=is_whole)
        if case is not None:
            self.query_one(DraftBox).said()
            self.dismiss(case)

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back; what is half-typed stays for the next time."""
        await self.hall.keep_typed(self.query(DraftBox))
        self.dismiss(None)
