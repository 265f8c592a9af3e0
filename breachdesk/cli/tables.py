"""Rows with their columns under one another: cut to fit a terminal, whole for other programs."""

import shutil
import sys
from collections.abc import Iterator, Sequence

from breachdesk.cli.errand import Errand

_GAP = 2
_WIDEST, _NARROWEST = 46, 18
"""Characters of a column but the last, and of one that has to give way on a terminal."""
Rows = Sequence[Sequence[str]]


def write_table(errand: Errand, rows: Rows) -> None:
    """Print the rows."""
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines_of(rows, columns):
        errand.write(line)


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
