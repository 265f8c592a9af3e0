"""Take README's pictures from the real app over made-up cases. Run: python screenshots/take.py.

The clock is told and nothing is drawn by hand: what the pictures show is what the app shows.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from textual.screen import Screen

from breachdesk.desk import Sheet
from breachdesk.terms import DocumentKind, Matter
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.decide.screen import DecideScreen
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from tests.tui.cases import many_cases
from tests.tui.desks import Stage, settle

FOLDER = Path(__file__).parent
SIZE = (100, 30)
WEB_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""Textual's pictures name a font on a foreign host."""

RISK = {
    "data_types": ["basic", "economic"],
    "data_subjects": ["employees"],
    "exposure": "obtained",
    "protection": "none",
    "holder": "few-known",
    "intent": "mistake",
    "deletion": "asked",
    "insight": "ordinary",
    "implied": "nothing",
    "identifiability": "directly",
    "repeats": "single",
}


def prepare(stage: Stage) -> None:
    """Put cases on the desk; the first one has the facts of a misdirected payroll list."""
    many_cases(stage)
    stage.desk.intake.correct("1", "nature", "c", "the list was read by a stranger")
    stage.desk.assessment.answer("1", "risk", Sheet(values=RISK))


def shots(stage: Stage) -> dict[str, Callable[[], Screen[None]] | None]:
    """Return each picture's name and the screen it shows; None is the register."""
    case = stage.desk.intake.open("1")
    return {
        "home": None,
        "case": lambda: CaseScreen(case.ref, tab="facts"),
        "questionnaire": lambda: QuestionnaireScreen(case, "risk", start="holder"),
        "decide": lambda: DecideScreen(case, Matter.NOTIFY_AUTHORITY),
        "paper": lambda: PaperScreen(case, DocumentKind.NOTIFICATION),
    }


async def take(stage: Stage, name: str, first: Callable[[], Screen[None]] | None) -> None:
    """Write one picture."""
    app = stage.app(first)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        svg = WEB_FONT.sub("", app.export_screenshot(title="breachdesk", simplify=True))
    (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
    print(f"screenshots/{name}.svg")


async def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        prepare(stage)
        for name, first in shots(stage).items():
            await take(stage, name, first)
        stage.close()


if __name__ == "__main__":
    asyncio.run(main())
