"""Make text from the desk harmless to look at: what cannot be seen becomes a mark that can.

Control characters drive a terminal, bidirectional ones turn a line around, zero-width ones hide.
The kept text is never changed; this is done where text is shown.
"""

import json
import re

from breachdesk.language.unseen import UNSEEN

_UNSEEN = re.compile(f"[{UNSEEN}]")
_UNSEEN_IN_JSON = re.compile(f"(?!\n)[{UNSEEN}]")
_NEWLINE = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_LINE_BREAK = " ¶ "


def clean(text: str, *, lines: bool = False) -> str:
    """Return `text` with every unseen character as a visible mark such as ``‹U+202E›``.

    Args:
        text: Anything a person or a file gave.
        lines: Keep line breaks; else each becomes a pilcrow, so that the text stays one line.

    Tabulators become spaces; the many ways to break a line become one.
    """
    if text.isascii() and text.isprintable():
        return text
    whole = _NEWLINE.sub("\n", text).replace("\t", " ")
    parts = (_UNSEEN.sub(_mark, line) for line in whole.split("\n"))
    return ("\n" if lines else _LINE_BREAK).join(parts)


def plain(text: str) -> str:
    """Return `text` as it may be printed on a terminal: its lines kept, nothing that steers it."""
    return clean(text, lines=True)


def as_json(value: object, *, indent: int | None = 2) -> str:
    """Return values as JSON that is exact and safe to print: unseen characters are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSEEN_IN_JSON.sub(_json_escape, text)


def _mark(found: re.Match[str]) -> str:
    return f"‹U+{ord(found.group()):04X}›"


def _json_escape(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass")
    pairs = (units[place : place + 2].hex() for place in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs)
