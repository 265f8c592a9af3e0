"""The cases, what presses most first: one line each, a sign and a word for every state."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.message import Message as Posted
from textual.widgets import DataTable

from breachdesk.message import Message, say
from breachdesk.register import RegisterLine
from breachdesk.terms import ClockState, RiskLevel, Status
from breachdesk.tui.keys import key
from breachdesk.tui.screens.home.overview import Overview
from breachdesk.tui.widgets.shown import cell
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.timing import how_long, sign_of

NEAR_THE_END = 10
"""Lines from the end at which the next page is read."""
GAP = 2
_NARROWEST_TITLE = 16
_WIDE = 110
"""From so many cells on, long times are said with their minutes."""

_LABELS: dict[str, Message] = {
    "case": say("  Case"),
    "title": say("What happened"),
    "clock": say("Clock"),
    "risk": say("Risk"),
    "next": say("Next"),
}
_NEXT_WORDS: dict[str, Message] = {
    "log_awareness": say("aware?"),
    "assess": say("assess"),
    "decide_is_breach": say("a breach?"),
    "decide_notify": say("notify?"),
    "send_notification": say("notify"),
    "send_initial": say("notify now"),
    "decide_inform": say("tell people?"),
    "tell_people": say("tell people"),
    "tell_controller": say("tell controller"),
    "supplement": say("supplement"),
    "withdraw": say("withdraw"),
    "tasks": say("tasks"),
    "reopen": say("reopen"),
    "close": say("close"),
    "erased": say("erased"),
    "nothing": say("–"),
}
_RISK_WORDS: dict[RiskLevel | None, Message] = {
    None: say("not yet"),
    RiskLevel.UNLIKELY: say("unlikely"),
    RiskLevel.RISK: say("risk"),
    RiskLevel.HIGH_RISK: say("high risk"),
    RiskLevel.UNDETERMINED: say("unclear"),
}
_COLOURS = {
    ClockState.NOT_STARTED: "accent",
    ClockState.RUNNING: "primary",
    ClockState.DUE_SOON: "warning",
    ClockState.OVERDUE: "error",
    ClockState.MET: "success",
    ClockState.MET_LATE: "warning",
    ClockState.NOT_OWED: "",
}


class CaseTable(Spoken, DataTable[Text]):
    """Holds the pages read so far; asks for more when the cursor comes near the end."""

    DEFAULT_CSS = """
    CaseTable {
        height: 1fr;
        background: $background;
        background-tint: 0%;
        &:focus { background-tint: 0%; }
        & > .datatable--header { background: $background; color: $text-muted; text-style: none; }
        & > .datatable--cursor { background: $boost; color: $foreground; text-style: bold; }
        &:focus > .datatable--cursor { background: $primary 30%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "select_cursor", say("Open"), hint=say("Open the case"), id="cases.open"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open a case once there is one."""
        del parameters
        return self.row_count > 0 if action == "select_cursor" else True

    class Opened(Posted):
        """Posted when a case is to be opened."""

        def __init__(self, ref: str) -> None:
            """Say which."""
            super().__init__()
            self.ref = ref

    class NearEnd(Posted):
        """Posted when the cursor comes near the last line that was read."""

        def __init__(self, after: str) -> None:
            """Say which case is the last."""
            super().__init__()
            self.after = after

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Take the desk's clock."""
        super().__init__(cursor_type="row", cell_padding=0, zebra_stripes=False)
        self._now = now
        self._lines: list[RegisterLine] = []
        self._overview: Overview | None = None
        self._has_more = False
        self._drawn_at = ""

    def on_mount(self) -> None:
        """Follow the minutes."""
        self.set_interval(1, self.tick)

    def show(self, overview: Overview) -> None:
        """Show the first page; the cursor stays on its case."""
        at = self.ref_at_cursor()
        self._overview = overview
        self._has_more = overview.has_more
        self._lines = list(overview.lines)
        self._draw(at)

    def add_page(self, lines: tuple[RegisterLine, ...], has_more: bool) -> None:  # noqa: FBT001
        """Show the next page below."""
        at = self.ref_at_cursor()
        self._has_more = has_more
        self._lines.extend(lines)
        self._draw(at)

    def tick(self) -> None:
        """Draw anew when the minute has changed."""
        if self._overview and f"{self._now():%H:%M}" != self._drawn_at:
            self._draw(self.ref_at_cursor())

    def on_resize(self, event: events.Resize) -> None:
        """Give the titles what room there is."""
        del event
        self._draw(self.ref_at_cursor())

    def ref_at_cursor(self) -> str:
        """Return the case under the cursor; empty when there is none."""
        return self._lines[self.cursor_row].ref if self.cursor_row < len(self._lines) else ""

    def _draw(self, at: str) -> None:
        overview = self._overview
        room = self.scrollable_content_region.width or self.size.width
        if overview is None or not room:
            return
        self._drawn_at = f"{self._now():%H:%M}"
        cells = [self._cells(line, overview, is_brief=room < _WIDE) for line in self._lines]
        columns = self._columns(cells, room)
        with self.prevent(DataTable.RowHighlighted):
            self.clear(columns=True)
            for name, width in columns.items():
                self.add_column(cell(self.say(_LABELS[name]), is_open=True), width=width, key=name)
            for line, drawn in zip(self._lines, cells, strict=True):
                drawn["title"].truncate(columns["title"] - GAP, overflow="ellipsis")
                self.add_row(*(drawn[name] for name in columns), key=line.ref)
        refs = [line.ref for line in self._lines]
        if at in refs:
            self.move_cursor(row=refs.index(at), animate=False)

    def _columns(self, cells: list[dict[str, Text]], room: int) -> dict[str, int]:
        """Return the width of each column there is room for; the title takes what is left."""
        widths = {
            name: max([cell_len(self.say(label)), *(one[name].cell_len for one in cells)]) + GAP
            for name, label in _LABELS.items()
        }
        for name in ("next", "risk"):
            if room - sum(widths.values()) + widths["title"] < _NARROWEST_TITLE:
                del widths[name]
        rest = room - sum(widths.values()) + widths["title"]
        return widths | {"title": max(rest, _NARROWEST_TITLE)}

    def _cells(self, line: RegisterLine, overview: Overview, *, is_brief: bool) -> dict[str, Text]:
        now, timing = self._now(), overview.timing(line)
        is_closed = line.status == Status.CLOSED
        style = self._style("" if is_closed else _COLOURS[timing.state_at(now)])
        sign = "◌" if is_closed else sign_of(timing, now)
        title = self.say(say("drill · {title}", title=line.title)) if line.is_drill else line.title
        long = how_long(timing, self.speaker, now, is_brief=is_brief)
        return {
            "case": cell(f"{sign} {_short(line.ref)}", style, is_open=True),
            "title": cell(title),
            "clock": cell(self.say(say("closed")) if is_closed else long, style, is_open=True),
            "risk": cell(
                self.say(_RISK_WORDS[line.risk]), self._risk_style(line.risk), is_open=True
            ),
            "next": cell(self.say(_NEXT_WORDS.get(line.next_step, say("–"))), is_open=True),
        }

    def _style(self, name: str) -> str:
        """Return the colour of that name in the theme of the moment."""
        variables = self.app.theme_variables
        return _rich_colour(variables.get(f"text-{name}" if name else "text-muted", ""))

    def _risk_style(self, risk: RiskLevel | None) -> str:
        if risk is None:
            return self._style("")
        names = {RiskLevel.HIGH_RISK: "error", RiskLevel.RISK: "warning"}
        return self._style(names[risk]) if risk in names else ""

    def action_select_cursor(self) -> None:
        """Open the case under the cursor."""
        self._open(self.cursor_row)

    def on_click(self, event: events.Click) -> None:
        """Open the case that was clicked."""
        self._open(event.style.meta.get("row", -1))

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self.post_message(self.Opened(self._lines[row].ref))

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Ask for more in time."""
        event.stop()
        if self._has_more and event.cursor_row >= len(self._lines) - NEAR_THE_END:
            self.post_message(self.NearEnd(self._lines[-1].ref))


def _short(ref: str) -> str:
    """Return a reference without what all have in common."""
    return ref.removeprefix("BD-")


def _rich_colour(css: str) -> str:
    """Return a theme's colour as Rich spells it: what is relative to the text becomes dim."""
    return "dim" if css.startswith("auto") else css.removeprefix("ansi_")
