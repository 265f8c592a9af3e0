"""What is typed on the command line, read: texts, times, spans, and words of a closed list."""

import re
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from breachdesk.cli.placeholders import placeholder
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say
from breachdesk.settings.complaints import disk_complaint

if TYPE_CHECKING:
    from breachdesk.cli.errand import Errand

MOST_BYTES = 200_000
"""Largest text that is read from standard input or a file."""
E = TypeVar("E", bound=StrEnum)

_SPAN = re.compile(r"([0-9]{1,5})\s*(h|t|hours?|timer?|min|m|minutes?|minutter|d|days?|dager|døgn)")
_UNITS = {"h": "hours", "t": "hours", "m": "minutes", "d": "days"}


def text_of(errand: "Errand", raw: str, name: str = "") -> str:
    """Return a TEXT as meant: ``-`` is standard input, ``@FILE`` a file, ``@@…`` begins with @."""
    if raw == "-":
        return _checked(_from_input(errand, name))
    if raw.startswith("@@"):
        return raw[1:]
    if raw.startswith("@") and len(raw) > 1:
        return _checked(read_file(Path(raw[1:])))
    return raw


def maybe_text(errand: "Errand", raw: str | None, name: str = "") -> str:
    """Return a TEXT that may be left out."""
    return "" if raw is None else text_of(errand, raw, name)


def read_file(path: Path, *, most: int = MOST_BYTES) -> str:
    """Return a file's text.

    Raises:
        RefusedError: It cannot be read, is too large, or is not UTF-8.
    """
    try:
        with path.expanduser().open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError, RuntimeError) as error:
        raise RefusedError(
            say("{path} cannot be read: {why}.", path=str(path), why=disk_complaint(error)),
            say("Check the path; a text that begins with @ is typed as @@."),
        ) from error
    return _decoded(content, most, str(path))


def _from_input(errand: "Errand", name: str) -> str:
    if not errand.take_input():
        raise RefusedError(
            say(
                "Standard input was read already; {name} cannot come from it too.",
                name=placeholder(name),
            ),
            say("Hand in the other text as @FILE."),
        )
    stream = getattr(sys.stdin, "buffer", None)
    content = stream.read(MOST_BYTES + 1) if stream else sys.stdin.read(MOST_BYTES + 1).encode()
    return _decoded(content, MOST_BYTES, say("standard input"))


def _decoded(content: bytes, most: int, name: str | Message) -> str:
    if len(content) > most:
        raise RefusedError(
            say("{name} is larger than {limit} bytes.", name=name, limit=most),
            say("Hand in less; a long report belongs among the papers."),
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(
            say("{name} is not UTF-8 text.", name=name), say("Save it as UTF-8 and try again.")
        ) from error


def _checked(text: str) -> str:
    if "\0" in text:
        raise RefusedError(say("The text holds a sign that is no character, and cannot be kept."))
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def past(errand: "Errand", text: str) -> datetime:
    """Return when something happened, and say in full how it was read."""
    from breachdesk.when import read_past

    return _echoed(errand, text, read_past(text, now=errand.now(), zone=errand.zone))


def maybe_past(errand: "Errand", text: str | None) -> datetime | None:
    """Return when something happened, if that was said."""
    return None if text is None else past(errand, text)


def due(errand: "Errand", text: str) -> datetime:
    """Return by when something is due, and say in full how it was read."""
    from breachdesk.when import read_due

    return _echoed(errand, text, read_due(text, now=errand.now(), zone=errand.zone))


def _echoed(errand: "Errand", text: str, moment: datetime) -> datetime:
    from breachdesk.when import echo

    errand.note(read_as(errand, text, echo(moment, errand.zone, errand.lang)))
    return moment


def read_as(errand: "Errand", text: str, moment: str) -> Message:
    """Return how a time was read, in the quotation marks of the reader's language."""
    quoted = "“{text}” = {moment}" if errand.lang == "en" else "«{text}» = {moment}"
    return Message(quoted, {"text": text, "moment": moment})


def span(text: str) -> timedelta:
    """Return a length of time such as ``24h``, ``90 min`` or ``2 d``."""
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise RefusedError(
            say("“{text}” is not a length of time.", text=text),
            say("Write it like 24h, 90min or 2d."),
        )
    return timedelta(**{_UNITS[found.group(2)[0]]: int(found.group(1))})


def whole(text: str, *, name: str) -> int:
    """Return a whole number."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:  # noqa: PLR2004 - enough for all
        example = "2026" if name == "--year" else "20"
        raise RefusedError(
            say("“{text}” is not a number for {name}.", text=text, name=placeholder(name)),
            say("Write a whole number, such as {example}.", example=example),
        )
    return int(text)


def one_of(kind: type[E], text: str, *, name: str) -> E:
    """Return the member of a closed list that was typed; hyphen and underscore are the same."""
    word = text.strip().lower()
    for one in kind:
        if word.replace("-", "_") == one.value.replace("-", "_"):
            return one
    raise no_such_choice(text, (one.value for one in kind), name=name)


def no_such_choice(text: str, choices: Iterable[str], *, name: str) -> RefusedError:
    """Return the refusal of a word that stands on no list."""
    return RefusedError(
        say("“{text}” is nothing that {name} can be.", text=text, name=placeholder(name)),
        say("Choose one of: {choices}.", choices=", ".join(choices)),
    )
