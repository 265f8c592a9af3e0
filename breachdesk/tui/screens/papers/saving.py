"""Save the PDF of an issued paper to a file, once more or elsewhere."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from breachdesk.casefile import CaseFile
from breachdesk.message import Message, say
from breachdesk.records import Document
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.typed import TypedLine


class SaveDialog(ActDialog):
    """Asks where."""

    def __init__(self, case: CaseFile, document: Document) -> None:
        """Take the case and the paper."""
        super().__init__(case, say("Save the PDF"), say("Save it"))
        self.document = document
        self.path: Path | None = None
        """Where it lies."""

    def fields(self) -> Iterator[Widget]:
        """Draw the path."""
        yield self.label(say("Save the PDF as (only you can read it)"))
        yield TypedLine(self._place, name=self._field, id="path")

    @property
    def _field(self) -> str:
        return f"save.{self.document.id}"

    @property
    def _place(self) -> str:
        one = self.document
        name = f"{self.case.ref}-{one.kind.value}-{one.lang.value}-v{one.version}.pdf"
        return str(Path.cwd() / name)

    def standing(self) -> Mapping[str, str]:
        """Say where it goes when nobody says otherwise."""
        return {self._field: self._place}

    def consequence(self) -> Message:
        """Say what is written."""
        return say("The file is written as the paper was issued, byte for byte.")

    @on(Input.Submitted, "#path")
    def _save_it(self, event: Input.Submitted) -> None:
        event.stop()
        event.prevent_default()
        self.action_confirm()

    async def record(self) -> CaseFile | None:
        """Save it."""
        path = self.query_one("#path", Input)
        if not path.value.strip():
            self.lacks(path, say("Say where the PDF goes."))
            return None
        target = Path(path.value.strip())
        self.path = await self.ask(self.hall.desk.papers.save, self.document.id, target)
        return self.case if self.path else None
