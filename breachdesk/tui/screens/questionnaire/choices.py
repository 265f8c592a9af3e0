"""Options to choose from: one or several, and "not known yet" always last."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from breachdesk.message import say
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.linelist import Line, LineList
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.tones import MUTED

NOT_KNOWN = "?"
"""Stands for "not known yet" among the options."""


OWN_NOT_KNOWN = "not-yet-known"
"""An option of the authority's own form that says so of one item: an answer like any other."""


MOST = 9
"""Options that a digit chooses."""


class Choices(Spoken, LineList):
    """The options. Arrows move, space or a click marks, Enter takes and goes on.

    A digit takes its option and goes on; with several to choose from, it marks it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False),
        Binding("space", "select", show=False),
        *(Binding(str(number), f"pick({number})", show=False) for number in range(1, MOST + 1)),
    ]

    class Marked(Message):
        """Posted when an option was marked or unmarked with space or a click."""

        def __init__(self, choices: "Choices", option: str) -> None:
            """Say which option; `NOT_KNOWN` for not known yet."""
            super().__init__()
            self.choices, self.option = choices, option

    class Taken(Message):
        """Posted when Enter was pressed: the answer stands, on to the next question."""

        def __init__(self, choices: "Choices", option: str) -> None:
            """Say where the cursor was."""
            super().__init__()
            self.choices, self.option = choices, option

    class Pointed(Message):
        """Posted when the cursor stands on another option."""

        def __init__(self, option: str) -> None:
            """Say which."""
            super().__init__()
            self.option = option

        def can_replace(self, message: Message) -> bool:
            """Only the newest place of the cursor matters."""
            return isinstance(message, Choices.Pointed)

    def __init__(
        self,
        options: tuple[tuple[str, Content], ...],
        *,
        marked: tuple[str, ...],
        many: bool,
        unknown: str = "",
    ) -> None:
        """Take the options.

        Args:
            options: Ids and words, in their order.
            marked: Ids that are marked; `NOT_KNOWN` when it was said to be unknown.
            many: Several may be marked.
            unknown: Who finds out and by when, if that was said.
        """
        super().__init__()
        self._options_given, self.many, self._unknown = options, many, unknown
        self.marked = marked

    def on_mount(self) -> None:
        """Draw the options, the cursor on what is marked."""
        self.draw_options(start=self.marked[0] if self.marked else "")

    def draw_options(self, start: str = "") -> None:
        """Draw every option with its mark."""
        self.show_lines(tuple(self._option_lines()), start=start)

    def _option_lines(self) -> Iterator[Line]:
        for option_id, words in self._options_given:
            yield Line(self._drawn(option_id, words), option_id)
        unknown = self.words(say("Not known yet → who finds out, by when?"))
        if any(one == OWN_NOT_KNOWN for one, _ in self._options_given):
            unknown = self.words(say("Cannot be answered yet → who finds out, by when?"))
        if NOT_KNOWN in self.marked and self._unknown:
            unknown = self.words(say("Not known yet: {who}", who=self._unknown))
        yield Line(self._drawn(NOT_KNOWN, unknown.stylize(MUTED)), NOT_KNOWN)

    def _drawn(self, option_id: str, words: Content) -> Columns:
        is_on = option_id in self.marked
        several = self.many and option_id != NOT_KNOWN
        mark = ("[x]" if is_on else "[ ]") if several else ("(•)" if is_on else "( )")
        tone = "bold $text-success" if is_on else MUTED
        return Columns(
            Column(Content.styled(mark, tone), 3),
            Column(Content.styled(self._number(option_id), MUTED), 1),
            Column(words.stylize("bold") if is_on else words),
        )

    def _number(self, option_id: str) -> str:
        """Return the digit that chooses an option; the tenth and later ones have none."""
        ids = [one for one, _ in self._options_given]
        place = ids.index(option_id) + 1 if option_id in ids else 0
        return str(place) if 1 <= place <= MOST else " "

    def mark(self, option_id: str) -> None:
        """Mark an option; with several to choose from, mark or unmark it."""
        if option_id == NOT_KNOWN or not self.many:
            self.marked = (option_id,)
        else:
            chosen = (set(self.marked) - {NOT_KNOWN}) ^ {option_id}
            self.marked = tuple(one for one, _ in self._options_given if one in chosen)
        self.draw_options()

    def action_pick(self, number: int) -> None:
        """Choose an option by its number."""
        if number <= len(self._options_given):
            option_id, _ = self._options_given[number - 1]
            self.go_to(option_id)
            if self.many:
                self.post_message(self.Marked(self, option_id))
            else:
                self.post_message(self.Taken(self, option_id))

    def action_take(self) -> None:
        """Take what is marked, or what is under the cursor, and go on."""
        self.post_message(self.Taken(self, self.line_id))

    @on(OptionList.OptionSelected)
    def _marked_one(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Marked(self, event.option_id or ""))

    @on(OptionList.OptionHighlighted)
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.post_message(self.Pointed(event.option_id or ""))
