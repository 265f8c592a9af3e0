"""The first start: what a desk and its key are, in three sentences; then name and passphrase."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message as Posted
from textual.widgets import Button, Input, Static

from breachdesk.errors import BreachdeskError
from breachdesk.message import Message, say
from breachdesk.terms import Lang
from breachdesk.tui.door import LEAST_CHARACTERS
from breachdesk.tui.keys import key
from breachdesk.tui.screens.threshold import Threshold
from breachdesk.tui.widgets.picks import Pick, Picks

OFFERED = (Lang.NB, Lang.EN)
"""The languages of the screen, each named in itself."""
_NAMES = {Lang.NB: "Norsk (bokmål)", Lang.EN: "English"}

_EXPLAINED = (
    say(
        "A desk is a folder on this machine with one encrypted database; nothing leaves it unless "
        "you export it."
    ),
    say(
        "Its key is made now and kept in your keyring, so that starting asks nothing; once it is "
        "locked, and where there is no keyring, your passphrase opens it."
    ),
    say(
        "You are then shown a recovery code, once: without keyring, passphrase and code nobody can "
        "open the desk again, and nor can we."
    ),
)


class FirstRunScreen(Threshold):
    """Asks for name, passphrase and language, and has the desk made."""

    DEFAULT_CSS = """
    FirstRunScreen {
        .frame { width: 78; padding: 0 2; }
        .what { margin-bottom: 0; }
        .explained { margin-bottom: 1; }
        Input { margin-bottom: 0; }
        Picks { padding: 0; }
        .row { height: auto; margin-bottom: 0; }
        .row .label { width: 24; }
        .row Input { width: 1fr; }
        .length { color: $text-muted; height: 1; padding-left: 24; }
        .length.-enough { color: $text-success; }
        .buttons { height: auto; align-horizontal: right; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "make", say("Make the desk"), hint=say("Make the desk"), id="first.make"),
    ]

    class Wanted(Posted):
        """Posted when a desk is to be made."""

        def __init__(self, *, actor: str, passphrase: str) -> None:
            """Keep what was typed."""
            super().__init__()
            self.actor, self.passphrase = actor, passphrase

    class LanguageChosen(Posted):
        """Posted when the person would rather read another language."""

        def __init__(self, lang: Lang) -> None:
            """Say which."""
            super().__init__()
            self.lang = lang

    def __init__(self, *, actor: str) -> None:
        """Take who acts, if the settings say so."""
        super().__init__()
        self._typed = {"actor": actor, "passphrase": "", "again": ""}
        self._problem: tuple[Message, Message | None] | None = None

    def compose_body(self) -> ComposeResult:
        """Draw the three sentences and the fields."""
        picks = [Pick(lang.value, Content(_NAMES[lang])) for lang in OFFERED]
        yield Picks(picks, chosen=(self.speaker.lang,), id="language")
        said = " ".join(self.say(sentence) for sentence in _EXPLAINED)
        yield Static(Content(f"\n{said}"), classes="explained")
        yield Static(classes="problem", markup=False)
        yield from self._row("actor", say("Your name"))
        yield from self._row("passphrase", say("Passphrase"), password=True)
        yield from self._row("again", say("The passphrase again"), password=True)
        yield Static(classes="length", markup=False)
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Make the desk")), variant="primary", id="make")

    def _row(self, field: str, label: Message, *, password: bool = False) -> ComposeResult:
        with Horizontal(classes="row"):
            yield Static(self.words(label), classes="label")
            yield Input(self._typed[field], password=password, id=field, compact=True)

    def on_mount(self) -> None:
        """Begin with the name."""
        self._show_length()
        self.query_one("#actor").focus()

    async def speak_anew(self) -> None:
        """Draw everything again; what was typed stays."""
        await super().speak_anew()
        self._show_length()
        if self._problem:
            self.say_problem(*self._problem)
        self.query_one("#language").focus()

    @on(Input.Changed)
    def _remember(self, event: Input.Changed) -> None:
        self._typed[event.input.id or ""] = event.value
        self._show_length()

    @on(Picks.Changed)
    def _choose_language(self, event: Picks.Changed) -> None:
        lang = Lang(event.picks.value)
        if lang != self.speaker.lang:
            self.post_message(self.LanguageChosen(lang))

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        if event.input.id == "again":
            self.action_make()
        else:
            self.focus_next()

    @on(Button.Pressed, "#make")
    def action_make(self) -> None:
        """Check what was typed and have the desk made."""
        wrong = self._wrong()
        if wrong is not None:
            field, what = wrong
            self._say(what, None)
            if field != "actor":
                self._empty_passphrase()
            self._go_to("actor" if field == "actor" else "passphrase")
            return
        self._problem = None
        self.say_problem(None)
        self.query_one("#make", Button).disabled = True
        self.query_one(".length", Static).update(self.words(say("Making the desk and its key …")))
        self.post_message(
            self.Wanted(actor=self._typed["actor"].strip(), passphrase=self._typed["passphrase"])
        )

    def failed(self, error: BreachdeskError) -> None:
        """Say why no desk was made."""
        self.query_one("#make", Button).disabled = False
        self._show_length()
        self._say(error.what, error.next_step)
        self._go_to("passphrase")

    def _empty_passphrase(self) -> None:
        """Have it typed anew, twice: what was typed cannot be seen."""
        for field in ("passphrase", "again"):
            self._typed[field] = ""
            self.query_one(f"#{field}", Input).value = ""

    def _go_to(self, field: str) -> None:
        """Put the focus into a field at once, so that no key typed meanwhile lands elsewhere."""
        self.set_focus(self.query_one(f"#{field}", Input))

    def _say(self, what: Message, next_step: Message | None) -> None:
        self._problem = (what, next_step)
        self.say_problem(what, next_step)

    def _wrong(self) -> tuple[str, Message] | None:
        typed = self._typed
        if not typed["actor"].strip():
            return "actor", say("Say who you are: every act is recorded under a name.")
        if len(typed["passphrase"]) < LEAST_CHARACTERS:
            return "passphrase", say(
                "The passphrase needs at least {count} characters: a few words will do.",
                count=LEAST_CHARACTERS,
            )
        if typed["passphrase"] != typed["again"]:
            return "again", say("The two passphrases are not the same.")
        return None

    def _show_length(self) -> None:
        count = len(self._typed["passphrase"])
        same = bool(count) and self._typed["passphrase"] == self._typed["again"]
        line = self.query_one(".length", Static)
        line.set_class(count >= LEAST_CHARACTERS and same, "-enough")
        if count < LEAST_CHARACTERS:
            least = LEAST_CHARACTERS
            text = say("{count} of at least {least} characters", count=count, least=least)
        elif same:
            text = say("✔ long enough, and both are the same")
        else:
            text = say("✔ long enough; type it once more")
        line.update(self.words(text))
