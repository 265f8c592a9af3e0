"""CSV that people open in a spreadsheet: no cell can start a formula, no sign is lost.

A cell that a spreadsheet would calculate gets a leading apostrophe. Norwegian spreadsheets part
columns by semicolon, because their decimal sign is the comma.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from breachdesk.language import Speaker, clean
from breachdesk.message import Message

_BOM = "\ufeff"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "\N{MINUS SIGN}")


def cell(text: str) -> str:
    """Return the text as a spreadsheet may show it: made harmless, its lines kept."""
    shown = clean(text, lines=True)
    risky = text.startswith(_STARTS_A_FORMULA) or shown.lstrip().startswith(_STARTS_A_FORMULA)
    return f"'{shown}" if risky else shown


def write_rows(header: Sequence[Message], rows: Iterable[Sequence[str]], speaker: Speaker) -> bytes:
    """Return a CSV in UTF-8 with a byte order mark, headings in the reader's language."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter="," if speaker.lang == "en" else ";")
    writer.writerow([speaker.say(heading) for heading in header])
    writer.writerows([cell(text) for text in row] for row in rows)
    return (_BOM + buffer.getvalue()).encode()
