"""Countries and numbers of people in free text: "Norge 1 200, Sverige om lag 300"."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

_LANGUAGES = ("en", "nb", "nn")
_PARTS = re.compile(r"[,;\n]|\s(?:and|og|&)\s")
_COUNTED = re.compile(r"([^\d]+)(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+)")
_NOT_DIGIT = re.compile(r"\D")


@cache
def _codes() -> Mapping[str, str]:
    """Return every country's name in each language, and its code, to its ISO 3166 code."""
    found: dict[str, str] = {}
    for lang in _LANGUAGES:
        for code, name in Locale.parse(lang).territories.items():
            if len(code) == len("NO") and code.isalpha():
                found[str(name).casefold()] = code
                found[code.casefold()] = code
    return found


def countries(text: str) -> tuple[str, ...]:
    """Return the countries named, as ISO codes; what is no country stays as it was written."""
    parts = [one.strip(" .\t") for one in _PARTS.split(text)]
    return tuple(_codes().get(one.casefold(), one) for one in parts if one)


def numbers(text: str) -> dict[str, int] | str:
    """Return a number for each country; the text itself where it cannot be read that way."""
    found: dict[str, int] = {}
    for words, digits in _COUNTED.findall(text):
        code = _country_in(words)
        if code is None or code in found:
            return text
        found[code] = int(_NOT_DIGIT.sub("", digits))
    return found or text


def _country_in(words: str) -> str | None:
    """Return the one country that is named in some words."""
    tokens = re.findall(r"[^\W\d_]+", words)
    named = {
        code
        for length in (1, 2, 3)
        for start in range(len(tokens) - length + 1)
        if (code := _named(tokens[start : start + length]))
    }
    return named.pop() if len(named) == 1 else None


def _named(tokens: list[str]) -> str | None:
    """Return the code of a name, or of a code in capitals: "is" is a word, "IS" is Iceland."""
    text = " ".join(tokens)
    if len(text) == len("NO") and not text.isupper():
        return None
    return _codes().get(text.casefold())
