"""A field for a time as people type it, with its reading beside it while it is typed.

The reading is fixed when it is typed: "40 min ago" does not slip while the rest is filled in. When
the field is left, what was relative is written out; half-typed words are kept written out, too.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil.tz import datetime_ambiguous
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.filter import LineFilter
from textual.message import Message as Posted
from textual.widgets import Input, Static

from breachdesk.errors import RefusedError
from breachdesk.message import Message
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.typed import TypedLine
from breachdesk.when import echo, read_day, read_due, read_past


class MomentInput(TypedLine):
    """The field itself; it knows what its words mean. A time that was read is no secret."""

    def __init__(self, *, name: str | None, placeholder: str, compact: bool) -> None:
        """Take the name its words are kept under."""
        super().__init__(name=name, placeholder=placeholder, compact=compact, select_on_focus=False)
        self.written_out = ""
        """The time that was read, in full; empty when nothing could be read."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw blocks behind the veil, unless the words are a time."""
        return Input.get_line_filters(self) if self.written_out else super().get_line_filters()

    @property
    def half_typed(self) -> str:
        """What is kept of it: the time written out, else the words as they stand."""
        return self.written_out or self.value


class MomentField(Spoken, Horizontal):
    """A time in the past (or, for a promise, to come), read strictly and read back in full."""

    DEFAULT_CSS = """
    MomentField {
        height: auto;
        & > MomentInput { width: 24; }
        & > .reading { width: 1fr; height: auto; padding: 0 0 0 2; color: $text-success; }
        & > .reading.-problem { color: $text-error; }
        &:focus-within > .reading.-problem { color: $text-muted; }
    }
    """

    class Read(Posted):
        """Posted when what is typed means another time than before, or none."""

        def __init__(self, field: "MomentField") -> None:
            """Say which field; its `moment` and `problem` stand."""
            super().__init__()
            self.field = field

        @property
        def control(self) -> "MomentField":
            """The field."""
            return self.field

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        name: str | None = None,
        placeholder: Message | None = None,
        is_due: bool = False,
        or_day: bool = False,
        compact: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Start empty.

        Args:
            now: The desk's clock; aware.
            name: Under which half-typed words are kept, in a `DraftBox`.
            placeholder: An example.
            is_due: A time to come; else one that has passed.
            or_day: A day alone will do; it stands for the midnight that begins it.
            compact: Without a border.
            id: Textual's id.
            classes: Textual's classes.
        """
        super().__init__(id=id, classes=classes)
        self._now, self._field, self._placeholder = now, name, placeholder
        self._read: Callable[..., datetime] = read_due if is_due else read_past
        self._or_day, self._compact = or_day, compact
        self.moment: datetime | None = None
        """What was read, in UTC, whole minutes; None when empty or not readable."""
        self.problem: RefusedError | None = None
        """Why it cannot be read; None when it can, or is empty."""

    def compose(self) -> ComposeResult:
        """Draw the field and its reading."""
        hint = self.say(self._placeholder) if self._placeholder else ""
        yield MomentInput(name=self._field, placeholder=hint, compact=self._compact)
        yield Static(classes="reading", markup=False)

    @property
    def input(self) -> MomentInput:
        """The field itself."""
        return self.query_one(MomentInput)

    @property
    def is_empty(self) -> bool:
        """Is nothing typed?"""
        return not self.input.value.strip()

    def clear(self) -> None:
        """Empty the field."""
        self.input.value = ""

    @on(Input.Changed)
    def _read_typed(self, event: Input.Changed) -> None:
        text = event.value.strip()
        if not text or text != self.input.written_out:
            self._take(text)
        self._show()
        self.post_message(self.Read(self))

    @on(Input.Blurred)
    def _write_out(self) -> None:
        if self.input.written_out:
            self.input.value = self.input.written_out

    def _on_mount(self, event: events.Mount) -> None:
        super()._on_mount(event)
        self._show()

    def _take(self, text: str) -> None:
        self.moment, self.problem, self.input.written_out = None, None, ""
        if not text:
            return
        zone = self.speaker.zone
        try:
            day = read_day(text, now=self._now(), zone=zone) if self._or_day else None
            read = day or self._read(text, now=self._now(), zone=zone)
        except RefusedError as problem:
            self.problem = problem
            return
        self.moment = read.astimezone(UTC).replace(second=0, microsecond=0)
        self.input.written_out = written_out(self.moment, zone)

    def _show(self) -> None:
        reading = self.query_one(".reading", Static)
        reading.set_class(self.problem is not None, "-problem")
        if self.problem is not None:
            reading.update(self.words(self.problem.what))
        elif self.moment is not None:
            text = echo(self.moment, self.speaker.zone, self.speaker.lang, now=self._now())
            reading.update(Content(f"= {text}"))
        else:
            reading.update(Content())


def written_out(moment: datetime, zone: ZoneInfo) -> str:
    """Return a time as it can be typed and read again: local, with offset where it is needed."""
    local = moment.astimezone(zone)
    if datetime_ambiguous(local.replace(tzinfo=None), zone):
        return local.isoformat(timespec="minutes")
    return f"{local:%d.%m.%Y %H:%M}"
