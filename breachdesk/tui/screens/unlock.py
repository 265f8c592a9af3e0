"""The first screen: the desk opens behind it, or it asks for what opens it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message as Posted
from textual.widgets import Button, Input, Static

from breachdesk.errors import BreachdeskError, WrongKeyError
from breachdesk.message import Message, say
from breachdesk.tui.door import Step
from breachdesk.tui.keys import key
from breachdesk.tui.screens.threshold import Threshold
from breachdesk.tui.widgets.shown import shown

_STEPS = {
    Step.LOADING: say("Opening the desk …"),
    Step.KEYRING: say("Waiting for your keyring …  Esc: type the passphrase"),
    Step.KEY: say("Working out the key …"),
    Step.DATABASE: say("Opening the desk …"),
    Step.LOCKING: say("Locking …"),
}


class UnlockScreen(Threshold):
    """Says what is under way; when nothing opens the desk by itself, asks."""

    DEFAULT_CSS = """
    UnlockScreen {
        .asking { display: none; height: auto; }
        &.-asks .asking { display: block; }
        &.-asks .step { display: none; }
        .keys { height: auto; }
        .file { display: none; height: auto; margin-bottom: 1; }
        &.-file .keys { display: none; }
        &.-file .file { display: block; }
        .who { height: auto; display: none; }
        &.-who .who { display: block; }
        .buttons { height: auto; align-horizontal: right; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "open", say("Open"), hint=say("Open the desk"), id="unlock.open"),
        key("escape", "turn_to_passphrase", say("Passphrase"), id="unlock.passphrase",
            hint=say("Do not wait for the keyring; type the passphrase")),
    ]  # fmt: skip

    class Wanted(Posted):
        """Posted when the desk is to be opened with what was typed."""

        def __init__(self, *, actor: str, passphrase: str, recovery: str) -> None:
            """Keep what was typed; nothing typed means keyring or passphrase file."""
            super().__init__()
            self.actor, self.passphrase, self.recovery = actor, passphrase, recovery

    class GaveUp(Posted):
        """Posted when the person does not wait any longer for what is under way."""

    def __init__(self, *, actor: str, file: str = "") -> None:
        """Take who acts, empty when that is to be asked, and the passphrase file, if one is set."""
        super().__init__()
        self._file = file
        self._actor = actor
        self._problem: BreachdeskError | None = None
        self._step = Step.LOADING

    def compose_body(self) -> ComposeResult:
        """Draw what is under way, and the fields for when something is asked."""
        yield Static(shown(str(self.hall.home), is_open=True), classes="what")
        yield Static(classes="problem", markup=False)
        yield Static(self.words(_STEPS[self._step]), classes="step", markup=False)
        with Vertical(classes="asking"):
            with Vertical(classes="who"):
                yield Static(self.words(say("Your name")), classes="label")
                yield Input(self._actor, id="actor")
            opens = say("The passphrase file {file} opens the desk: nothing to type.",
                        file=self._file)  # fmt: skip
            yield Static(self.words(opens), classes="file", markup=False)
            with Vertical(classes="keys"):
                yield Static(self.words(say("Passphrase")), classes="label")
                yield Input(password=True, id="passphrase")
                yield Static(self.words(say("Or the recovery code")), classes="label")
                yield Input(id="recovery", placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
            with Horizontal(classes="buttons"):
                yield Button(self.words(say("Open")), variant="primary", id="open")

    def on_mount(self) -> None:
        """Ask at once for a name that is not known."""
        self.set_class(not self._actor, "-who")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open while asking, and to turn to the passphrase while waiting."""
        del parameters
        asks = self.has_class("-asks")
        if action == "open":
            return asks
        return not asks if action == "turn_to_passphrase" else True

    def show_step(self, step: Step) -> None:
        """Say what is under way."""
        self._step = step
        self.remove_class("-asks")
        for line in self.query(".step").results(Static):  # none while it is drawn anew
            line.update(self.words(_STEPS[step]))
        self.refresh_bindings()

    def ask_key(
        self,
        problem: BreachdeskError | None = None,
        *,
        by_hand: bool = False,
        is_of_locking: bool = False,
    ) -> None:
        """Ask for what opens the desk, and say why.

        With a passphrase file nothing is typed, unless it failed or one turns to typing; what went
        wrong while locking is not the file's fault.
        """
        file_failed = problem is not None and not is_of_locking
        has_file = bool(self._file) and not (file_failed or by_hand)
        self.set_class(has_file, "-file")
        if isinstance(problem, WrongKeyError):
            self.query_one("#passphrase", Input).value = ""
        self._problem = problem
        self.add_class("-asks")
        self.say_problem(problem.what if problem else None, problem.next_step if problem else None)
        self.refresh_bindings()
        if self.has_class("-who") and not self._typed("#actor"):
            self.query_one("#actor").focus()
        else:
            self.query_one("#open" if has_file else "#passphrase").focus()

    def clear(self, *, actor: str) -> None:
        """Forget what was typed, and keep in mind who opened the desk: locking asks for no name."""
        self._actor = actor
        self.query_one("#actor", Input).value = actor
        self.remove_class("-who")
        for field in ("#passphrase", "#recovery"):
            self.query_one(field, Input).value = ""

    async def speak_anew(self) -> None:
        """Draw everything again, and say what was said."""
        asks = self.has_class("-asks")
        await super().speak_anew()
        if asks:
            has_file = self.has_class("-file")
            self.ask_key(self._problem, by_hand=not has_file, is_of_locking=has_file)

    @on(Input.Submitted)
    @on(Button.Pressed, "#open")
    def action_open(self) -> None:
        """Hand over what was typed."""
        actor = self._typed("#actor")
        if not actor:
            self._name_is_missing()
            return
        self._actor = actor
        self.say_problem(None)
        passphrase = self.query_one("#passphrase", Input).value
        self.post_message(
            self.Wanted(actor=actor, passphrase=passphrase, recovery=self._typed("#recovery"))
        )

    def action_turn_to_passphrase(self) -> None:
        """Stop waiting."""
        self.post_message(self.GaveUp())
        self.ask_key(by_hand=True)

    def _typed(self, field: str) -> str:
        return self.query_one(field, Input).value.strip()

    def _name_is_missing(self) -> None:
        missing: Message = say("Say who you are: every act is recorded under a name.")
        self.say_problem(missing)
        self.query_one("#actor", Input).focus()
