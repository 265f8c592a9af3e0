"""Correct one of the case's own facts; the old value stays in the record, with the reason."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, TextArea

from breachdesk.casefile import CaseFile
from breachdesk.casefile.given import bound_value
from breachdesk.desk.own_facts import kept_in
from breachdesk.message import Message, say
from breachdesk.terms import Nature, Role
from breachdesk.tui.screens.answers import value_words
from breachdesk.tui.screens.reasons import ReasonDialog
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.linelist import Line, LineList
from breachdesk.tui.widgets.moment import MomentField, written_out
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedLine, TypedText

FIELDS = {
    "title": say("Title"),
    "role": say("Our role"),
    "nature": say("Kind of breach"),
    "occurred_from": say("It began"),
    "occurred_to": say("It ended"),
    "detected": say("First sign"),
    "summary": say("Summary"),
}
"""What can be corrected, in the words of the screen; awareness has its own verb."""


class FieldDialog(Dialog[str]):
    """Asks which fact is wrong."""

    DEFAULT_CSS = """
    FieldDialog LineList { height: 9; margin-bottom: 1; }
    """

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(say("What is wrong?"))
        self.case = case

    def compose_box(self) -> ComposeResult:
        """Draw the facts and what they say now."""
        yield LineList()
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Back")), id="no")

    def on_mount(self) -> None:
        """Fill the list."""
        lines = [
            Line(Columns(Column(self.words(label), 18), Column(self._now(field))), field)
            for field, label in FIELDS.items()
        ]
        self.query_one(LineList).show_lines(lines)
        self.query_one(LineList).focus()

    def _now(self, field: str) -> Content:
        return Content.styled(current_words(self.case, field, self), MUTED)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or None)

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


def current_words(case: CaseFile, field: str, spoken: Dialog[str] | ReasonDialog) -> str:
    """Return what a field says now, in words."""
    column = kept_in(field)
    if field in {"title", "summary"}:
        return shown(getattr(case.facts, column) or "–").plain
    question = next(
        (
            one
            for form in case.forms.values()
            for one in form.questions
            if one.binds == f"incident.{column}"
        ),
        None,
    )
    return value_words(question, bound_value(case.facts, f"incident.{column}"), spoken.speaker)


class CorrectDialog(ReasonDialog):
    """One field with its new value, and the reason."""

    FIELD = "correct.reason"

    def __init__(self, case: CaseFile, field: str) -> None:
        """Take the case and the field."""
        super().__init__(case, say("Correct: {field}", field=FIELDS[field]), say("Correct it"))
        self.field = field

    def before(self) -> Iterator[Widget]:
        """Draw the value now and a field for the right one."""
        now = current_words(self.case, self.field, self)
        yield self.label(say("Now it says: {value}", value=now))
        if self.field == "role":
            yield self._picks(Role, (self.case.facts.role.value,), many=False)
        elif self.field == "nature":
            yield self._picks(Nature, tuple(self.case.facts.nature), many=True)
        elif self.field == "title":
            yield TypedLine(self.case.facts.title, name=self._kept, id="value")
        elif self.field == "summary":
            summary = self.case.facts.summary
            yield TypedText(summary, name=self._kept, id="value", tab_behavior="focus")
        else:
            yield MomentField(
                self.hall.now,
                name=self._kept,
                placeholder=say("14:05, or empty"),
                compact=False,
                id="value",
            )

    def _picks(
        self, kinds: type[Role] | type[Nature], chosen: tuple[str, ...], *, many: bool
    ) -> Picks:
        picks = (Pick(one.value, Content(self.speaker.word(one))) for one in kinds)
        return Picks(picks, chosen=chosen, many=many, name=self._kept, id="value")

    @property
    def _kept(self) -> str:
        """Under which name the half-made value is kept."""
        return f"correct.{self.field}"

    def standing(self) -> Mapping[str, str]:
        """Return what the field says now."""
        return {self._kept: self._stands}

    @property
    def _stands(self) -> str:
        """What the field says now, as it would be typed."""
        match getattr(self.case.facts, kept_in(self.field)):
            case None:
                return ""
            case datetime() as at:
                return written_out(at, self.speaker.zone)
            case list() as parts:
                return ",".join(parts)
            case value:
                return str(value)

    def on_mount(self) -> None:
        """Put the time that stands into the field."""
        for field in self.query(MomentField):
            field.input.value = self._stands

    def _value(self) -> object:
        widget = self.query_one("#value")
        match widget:
            case Picks():
                return ",".join(widget.chosen) if self.field == "nature" else widget.value
            case MomentField():
                return widget.moment
            case TextArea():
                return widget.text
            case Input():
                return widget.value
            case _:
                return None

    def consequence(self) -> Message:
        """Say that the old value stays."""
        return say(
            "This records that {who} corrects it now. The old value stays in the record.",
            who=self.hall.desk.actor,
        )

    async def record(self) -> CaseFile | None:
        """Correct it."""
        for field in self.query(MomentField):
            if field.problem is not None:
                self.lacks(field.input, field.problem.what)
                return None
        if self.lacks_reason():
            return None
        if self.field == "nature" and not self._value():
            self.lacks(self.query_one("#value"), say("Tick at least one kind of breach."))
            return None
        correct = self.hall.desk.intake.correct
        return await self.ask(correct, self.case.ref, self.field, self._value(), self.reason)
