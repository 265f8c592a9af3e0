"""Lines in columns: wrapped each in its own, and a cursor that stays."""

from textual.app import App, ComposeResult
from textual.content import Content

from breachdesk.tui.widgets.columns import Column, Columns, widest
from breachdesk.tui.widgets.linelist import Line, LineList, heading

LONG = "one two three four five six"


def three(text: str = LONG) -> Columns:
    return Columns(
        Column(Content("!"), 1), Column(Content(text)), Column(Content("far"), 6, from_width=40)
    )


class Lines(App[None]):
    def compose(self) -> ComposeResult:
        yield LineList()


def test_the_tallest_column_gives_the_height() -> None:
    assert three().get_height({}, 60) == 1
    assert three().get_height({}, 20) == 2


def test_a_column_from_a_width_on_is_left_out_before() -> None:
    assert [cells for _, cells in three()._laid(30)] == [1, 27]
    assert [cells for _, cells in three()._laid(50)] == [1, 39, 6]


def test_no_width_is_no_line_and_no_crash() -> None:
    assert [cells for _, cells in three()._laid(0)] == [1, 1]


def test_the_widest_text_is_counted_in_cells() -> None:
    assert widest(["a", "漢字"]) == 4
    assert widest([]) == 1


async def test_the_cursor_stays_on_its_line_when_lines_come_and_go() -> None:
    app = Lines()
    async with app.run_test(size=(30, 6)) as pilot:
        lines = app.query_one(LineList)
        lines.focus()
        lines.show_lines([Line(three(), str(number)) for number in range(9)])
        await pilot.press("down", "down", "down")
        assert lines.line_id == "3"
        lines.show_lines([heading(Content("new")), *(Line(three(), str(n)) for n in range(1, 9))])
        await pilot.pause()
        assert lines.line_id == "3"
        lines.show_lines([Line(three(), "9")])
        await pilot.pause()
        assert lines.line_id == "9"


async def test_headings_are_passed_over_and_an_empty_list_has_no_line() -> None:
    app = Lines()
    async with app.run_test(size=(30, 6)) as pilot:
        lines = app.query_one(LineList)
        lines.focus()
        assert lines.line_id == ""
        lines.show_lines([heading(Content("a")), Line(three(), "1"), heading(Content("b")),
                          Line(three(), "2")])  # fmt: skip
        assert lines.line_id == "1"
        await pilot.press("down")
        assert lines.line_id == "2"
        lines.go_to("not there")
        assert lines.line_id == "2"
