"""Evidence on the screen: taken in, hashed again, handed out; every act asks for what it needs."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from breachdesk.desk.viewing import Viewed
from breachdesk.records import NewEvidence, NewIncident
from breachdesk.terms import EvidenceKeeping, EvidenceUseKind
from breachdesk.tui.screens.case.screen import CaseScreen
from breachdesk.tui.screens.evidence import viewing
from breachdesk.tui.screens.evidence.adding import AddEvidenceDialog
from breachdesk.tui.screens.evidence.handing import HandOutDialog
from breachdesk.tui.screens.evidence.viewing import ShownDialog, ViewDialog
from breachdesk.tui.widgets.howfar import Advance
from breachdesk.tui.widgets.linelist import LineList
from breachdesk.tui.widgets.picks import Picks
from tests.desk.desks import new_desk
from tests.tui.breaches import logged
from tests.tui.cases import TRICK
from tests.tui.desks import OpenDoor, Stage, settle
from tests.tui.pictures import Pictures
from tests.tui.reading import flowing, in_front, said, screen_text

SIZE = (80, 24)
MAIL = b"From: payroll\n\nSalaries of everybody\n"


async def press(pilot: Pilot[int], *keys: str) -> None:
    for one in keys:
        await pilot.press(one)
        await settle(pilot)


def a_file(stage: Stage, name: str = "mail.eml") -> Path:
    path = stage.home / name
    path.write_bytes(MAIL)
    return path


async def take_in(pilot: Pilot[int], path: Path, **fields: str) -> AddEvidenceDialog:
    await press(pilot, "i")
    dialog = in_front(pilot, AddEvidenceDialog)
    for name, value in {"path": str(path), **fields}.items():
        dialog.query_one(f"#{name}", Input).value = value
    await settle(pilot)
    return dialog


async def test_a_file_is_taken_in_with_where_it_comes_from(stage: Stage) -> None:
    logged(stage)
    path = a_file(stage)
    async with stage.app(lambda: CaseScreen("1")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        assert "Nothing is taken in yet" in flowing(pilot)
        await take_in(pilot, path, origin="Mailbox of the sender", collector="Ola Li")
        await press(pilot, "ctrl+s")
        assert in_front(pilot, CaseScreen)
        assert "Ola Li" in flowing(pilot)
        assert "sealed in the desk" in flowing(pilot)
    (row,) = stage.desk.intake.open("1").evidence
    assert (row.name, row.origin, row.collector) == ("mail.eml", "Mailbox of the sender", "Ola Li")
    assert (row.size, row.keeping) == (len(MAIL), EvidenceKeeping.SEALED)
    assert stage.desk.drafts.all() == ()


async def test_what_is_lacking_is_said_and_nothing_is_kept(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        dialog = await take_in(pilot, Path())
        dialog.query_one("#path", Input).value = ""
        await press(pilot, "ctrl+s")
        assert "Say which file" in said(pilot)
        dialog.query_one("#path", Input).value = str(stage.home / "none.eml")
        await press(pilot, "ctrl+s")
        assert "cannot be read" in said(pilot)
        dialog.query_one("#collector", Input).value = ""
        await press(pilot, "ctrl+s")
        assert "Say who collected it" in said(pilot)
    assert stage.desk.intake.open("1").evidence == ()


async def test_only_its_hash_is_kept_when_so_chosen(stage: Stage) -> None:
    logged(stage)
    path = a_file(stage)
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        dialog = await take_in(pilot, path)
        dialog.query_one("#keep", Picks).choose(EvidenceKeeping.REFERENCE)
        await settle(pilot)
        dialog.say_consequence()
        await settle(pilot)
        assert "nothing here protects it" in said(pilot)
        await press(pilot, "ctrl+s")
    (row,) = stage.desk.intake.open("1").evidence
    assert (row.keeping, row.place) == (EvidenceKeeping.REFERENCE, str(path))


async def test_a_look_says_what_is_same_changed_and_missing(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        for name in ("same.log", "changed.log", "missing.log"):
            dialog = await take_in(pilot, a_file(stage, name))
            dialog.query_one("#keep", Picks).choose(EvidenceKeeping.REFERENCE)
            await press(pilot, "ctrl+s")
        (stage.home / "changed.log").write_bytes(b"another")
        (stage.home / "missing.log").unlink()
        await press(pilot, "h")
        shown = screen_text(pilot)
        assert "✔  same.log" in shown
        assert "✖  changed.log" in shown
        assert "✖  missing.log" in shown
        assert "CHANGED" in shown
        assert "MISSING" in shown


async def test_a_copy_is_handed_out_to_somebody_for_something(stage: Stage) -> None:
    logged(stage)
    path, copy = a_file(stage), stage.home / "copy.eml"
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await take_in(pilot, path)
        await press(pilot, "ctrl+s")
        (row,) = stage.desk.intake.open("1").evidence
        pilot.app.screen.query_one("#evidence-list", LineList).go_to(f"piece.{row.id}")
        await press(pilot, "enter")
        dialog = in_front(pilot, HandOutDialog)
        assert row.sha256 in said(pilot)
        dialog.query_one("#path", Input).value = str(copy)
        await press(pilot, "ctrl+s")
        assert "Say to whom" in said(pilot)
        dialog.query_one("#to", Input).value = "Kripos"
        await press(pilot, "ctrl+s")
        assert "Say what for" in said(pilot)
        assert not copy.exists()
        dialog.query_one("#purpose", Input).value = "Police report"
        await press(pilot, "ctrl+s")
        assert "to Kripos: Police report" in flowing(pilot)
    assert copy.read_bytes() == MAIL
    (use,) = stage.desk.intake.open("1").evidence_uses
    assert (use.recipient, use.purpose, use.place) == ("Kripos", "Police report", str(copy))


async def test_a_big_file_can_be_stopped_and_leaves_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(stage)
    path = a_file(stage)
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        dialog = await take_in(pilot, path)

        class Stopped(Advance):
            def __init__(self) -> None:
                super().__init__()
                self.is_stopped = True

        monkeypatch.setattr("breachdesk.tui.screens.evidence.adding.Advance", Stopped)
        await press(pilot, "ctrl+s")
        assert in_front(pilot, AddEvidenceDialog) is dialog
        assert "Stopped; nothing was kept" in said(pilot)
    assert stage.desk.intake.open("1").evidence == ()
    assert stage.desk.evidence.orphans() == ()


async def test_words_of_strangers_never_steer_the_tab(stage: Stage) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await take_in(pilot, a_file(stage), origin=TRICK)
        await press(pilot, "ctrl+s")
        assert "\x1b" not in screen_text(pilot)
        assert "[@click" in flowing(pilot)


async def looked_at(pilot: Pilot[int], stage: Stage) -> Viewed:
    """Take a mail in, look at it, and return what is shown."""
    await take_in(pilot, a_file(stage))
    await press(pilot, "ctrl+s")
    (row,) = stage.desk.intake.open("1").evidence
    pilot.app.screen.query_one("#evidence-list", LineList).go_to(f"piece.{row.id}")
    await press(pilot, "r")
    dialog = in_front(pilot, ViewDialog)
    await press(pilot, "ctrl+s")
    assert "Say what for" in said(pilot)
    assert stage.desk.intake.open("1").evidence_uses == ()
    dialog.query_one("#purpose", Input).value = "Whose names are in it"
    await press(pilot, "ctrl+s")
    return in_front(pilot, ShownDialog).viewed


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the machine's viewer is given; there is one."""
    opened: list[Path] = []
    monkeypatch.setattr(viewing, "system_viewer", lambda: "viewer")
    monkeypatch.setattr(viewing, "show_file", lambda _, path: opened.append(path))
    return opened


async def test_a_look_is_recorded_and_its_copy_goes_with_the_dialog(
    stage: Stage, opened: list[Path]
) -> None:
    logged(stage)
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        seen = await looked_at(pilot, stage)
        assert opened == [seen.path]
        assert seen.path.read_bytes() == MAIL
        assert "It is as it was taken in" in said(pilot)
        await press(pilot, "o")
        assert opened == [seen.path, seen.path]
        await press(pilot, "enter")
        assert in_front(pilot, CaseScreen)
        assert not seen.path.parent.exists()
        assert "viewed by Kari Nordmann: Whose names are in it" in flowing(pilot)
    (use,) = stage.desk.intake.open("1").evidence_uses
    assert (use.kind, use.recipient) == (EvidenceUseKind.VIEWED, "Kari Nordmann")
    assert stage.desk.drafts.all() == ()


async def test_the_only_piece_is_looked_at_wherever_the_cursor_stands(stage: Stage) -> None:
    logged(stage)
    stage.desk.evidence.add("1", a_file(stage), NewEvidence(collector="Ola"))
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        pilot.app.screen.query_one("#evidence-list", LineList).go_to("add")
        await press(pilot, "r")
        in_front(pilot, ViewDialog)


async def test_without_a_viewer_the_path_is_shown(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewing, "system_viewer", lambda: "")
    logged(stage)
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        seen = await looked_at(pilot, stage)
        assert seen.path.name in flowing(pilot).replace(" ", "")
        assert "No viewer is opened" in said(pilot)


@pytest.mark.parametrize("key", ["ctrl+l", "ctrl+q"])
async def test_lock_and_quit_take_the_copy_with_them(
    stage: Stage, opened: list[Path], monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    logged(stage)
    monkeypatch.setattr(OpenDoor, "forget", lambda _: None, raising=False)
    async with stage.app(lambda: CaseScreen("1", tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        seen = await looked_at(pilot, stage)
        assert opened == [seen.path]
        assert seen.path.exists()
        await press(pilot, key)
        assert not seen.path.parent.exists()


async def test_what_lies_elsewhere_is_said_to_be_so(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = new_desk(tmp_path, stage.clock)
    there.intake.log(NewIncident(title="Lost phone", became_aware_at=stage.clock.now))
    there.evidence.add("1", a_file(stage), NewEvidence(collector="Ola Li"))
    ref = stage.desk.moving.take(there.moving.export("1")).case.ref
    there.close()
    monkeypatch.setattr(viewing, "system_viewer", lambda: "")
    async with stage.app(lambda: CaseScreen(ref, tab="evidence")).run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "not here: it stayed at the desk it came from" in flowing(pilot)
        await press(pilot, "h")
        assert "MISSING" not in screen_text(pilot)
        (row,) = stage.desk.intake.open(ref).evidence
        pilot.app.screen.query_one("#evidence-list", LineList).go_to(f"piece.{row.id}")
        await press(pilot, "r")
        dialog = in_front(pilot, ViewDialog)
        dialog.query_one("#purpose", Input).value = "Names"
        await press(pilot, "ctrl+s")
        assert "stayed at the desk it came from" in said(pilot)
    assert stage.desk.intake.open(ref).evidence_uses == ()


async def test_the_evidence_in_every_guise(pictures: Pictures) -> None:
    def prepare(stage: Stage) -> None:
        logged(stage)
        for name, origin in (("mail.eml", "Mailbox of the sender"), ("access.log", "Web server")):
            path = stage.home / name
            path.write_bytes(MAIL)
            new = NewEvidence(origin=origin, collector="Ola Li", collected_at=stage.clock.now)
            _, row = stage.desk.evidence.add("1", path, new, is_reference=True)
        copy = stage.home / "copy"
        stage.desk.evidence.export(row.id, copy, purpose="Report", recipient="Kripos")

    async def steps(pilot: Pilot[int]) -> None:
        await settle(pilot)

    await pictures(prepare=prepare, first=lambda: CaseScreen("1", tab="evidence"), steps=steps)
