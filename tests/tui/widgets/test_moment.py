"""The field for a time: read strictly, read back in full, fixed when it was typed."""

from datetime import timedelta

from textual.containers import Vertical
from textual.widgets import Button, Static

from breachdesk.tui.widgets.moment import MomentField, written_out
from tests.desk.desks import FRIDAY, OSLO
from tests.tui.widgets.apps import Bench


def bench(*, is_due: bool = False, lang: str = "en") -> Bench:
    def build(now: object) -> Vertical:
        return Vertical(MomentField(now, is_due=is_due), Button("ok"))  # type: ignore[arg-type]

    return Bench(build, lang)


def reading(app: Bench) -> str:
    return str(app.query_one(".reading", Static).content)


async def test_the_reading_stands_beside_it_while_it_is_typed() -> None:
    app = bench()
    async with app.run_test() as pilot:
        await pilot.press(*"40 min")
        assert "=" not in reading(app)
        await pilot.press(*" ago")
        await pilot.pause()
        assert reading(app) == "= today 15:50 (Oslo, UTC+1)"
        assert app.query_one(MomentField).moment == FRIDAY - timedelta(minutes=40)


async def test_what_was_typed_does_not_slip_with_the_clock() -> None:
    app = bench()
    async with app.run_test() as pilot:
        await pilot.press(*"40 min ago")
        app.clock.move(minutes=5)
        await pilot.press("tab")
        await pilot.pause()
        field = app.query_one(MomentField)
        assert field.input.value == "20.11.2026 15:50"
        assert field.moment == FRIDAY - timedelta(minutes=40)


async def test_what_cannot_be_read_is_explained_and_gives_no_time() -> None:
    app = bench()
    async with app.run_test() as pilot:
        await pilot.press(*"soonish")
        await pilot.pause()
        field = app.query_one(MomentField)
        assert field.moment is None
        assert "is not a time" in str(field.problem)
        assert "is not a time" in reading(app)
        field.clear()
        await pilot.pause()
        assert (reading(app), field.problem) == ("", None)
        assert field.is_empty


async def test_a_promise_lies_ahead() -> None:
    app = bench(is_due=True)
    async with app.run_test() as pilot:
        await pilot.press(*"tomorrow 12:00")
        await pilot.pause()
        assert reading(app) == "= tomorrow 12:00 (Oslo, UTC+1)"
        app.query_one(MomentField).input.value = "yesterday 12:00"
        await pilot.pause()
        assert app.query_one(MomentField).moment is None


async def test_it_reads_and_answers_in_norwegian() -> None:
    app = bench(lang="nb")
    async with app.run_test() as pilot:
        await pilot.press(*"i går 14:30")
        await pilot.pause()
        assert reading(app) == "= i går kl. 14:30 (Oslo, UTC+1)"


def test_an_hour_that_comes_twice_is_written_out_with_its_offset() -> None:
    second = FRIDAY.replace(month=10, day=25, hour=1, minute=30)
    assert written_out(second, OSLO) == "2026-10-25T02:30+01:00"
    assert written_out(FRIDAY, OSLO) == "20.11.2026 16:30"
