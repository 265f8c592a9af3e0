"""A head of the chain, written so that it can be kept on paper and read out on the phone.

Words of five letters, each 16 bits (proquints, D. Wilkerson 2009): consonant, vowel, consonant,
vowel, consonant. They can be said in any language, and a check at the end notices what was misread.
"""

import json
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from breachdesk.audit.sealing import Head
from breachdesk.audit.verification import Report
from breachdesk.errors import RefusedError
from breachdesk.message import say

FORMAT = "breachdesk-anchor/1"
_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_LENGTHS = (4, 5, 32, 3)
"""Bytes of number, seconds since 1970, digest and check."""
_WORDS = sum(_LENGTHS) // 2
_LINE = re.compile(
    FORMAT + r"\s+(?P<seq>[0-9]{1,10})\s+(?P<at>\S{1,40})\s+(?P<digest>[0-9a-f]{64})", re.IGNORECASE
)
_DIGEST = re.compile(r"(?<![0-9a-z])[0-9a-f]{64}(?![0-9a-z])", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:^|\b(?:head|entry|hode|oppføring)\s)\s*(?P<seq>[1-9][0-9]{0,9})\s*:?\s+"
    r"(?P<digest>[0-9a-f]{64})(?![0-9a-z])",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the chain ended at some moment, to be kept outside the desk."""

    head: Head
    at: datetime
    """When it was written down, in UTC, whole seconds."""

    def line(self) -> str:
        """Return it as one line for a file, a mail or a QR code."""
        at = self.at.astimezone(UTC).isoformat(timespec="seconds")
        return f"{FORMAT} {self.head.seq} {at} {self.head.digest}"

    def words(self) -> str:
        """Return it as words to read out or write on paper."""
        raw = _packed(self)
        raw += _check(raw)
        return " ".join(_word(raw[at : at + 2]) for at in range(0, len(raw), 2))


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """An entry's digest as it was kept outside the desk, with what else was kept of it."""

    digest: str
    """64 digits, hex."""
    seq: int | None = None
    """The entry's number, where it was written down too."""
    at: datetime | None = None
    """When it was written down, in UTC, where that is known."""


def read_anchor(text: str) -> Anchor:
    """Return the anchor that a line, a text around it, or words stand for.

    Raises:
        RefusedError: it is neither, or was mistyped.
    """
    found = _LINE.search(text)
    if found is not None:
        return _from_line(found)
    if _DIGEST.search(text):
        raise RefusedError(
            say("That is the digest of an entry and no whole anchor."),
            say("“breachdesk anchor --check” compares it."),
        )
    return _from_words(re.findall(r"[a-zæøå]+", text.lower()))


def read_written(text: str) -> tuple[WrittenDown, ...]:
    """Return all that a text holds to compare a chain with, each once.

    Lines of anchors; of the manifest of a pack, and of what a command gave as JSON, the head; else
    every digest that stands in it, as on an issued paper; else the words of one anchor.

    Raises:
        RefusedError: there is nothing of the kind, or it was mistyped.
    """
    lines = [_from_line(found) for found in _LINE.finditer(text)]
    written = [WrittenDown(one.head.digest, one.head.seq, one.at) for one in lines]
    there = {one.digest for one in written}
    bare = _head_in(text) or _bare_in(_LINE.sub(" ", text))
    written += [one for one in bare if one.digest not in there]
    if not written:
        anchor = read_anchor(text)
        written = [WrittenDown(anchor.head.digest, anchor.head.seq, anchor.at)]
    return tuple(dict.fromkeys(written))


def _head_in(text: str) -> list[WrittenDown]:
    """Return the head that a file of JSON names, such as a pack's manifest."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        return []
    head = plain.get("head") if isinstance(plain, dict) else None
    digest = head.get("digest") if isinstance(head, dict) else head
    seq = head.get("seq") if isinstance(head, dict) else None
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        return []
    return [WrittenDown(digest.lower(), seq if type(seq) is int and seq > 0 else None)]


def _bare_in(text: str) -> list[WrittenDown]:
    """Return every digest in a text, with its number where the text gives one."""
    numbered = {one["digest"].lower(): int(one["seq"]) for one in _NUMBERED.finditer(text)}
    digests = dict.fromkeys(one[0].lower() for one in _DIGEST.finditer(text))
    return [WrittenDown(one, numbered.get(one)) for one in digests]


def _from_line(found: re.Match[str]) -> Anchor:
    try:
        at = datetime.fromisoformat(found["at"]).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _no_anchor() from error
    return _made_by_a_desk(Anchor(Head(int(found["seq"]), found["digest"].lower()), at))


def _made_by_a_desk(anchor: Anchor) -> Anchor:
    if not anchor.head.seq:
        raise RefusedError(
            say("No desk makes an anchor of entry 0: there is no such entry."),
            say("Look at the number again; the first entry is 1."),
        )
    return anchor


def may_be_miscopied(text: str, kept: Anchor, report: Report) -> bool:
    """Return whether a mistyped line is as good a reason for what was found as a changed chain.

    So it is when nothing but the kept head is wrong. Words carry a check of their own, so a
    mistake in them is refused by `read_anchor`.
    """
    found = {one.subject for one in report.findings}
    return _LINE.search(text) is not None and found == {kept.head.digest}


def _from_words(words: list[str]) -> Anchor:
    if len(words) != _WORDS:
        if len(words) < _WORDS // 2:
            raise _no_anchor()
        raise RefusedError(
            say(
                "An anchor has {wanted} words; {count} were given.", wanted=_WORDS, count=len(words)
            ),
            say("Look at the words again and type all of them."),
        )
    raw = b"".join(_bytes(number, word) for number, word in enumerate(words, start=1))
    body, check = raw[: -_LENGTHS[-1]], raw[-_LENGTHS[-1] :]
    if check != _check(body):
        raise RefusedError(
            say("There is a mistake in the words of the anchor."),
            say("Look at all of them again; one is another than was written down."),
        )
    seq, at = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:9], "big")
    return _made_by_a_desk(Anchor(Head(seq, body[9:].hex()), _moment(at)))


def _moment(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise _no_anchor() from error


def _packed(anchor: Anchor) -> bytes:
    seq, at, _, _ = _LENGTHS
    return (
        anchor.head.seq.to_bytes(seq, "big")
        + int(anchor.at.timestamp()).to_bytes(at, "big")
        + bytes.fromhex(anchor.head.digest)
    )


def _check(raw: bytes) -> bytes:
    return zlib.crc32(raw).to_bytes(4, "big")[1:]


def _word(pair: bytes) -> str:
    value = int.from_bytes(pair, "big")
    consonants = [_CONSONANTS[value >> shift & 15] for shift in (12, 6, 0)]
    vowels = [_VOWELS[value >> shift & 3] for shift in (10, 4)]
    first, second, third = consonants
    return f"{first}{vowels[0]}{second}{vowels[1]}{third}"


def _bytes(number: int, word: str) -> bytes:
    letters = (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS)
    if len(word) != len(letters) or any(
        one not in known for one, known in zip(word, letters, strict=True)
    ):
        raise RefusedError(
            say("Word {number}, “{word}”, is none of an anchor's.", number=number, word=word),
            say("Look at it again; every word has five letters."),
        )
    value = 0
    for one, known in zip(word, letters, strict=True):
        value = value * len(known) + known.index(one)
    return value.to_bytes(2, "big")


def _no_anchor() -> RefusedError:
    return RefusedError(
        say("That is no anchor."),
        say("Give the line or the words that “breachdesk anchor” has printed."),
    )
