"""The checklist beside a paper: each item of the law, present, following by a time, or missing."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from breachdesk.documents.checklist import CheckItem
from breachdesk.message import say
from breachdesk.tui.screens.answers import article, items_missing, who_and_when
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.tones import MUTED


class Checks(Spoken, Vertical):
    """What the law asks of the paper; Enter goes to the question that is missing."""

    DEFAULT_CSS = """
    Checks {
        border-left: solid $foreground 15%;
        & > .summary { height: auto; padding: 0 1; }
    }
    """

    class Chosen(Message):
        """Posted when an item is opened: the question that would supply it."""

        def __init__(self, item: str) -> None:
            """Say which."""
            super().__init__()
            self.item = item

    def compose(self) -> ComposeResult:
        """Draw summary and list."""
        yield Static(classes="summary", markup=False)
        yield LineList()

    def show(self, items: Sequence[CheckItem], warnings: Sequence[str], now: datetime) -> None:
        """Show the items and what to look at before it goes out."""
        lacking = sum(not one.is_present for one in items)
        self.query_one(".summary", Static).update(self._summary(lacking))
        lines = (*self._warnings(warnings), *self._items(items, now))
        self.query_one(LineList).show_lines(lines)

    def _summary(self, lacking: int) -> Content:
        if not lacking:
            return Content.styled(self.say(say("✔ nothing missing")), "bold $text-success")
        return Content.styled(f"! {self.say(items_missing(lacking))}", "bold $text-warning")

    def _warnings(self, warnings: Sequence[str]) -> Iterator[Line]:
        if warnings:
            yield heading(self.words(say("Look at this first")))
        for place, one in enumerate(warnings):
            text = shown(one).stylize("$text-warning")
            yield Line(Columns(Column(Content("▲"), 1), Column(text)), f".warning.{place}")

    def _items(self, items: Sequence[CheckItem], now: datetime) -> Iterator[Line]:
        laws = tuple(dict.fromkeys(one.law for one in items))
        for law in laws:
            title = (
                say("Art. {law}", law=article(law, self.speaker))
                if law
                else say("Asked for beside the law")
            )
            yield heading(self.words(title))
            for place, one in enumerate(items):
                if one.law == law:
                    yield Line(self._item(one, now), f"{one.item}.{place}")

    def _item(self, one: CheckItem, now: datetime) -> Columns:
        text = shown(one.text)
        if one.is_present:
            return Columns(Column(Content.styled("✔", "$text-success"), 1), Column(text))
        who = who_and_when(one.owner, one.due, self.speaker, now)
        follows = self.say(say("follows: {who}", who=who)) if who else self.say(say("missing"))
        words = Content.assemble(text, (f"  {follows}", "$text-warning" if who else MUTED))
        return Columns(Column(Content.styled("!", "bold $text-warning"), 1), Column(words))

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        item, _, _ = (event.option_id or "").rpartition(".")
        self.post_message(self.Chosen(item))
