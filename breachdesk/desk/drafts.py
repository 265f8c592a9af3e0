"""Half-typed words: saved within a second, offered again at the next start."""

from breachdesk.desk.altinn import is_ticks
from breachdesk.desk.office import Office
from breachdesk.records import HalfTyped


class Drafts:
    """Where half-typed words wait. Not audited: they become an answer or a note."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def save(self, place: str, field: str, text: str) -> None:
        """Keep what stands in a field now; empty words drop it.

        Args:
            place: The case reference, or the screen when there is no case yet.
            field: Which field of the screen.
            text: What stands in it.
        """
        with self._office.writing() as writing:
            if text:
                writing.save_half_typed(self._office.actor, place, field, text)
            else:
                writing.drop_half_typed(self._office.actor, place, field)

    def open(self, place: str) -> dict[str, str]:
        """Return field to text for one place."""
        with self._office.reading() as reading:
            return {one.field: one.text for one in reading.half_typed(self._office.actor, place)}

    def all(self) -> tuple[HalfTyped, ...]:
        """Return everything this person left half-typed; ticks in a sheet are no words."""
        with self._office.reading() as reading:
            found = reading.half_typed(self._office.actor)
            return tuple(one for one in found if not is_ticks(one.place))

    def drop(self, place: str, *fields: str) -> None:
        """Forget fields that became an answer or a note."""
        with self._office.writing() as writing:
            for field in fields:
                writing.drop_half_typed(self._office.actor, place, field)
