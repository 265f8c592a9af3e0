"""Bokmål and nynorsk are kept apart: no word of the one stands in a sentence of the other."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from breachdesk.forms import find_forms
from breachdesk.language import translations

LISTS = Path(__file__).parent / "norwegian"


def _listed(name: str) -> frozenset[str]:
    return frozenset((LISTS / f"{name}.txt").read_text(encoding="utf-8").split())


ONLY_BOKMAAL = _listed("only_bokmaal")
ONLY_NYNORSK = _listed("only_nynorsk")
OFFICIAL = ("offentleglova",)
"""A law that has its official name and title in nynorsk."""
ORDERS = re.compile(r"«?breachdesk [^»]*»?|\$\w+|\{\w+\}|--\w+|\[[^\]]*\]|\w+\.\w+")
WORD = re.compile(r"[^\W\d_]+")


def words_of_forms(value: object, lang: str) -> Iterator[str]:
    """Yield each text in one language anywhere in a form."""
    if isinstance(value, Mapping):
        if isinstance(value.get(lang), str):
            yield value[lang]
        for one in value.values():
            yield from words_of_forms(one, lang)
    elif isinstance(value, list):
        for one in value:
            yield from words_of_forms(one, lang)


def texts_of(value: object) -> Iterator[str]:
    """Yield each sentence of a wording file; lists are orders, not sentences."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_of(one)


@cache
def said(lang: str) -> tuple[str, ...]:
    """Return every Norwegian sentence of the house in one of the two."""
    found: list[str] = []
    for path in sorted(find_forms().rglob("*.toml")):
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.parent.name != "wording":
            found.extend(words_of_forms(table, lang))
        elif table["lang"] == lang:
            found.extend(texts_of(table["texts"]))
    texts, clashes = translations.merged(lang)
    assert not clashes
    return tuple(dict.fromkeys((*found, *texts.values())))


def strays(lang: str, forbidden: frozenset[str]) -> dict[str, list[str]]:
    """Return the words of the other language with the sentences they stand in."""
    found: dict[str, list[str]] = {}
    for text in said(lang):
        if any(name in text for name in OFFICIAL):
            continue
        for word in WORD.findall(ORDERS.sub(" ", text).lower()):
            if word in forbidden:
                found.setdefault(word, []).append(text)
    return found


@pytest.mark.parametrize(
    ("lang", "forbidden"), [("nn", ONLY_BOKMAAL), ("nb", ONLY_NYNORSK)], ids=["nn", "nb"]
)
def test_no_word_of_the_other_norwegian_stands_in_a_sentence(
    lang: str, forbidden: frozenset[str]
) -> None:
    assert len(said(lang)) > 1000
    assert strays(lang, forbidden) == {}


def test_the_lists_of_words_do_not_overlap() -> None:
    assert not ONLY_BOKMAAL & ONLY_NYNORSK


def test_nynorsk_has_one_infinitive() -> None:
    """The house writes e-infinitives: a list of a-infinitives that are easily slipped in."""
    other = re.compile(
        r"\bå (?:\w+ ikkje )?(vera|gjera|finna|senda|melda|skriva|vurdera|koma|lesa)\b"
    )
    assert [text for text in said("nn") if other.search(text)] == []


def test_whatever_a_form_says_in_bokmaal_it_says_in_nynorsk() -> None:
    def silent(value: object) -> Iterator[str]:
        if isinstance(value, Mapping):
            if isinstance(value.get("nb"), str) and not value.get("nn"):
                yield value["nb"]
            for one in value.values():
                yield from silent(one)
        elif isinstance(value, list):
            for one in value:
                yield from silent(one)

    shipped = (tomllib.loads(path.read_text("utf-8")) for path in find_forms().rglob("*.toml"))
    assert [text for table in shipped for text in silent(table)] == []
