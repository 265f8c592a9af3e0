"""Log an incident: what happened and when we became aware. The rest can follow.

Awareness is never filled in: it is typed, or said not to be sure yet (Art. 33(1) GDPR).
"""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea

from breachdesk.desk import Desk
from breachdesk.errors import BreachdeskError
from breachdesk.message import Message, say
from breachdesk.records import NewIncident
from breachdesk.records.incident import TEXT_LENGTH, TITLE_LENGTH
from breachdesk.records.organisation import Processing
from breachdesk.rules.playbook import Playbook
from breachdesk.rules.regime import Regime
from breachdesk.tui.base import DeskScreen, act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.new_incident.meaning import meaning
from breachdesk.tui.screens.new_incident.more import More
from breachdesk.tui.screens.new_incident.naming import PLACE
from breachdesk.tui.screens.questionnaire.short import ShortScreen
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedLine


class NewIncidentScreen(DeskScreen):
    """Two fields, then the clock runs."""

    DEFAULT_CSS = """
    NewIncidentScreen {
        .page { padding: 1 2; height: 1fr; }
        .heading { text-style: bold; margin-bottom: 1; }
        .row { height: auto; margin-bottom: 1; }
        .row.-tight { margin-bottom: 0; }
        .label { width: 20; color: $text-muted; }
        .row Input { width: 1fr; }
        .row MomentField { width: 1fr; }
        .row MomentField > MomentInput { width: 22; }
        .row Picks { padding: 0; }
        #meaning { height: auto; min-height: 2; margin: 1 0; text-style: bold; }
        #problem { height: auto; color: $text-error; display: none; }
        #problem.-said { display: block; margin-top: 1; }
        .buttons { height: auto; margin-top: 1; align-horizontal: right; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "log", say("Log it"), hint=say("Log the incident; the clock runs"),
            id="new.log"),
        key("f4", "unsure", say("Not sure yet"), id="new.unsure",
            hint=say("When we became aware is not settled yet")),
    ]  # fmt: skip

    RECORDS: ClassVar[Mapping[str, Message]] = {"action_log": say("Log it")}

    def __init__(self, playbook: str = "") -> None:
        """Start empty; with a playbook, its steps and its few questions follow."""
        super().__init__()
        self._playbook = playbook
        self._book: Playbook | None = None
        self._regime: Regime | None = None
        self._activities: tuple[Processing, ...] = ()
        self._unsure: tuple[str, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Draw the two fields, what they mean, and what folds out."""
        place = f"{PLACE}.{self._playbook}" if self._playbook else PLACE
        with VerticalScroll(classes="page", can_focus=False), DraftBox(place=place):
            yield Static(self._heading(), classes="heading", markup=False)
            with Horizontal(classes="row"):
                yield Static(self.words(say("What happened")), classes="label")
                yield TypedLine(name="title", id="title", max_length=TITLE_LENGTH)
            with Horizontal(classes="row -tight"):
                yield Static(self.words(say("We became aware")), classes="label")
                hint = say("now · 40 min ago")
                yield MomentField(self.hall.now, name="aware", id="aware", placeholder=hint)
            with Horizontal(classes="row -tight"):
                yield Static(classes="label")
                unsure = Pick("yes", self.words(say("not sure yet (the worst case is shown)")))
                yield Picks([unsure], chosen=self._unsure, many=True, name="unsure", id="unsure")
            yield Static(id="meaning", markup=False)
            heading = say("More, if you know it: first sign · role · kind · processing · summary")
            yield More(self.hall.now, heading)
            yield Static(id="problem", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(self.words(say("Log it")), variant="primary", id="log")

    def _heading(self) -> Content:
        if self._book is None:
            return self.words(say("New incident"))
        rest = say("then the few questions of a simple case, the decisions, the notification")
        title = self.speaker.of(self._book.title)
        return Content.assemble(title, (f"  {self.say(rest)}", MUTED))

    async def fill(self) -> None:
        """Begin with the title; read the rules and the profile."""
        self.query_one("#title").focus()
        if self._playbook and self._book is None:
            books = await self.ask(self.desk.tasks.playbooks) or ()
            self._book = next((one for one in books if one.id == self._playbook), None)
        self.query_one(".heading", Static).update(self._heading())
        if self._regime is None:
            read = await self.ask(_read_rules, self.desk)
            if read is not None:
                self._regime, self._activities = read
        self.query_one(More).offer(self._activities)
        self.query_one(DraftBox).restore(self.query_one("#processing"))
        self._say_meaning()

    @property
    def _is_unsure(self) -> bool:
        return bool(self._unsure)

    @property
    def _aware(self) -> MomentField:
        return self.query_one("#aware", MomentField)

    @on(MomentField.Read)
    @on(Picks.Changed)
    def _say_meaning(self) -> None:
        self._unsure = self.query_one("#unsure", Picks).chosen
        self._aware.disabled = self._is_unsure
        place = self.query_one("#meaning", Static)
        said = self._regime and meaning(
            self._regime,
            aware=self._aware.moment,
            first_sign=self.query_one(More).moment("detected").moment,
            is_unsure=self._is_unsure,
            role=self.query_one(More).role,
            now=self.now(),
        )
        place.update(self.words(said) if said else Content())
        if self.query_one("#problem").has_class("-said") and self._wrong() is None:
            self._say_problem(None)

    @on(DraftBox.Restored)
    def _unfold(self, event: DraftBox.Restored) -> None:
        """Show what was left in the part that folds out."""
        more = self.query_one(More)
        if any(more.query(f"#{field}") for field in event.fields):
            more.collapsed = False

    def action_unsure(self) -> None:
        """Say that awareness is not settled, or take that back."""
        self.query_one("#unsure", Picks).action_mark()

    @on(Input.Submitted, "#title")
    def _to_awareness(self) -> None:
        self._aware.input.focus()

    @on(Input.Submitted, "#aware MomentInput")
    def _to_button(self) -> None:
        self.query_one("#log").focus()

    @on(Button.Pressed, "#log")
    def _press(self) -> None:
        self.action_log()

    @act
    async def action_log(self) -> None:
        """Log it and go to the case."""
        wrong = self._wrong()
        self._say_problem(*(wrong[1:] if wrong else (None,)))
        if wrong is not None:
            wrong[0].focus()
            return
        if self._book is None:
            case = await self.ask(self.desk.intake.log, self._incident())
        else:
            case = await self.ask(self.desk.begun.log, self._incident(), self._book.id)
        if case is None:
            return
        self.query_one(DraftBox).said()
        self.hall.open_case(case.ref, instead=True)
        if self._book is not None:
            self.app.push_screen(ShortScreen(case, self._book))

    def refused(self, error: BreachdeskError) -> bool:
        """Say beside the fields why it was not taken."""
        self._say_problem(error.what, error.next_step)
        return True

    def _wrong(self) -> tuple[Widget, Message, Message | None] | None:
        """Return the first field that is wrong or missing, and what to say about it."""
        title, more = self.query_one("#title", Input), self.query_one(More)
        summary = more.query_one("#summary", TextArea)
        if not title.value.strip():
            return title, say("Say in a few words what happened."), None
        for field in self.query(MomentField):
            if field.problem is not None and not field.disabled:
                more.collapsed = more.collapsed and field is self._aware
                return field.input, field.problem.what, field.problem.next_step
        if self._aware.moment is None and not self._is_unsure:
            text = say("Say when you became aware, or that you are not sure yet.")
            return self._aware.input, text, None
        if len(summary.text.strip()) > TEXT_LENGTH:
            return summary, say("“In short” takes {limit} characters.", limit=TEXT_LENGTH), None
        return None

    def _incident(self) -> NewIncident:
        more = self.query_one(More)
        return NewIncident(
            title=self.query_one("#title", Input).value,
            became_aware_at=None if self._is_unsure else self._aware.moment,
            awareness_reason=more.query_one("#why", Input).value.strip(),
            detected_at=more.moment("detected").moment,
            occurred_from=more.moment("occurred_from").moment,
            occurred_to=more.moment("occurred_to").moment,
            role=more.role,
            nature=more.nature,
            processing=more.processing,
            summary=more.query_one("#summary", TextArea).text.strip(),
            is_drill=more.is_drill,
        )

    def _say_problem(self, what: Message | None, next_step: Message | None = None) -> None:
        place = self.query_one("#problem", Static)
        place.set_class(what is not None, "-said")
        parts = [self.words(one) for one in (what, next_step) if one is not None]
        place.update(Content(" ").join(parts))
        if what is not None:
            place.scroll_visible()

    def help_text(self) -> HelpText:
        """Return what the field in focus asks for; awareness, where nothing else is meant."""
        around = self.focused.ancestors_with_self if self.focused else ()
        ids = {one.id for one in around}
        if "title" in ids:
            return HelpText(
                title=self.say(say("What happened")),
                text=self.say(
                    say(
                        "A few words by which everybody knows the case again: what happened to "
                        "which data. It stands in the register and on papers, so leave out names "
                        "of people. It can be corrected later; the old words stay in the record."
                    )
                ),
                example=self.say(say("Payroll list sent to the wrong recipient")),
            )
        if any(isinstance(one, More) for one in around):
            return HelpText(
                title=self.say(say("More, if you know it")),
                text=self.say(
                    say(
                        "Nothing here has to be filled in now: what stays empty is asked for "
                        "later, and nothing waits for it. What you know already is kept with the "
                        "case."
                    )
                ),
            )
        return self._about_awareness()

    def _about_awareness(self) -> HelpText:
        return HelpText(
            title=self.say(say("We became aware")),
            text=self.say(
                say(
                    "The controller is aware when it is reasonably certain that a security "
                    "incident has put personal data at risk. The 72 hours count from that moment, "
                    "hour by hour, also at night and on holidays. A first sign is not yet "
                    "awareness; a short look into it may come first."
                )
            ),
            example=self.say(say("now · 40 min ago · 14:30 · yesterday 16:05 · 21.11.2026 14:30")),
            law=self.say(say("Art. 33(1) GDPR; EDPB Guidelines 9/2022, section II.A.2.")),
        )


def _read_rules(desk: Desk) -> tuple[Regime, tuple[Processing, ...]]:
    """Return the rules in force and the profile's processing activities."""
    profile = desk.organisation.profile()
    regime = desk.office.forms.regime_for(None, desk.now())
    return regime, profile.processing if profile else ()
