"""Fields that people type into; behind the veil what stands in them is drawn as blocks."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.widgets import Input, TextArea

from breachdesk.language import veiled
from breachdesk.tui.widgets.shown import VEIL


class Blocks(LineFilter):
    """Draws blocks in place of letters, in the colours that were there."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments as blocks."""
        del background
        return [Segment(veiled(text), style, control) for text, style, control in segments]


_BLOCKS = Blocks()


def behind_the_veil(filters: Sequence[LineFilter]) -> Sequence[LineFilter]:
    """Return a widget's filters, with blocks among them when the veil is down."""
    veil = VEIL.get(None)
    return [*filters, _BLOCKS] if veil is not None and veil.is_down else filters


class TypedLine(Input):
    """A line that somebody types."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw blocks behind the veil."""
        return behind_the_veil(super().get_line_filters())


class TypedText(TextArea):
    """A text that somebody types."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw blocks behind the veil."""
        return behind_the_veil(super().get_line_filters())
