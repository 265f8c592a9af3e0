"""The fields one types in: text, a whole number, a time. Half-typed words are kept."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static, TextArea

from breachdesk.casefile import CaseFile
from breachdesk.message import say
from breachdesk.rules.questionnaire import Question
from breachdesk.tui.screens.questionnaire.field import AnswerField, draft_name
from breachdesk.tui.widgets.draftbox import DraftBox, field_text
from breachdesk.tui.widgets.moment import MomentField, written_out
from breachdesk.tui.widgets.typed import TypedLine, TypedText


class TypedField(AnswerField):
    """A field one types in; emptied and written, it takes the answer back."""

    @property
    def can_be_emptied(self) -> bool:
        """Return True."""
        return True

    @property
    def typed(self) -> str:
        """What stands in the field, as it is kept half-written."""
        return field_text(self.query("TextArea, Input").first())

    @on(DraftBox.Restored)
    def _came_back(self) -> None:
        self.half = self.typed


class TextField(TypedField):
    """Some lines of text; ctrl+s writes them and goes on."""

    DEFAULT_CSS = """
    TextField {
        DraftBox { height: 1fr; max-height: 12; }
        TextArea { height: 1fr; min-height: 4; max-height: 12; }
        .hint { height: auto; padding: 0 1; color: $text-muted; }
    }
    """

    def compose(self) -> ComposeResult:
        """Draw the field with what stands there, or what was left half-typed."""
        name, stands = draft_name(self.question), self._standing_text()
        with DraftBox(place=self.case.draft_place, standing={name: stands}):
            yield TypedText(
                self.half or stands,
                name=name,
                tab_behavior="focus",
            )
        hint = say("kept while you type · ctrl+s writes it and goes on")
        yield Static(self.words(hint), classes="hint", markup=False)

    def on_mount(self) -> None:
        """Go on where the text ends."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def _standing_text(self) -> str:
        return self.stands if isinstance(self.stands, str) else ""

    def value(self) -> object:
        """Return the text; None when there is none."""
        return self.query_one(TextArea).text.strip() or None

    def unsaid(self) -> object:
        """Return the text if it differs from what stands."""
        value = self.value()
        return None if value == (self._standing_text().strip() or None) else value


class NumberField(TypedField):
    """A whole number; Enter writes it and goes on."""

    def compose(self) -> ComposeResult:
        """Draw the field."""
        name, stands = draft_name(self.question), "" if self.stands is None else str(self.stands)
        with DraftBox(place=self.case.draft_place, standing={name: stands}):
            yield TypedLine(self.half or stands, name=name)

    def value(self) -> object:
        """Return what is typed."""
        return self.query_one(Input).value.strip() or None

    def unsaid(self) -> object:
        """Return the number if it differs from what stands."""
        value = self.value()
        return None if value == ("" if self.stands is None else str(self.stands)) else value

    @on(Input.Submitted)
    def _give(self, event: Input.Submitted) -> None:
        event.stop()
        value = self.value()
        self.post_message(self.WentOn() if value is None else self.Given(value, goes_on=True))


class TimeField(TypedField):
    """A time, read back while it is typed; Enter writes it and goes on."""

    def __init__(self, case: CaseFile, question: Question, half: str = "") -> None:
        """Take the question; a plan (``planned_…``) lies ahead, everything else has passed."""
        super().__init__(case, question, half)
        self.is_due = question.id.startswith("planned")

    def compose(self) -> ComposeResult:
        """Draw the field."""
        example = say("tomorrow 12:00") if self.is_due else say("14:05, yesterday 16:30")
        with DraftBox(place=self.case.draft_place):
            yield MomentField(
                self._now,
                name=draft_name(self.question),
                placeholder=example,
                is_due=self.is_due,
                or_day=self.question.day_suffices,
                compact=False,
            )

    def _now(self) -> datetime:
        return self.case.read_at

    def on_mount(self) -> None:
        """Put in what was left half-typed, else what stands."""
        field = self.query_one(MomentField).input
        if self.half:
            field.value = self.half
        elif isinstance(self.stands, str):
            moment = datetime.fromisoformat(self.stands)
            field.value = written_out(moment, self.speaker.zone)

    def value(self) -> object:
        """Return the time that was read."""
        return self.query_one(MomentField).moment

    def unsaid(self) -> object:
        """Return the time if it differs from what stands."""
        value = self.query_one(MomentField).moment
        same = value is not None and value.isoformat(timespec="seconds") == self.stands
        return None if same else value

    @on(Input.Submitted)
    def _give(self, event: Input.Submitted) -> None:
        event.stop()
        field = self.query_one(MomentField)
        if field.problem is None:
            is_empty = field.moment is None
            given = self.Given(field.moment, goes_on=True)
            self.post_message(self.WentOn() if is_empty else given)
