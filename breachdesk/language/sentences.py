"""Finds the sentences in the source: the first argument of every `say`, and the words of the law.

A sentence belongs to the part of the package it stands in: ``tui/screens/log.py`` to ``tui``,
``when.py`` to ``when``. Only the makers of the program run this; the program itself never does.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from breachdesk.language.words import WORDS

PACKAGE = Path(__file__).parent.parent
PLACE = re.compile(r"\{(\w+)\}")
"""Where a value stands in a sentence."""
WORDS_PART = "terms"
"""The part that holds the words of enums."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to translate; its context is empty except for words of the law."""

    context: str
    text: str
    file: str
    """Where it stands, seen from the folder above the package."""

    @property
    def needs_words(self) -> bool:
        """Is there anything but places and signs in it?"""
        return any(sign.isalpha() for sign in PLACE.sub("", self.text))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place where a sentence cannot be read from the source."""

    file: str
    line: int
    why: str

    @property
    def part(self) -> str:
        """The part of the package it belongs to."""
        return self.file.split("/")[1].removesuffix(".py")

    def __str__(self) -> str:
        """Return it as a line for its author."""
        return f"{self.file}:{self.line}: {self.why}"


def read_sentences(
    package: Path = PACKAGE,
) -> tuple[Mapping[str, tuple[Sentence, ...]], tuple[Unreadable, ...]]:
    """Return the sentences of each part in the order of the source, and what cannot be read."""
    parts: dict[str, dict[tuple[str, str], Sentence]] = {}
    unreadable: list[Unreadable] = []
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        part = inside.parts[0].removesuffix(".py")
        for found in _in_file(path, f"{package.name}/{inside.as_posix()}"):
            if isinstance(found, Unreadable):
                unreadable.append(found)
            else:
                parts.setdefault(part, {}).setdefault((found.context, found.text), found)
    words = parts.setdefault(WORDS_PART, {})
    words.update({(word.context, word.text): word for word in _words()})
    return {part: tuple(kept.values()) for part, kept in parts.items()}, tuple(unreadable)


def _words() -> Iterator[Sentence]:
    for kind, values in WORDS.items():
        for text in values.values():
            yield Sentence(kind, text, "breachdesk/language/words.py")


def _in_file(path: Path, file: str) -> Iterator[Sentence | Unreadable]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        yield Unreadable(file, error.lineno or 0, "it is not Python yet")
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_say(node)]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        text = call.args[0] if call.args else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield Sentence("", text.value, file)
        else:
            yield Unreadable(file, call.lineno, "say() needs its sentence written out in place")


def _is_say(call: ast.Call) -> bool:
    """Only the bare name counts: ``speaker.say(message)`` says one that was made elsewhere."""
    return isinstance(call.func, ast.Name) and call.func.id == "say"
