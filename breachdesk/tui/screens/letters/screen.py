"""The screen of letters to many: the list is looked at before anything is made, and never kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from breachdesk.casefile import CaseFile
from breachdesk.desk.letter_lists import Look, read_list
from breachdesk.desk.letters import KINDS
from breachdesk.errors import BreachdeskError
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind, Lang
from breachdesk.tui.base import act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.letters.lines import look_lines, made_lines
from breachdesk.tui.screens.letters.making import MakeDialog, ResultsDialog
from breachdesk.tui.screens.papers.frame import PaperFrame
from breachdesk.tui.widgets.dialogs import MessageDialog
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.linelist import Line, LineList
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedLine

HOW = say(
    "A row for each person, as a spreadsheet saves it (CSV; comma or semicolon; UTF-8 or Windows): "
    "name, street, postcode, place, and if you like language and e-mail. Enter reads the list; "
    "nothing is made yet. Look at three letters, then make all."
)


class LettersScreen(PaperFrame):
    """A list, what is in it, and the letters."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f5", "read", say("Read list"), id="letters.read",
            hint=say("Read the list and show what is in it; nothing is made")),
        key("f6", "samples", say("Three"), id="letters.samples",
            hint=say("Make three letters to look at; nothing is recorded")),
        key("f7", "make", say("Make all"), id="letters.make",
            hint=say("Make the letter for each person of the list")),
        key("f8", "results", say("Results"), id="letters.results",
            hint=say("Read back which letters arrived and which came back")),
    ]  # fmt: skip
    CSS = """
    LettersScreen LineList { height: 1fr; border-top: solid $border; }
    LettersScreen .row { height: 1; padding: 0 1; }
    LettersScreen .row > Label { width: 17; color: $text-muted; }
    LettersScreen .row > Input { width: 1fr; }
    LettersScreen .problem { height: auto; padding: 0 1; color: $text-error; display: none; }
    LettersScreen .problem.-some { display: block; }
    """

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case)
        self.content = b""
        """The list that was looked at: what is made is made from these bytes."""
        self.looked: Look | None = None

    def compose_body(self) -> ComposeResult:
        """Draw the case, the list's place, which letter, and what is in the list."""
        yield from self.compose_head()
        with DraftBox(place=self.ref):
            with Horizontal(classes="row"):
                yield Label(self.words(say("List (CSV)")), markup=False)
                yield TypedLine(name="letters.path", id="path", placeholder="~/people.csv")
            with Horizontal(classes="row"):
                yield Label(self.words(say("Which letter")), markup=False)
                picks = (Pick(one.value, Content(self.speaker.word(one))) for one in KINDS)
                yield Picks(picks, chosen=(KINDS[0].value,), name="letters.kind", id="kind")
        yield Static(classes="problem", markup=False)
        yield LineList(id="letters-list")

    async def fill(self) -> None:
        """Read the case; begin with the list's place."""
        await super().fill()
        self._draw()
        if self.focused is None:
            self.query_one("#path").focus()

    def watch_case(self, case: CaseFile | None) -> None:
        """Follow what was recorded."""
        super().watch_case(case)
        if case is not None and self.is_mounted and self.query("#letters-list"):
            self._draw()

    def _draw(self) -> None:
        self.show_case()
        self.what.update(Content("\n").join(self._head()))
        self.query_one("#letters-list", LineList).show_lines(tuple(self._lines()))
        self.refresh_bindings()

    def _head(self) -> Iterator[Content]:
        yield Content.styled(self.say(say("Letters to many")), "bold")
        if self.looked is None:
            hint = say("Nothing is read yet. Enter in the field reads the list; it is never kept.")
            yield Content.styled(self.say(hint), MUTED)
            return
        look = self.looked
        langs = ", ".join(
            f"{self.speaker.word(Lang(lang))} {self.speaker.number(count)}"
            for lang, count in look.languages.items()
        )
        text = say("{count} letters of {rows} rows ({langs})",
                   count=len(look.listed.people), rows=look.listed.rows,
                   langs=langs or "–")  # fmt: skip
        if look.by_email_only:
            text = say("{text}; without a postal address: {email}", text=text,
                       email=look.by_email_only)  # fmt: skip
        bad = bool(look.listed.problems)
        yield Content.styled(self.say(text), "$text-warning" if bad else "$text-success")

    def _lines(self) -> Iterator[Line]:
        if self.looked is not None:
            yield from look_lines(self.looked, self.speaker)
        else:
            yield Line(self.words(HOW))
        yield from made_lines(self.the_case, self.speaker)

    @property
    def kind(self) -> DocumentKind:
        """Which letter."""
        return DocumentKind(self.query_one("#kind", Picks).value)

    @on(Input.Submitted, "#path")
    def action_read(self) -> None:
        """Read the list."""
        self.read_it()

    @on(Input.Changed, "#path")
    def _other_list(self) -> None:
        """Forget the list that was read when another is named."""
        if self.looked is not None:
            self.looked, self.content = None, b""
            self._draw()
        self.say_problem(None)

    @act
    async def read_it(self) -> None:
        """Read the list, and show what is in it."""
        path = self.query_one("#path", Input).value.strip()
        if not path:
            self.say_problem(say("Say which file."))
            return
        content = await self.ask(read_list, Path(path))
        if content is None:
            return
        look = await self.ask(self.desk.letters.look, self.ref, content)
        if look is not None:
            self.content, self.looked = content, look
            self._draw()
            self.query_one("#letters-list").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to make letters once a list is read, results once letters were made."""
        if action in {"samples", "make"}:
            return self.looked is not None and bool(self.looked.listed.people)
        if action == "results":
            return bool(self.case and self.case.mailings)
        return super().check_action(action, parameters)

    @act
    async def action_samples(self) -> None:
        """Make three letters to look at."""
        await self._make(samples=True)

    @act
    async def action_make(self) -> None:
        """Make all letters."""
        await self._make(samples=False)

    async def _make(self, *, samples: bool) -> None:
        if self.looked is None:
            return
        dialog = MakeDialog(self.the_case, self.looked, self.content, self.kind, samples=samples)
        case: CaseFile | None = await self.app.push_screen_wait(dialog)
        self.take(case)
        if dialog.made is not None:
            done, following = made_words(dialog, samples=samples)
            told = MessageDialog(say("Letters"), done, following, warns=False)
            await self.app.push_screen_wait(told)

    @act
    async def action_results(self) -> None:
        """Read back what became of them."""
        dialog = ResultsDialog(self.the_case)
        case: CaseFile | None = await self.app.push_screen_wait(dialog)
        self.take(case)
        if dialog.told is not None:
            one = dialog.told
            text = say("Arrived: {delivered}. Came back: {returned}. No result yet: {open}.",
                       delivered=one.delivered, returned=len(one.returned),
                       open=one.open)  # fmt: skip
            bad = say("Rows of the results that could not be read: {count}.",
                      count=len(one.results.problems))  # fmt: skip
            told = MessageDialog(say("Letters"), text, bad if one.results.problems else None,
                                 warns=False)  # fmt: skip
            await self.app.push_screen_wait(told)

    def refused(self, error: BreachdeskError) -> bool:
        """Say beneath the field why a list cannot be read."""
        step = error.next_step
        self.say_problem(say("{what} {next}", what=error.what, next=step) if step else error.what)
        return True

    def say_problem(self, problem: Message | None) -> None:
        """Say what is wrong; None takes it away."""
        place = self.query_one(".problem", Static)
        place.set_class(problem is not None, "-some")
        place.update(Content(f"✖ {self.say(problem)}") if problem else Content())

    def help_text(self) -> HelpText:
        """Say what a list looks like."""
        return HelpText(
            title=self.say(say("Letters to many")),
            text=self.say(HOW),
            example="navn;adresse;postnummer;poststed;språk;e-post",
            law=self.say(say("Art. 34(1) and (2) GDPR.")),
        )


def made_words(dialog: MakeDialog, *, samples: bool) -> tuple[Message, Message]:
    """Return what was made, and what comes next."""
    made = dialog.made
    count, pages = (made.letters, made.pages) if made else (0, 0)
    done = say("{count} letters are made, {pages} pages in the print file.",
               count=count, pages=pages)  # fmt: skip
    if samples:
        return done, say("Look at them, then make all (F7). Nothing is recorded yet.")
    if dialog.mend is not None:
        return done, say(
            "The rows kept back are in {path}, with the reason of each. Once the letters are sent, "
            "record the sending; that stops the clock.",
            path=str(dialog.mend),
        )
    return done, say("Once they are sent, record the sending; that stops the clock.")
