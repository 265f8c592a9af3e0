"""The organisation's profile on the screen: loudly missed, and brought in from a file.

Without it papers do not say who writes them, and cases are not prefilled.
"""

from pathlib import Path
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from breachdesk.errors import BreachdeskError
from breachdesk.message import say
from breachdesk.tui.base import DeskScreen, act
from breachdesk.tui.hall import Hall
from breachdesk.tui.keys import key
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.typed import TypedLine

PROFILE = "profile"
"""Where the half-typed path of a profile is kept."""


class NoProfile(Spoken, Static):
    """Says that there is no profile, and the key that brings one in; nothing while there is one."""

    DEFAULT_CSS = """
    NoProfile { height: auto; padding: 0 1; color: $text-warning; text-style: bold; display: none; }
    NoProfile.-missing { display: block; }
    """

    def __init__(self) -> None:
        """Say nothing until it is known."""
        super().__init__(markup=False)

    def show(self, organisation: str) -> None:
        """Show whether it is missing; `organisation` is empty without a profile."""
        self.set_class(not organisation, "-missing")
        self.update(
            self.words(say("▲ No organisation profile: papers name no sender. ctrl+o adds it."))
        )


class ProfileDialog(Dialog[str]):
    """Asks for the file; gives back the organisation's name, None when gone back."""

    DEFAULT_CSS = """
    ProfileDialog {
        Input { margin-bottom: 1; }
        .problem { color: $text-error; height: auto; display: none; margin-bottom: 1; }
        .problem.-some { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "confirm", say("Confirm"), id="profile.confirm",
            hint=say("Do what the dialog says")),
    ]  # fmt: skip

    def __init__(self) -> None:
        """Ask for a file."""
        super().__init__(say("Your organisation's profile"))
        self.acting = False
        """Is the file being read? Keys typed ahead wait for it."""

    def compose_box(self) -> ComposeResult:
        """Draw what a profile is, the field, and two buttons."""
        text = say(
            "A profile says who your organisation is and what it processes; it prefills cases and "
            "heads the papers. It is a TOML file; forms/organisations has five to start from."
        )
        yield Static(self.words(text), classes="text")
        example = self.say(say("path of the file, such as profile.toml"))
        with DraftBox(place=PROFILE):
            yield TypedLine(name="path", placeholder=example, id="path")
        yield Static(classes="problem", markup=False)
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Bring it in")), variant="primary", id="yes")
            yield Button(self.words(say("Back")), id="no")

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def action_confirm(self) -> None:
        """Read the file and keep the profile, once."""
        path = self.query_one(Input)
        if not path.value.strip():
            path.focus()
        elif not self.acting:
            self.acting = True
            self._take(Path(path.value.strip()).expanduser())

    @work
    async def _take(self, path: Path) -> None:
        hall = cast("Hall", self.app)
        name = await hall.ask(_take, hall, path)
        self.acting = False
        if name is not None:
            self.query_one(DraftBox).said()
            self.dismiss(name)

    def refused(self, error: BreachdeskError) -> bool:
        """Say beneath the field what is wrong with the file."""
        place = self.query_one(".problem", Static)
        place.add_class("-some")
        step = error.next_step
        told = say("{what} {next}", what=error.what, next=step) if step else error.what
        place.update(self.words(told))
        self.query_one(Input).focus()
        return True

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back; the path stays for the next time."""
        await cast("Hall", self.app).keep_typed(self.query(DraftBox))
        self.dismiss(None)


def _take(hall: Hall, path: Path) -> str:
    profile = hall.desk.organisation.take(hall.door.read_profile(path))
    return profile.organisation.name


class ProfileScreen(DeskScreen):
    """A screen from which the profile can be brought in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+o", "profile", say("Profile"), id="app.profile", shown=False,
            hint=say("Bring in your organisation's profile from a file")),
    ]  # fmt: skip

    @act
    async def action_profile(self) -> None:
        """Bring in a profile."""
        name: str | None = await self.app.push_screen_wait(ProfileDialog())
        if name is not None:
            self.take_organisation(name)
            self.hall.tell(say("The profile of {name} counts from now on.", name=name))
            await self.fill()

    async def read_organisation(self) -> None:
        """Read whether there is a profile."""
        profile = await self.ask(self.desk.organisation.profile)
        self.take_organisation(profile.organisation.name if profile else "")

    def take_organisation(self, name: str) -> None:
        """Show the organisation's name, or that there is none."""
        self.hall.organisation = name
        if self.is_attached:
            self.title_bar.organisation = name
            for place in self.query(NoProfile):
                place.show(name)
