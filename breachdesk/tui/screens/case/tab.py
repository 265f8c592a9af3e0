"""What the tabs of a case share: handed a case, drawn anew when it changes, cursor kept."""

from typing import ClassVar

from textual.containers import Vertical
from textual.reactive import reactive

from breachdesk.casefile import CaseFile
from breachdesk.message import Message
from breachdesk.tui.widgets.spoken import Spoken


class CaseTab(Spoken, Vertical):
    """One tab; set `case`, and `draw` follows."""

    DEFAULT_CSS: ClassVar[str] = """
    CaseTab { height: 1fr; }
    """
    LABEL: ClassVar[Message]
    """What stands on the tab."""

    case: reactive[CaseFile | None] = reactive(None, always_update=True)

    def watch_case(self, case: CaseFile | None) -> None:
        """Draw another state of the case, unless the screen is being taken down."""
        if case is not None and self.is_mounted and self.children:
            self.draw(case)

    def on_mount(self) -> None:
        """Draw what was set before it stood."""
        if self.case is not None:
            self.draw(self.case)

    def draw(self, case: CaseFile) -> None:
        """Put the case into the widgets."""
        raise NotImplementedError
