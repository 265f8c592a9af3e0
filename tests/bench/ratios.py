"""Ratios, never pass marks: time to first frame, letters a second."""

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
RUNS = 5
LETTERS = 40

TEN_LINES = """
import time; start = time.perf_counter()
from textual.app import App, ComposeResult
from textual.widgets import Label
class Ten(App[None]):
    def compose(self) -> ComposeResult:
        yield Label("ten lines")
    def on_mount(self) -> None:
        self.call_after_refresh(self.stop)
    def stop(self) -> None:
        print(time.perf_counter() - start); self.exit()
Ten().run(headless=True)
"""

OURS = """
import time; start = time.perf_counter()
from tests.bench.first_frame import run_until_first_frame
print(run_until_first_frame() - start)
"""


def first_frame(script: str) -> float:
    """Return the median seconds from interpreter start of the script to its first frame."""
    times = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
        )
        times.append(float(done.stdout.strip().splitlines()[-1]))
    return statistics.median(times)


def rate(make: Callable[[], bytes]) -> float:
    """Return how many letters a second `make` gives."""
    make()
    start = time.perf_counter()
    for _ in range(LETTERS):
        make()
    return LETTERS / (time.perf_counter() - start)


def plain_letter(paragraphs: Sequence[str]) -> bytes:
    """Return the same words through plain Platypus, with nothing of ours."""
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()["BodyText"]
    buffer = io.BytesIO()
    story: list[Flowable] = [Paragraph(escape(text), style) for text in paragraphs]
    SimpleDocTemplate(buffer, invariant=1).build(story)
    return buffer.getvalue()


def letters() -> tuple[float, float]:
    """Return letters a second: ours, and plain Platypus with the same words."""
    from breachdesk.documents import pdf, text
    from breachdesk.records import NewIncident
    from breachdesk.terms import DocumentKind, Lang
    from tests.desk.desks import FRIDAY, new_desk

    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder))
        desk.intake.log(NewIncident(title="Payroll list astray", became_aware_at=FRIDAY))
        draft = desk.papers.draft("1", DocumentKind.COMMUNICATION, lang=Lang.NB)
        desk.close()
    words = [line for line in text.render(draft, None).splitlines() if line.strip()]
    return rate(lambda: pdf.render(draft, None)), rate(lambda: plain_letter(words))


def main() -> None:
    """Print each pair and its ratio."""
    ours, ten = first_frame(OURS), first_frame(TEN_LINES)
    print(f"first frame: ours {ours:.3f} s, ten lines {ten:.3f} s, ratio {ours / ten:.2f}")
    letter, plain = letters()
    print(f"letters a second: ours {letter:.1f}, plain {plain:.1f}, ratio {letter / plain:.2f}")


if __name__ == "__main__":
    main()
