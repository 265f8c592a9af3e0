"""What the screens about a case's papers share: the case's line, what it is about, languages."""

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.terms import Lang
from breachdesk.tui.screens.case.acts import CaseActs
from breachdesk.tui.screens.caseline import CaseLine

LANGUAGES = (Lang.NB, Lang.EN, Lang.NN)
"""The languages papers are written in."""


def next_language(lang: Lang) -> Lang:
    """Return the language that comes after one; the first after one that is not offered."""
    place = LANGUAGES.index(lang) if lang in LANGUAGES else -1
    return LANGUAGES[(place + 1) % len(LANGUAGES)]


class PaperFrame(CaseActs):
    """Two lines on top of a screen that opens with a case: which case, and what is shown of it."""

    DEFAULT_CSS: ClassVar[str] = """
    PaperFrame {
        .what { height: auto; padding: 0 1; background: $panel; }
        VerticalScroll > Static { height: auto; width: 1fr; }
    }
    """

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case.ref)
        self.set_reactive(CaseActs.case, case)

    @property
    def the_case(self) -> CaseFile:
        """The case, which these screens always have."""
        return cast("CaseFile", self.case)

    def compose_head(self) -> ComposeResult:
        """Draw the two lines."""
        yield CaseLine(self.hall.now)
        yield Static(classes="what", markup=False)

    @property
    def what(self) -> Static:
        """The line that says what is shown."""
        return self.query_one(".what", Static)

    def show_case(self) -> None:
        """Show which case it is, and its clock."""
        self.query_one(CaseLine).show(self.the_case)

    def watch_case(self, case: CaseFile | None) -> None:
        """Follow what was recorded."""
        if case is not None and self.is_mounted and self.query(CaseLine):
            self.show_case()
