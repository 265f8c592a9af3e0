"""What the post or the printer tells about letters, read: which arrived and which came back."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from breachdesk.errors import RefusedError
from breachdesk.exchange.recipients.decoding import decoded
from breachdesk.exchange.recipients.headings import plain
from breachdesk.exchange.recipients.ranges import to_ranges
from breachdesk.exchange.recipients.reading import MOST_ROWS, Problem
from breachdesk.exchange.recipients.records import DELIMITERS, Record, records
from breachdesk.message import Message, say

_ROW = "rad radnr radnummer brev brevnr nr nummer row rownumber letter number fil file"
_STATUS = "status resultat utfall levering leveringsstatus result delivery outcome"
_ARRIVED = "levert utlevert mottatt ok ja delivered received yes sendt sent åpnet opened"
_RETURNED = (
    "retur returnert iretur ikkelevert ukjentadresse ukjent flyttet feilet nei "
    "returned return undelivered notdelivered failed bounced unknownaddress moved no"
)
_WORDS: Mapping[str, bool] = {
    **dict.fromkeys(_ARRIVED.split(), True),
    **dict.fromkeys(_RETURNED.split(), False),
}
_NUMBER = re.compile(r"\D*0*([1-9]\d{0,8})(?:\.pdf)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Delivery results, read."""

    delivered: frozenset[int]
    """Rows of the list of recipients."""
    returned: frozenset[int]
    problems: tuple[Problem, ...]
    rows: int
    sha256: str


def read_results(content: bytes, *, lettered: frozenset[int]) -> Results:
    """Return what became of the letters.

    Args:
        content: The file's bytes: a CSV with a column for the row (or the letter's file name) and
            one for the result.
        lettered: Rows that got a letter.

    Raises:
        RefusedError: It is no such list.
    """
    text = decoded(content)
    delimiter, row_at, status_at = _layout(text)
    found: dict[int, bool] = {}
    problems: list[Problem] = []
    rows = 0
    for record in records(text, delimiter):
        if record.row == 1 or record.is_blank:
            continue
        rows += 1
        if rows > MOST_ROWS:
            raise RefusedError(say("The list has more than {limit} rows.", limit=MOST_ROWS))
        read = _read(record, row_at, status_at, lettered, found)
        if isinstance(read, Message):
            problems.append(Problem(row=record.row, line=record.line, reasons=(read,)))
        else:
            found[read[0]] = read[1]
    return Results(
        delivered=frozenset(one for one, arrived in found.items() if arrived),
        returned=frozenset(one for one, arrived in found.items() if not arrived),
        problems=tuple(problems),
        rows=rows,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _layout(text: str) -> tuple[str, int, int]:
    for delimiter in DELIMITERS:
        first = next(records(text, delimiter), None)
        headings = [plain(one) for one in first.cells] if first else []
        row_at = next((n for n, one in enumerate(headings) if one in _ROW.split()), None)
        status_at = next((n for n, one in enumerate(headings) if one in _STATUS.split()), None)
        if row_at is not None and status_at is not None:
            return delimiter, row_at, status_at
    raise RefusedError(
        say("The results have no column for the row, or none for the result."),
        say("Write “rad” and “status” over them; the row is the one in the list of recipients."),
    )


def _read(
    record: Record, row_at: int, status_at: int, lettered: frozenset[int], found: Mapping[int, bool]
) -> tuple[int, bool] | Message:
    if len(record.cells) <= max(row_at, status_at) or not record.is_whole:
        return say("a cell is missing")
    number = _NUMBER.fullmatch(record.cells[row_at].strip())
    row = int(number[1]) if number else 0
    if row not in lettered:
        return say(
            "no letter was made for row “{row}”; a row is its line in the list of recipients, "
            "whose headings are line 1, and letters were made for {rows}",
            row=record.cells[row_at].strip(),
            rows=to_ranges(lettered),
        )
    arrived = _WORDS.get(plain(record.cells[status_at]))
    if arrived is None:
        return say(
            "“{word}” is no result known here; write “delivered” or “returned”",
            word=record.cells[status_at].strip(),
        )
    if found.get(row, arrived) != arrived:
        return say("row {row} has two results that differ", row=row)
    return row, arrived
