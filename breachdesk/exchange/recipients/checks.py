"""What is wrong with a cell: every doubt keeps the letter back, and says why."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from breachdesk.language import clean
from breachdesk.message import Message, say

LONGEST = 80
"""Characters of a line on the letter."""
MOST_STREET_LINES = 3

_LOST = "\N{REPLACEMENT CHARACTER}"
_MANGLED = re.compile("Ã[\u0080-\u00bf†‡…˜šžŸ€‚ƒ„ˆ‰‹‘’“”•–—™›œ]|â€|Â[\u00a0-\u00bf]")
_LETTER_LOST = re.compile(r"\w\?\w")
_MARKUP = re.compile(r"<[A-Za-z/!][^>]*>|&(?:[A-Za-z]+|#\d+);")
_EMPTY = """
null none nan n/a na #n/a #i/t #ref! #name? #navn? #value! #verdi! ukjent unknown - -- ? . x xx xxx
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())
_PROTECTED = re.compile(
    r"\b(?:kode\s*[67]|(?:strengt\s+)?fortrolig\s+adresse|adressesperre|sperret\s+adresse"
    r"|hemmelig\s+adresse|skjermet\s+adresse|protected\s+address)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_NORWEGIAN_POSTCODE = re.compile(r"(?:NO?-?\s?)?(\d{4})", re.IGNORECASE)
_FOREIGN_POSTCODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}")
_NORWAY = frozenset(("", "norge", "noreg", "norway", "no", "nor", "norga"))


@dataclass(frozen=True, slots=True)
class Checks:
    """What only other parts of the program can tell of a text."""

    has_identity_number: Callable[[str], bool]
    can_be_printed: Callable[[str], bool]


def tidy(text: str) -> str:
    """Return a cell without what spreadsheets leave about it: one space between words."""
    spaced = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\t", " ")
    return "\n".join(" ".join(line.split(" ")).strip() for line in _squeezed(spaced))


def _squeezed(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield re.sub(" {2,}", " ", line)


def is_norway(country: str) -> bool:
    """Is this Norway, or nothing, which means the same?"""
    return country.casefold() in _NORWAY


def norwegian_postcode(text: str) -> str:
    """Return the four digits of a Norwegian postcode; empty when it is none."""
    found = _NORWEGIAN_POSTCODE.fullmatch(text)
    return found[1] if found and found[1] != "0000" else ""


def is_protected(text: str) -> bool:
    """Does it say that the person's address is protected?"""
    return bool(_PROTECTED.search(text))


def of_text(column: str, text: str, checks: Checks) -> Iterator[Message]:
    """Yield what is wrong with the signs of a cell that is printed."""
    if _LOST in text:
        yield say("{column}: a letter was lost when the file was saved", column=column)
    elif clean(text, lines=True) != text:
        yield say("{column}: there is a sign in it that cannot be seen", column=column)
    elif not checks.can_be_printed(text):
        yield say("{column}: there is a sign in it that cannot be printed", column=column)
    if _MANGLED.search(text) or _LETTER_LOST.search(text):
        yield say("{column}: the letters are garbled, as after a wrong import", column=column)
    if _MARKUP.search(text):
        yield say("{column}: there are codes of a web page in it", column=column)
    if text[:1] in {"=", "+", "@"}:
        yield say("{column}: it begins like a formula", column=column)
    if checks.has_identity_number(text):
        yield say("{column}: there is an identity number in it", column=column)
    if any(len(line) > LONGEST for line in text.split("\n")):
        yield say("{column}: it is longer than {limit} characters", column=column, limit=LONGEST)


def of_name(text: str) -> Iterator[Message]:
    """Yield what is wrong with a name."""
    if not text or text.casefold() in _EMPTY_WORDS:
        yield say("the name is missing")
        return
    if "\n" in text:
        yield say("the name has a line break in it")
    if "@" in text:
        yield say("there is an e-mail address where the name should be")
    elif not any(one.isalpha() for one in text) or any(one.isdigit() for one in text):
        yield say("the name has digits or no letters")
    if "," in text:
        yield say("the name has a comma in it: write the first name first")


def of_street(text: str) -> Iterator[Message]:
    """Yield what is wrong with street or postbox."""
    if not text or text.casefold() in _EMPTY_WORDS:
        yield say("the address is missing")
    elif "@" in text:
        yield say("there is an e-mail address where the postal address should be")
    elif not any(one.isalpha() for one in text):
        yield say("the address has no letters")
    if text.count("\n") >= MOST_STREET_LINES:
        yield say("the address has more than {limit} lines", limit=MOST_STREET_LINES)


def of_postcode(text: str, *, norwegian: bool) -> Iterator[Message]:
    """Yield what is wrong with a postcode."""
    if not text or text.casefold() in _EMPTY_WORDS:
        yield say("the postcode is missing")
    elif not norwegian:
        if not _FOREIGN_POSTCODE.fullmatch(text):
            yield say("“{text}” cannot be a postcode", text=text)
    elif text.isdigit() and len(text) == len("150"):
        yield say("the postcode “{text}” has three digits: a leading zero was lost", text=text)
    elif not norwegian_postcode(text):
        yield say("“{text}” is no Norwegian postcode", text=text)


def of_place(text: str, *, norwegian: bool) -> Iterator[Message]:
    """Yield what is wrong with a place."""
    if not text or text.casefold() in _EMPTY_WORDS:
        yield say("the place is missing")
    elif not any(one.isalpha() for one in text):
        yield say("the place has no letters")
    elif norwegian and any(one.isdigit() for one in text):
        yield say("there are digits in the place")
    if "\n" in text:
        yield say("the place has a line break in it")


def of_email(text: str) -> Iterator[Message]:
    """Yield what is wrong with an e-mail address; none at all is fine."""
    if not text:
        return
    if any(one in text for one in ",; \n") and text.count("@") > 1:
        yield say("there is more than one e-mail address")
    elif not _EMAIL.fullmatch(text):
        yield say("“{text}” is no e-mail address", text=text)
