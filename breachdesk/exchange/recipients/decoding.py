"""Bytes of a CSV become text: UTF-8 with or without a mark, UTF-16 with one, or Windows-1252."""

from breachdesk.errors import RefusedError
from breachdesk.message import say

MOST_BYTES = 64_000_000
"""Largest list that is read."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_LOST = "replace"
"""A byte that is no letter becomes U+FFFD, and its row is not printed."""


def decoded(content: bytes) -> str:
    """Return the text, line ends as one sign.

    A single broken byte in a list in UTF-8 does not make the whole list Windows-1252.

    Raises:
        RefusedError: It is too large, or no text at all.
    """
    refuse_another_kind(content)
    text = _text(content)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_another_kind(content: bytes, name: str = "") -> None:
    """Refuse a file that can be no list.

    Args:
        content: Its bytes.
        name: The file's, where it is known.

    Raises:
        RefusedError: It is too large, or a spreadsheet.
    """
    if len(content) > MOST_BYTES:
        raise RefusedError(
            say("{file} is larger than {limit} bytes.", file=name, limit=MOST_BYTES)
            if name
            else say("The list is larger than {limit} bytes.", limit=MOST_BYTES),
            say("Split it and print the parts one after the other."),
        )
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise RefusedError(
            say("{file} is a spreadsheet, not a CSV.", file=name)
            if name
            else say("This is a spreadsheet, not a CSV."),
            say("Save it as CSV UTF-8 and try again."),
        )


def _text(content: bytes) -> str:
    if content.startswith(_UTF16):
        return content.decode("utf-16", _LOST)
    if content.startswith(_BOM):
        return content.decode("utf-8-sig", _LOST)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        is_utf8 = _looks_like_utf8(content)
        return content.decode("utf-8" if is_utf8 else "cp1252", _LOST)


def _looks_like_utf8(content: bytes) -> bool:
    """Are there more lines with whole UTF-8 letters in them than lines that cannot be UTF-8?"""
    whole = broken = 0
    for line in content.split(b"\n"):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            broken += 1
        else:
            whole += 1
    return whole > broken
