"""Text of a CSV becomes records. One quote that is never closed costs one row, not the rest."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DELIMITERS = (";", ",", "\t")
MOST_LINES = 6
"""A record goes over at most this many lines; further on, a quote was not closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of the list."""

    row: int
    """As a spreadsheet counts it, from 1."""
    line: int
    """Where it begins in the file, from 1."""
    cells: tuple[str, ...]
    is_whole: bool = True
    """False: a quote was opened and not closed."""

    @property
    def is_blank(self) -> bool:
        """Is there nothing in it?"""
        return self.is_whole and not any(one.strip() for one in self.cells)


def records(text: str, delimiter: str, *, skipped: int = 0) -> Iterator[Record]:
    """Yield each record, blank ones too.

    Args:
        text: Line ends are line feeds.
        delimiter: What parts the cells.
        skipped: Lines at the beginning that are no records.
    """
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    width, at, row = 0, skipped, 0
    while at < len(lines):
        row += 1
        cells, taken = _record(lines, at, delimiter, width)
        width = width or len(cells)
        yield Record(row=row, line=at + 1, cells=cells, is_whole=taken > 0)
        at += max(taken, 1)


def _record(
    lines: Sequence[str], at: int, delimiter: str, width: int
) -> tuple[tuple[str, ...], int]:
    """Return the cells of the record that begins here, and its lines: 0 when a quote stays open."""
    open_quotes = 0
    for taken in range(1, MOST_LINES + 1):
        if at + taken > len(lines):
            break
        open_quotes += lines[at + taken - 1].count('"')
        if open_quotes % 2:
            continue
        cells = _cells("\n".join(lines[at : at + taken]), delimiter)
        if taken == 1 or not width or len(cells) == width:
            return cells, taken
        break
    return (lines[at],), 0


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), ()))
    except csv.Error:
        return (text,)
