"""Make the letters: some to look at, or all; and read back what became of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from breachdesk.casefile import CaseFile
from breachdesk.desk.letter_lists import Look, list_to_mend, place_to_mend, read_list, write_list
from breachdesk.desk.letters import SAMPLES, Made, Order, Told
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.howfar import Advance, HowFar
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.typed import TypedLine

ONE_SIDED = "one-sided"


class MakeDialog(ActDialog):
    """Where the letters go; Esc stops while they are made, and then none is kept."""

    def __init__(
        self, case: CaseFile, look: Look, content: bytes, kind: DocumentKind, *, samples: bool
    ) -> None:
        """Take the list and which letter; `samples` makes a few to look at."""
        title = say("Three letters to look at") if samples else say("Make all letters")
        super().__init__(case, title, say("Make them"))
        self.look, self.content, self.kind, self.samples = look, content, kind, samples
        self.advance = Advance()
        self.made: Made | None = None
        """What came of it."""
        self.mend: Path | None = None
        """Where the rows to mend are listed."""

    def compose_box(self) -> ComposeResult:
        """Draw the fields, and how far it is."""
        yield from super().compose_box()
        yield HowFar(letters_words)

    def on_mount(self) -> None:
        """Stand above the buttons."""
        self.query_one(".box").move_child(self.query_one(HowFar), before=self.query_one(".buttons"))

    def fields(self) -> Iterator[Widget]:
        """Draw the places."""
        place = TypedLine(self._place, name=self._field("print"), id="print")
        yield self.row(say("One print file"), place)
        if self.samples:
            return
        empty = self.say(say("empty: no single files"))
        folder = TypedLine(name=self._field("folder"), id="folder", placeholder=empty)
        yield self.row(say("Folder, one each"), folder)
        one = Pick(ONE_SIDED, self.words(say("no blank page after an odd number of pages")))
        yield self.row(
            say("One-sided"), Picks([one], many=True, name=self._field("sides"), id="sides")
        )

    def _field(self, field: str) -> str:
        return f"letters.{self.kind.value}.{'samples' if self.samples else 'all'}.{field}"

    @property
    def _place(self) -> str:
        stem = f"{self.case.ref}-{self.kind.value}"
        return str(Path.cwd() / f"{stem}-{'samples' if self.samples else 'print'}.pdf")

    def standing(self) -> Mapping[str, str]:
        """Say where the letters go when nobody says otherwise."""
        return {self._field("print"): self._place}

    def consequence(self) -> Message:
        """Say how many are made, and what is kept of the list."""
        count = len(self.look.listed.people)
        if self.samples:
            return say("At most {count} letters are made, to be looked at. Nothing is recorded.",
                       count=SAMPLES)  # fmt: skip
        return say(
            "{count} letters are made; a language without an issued letter gets one issued. The "
            "list is not kept, only its digest and its number of rows. Nothing is sent.",
            count=count,
        )

    async def record(self) -> CaseFile | None:
        """Make them."""
        print_file, folder = self._path("print"), self._path("folder")
        if print_file is None and folder is None:
            self.lacks(self.query_one("#print"), say("Say where the letters go."))
            return None
        order = Order(
            content=self.content,
            kind=self.kind,
            folder=folder,
            print_file=print_file,
            sample=SAMPLES if self.samples else None,
            is_one_sided=any(one.chosen for one in self.query("#sides").results(Picks)),
        )
        self.advance = Advance()
        self.query_one(HowFar).follow(self.advance)
        make = self.hall.desk.letters.make
        try:
            self.made = await self.ask(make, self.case.ref, order, on_letter=self.advance)
        finally:
            self.query_one(HowFar).follow(None)
        if self.made is None:
            return None
        if self.made.problems and not self.samples:
            self.mend = place_to_mend(folder, print_file)
            rows = list_to_mend(self.made.problems, self.speaker)
            if self.mend is not None:
                await self.ask(write_list, self.mend, rows)
        return self.made.case

    def _path(self, name: str) -> Path | None:
        found = [one.value.strip() for one in self.query(f"#{name}").results(Input)]
        return Path(found[0]).expanduser() if found and found[0] else None

    async def action_back(self) -> None:
        """Stop what is under way; else go back."""
        if self.acting:
            self.advance.is_stopped = True
        else:
            await super().action_back()


def letters_words(done: int, of: int) -> Message:
    """Return how far the letters are."""
    return say("{done} of {of} letters", done=done, of=of)


class ResultsDialog(ActDialog):
    """Reads back which letters arrived and which came back."""

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case, say("What became of the letters"), say("Read it back"))
        self.told: Told | None = None
        """What was read."""

    def fields(self) -> Iterator[Widget]:
        """Draw the path."""
        yield self.label(say("The list with results (CSV: the row of each letter, and its result)"))
        yield TypedLine(name="letters.results", id="path")

    def consequence(self) -> Message:
        """Say what is kept."""
        return say("Row numbers of the newest letters are kept, and whether each arrived or came "
                   "back. Who has not been told stands in the case.")  # fmt: skip

    async def record(self) -> CaseFile | None:
        """Read it."""
        path = self.query_one("#path", Input)
        if not path.value.strip():
            self.lacks(path, say("Say which file."))
            return None
        content = await self.ask(read_list, Path(path.value.strip()))
        if content is None:
            return None
        self.told = await self.ask(self.hall.desk.letters.results, self.case.ref, content)
        return self.told.case if self.told else None
