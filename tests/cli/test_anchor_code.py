"""The QR code beside an anchor's words says the anchor's line, drawn and as a picture."""

import io
from collections.abc import Sequence

import pytest
import segno
from PIL import Image

from breachdesk.audit import read_anchor
from tests.cli.runner import Cli

QUIET = 4
"""Light modules around a picture, as the standard asks."""
DRAWN_QUIET = 2
DARK_ABOVE_BELOW = {"\N{FULL BLOCK}": (0, 0), "\N{UPPER HALF BLOCK}": (0, 1),
                    "\N{LOWER HALF BLOCK}": (1, 0), " ": (1, 1)}  # fmt: skip
"""What a character of the drawing shows: light is drawn, dark is the terminal's ground."""

Modules = tuple[tuple[int, ...], ...]


def modules_of(line: str) -> Modules:
    return tuple(tuple(row) for row in segno.make(line, micro=False).matrix)


def inner(rows: Sequence[Sequence[int]], quiet: int, size: int) -> Modules:
    """Cut the light edge off, which must be light."""
    edge = [*rows[:quiet], *rows[quiet + size :]]
    sides = [cell for row in rows for cell in (*row[:quiet], *row[quiet + size :])]
    assert not any(cell for row in edge for cell in row)
    assert not any(sides)
    return tuple(tuple(row[quiet : quiet + size]) for row in rows[quiet : quiet + size])


def read_drawing(drawing: str, size: int) -> Modules:
    rows: list[tuple[int, ...]] = []
    for line in drawing.splitlines():
        cells = [DARK_ABOVE_BELOW[character] for character in line]
        rows += [tuple(cell[half] for cell in cells) for half in (0, 1)]
    return inner(rows[: size + 2 * DRAWN_QUIET], DRAWN_QUIET, size)


def read_picture(content: bytes, size: int) -> Modules:
    picture = Image.open(io.BytesIO(content)).convert("1")
    dots, rest = divmod(picture.width, size + 2 * QUIET)
    assert (rest, picture.width) == (0, picture.height)
    rows = [
        [int(not picture.getpixel((x * dots + dots // 2, y * dots + dots // 2)))
         for x in range(size + 2 * QUIET)]
        for y in range(size + 2 * QUIET)
    ]  # fmt: skip
    return inner(rows, QUIET, size)


@pytest.fixture
def line(cli: Cli, case: str) -> str:
    """The anchor of a desk with a case."""
    assert case
    return cli("anchor").out.strip()


def test_the_drawn_code_is_that_of_the_line(cli: Cli, line: str) -> None:
    drawing, _, words = cli("anchor", "--words").out.partition("\n\n")
    wanted = modules_of(line)
    assert read_drawing(drawing.rstrip("\n"), len(wanted)) == wanted
    assert read_anchor(words).head == read_anchor(line).head


def test_the_picture_is_that_of_the_line(cli: Cli, line: str) -> None:
    path = cli.home.parent / "anchor.png"
    assert cli("anchor", "--png", str(path)).out.strip() == line
    wanted = modules_of(line)
    assert read_picture(path.read_bytes(), len(wanted)) == wanted


def test_another_line_has_another_code(line: str) -> None:
    assert modules_of(line) != modules_of(line.replace("1", "2", 1))


def test_a_picture_that_is_there_is_not_written_over(cli: Cli, line: str) -> None:
    path = cli.home.parent / "anchor.png"
    path.write_bytes(b"mine")
    cli.refused("anchor", "--png", str(path))
    assert path.read_bytes() == b"mine"
    cli("anchor", "--png", str(path), "--force")
    assert len(modules_of(line)) > 20
    assert path.read_bytes().startswith(b"\x89PNG")


def test_the_words_stay_in_sight_below_the_code(cli: Cli, line: str) -> None:
    last = cli("anchor", "--words").out.rstrip("\n").splitlines()[-1]
    assert read_anchor(last) == read_anchor(line)


def test_a_mistyped_line_may_be_just_that(cli: Cli, line: str) -> None:
    mistyped = line[:-1] + ("0" if line[-1] != "0" else "1")
    said = cli("anchor", "--check", mistyped, code=1).out
    assert "the log was rewritten" in said
    assert "Or the line was copied wrongly: compare it once more." in said
    assert "copied wrongly" not in cli("anchor", "--check", line).out
