"""The register's screen: what presses most, then every case, sorted by pressure."""

from datetime import datetime, timedelta
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from breachdesk.errors import BreachdeskError
from breachdesk.message import say
from breachdesk.records import NewIncident
from breachdesk.tui.base import act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.anchor import AnchorScreen
from breachdesk.tui.screens.home.case_table import CaseTable
from breachdesk.tui.screens.home.next_box import NextBox
from breachdesk.tui.screens.home.overview import Overview, overview_or_why, read_page
from breachdesk.tui.screens.new_incident import FIELDS as NEW_FIELDS
from breachdesk.tui.screens.new_incident import MISDIRECTED, NewIncidentScreen
from breachdesk.tui.screens.new_incident import PLACE as NEW
from breachdesk.tui.screens.profile import PROFILE, NoProfile, ProfileScreen
from breachdesk.tui.screens.verify import VerifyScreen
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.typed import TypedLine

READ_AGAIN = 60
"""Seconds until the register is read anew, for what others wrote meanwhile."""
DRILL_AWARE = timedelta(minutes=40)


class HomeScreen(ProfileScreen):
    """How long have we got, what is missing, who does what."""

    DEFAULT_CSS = """
    HomeScreen {
        #find { display: none; margin: 0 1; }
        #find.-open { display: block; }
        #waiting { height: auto; padding: 0 2; color: $text-accent; display: none; }
        #waiting.-some { display: block; }
        #unread { height: auto; padding: 0 2; color: $text-error; display: none; }
        &.-unread #unread { display: block; }
        #empty { display: none; height: 1fr; content-align: center middle; }
        &.-empty #empty { display: block; }
        &.-empty CaseTable { display: none; }
        &.-nothing-found #empty { display: block; height: auto; margin: 1 0; }
        CaseTable { margin: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "new", say("New"), hint=say("Log a new incident"), id="home.new", twin="ctrl+n"),
        key("m", "misdirected", say("Misdirected"), id="home.misdirected", twin="f2",
            hint=say("Log a message that reached the wrong person: the shortest way")),
        key("slash", "find", say("Find"), hint=say("Find cases by number or words"),
            id="home.find", twin="f3"),
        key("v", "verify", say("Verify"), hint=say("Check that nothing was lost or changed"),
            id="home.verify", twin="f8"),
        key("a", "anchor", say("Anchor"), id="home.anchor", twin="f6", shown=False,
            hint=say("Show where the record ends, as words and QR code, to keep elsewhere")),
        key("d", "drill", say("Drill"), hint=say("Log a made-up case, marked as a drill"),
            id="home.drill", twin="f7"),
        key("i", "profile", say("Profile"), id="home.profile", twin="ctrl+o,f9",
            hint=say("Bring in your organisation's profile from a file")),
        key("escape", "leave_search", say("All cases"), hint=say("Show every case again"),
            id="home.all"),
    ]  # fmt: skip

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__()
        self._overview: Overview | None = None
        self._read_at: datetime | None = None
        self._search = ""
        self._reads_more = False

    def compose_body(self) -> ComposeResult:
        """Draw the box, the field for finding, and the cases."""
        yield NextBox(self.hall.now)
        yield Static(id="unread", markup=False)
        yield NoProfile()
        yield Static(id="waiting", markup=False)
        yield TypedLine(
            self._search,
            id="find",
            compact=True,
            placeholder=self.say(say("Find by number or words; Enter goes to the list")),
            classes="-open" if self._search else "",
            disabled=not self._search,
        )
        yield CaseTable(self.hall.now)
        yield Static(id="empty", markup=False)

    def on_mount(self) -> None:
        """Read the register again from time to time."""
        self.set_interval(READ_AGAIN, self.read)

    def on_screen_resume(self) -> None:
        """Read the register when coming back to it."""
        if self.is_mounted:
            self.read()

    async def fill(self) -> None:
        """Read the register."""
        self.query_one(CaseTable).focus()
        if self._overview is not None:
            self._show(self._overview)
        self.read()

    @work(exclusive=True, group="read")
    async def read(self) -> None:
        """Read the register and show it."""
        if not self.hall.is_open:
            return
        found = await self.ask(overview_or_why, self.desk, self._search)
        if isinstance(found, BreachdeskError):
            self._keep_showing(found)
        elif found is not None:
            self._read_at = self.now()
            self.remove_class("-unread")
            self.query_one("#unread", Static).update("")
            self._show(found)

    def _keep_showing(self, error: BreachdeskError) -> None:
        """Mark what is shown as old: what cannot be read is neither empty nor calm."""
        if self.hall.is_covered or self.hall.obeys_call():
            return
        self.add_class("-unread")
        if self._read_at is None:
            self.query_one(NextBox).say_unread()
            how_old = say("The register cannot be read now.")
        else:
            how_old = say(
                "The register cannot be read now; this is how it stood {moment}.",
                moment=self._read_at,
            )
        parts = [how_old, error.what, *([error.next_step] if error.next_step else [])]
        self.query_one("#unread", Static).update(Content(" ").join(map(self.words, parts)))

    def _show(self, overview: Overview) -> None:
        self._overview = overview
        self.take_organisation(overview.organisation)
        self.query_one(NextBox).show(overview.pressing)
        self.query_one(CaseTable).show(overview)
        self.set_class(not overview.has_cases, "-empty")
        self.set_class(overview.has_cases and not overview.lines, "-nothing-found")
        self._show_waiting(overview)
        self._show_empty(overview)
        self.refresh_bindings()

    def _show_waiting(self, overview: Overview) -> None:
        line = self.query_one("#waiting", Static)
        line.set_class(bool(overview.waiting), "-some")
        places = ", ".join(self._place(*one) for one in overview.waiting.items())
        line.update(self.words(say("✎ Half-typed words are kept: {places}", places=places)))

    def _place(self, place: str, fields: tuple[str, ...]) -> str:
        if place == PROFILE:
            return self.say(say("the profile of your organisation (ctrl+o)"))
        return self._new_words(place, fields) if place.partition(".")[0] == NEW else place

    def _new_words(self, place: str, fields: tuple[str, ...]) -> str:
        """Name a new incident that is half typed, field by field."""
        said = ", ".join(self.say(words) for name, words in NEW_FIELDS.items() if name in fields)
        new = say("new incident (n)") if place == NEW else say("misdirected message (m)")
        return self.say(say("{new}: {fields}", new=new, fields=said) if said else new)

    def _show_empty(self, overview: Overview) -> None:
        place = self.query_one("#empty", Static)
        if overview.has_cases:
            place.update(self.words(say("No case fits. Esc shows all.")))
            return
        teach = [
            say("No cases yet."),
            say("n   log one"),
            say("m   log a misdirected message"),
            say("d   try a made-up one, as a drill"),
        ]
        if not overview.has_profile:
            teach.append(say("i   bring in your organisation's profile"))
        place.update("\n\n".join(self.say(line) for line in teach))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense now."""
        del parameters
        overview = self._overview
        if action == "leave_search":
            return bool(self._search) or self._is_finding()
        if action == "back":
            return False
        if action in ("find", "anchor") and overview is not None:
            return overview.has_cases
        if action == "drill":
            return overview is not None and not overview.has_cases
        return True

    def action_new(self) -> None:
        """Log an incident."""
        self.app.push_screen(NewIncidentScreen())

    def action_misdirected(self) -> None:
        """Log a misdirected message, and go the short way."""
        self.app.push_screen(NewIncidentScreen(MISDIRECTED))

    def action_verify(self) -> None:
        """Check the chain."""
        self.app.push_screen(VerifyScreen())

    def action_anchor(self) -> None:
        """Show where the record ends, to be kept elsewhere."""
        self.app.push_screen(AnchorScreen())

    def action_find(self) -> None:
        """Go to the field for finding."""
        field = self.query_one("#find", Input)
        field.add_class("-open")
        field.disabled = False
        field.focus()
        self.refresh_bindings()

    def action_leave_search(self) -> None:
        """Show every case again."""
        field = self.query_one("#find", Input)
        field.value = ""
        field.remove_class("-open")
        field.disabled = True
        self.query_one(CaseTable).focus()
        self.refresh_bindings()

    @act
    async def action_drill(self) -> None:
        """Log a made-up case after saying so."""
        title = say("Payroll list sent to the wrong recipient")
        aware = self.now() - DRILL_AWARE
        agreed = await self.confirm(
            say("Try a made-up case"),
            say(
                "This logs “{title}”, marked as a drill, as if you had become aware of it {when}. "
                "Drills stand apart from the register of real breaches.",
                title=title,
                when=aware,
            ),
            say("Log the drill"),
        )
        if not agreed:
            return
        new = NewIncident(
            title=self.say(title),
            became_aware_at=aware.replace(second=0, microsecond=0),
            awareness_reason=self.say(say("A drill.")),
            is_drill=True,
        )
        case = await self.ask(self.desk.intake.log, new)
        if case is not None:
            self.hall.open_case(case.ref)

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self._search = event.value.strip()
        self.read()

    @on(Input.Submitted, "#find")
    def _to_the_list(self) -> None:
        self.query_one(CaseTable).focus()

    @on(CaseTable.Opened)
    def _open(self, event: CaseTable.Opened) -> None:
        self.hall.open_case(event.ref)

    @on(CaseTable.NearEnd)
    @act
    async def _read_more(self, event: CaseTable.NearEnd) -> None:
        page = await self.ask(read_page, self.desk, self._search, after=event.after)
        if page is not None:
            self.query_one(CaseTable).add_page(*page)

    def _is_finding(self) -> bool:
        return self.query_one("#find", Input).has_class("-open")

    def help_text(self) -> HelpText:
        """Return what the register is."""
        return HelpText(
            title=self.say(say("The register")),
            text=self.say(
                say(
                    "Every case on this desk, what presses most first. The box on top shows the "
                    "running duty that ends first, and what is still missing for it. A case with "
                    "nothing running sinks to the end."
                )
            ),
            law=self.say(say("Every breach is documented, notified or not: Art. 33(5) GDPR.")),
        )
