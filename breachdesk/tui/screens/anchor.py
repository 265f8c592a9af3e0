"""Where the record ends now, as words and as a QR code, to be kept where nobody here can write."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from breachdesk.audit import Anchor, Report, may_be_miscopied, read_anchor
from breachdesk.errors import RefusedError
from breachdesk.language import plain
from breachdesk.message import Message, say
from breachdesk.tui.base import DeskScreen, act
from breachdesk.tui.keys import key
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.tones import MUTED

BLOCKS = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
"""Two modules, one above the other, in a cell; light is drawn: it is read without colours."""
WHY = say(
    "Whoever holds the key of this desk could write everything anew. These words, kept on paper or "
    "in a mail to somebody else, would show it: the record must still stand on them."
)


class AnchorScreen(DeskScreen):
    """The anchor of the desk, or of one case's part of the chain."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("c", "copy_words", say("Copy words"), id="anchor.words", twin="f2",
            hint=say("Copy the words through your terminal")),
        key("y", "copy_line", say("Copy line"), id="anchor.line", twin="f4",
            hint=say("Copy the anchor as one line, as in the QR code")),
        key("k", "compare", say("Compare"), id="anchor.compare", twin="f5",
            hint=say("Compare an anchor that was kept: does the record still stand on it?")),
    ]  # fmt: skip
    CSS = """
    AnchorScreen Horizontal { height: 1fr; }
    AnchorScreen .qr { width: auto; height: auto; }
    AnchorScreen VerticalScroll { width: 1fr; padding: 0 1 0 2; }
    AnchorScreen VerticalScroll > Static { height: auto; margin-bottom: 1; }
    AnchorScreen .spelled { text-style: bold; }
    AnchorScreen .result { display: none; text-style: bold; }
    AnchorScreen .result.-said { display: block; }
    """

    def __init__(self, ref: str | None = None) -> None:
        """Anchor one case's part of the chain, or the whole desk."""
        super().__init__()
        self._ref = ref
        self.kept_now: Anchor | None = None

    def compose_body(self) -> ComposeResult:
        """Draw the code at the left, the words at the right."""
        with Horizontal():
            yield Static(classes="qr", markup=False)
            with VerticalScroll():
                yield Static(classes="where", markup=False)
                yield Static(classes="result", markup=False)
                yield Static(classes="spelled", markup=False)
                yield Static(Content.styled(self.say(WHY), MUTED), classes="why", markup=False)

    async def fill(self) -> None:
        """Read where the chain ends."""
        if self.kept_now is None:
            self.kept_now = await self.ask(self.desk.trust.anchor, self._ref)
        if self.kept_now is not None:
            self._show(self.kept_now)

    def _show(self, anchor: Anchor) -> None:
        of_case = say("The record of {ref} ends with entry {seq}, {when}.",
                      ref=self._ref, seq=anchor.head.seq, when=anchor.at)  # fmt: skip
        of_desk = say("The record ends with entry {seq}, {when}.",
                      seq=anchor.head.seq, when=anchor.at)  # fmt: skip
        self.query_one(".where", Static).update(self.words(of_case if self._ref else of_desk))
        self.query_one(".spelled", Static).update(Content(anchor.words()))
        self.query_one(".qr", Static).update(Content("\n").join(_drawn(anchor.line())))

    def action_copy_words(self) -> None:
        """Copy the words."""
        if self.kept_now is not None:
            self.app.copy_to_clipboard(self.kept_now.words())
            self.hall.tell(say("The words are copied."))

    def action_copy_line(self) -> None:
        """Copy the line."""
        if self.kept_now is not None:
            self.app.copy_to_clipboard(self.kept_now.line())
            self.hall.tell(say("The line is copied."))

    @act
    async def action_compare(self) -> None:
        """Compare an anchor that was kept."""
        text = await self.ask_line(
            say("Compare an anchor"),
            say("Paste the line, or type the words that were kept"),
            say("Compare it"),
            place="anchor",
            field="kept",
        )
        if text is None:
            return
        try:
            kept = read_anchor(plain(text))
        except RefusedError as error:
            self.hall.report(error)
            return
        report = await self.ask(self.desk.trust.check_anchor, kept)
        if report is not None:
            self._say_result(kept, report, of_line=may_be_miscopied(plain(text), kept, report))

    def _say_result(self, kept: Anchor, report: Report, *, of_line: bool) -> None:
        stands = not any(one.subject == kept.head.digest for one in report.findings)
        said = _result(kept, report, stands=stands, of_line=of_line)
        style = "$text-success" if report.ok else "$text-error"
        place = self.query_one(".result", Static)
        place.add_class("-said")
        place.update(Content.styled(f"{'✔' if report.ok else '✖'} {self.say(said)}", style))

    def help_text(self) -> HelpText:
        """Say what an anchor is for."""
        return HelpText(title=self.say(say("Anchor")), text=self.say(WHY))


def _result(kept: Anchor, report: Report, *, stands: bool, of_line: bool) -> Message:
    if of_line:
        return say("The record no longer stands on entry {seq}, written down {when}; or the line "
                   "was copied wrongly: compare it once more.",
                   seq=kept.head.seq, when=kept.at)  # fmt: skip
    if not stands:
        return say("The record no longer stands on entry {seq}, written down {when}.",
                   seq=kept.head.seq, when=kept.at)  # fmt: skip
    if not report.ok:
        return say("Entry {seq} is as it was written down, but elsewhere something is wrong: "
                   "findings {count}. Verify names them.",
                   seq=kept.head.seq, count=len(report.findings))  # fmt: skip
    return say("Entry {seq} is the one that was written down {when}; {count} came after it.",
               seq=kept.head.seq, when=kept.at, count=report.head.seq - kept.head.seq)  # fmt: skip


def _drawn(line: str) -> Iterator[Content]:
    """Yield the QR code, two rows of modules in a line."""
    import segno

    code = segno.make(line, micro=False, error="l", boost_error=False)
    rows: list[Sequence[int]] = [tuple(row) for row in code.matrix_iter(border=1)]
    if len(rows) % 2:
        rows.append((0,) * len(rows[0]))
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        cells = (BLOCKS[bool(a), bool(b)] for a, b in zip(upper, lower, strict=True))
        yield Content.styled("".join(cells), "#ffffff on #000000")
