"""The Altinn sheet: the form's fields in order, each copied with one key and ticked off.

Copying goes through the terminal (OSC 52), so it works over SSH too. A tick holds for the value
that was copied: when the value changes later, the field says so.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from breachdesk.casefile import CaseFile
from breachdesk.desk.altinn import AltinnSheet
from breachdesk.documents.altinn import SheetField
from breachdesk.language import plain
from breachdesk.message import say
from breachdesk.terms import Lang
from breachdesk.tui.base import act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.papers.frame import LANGUAGES, PaperFrame, next_language
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

COPIED, CHANGED, OPEN = "copied", "changed", "open"
_BESIDE = 46
"""Cells of a line that the value does not have; below the list stands the whole of it."""
_SIGNS = {COPIED: ("✔", "$text-success"), CHANGED: ("±", "$text-warning"), OPEN: ("○", MUTED)}


class AltinnScreen(PaperFrame):
    """The notification to type from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("c", "copy", say("Copy"), id="altinn.copy", twin="f2",
            hint=say("Copy this field's words, tick it off and go to the next (also Enter)")),
        key("t", "tick", say("Tick"), id="altinn.tick", twin="f4",
            hint=say("Tick this field off without copying, or take the tick away")),
        key("g", "language", say("Language"), id="altinn.language", twin="f6",
            hint=say("Show the sheet in another language")),
        key("r", "ready", say("Who can send"), id="altinn.ready", twin="f5",
            hint=say("Go to who can send in Altinn, and what is lacking")),
        key("s", "sent", say("Mark as sent"), id="altinn.sent", twin="f8",
            hint=say("Record that it was sent: to whom, how, with which receipt")),
    ]  # fmt: skip
    CSS = """
    AltinnScreen LineList { height: 1fr; }
    AltinnScreen VerticalScroll { height: 6; padding: 0 1; border-top: solid $border; }
    """

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case)
        self.sheet: AltinnSheet | None = None
        self.ticks: dict[str, str] = {}
        """Field key to the digest of what was copied."""
        self.paper_lang: Lang | None = None

    def compose_body(self) -> ComposeResult:
        """Draw the case, how far we are, the fields, and the words of one of them."""
        yield from self.compose_head()
        yield LineList(id="altinn-list")
        with VerticalScroll(can_focus=False):
            yield Static(classes="value", markup=False)

    async def fill(self) -> None:
        """Read the case, the sheet and the ticks."""
        await super().fill()
        await self._read_sheet()
        if self.focused is None:
            self.query_one(LineList).focus()

    def on_resize(self) -> None:
        """Use the width there is."""
        if self.sheet is not None:
            self._draw()

    async def _read_sheet(self) -> None:
        sheet = await self.ask(
            self.desk.altinn.sheet, self.ref, lang=self.paper_lang, speaks=Lang(self.speaker.lang)
        )
        ticks = await self.ask(self.desk.altinn.ticks, self.ref)
        if sheet is not None and ticks is not None:
            self.sheet, self.ticks = sheet, ticks
            self._draw()

    def state_of(self, field: SheetField) -> str:
        """Return whether a field was copied as it stands, or before it changed."""
        if field.key not in self.ticks:
            return OPEN
        return COPIED if self.ticks[field.key] == field.digest else CHANGED

    @property
    def fields(self) -> tuple[SheetField, ...]:
        """The fields in the order of the form."""
        return self.sheet.fields if self.sheet else ()

    @property
    def field(self) -> SheetField | None:
        """The field under the cursor."""
        line = self.query_one(LineList).line_id
        return next((one for one in self.fields if one.key == line), None)

    def _draw(self) -> None:
        """Show every field, how far we are, and the words of the one under the cursor."""
        self.show_case()
        start = next((one.key for one in self.fields if self.state_of(one) != COPIED), "")
        self.query_one(LineList).show_lines((*self._lines(), *self._ready_lines()), start=start)
        self.what.update(Content("\n").join(self._head()))
        self._show_value()

    def _head(self) -> Iterator[Content]:
        done = sum(self.state_of(one) == COPIED for one in self.fields)
        changed = sum(self.state_of(one) == CHANGED for one in self.fields)
        parts = [self.say(say("{done} of {count} copied", done=done, count=len(self.fields)))]
        if changed:
            parts.append(self.say(say("changed since: {count}", count=changed)))
        missing = sum(one.is_missing for one in self.fields)
        if missing:
            parts.append(self.say(say("not known yet: {count}", count=missing)))
        lang = self.speaker.word(self.sheet.lang) if self.sheet else ""
        yield Content.assemble((" · ".join(parts), "bold"), (f" · {lang}", MUTED))
        if self.fields and done == len(self.fields):
            text = say("Every field is copied. Send it in Altinn, then press s.")
            yield Content.styled(self.say(text), "$text-success")
            return
        lacking = [one for one in self.sheet.readiness if not one.is_ready] if self.sheet else []
        if lacking:
            text = say("! {what} (lacking in all: {count}; r shows who can send)",
                       what=lacking[0].text, count=len(lacking))  # fmt: skip
            yield Content.styled(self.say(text), "$text-warning")
        warnings = self.sheet.warnings if self.sheet else ()
        if warnings:
            yield Content.assemble(("! ", "$text-warning"), shown(warnings[0]))

    def _lines(self) -> Iterator[Line]:
        section = ""
        for one in self.fields:
            if one.section != section:
                section = one.section
                yield heading(shown(section, is_open=True))
            yield Line(self._line(one), one.key)

    def _line(self, one: SheetField) -> Columns:
        sign, style = _SIGNS[self.state_of(one)]
        first, room = one.value.strip().split("\n")[0], self.size.width - _BESIDE
        value = shown(first if len(first) <= room else f"{first[: room - 1]}…")
        value = value.stylize("$text-warning") if one.is_missing else value
        return Columns(
            Column(Content.styled(sign, style), 1),
            Column(Content.styled(f"{one.number:2}", MUTED), 2),
            Column(shown(one.field, is_open=True), 30),
            Column(value),
        )

    def _ready_lines(self) -> Iterator[Line]:
        yield heading(self.words(say("Who can send in Altinn")))
        for one in self.sheet.readiness if self.sheet else ():
            sign = ("✔", "$text-success") if one.is_ready else ("✖", "$text-error")
            text = self.words(one.text)
            if one.remedy is not None:
                text = Content.assemble(text, (f"  {self.say(one.remedy)}", MUTED))
            columns = Columns(Column(Content.styled(*sign), 1), Column(text))
            yield Line(columns, f"ready.{one.id}")

    @on(OptionList.OptionHighlighted)
    def _follow(self) -> None:
        self._show_value()

    def _show_value(self) -> None:
        """Show all words of the field under the cursor, as they would be copied."""
        field = self.field
        text = Content()
        if field is not None:
            text = Content.assemble(
                (shown(field.field, is_open=True).plain, "bold"),
                "\n",
                shown(field.value, lines=True),
            )
            if field.doubt:
                text = Content.assemble(text, (f"\n({shown(field.doubt).plain})", "$text-warning"))
        self.query_one(".value", Static).update(text)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_copy()

    @act
    async def action_copy(self) -> None:
        """Copy the field's words, tick it off, and go on."""
        field = self.field
        if field is None:
            return
        self.app.copy_to_clipboard(plain(field.value))
        await self._tick(field, is_copied=True)
        self._go_on(field)

    def _go_on(self, field: SheetField) -> None:
        """Go to the next field that is not copied."""
        waiting = [one for one in self.fields if self.state_of(one) != COPIED]
        later = [one for one in waiting if one.number > field.number]
        if waiting:
            self.query_one(LineList).go_to((later or waiting)[0].key)

    @act
    async def action_tick(self) -> None:
        """Tick the field off without copying, or take the tick away."""
        field = self.field
        if field is not None:
            await self._tick(field, is_copied=self.state_of(field) != COPIED)

    async def _tick(self, field: SheetField, *, is_copied: bool) -> None:
        await self.ask(self.desk.altinn.tick, self.ref, field, is_copied=is_copied)
        ticks = await self.ask(self.desk.altinn.ticks, self.ref)
        if ticks is not None:
            self.ticks = ticks
            self._draw()

    async def action_ready(self) -> None:
        """Go to who can send."""
        if self.sheet:
            self.query_one(LineList).go_to(f"ready.{self.sheet.readiness[0].id}")

    @act
    async def action_language(self) -> None:
        """Show the sheet in the next language; a copied field then counts as changed."""
        now = self.sheet.lang if self.sheet else LANGUAGES[-1]
        self.paper_lang = next_language(now)
        await self._read_sheet()

    def help_text(self) -> HelpText:
        """Say how copying works, and what to do where it does not."""
        return HelpText(
            title=self.say(say("Altinn sheet")),
            text=self.say(
                say(
                    "Enter copies a field through your terminal. Paste it into the form in Altinn, "
                    "come back, and press Enter again. If nothing arrives, your terminal does not "
                    "take text from programs (OSC 52): mark the words below with the mouse. "
                    "“breachdesk altinn” prints the whole sheet."
                )
            ),
        )
