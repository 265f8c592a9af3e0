"""Save the template's payload as JSON, for whoever takes it in."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.widget import Widget
from textual.widgets import Input

from breachdesk.casefile import CaseFile
from breachdesk.desk.template import FilledIn
from breachdesk.message import Message, say
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.widgets.typed import TypedLine


class SavePayloadDialog(ActDialog):
    """Asks where."""

    def __init__(self, case: CaseFile, found: FilledIn) -> None:
        """Take the case and the template as it is filled in."""
        super().__init__(case, say("Save the payload"), say("Save it"))
        self.found = found
        self.set_class(bool(found.filled.problems), "-warns")

    def fields(self) -> Iterator[Widget]:
        """Draw the path."""
        yield self.label(say("Save the JSON as (only you can read it)"))
        yield TypedLine(self._place, name=self._field, id="path")

    @property
    def _field(self) -> str:
        return f"payload.{self.found.filled.phase.value}"

    @property
    def _place(self) -> str:
        return str(Path.cwd() / f"{self.case.ref}-edpb-{self.found.filled.phase.value}.json")

    def standing(self) -> Mapping[str, str]:
        """Say where it goes when nobody says otherwise."""
        return {self._field: self._place}

    def consequence(self) -> Message:
        """Say what is in it, and that nothing is sent."""
        gaps = len(self.found.filled.problems)
        if gaps:
            return say("It is saved with what is wrong or missing in it ({count}). Nothing is "
                       "sent.", count=gaps)  # fmt: skip
        return say("Nothing is wrong in it. Nothing is sent.")

    async def record(self) -> CaseFile | None:
        """Save it."""
        path = self.query_one("#path", Input)
        if not path.value.strip():
            self.lacks(path, say("Say where it goes."))
            return None
        save = self.hall.desk.template.save
        written = await self.ask(save, self.found, Path(path.value.strip()))
        if written is None:
            return None
        self.hall.tell(say("The payload is in {path}.", path=str(written)))
        return self.case
