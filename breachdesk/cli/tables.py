"""Rows with their columns under one another: cut to fit a terminal, whole for other programs."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from textwrap import wrap

from breachdesk.cli.errand import Errand

_GAP = 2
_NOTHING = ("", "–")
_WIDEST, _NARROWEST = 46, 18
"""Characters of a column but the last, and of one that has to give way on a terminal."""
Rows = Sequence[Sequence[str]]


def write_table(errand: Errand, rows: Rows) -> None:
    """Print the rows."""
    for line in lines_of(rows, _columns()):
        errand.write(line)


def write_wrapped(errand: Errand, rows: Rows) -> None:
    """Print the rows, the last column as long as it is: on a terminal over several lines."""
    columns = _columns()
    for line in lines_of(rows, None) if columns is None else wrapped(rows, columns):
        errand.write(line)


def wrapped(rows: Rows, columns: int) -> Iterator[str]:
    """Yield the lines of rows whose last cell goes on beneath itself, broken at spaces."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        head = (" " * _GAP).join([*cells, ""])
        yield from wrap(
            row[-1],
            columns,
            initial_indent=head,
            subsequent_indent=" " * len(head),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [head.rstrip()]


def write_entries(errand: Errand, rows: Rows, *, first: int, heading: Sequence[str] = ()) -> None:
    """Print the rows; on a terminal too narrow for all cells, each row over several lines.

    Args:
        errand: Where to.
        rows: With as many cells each.
        first: How many cells stand on the first of the lines.
        heading: Over the columns; left out where a row takes several lines.
    """
    columns, table = _columns(), [heading, *rows] if heading else rows
    fits = columns is None or max(map(len, lines_of(table, None))) <= columns
    for line in lines_of(table, None) if fits else folded(rows, columns or 0, first):
        errand.write(line)


def _columns() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def folded(rows: Rows, columns: int, first: int) -> Iterator[str]:
    """Yield two lines or more for each row: its first cells, then the others beneath the last."""
    widths = [max(len(row[at]) for row in rows) for at in range(first - 1)]
    indent = " " * (sum(widths) + _GAP * len(widths))
    for row in rows:
        head = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield _cut((" " * _GAP).join([*head, row[first - 1]]).rstrip(), columns)
        rest = " · ".join(cell for cell in row[first:] if cell not in _NOTHING)
        yield from wrap(rest, columns, initial_indent=indent, subsequent_indent=indent)


def lines_of(rows: Rows, columns: int | None) -> Iterator[str]:
    """Yield a line for each row; `columns` is how much a terminal shows, None: no terminal."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    if columns is not None:
        widths = [min(width, _WIDEST) for width in widths]
        last = min(max(len(row[-1]) for row in rows), columns // 3)
        too_much = sum(widths) + _GAP * len(widths) + last - columns
        at = widths.index(max(widths))
        widths[at] = min(widths[at], max(_NARROWEST, widths[at] - max(0, too_much)))
    for row in rows:
        cells = [_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=False)]
        line = (" " * _GAP).join([*cells, row[-1]]).rstrip()
        yield line if columns is None else _cut(line, columns)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
