"""Verifying on the screen."""

from sqlalchemy import text
from textual.pilot import Pilot
from textual.widgets import ProgressBar, Static

from breachdesk.tui.screens.verify import VerifyScreen
from tests.tui.cases import many_cases
from tests.tui.desks import Stage, settle
from tests.tui.pictures import Pictures


def said(pilot: Pilot[int], place: str) -> str:
    return str(pilot.app.screen.query_one(f".{place}", Static).content)


def tamper(stage: Stage) -> None:
    """Change a title behind the desk's back, and take a note of the chain away."""
    engine = stage.desk.office.store._engine
    with engine.begin() as connection:
        changed = "UPDATE incidentfacts SET title = 'Nothing happened' WHERE seq = 3"
        connection.execute(text(changed))


async def test_an_untouched_desk_is_whole(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f8")
        await settle(pilot)
        seq, digest = stage.desk.trust.head()
        assert said(pilot, "result").startswith(f"✔ Yes. {seq} entries")
        assert digest in said(pilot, "head")


async def test_a_changed_row_is_named_by_its_entry(stage: Stage) -> None:
    many_cases(stage)
    tamper(stage)
    app = stage.app(VerifyScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert said(pilot, "result").startswith("✖ No. Findings: 1,")
        assert "entry 3  a row was changed" in said(pilot, "findings")


async def test_one_case_is_verified_by_itself(stage: Stage) -> None:
    many_cases(stage)
    app = stage.app(lambda: VerifyScreen("BD-2026-002"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "BD-2026-002" in said(pilot, "heading")
        assert said(pilot, "result").startswith("✔ Yes.")


async def test_a_whole_record_in_every_guise(pictures: Pictures) -> None:
    await pictures(prepare=many_cases, first=VerifyScreen)


async def test_a_broken_record_in_every_guise(pictures: Pictures) -> None:
    def broken(stage: Stage) -> None:
        many_cases(stage)
        tamper(stage)

    await pictures(prepare=broken, first=VerifyScreen)


async def test_a_long_check_shows_how_far_it_has_come(stage: Stage) -> None:
    many_cases(stage)
    told: list[tuple[int, int]] = []
    report = stage.desk.trust.verify(on_progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, report.entries)
    assert told[-1] == (report.entries, report.entries)
    app = stage.app(VerifyScreen)
    async with app.run_test() as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, VerifyScreen)
        screen._advance(30, 120)
        screen._draw_progress()
        assert screen.query_one(ProgressBar).percentage == 0.25
