"""Papers on the screen: read, checked against the law, issued, saved, and marked as sent."""

import stat
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from breachdesk.desk import Sheet
from breachdesk.terms import DocumentKind, Lang, Phase
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.papers import issued as issued_screen
from breachdesk.tui.screens.papers.issue import IssueDialog
from breachdesk.tui.screens.papers.issued import IssuedScreen
from breachdesk.tui.screens.papers.screen import PaperScreen
from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen
from breachdesk.tui.widgets.linelist import LineList
from tests.tui.breaches import as_processor, decided, issued, logged, sent, tricky
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, links, said, screen_text

SIZE = (80, 24)


def at(stage: Stage, kind: DocumentKind = DocumentKind.NOTIFICATION) -> PaperScreen:
    return PaperScreen(stage.desk.intake.open("1"), kind)


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


async def test_a_paper_is_issued_saved_for_its_owner_only_and_marked_as_sent(
    stage: Stage, tmp_path: Path
) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "g", "i")
        assert in_front(pilot, IssueDialog)
        assert "Nothing is sent." in said(pilot)
        await press(pilot, "ctrl+s")
        assert in_front(pilot, IssuedScreen)
        assert "○ not sent" in said(pilot)
        path = tmp_path / "BD-2026-001-notification-en-v1.pdf"
        assert path.name in said(pilot)
        await press(pilot, "s")
        pilot.app.screen.query_one("#channel", Input).value = "Altinn"
        await press(pilot, "ctrl+s")
        assert "✔ sent to Datatilsynet" in said(pilot)
    case = stage.desk.intake.open("1")
    document = case.documents[0]
    assert (document.lang, document.phase) == (Lang.EN, Phase.INITIAL)
    assert path.read_bytes() == stage.desk.papers.content(document.id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert case.dispatches[0].document_id == document.id


async def test_an_existing_file_is_left_alone_and_the_paper_saved_elsewhere(
    stage: Stage, tmp_path: Path
) -> None:
    decided(stage)
    there = tmp_path / "BD-2026-001-notification-nb-v1.pdf"
    there.write_text("mine")
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "i", "ctrl+s")
        assert there.read_text() == "mine"
        assert in_front(pilot, IssuedScreen)
        await press(pilot, "e")
        assert "left as it is" not in said(pilot)
        await press(pilot, "ctrl+s")
        assert "There is a file" in said(pilot)
        pilot.app.screen.query_one("#path", Input).value = str(tmp_path / "other.pdf")
        await press(pilot, "enter")
    assert (tmp_path / "other.pdf").read_bytes().startswith(b"%PDF")


async def test_a_final_paper_with_gaps_asks_why(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "h", "h", "i", "ctrl+s")
        assert "needs a reason" in said(pilot)
        assert not stage.desk.intake.open("1").documents
        pilot.app.screen.query_one("#reason", TextArea).text = "It cannot be found out"
        await press(pilot, "ctrl+s")
    document = stage.desk.intake.open("1").documents[0]
    assert (document.phase, document.reason) == (Phase.FINAL, "It cannot be found out")


async def test_the_checklist_says_what_follows_and_leads_to_the_question(stage: Stage) -> None:
    logged(stage)
    unknown = {"impacts": ("Ola", stage.clock.now.replace(hour=17, minute=0))}
    stage.desk.assessment.answer("1", "facts", Sheet(unknown=unknown))
    async with stage.app(lambda: at(stage)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "g")
        shown = flowing(pilot)
        assert "Art. 33(3)(a)" in shown
        assert "✔ Nature of the breach" in shown
        checks = pilot.app.screen.query_one("Checks LineList", LineList)
        line = next(one.id for one in checks.options if (one.id or "").startswith("impacts."))
        checks.focus()
        checks.go_to(line or "")
        await press(pilot, "enter")
        screen = in_front(pilot, QuestionnaireScreen)
        assert screen.here == "impacts"


async def test_language_and_phase_are_switched_on_top(stage: Stage) -> None:
    decided(stage)
    async with stage.app(lambda: at(stage)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "initial · Norwegian (bokmål)" in said(pilot)
        await press(pilot, "g", "h")
        assert "supplementary · English" in said(pilot)
        assert "Supplementary notification under Article 33(4) GDPR" in said(pilot)


@pytest.mark.parametrize("kind", DocumentKind)
async def test_every_kind_of_paper_can_be_looked_at(stage: Stage, kind: DocumentKind) -> None:
    logged(stage)
    async with stage.app(lambda: at(stage, kind)).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "version 1, draft" in flowing(pilot)


async def test_without_a_viewer_none_is_offered(stage: Stage) -> None:
    document = issued(stage)
    case = stage.desk.intake.open("1")
    first = lambda: IssuedScreen(case, document, path=Path("paper.pdf"))  # noqa: E731
    async with stage.app(first).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "o Open" not in flowing(pilot)
        await press(pilot, "o")
        assert "PDF: paper.pdf" in said(pilot)


async def test_a_viewer_in_reach_opens_the_saved_pdf(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = issued(stage)
    opened: list[tuple[str, Path]] = []
    monkeypatch.setattr(issued_screen, "system_viewer", lambda: "viewer")
    monkeypatch.setattr(issued_screen, "show_file", lambda *args: opened.append(args))
    case = stage.desk.intake.open("1")
    path = Path("paper.pdf")
    async with stage.app(lambda: IssuedScreen(case, document, path=path)).run_test() as pilot:
        await settle(pilot)
        await press(pilot, "o")
    assert opened == [("viewer", path)]


async def test_the_papers_tab_opens_what_is_chosen(stage: Stage) -> None:
    document = issued(stage)
    async with stage.app(lambda: CaseScreen("1", tab="papers")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert in_front(pilot, PaperScreen)
        await press(pilot, "escape")
        pilot.app.screen.query_one("#papers-list", LineList).go_to(f"document.{document}")
        await press(pilot, "enter")
        assert in_front(pilot, IssuedScreen)


async def test_text_in_a_paper_stays_text(stage: Stage) -> None:
    tricky(stage)
    async with stage.app(lambda: at(stage)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "[@click=app.quit]press[/]" in screen_text(pilot)
        assert not list(links(pilot))


@pytest.mark.parametrize("kind", [DocumentKind.NOTIFICATION, DocumentKind.COMMUNICATION])
async def test_a_paper_in_every_guise(pictures: Pictures, kind: DocumentKind) -> None:
    stages: list[Stage] = []

    def prepare(stage: Stage) -> None:
        decided(stage)
        stages.append(stage)

    await pictures(prepare=prepare, first=lambda: at(stages[-1], kind))


async def test_a_processors_notice_in_every_guise(pictures: Pictures) -> None:
    stages: list[Stage] = []

    def prepare(stage: Stage) -> None:
        as_processor(stage)
        stages.append(stage)

    await pictures(prepare=prepare, first=lambda: at(stages[-1], DocumentKind.PROCESSOR_NOTICE))


async def test_an_issued_paper_in_every_guise(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issued_screen, "DIGITS", 0)  # digests follow from every word of the forms
    stages: list[Stage] = []

    def prepare(stage: Stage) -> None:
        sent(stage)
        stages.append(stage)

    def first() -> IssuedScreen:
        case = stages[-1].desk.intake.open("1")
        return IssuedScreen(case, case.documents[0].id, path=Path("/home/kari/paper.pdf"))

    await pictures(prepare=prepare, first=first)


async def test_issuing_in_every_guise(pictures: Pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    stages: list[Stage] = []
    monkeypatch.setattr("breachdesk.tui.screens.papers.issue.Path.cwd", lambda: Path("/home/kari"))

    def prepare(stage: Stage) -> None:
        decided(stage)
        stages.append(stage)

    async def steps(pilot: Pilot[int]) -> None:
        await press(pilot, "i")

    await pictures(prepare=prepare, first=lambda: at(stages[-1]), steps=steps)
