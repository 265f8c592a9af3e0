"""Check the chain: every kept row against its entry, every entry against the one before."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import ProgressBar, Static

from breachdesk.audit import Finding, Report
from breachdesk.message import say
from breachdesk.tui.base import DeskScreen, act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.anchor import AnchorScreen
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.howfar import Advance
from breachdesk.tui.widgets.shown import shown

_DRAWN_EVERY = 0.2
"""Seconds between two looks at how far it has come."""
MOST_FINDINGS = 200
"""More are counted, not listed."""

_PROVES = say(
    "What this proves: nothing that was kept has been changed, moved or taken out since. What it "
    "cannot prove: that what was written was true, or who sat at the keyboard. Whoever holds the "
    "key could rewrite everything; the head printed on issued papers shows that."
)


class VerifyScreen(DeskScreen):
    """Says in plain words whether anything was lost or quietly changed, and what that proves."""

    DEFAULT_CSS = """
    VerifyScreen {
        .page { padding: 1 2; }
        .page Static { height: auto; margin-bottom: 1; }
        .findings { display: none; }
        .findings.-some { display: block; }
        .heading { text-style: bold; }
        .result.-whole { color: $text-success; text-style: bold; }
        .result.-broken { color: $text-error; text-style: bold; }
        .proves { color: $text-muted; }
        ProgressBar { margin-bottom: 1; display: none; }
        &.-checking ProgressBar { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "check", say("Check again"), hint=say("Check everything once more"),
            id="verify.check"),
        key("a", "anchor", say("Anchor"), id="verify.anchor", twin="f6",
            hint=say("Show where the record ends, as words and QR code, to keep elsewhere")),
    ]  # fmt: skip

    def __init__(self, ref: str | None = None) -> None:
        """Check one case's own chain, or the whole desk when none is given."""
        super().__init__()
        self._ref = ref
        self._report: Report | None = None
        self._advance = Advance(only_reads=True)
        """Entries done, and of how many; written by the thread that checks."""

    def compose_body(self) -> ComposeResult:
        """Draw heading, progress, result, findings, and what it proves."""
        of_case = say("Is the record of {ref} whole?", ref=self._ref)
        with VerticalScroll(classes="page"):
            yield Static(
                self.words(of_case if self._ref else say("Is the record of this desk whole?")),
                classes="heading",
            )
            yield Static(classes="result", markup=False)
            yield ProgressBar(show_percentage=False, show_eta=False)
            yield Static(classes="findings", markup=False)
            yield Static(classes="head", markup=False)
            yield Static(self.words(_PROVES), classes="proves")

    async def fill(self) -> None:
        """Check, or show again what was found."""
        if self._report is None:
            self.action_check()
        else:
            self._show(self._report)

    def action_anchor(self) -> None:
        """Show where the record ends, to be kept elsewhere."""
        self.app.push_screen(AnchorScreen(self._ref))

    @act
    async def action_check(self) -> None:
        """Check everything."""
        self.add_class("-checking")
        self._say("result", self.words(say("Every row and every entry is being recomputed …")))
        self._advance = Advance(only_reads=True)
        bar = self.set_interval(_DRAWN_EVERY, self._draw_progress)
        report = await self.ask(self.desk.trust.verify, self._ref, on_progress=self._advance)
        bar.stop()
        self.remove_class("-checking")
        if report is not None:
            self._report = report
            self._show(report)

    def _draw_progress(self) -> None:
        if self._advance.of:
            bar = self.query_one(ProgressBar)
            bar.update(total=self._advance.of, progress=self._advance.done)

    def _show(self, report: Report) -> None:
        result = self.query_one(".result", Static)
        result.set_class(report.ok, "-whole")
        result.set_class(not report.ok, "-broken")
        if report.ok:
            text = say(
                "✔ Yes. {count} entries, each as it was written, none missing in between.",
                count=report.entries,
            )
        else:
            text = say(
                "✖ No. Findings: {found}, in {count} entries. The first is where to look.",
                found=len(report.findings),
                count=report.entries,
            )
        self._say("result", self.words(text))
        self._say("findings", self._findings(report.findings))
        self.query_one(".findings").set_class(bool(report.findings), "-some")
        self._say("head", self.words(say("Head of the chain: {head}", head=report.head.digest)))

    def _findings(self, findings: tuple[Finding, ...]) -> Content:
        lines = [self._line(one) for one in findings[:MOST_FINDINGS]]
        if len(findings) > MOST_FINDINGS:
            more = say("and {count} more", count=len(findings) - MOST_FINDINGS)
            lines.append(self.words(more))
        return Content("\n").join(lines)

    def _line(self, finding: Finding) -> Content:
        what = self.speaker.word(finding.kind)
        entry = self.say(say("entry {seq}", seq=finding.seq))
        return Content.assemble(
            "✖ ", (entry, "bold"), "  ", what, "  ", shown(finding.subject, is_open=True)
        )

    def _say(self, place: str, content: Content) -> None:
        self.query_one(f".{place}", Static).update(content)

    def help_text(self) -> HelpText:
        """Return what the check proves and what not."""
        return HelpText(title=self.say(say("Verify")), text=self.say(_PROVES))
