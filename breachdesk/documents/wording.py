"""The sentences of a paper in one language, as forms/ gives them. Places are `string.Template`.

A wording file has a head like every form, and one table ``texts``: nested tables become dotted ids,
so ``[texts.label] cause = "Main cause"`` is ``label.cause``. A list stands for words in an order,
such as the fields of an authority's form; it is kept as words parted by spaces.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Template
from typing import Any

from breachdesk.errors import FormError
from breachdesk.message import say
from breachdesk.rules.questionnaire import Condition
from breachdesk.terms import Lang, Words

_HEAD = ("id", "version", "valid_from", "reviewed_on", "lang", "texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """Something people can do themselves, and when it fits: Art. 34(2) GDPR, recital 86."""

    id: str
    when: Condition
    """Question to values: each must have one of its values. Empty: it always fits."""
    cites: tuple[str, ...]
    text: Words
    guardian: Words | None
    """The same for a child's guardian."""

    def fits(self, chosen: Callable[[str], Iterable[str]]) -> bool:
        """Does it fit a case, `chosen` giving the values of a question?"""
        return all(set(wanted) & set(chosen(key)) for key, wanted in self.when.items())


@dataclass(frozen=True, slots=True)
class Wording:
    """Every sentence a paper may use, by id, in one language."""

    lang: Lang
    texts: Mapping[str, str]
    tips: tuple[Tip, ...] = ()

    def text(self, text_id: str, /, **values: str | int) -> str:
        """Return the sentence with its places filled.

        Raises:
            FormError: There is no such sentence, or a place in it has no value.
        """
        try:
            return Template(self.texts[text_id]).substitute(values)
        except KeyError as error:
            raise FormError(
                say(
                    "The wording “{text}” ({lang}) cannot be filled: {what} is not there.",
                    text=text_id,
                    lang=self.lang,
                    what=str(error),
                ),
                say("Add it to the wording file of that paper in forms/."),
            ) from error

    def get(self, text_id: str, /, default: str = "") -> str:
        """Return a sentence without places, or `default` when the form has none."""
        return self.texts.get(text_id, default)

    def order(self, text_id: str, /) -> tuple[str, ...]:
        """Return the words of a list, in order; empty when the form has none."""
        return tuple(self.texts.get(text_id, "").split())

    def over(self, base: "Wording") -> "Wording":
        """Return this wording laid over another: its sentences replace those of the same id."""
        return Wording(self.lang, {**base.texts, **self.texts})


def parse(source: str, *, name: str = "wording") -> Wording:
    """Return the wording written in a TOML text; `name` says where it came from.

    Raises:
        FormError: It is not TOML, its head is incomplete, or a sentence cannot be used.
    """
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise _unusable(name, str(error)) from error
    absent = [field for field in _HEAD if field not in table]
    if absent:
        raise _unusable(name, f"it lacks {', '.join(absent)}")
    if table["lang"] not in set(Lang):
        raise _unusable(name, f"lang = {table['lang']!r} is not a language of papers")
    texts = dict(_flat(table["texts"], "", name))
    wrong = [text_id for text_id, text in texts.items() if not Template(text).is_valid()]
    if wrong:
        raise _unusable(name, f"a lone $ stands in {', '.join(wrong)}; write it as $$")
    return Wording(Lang(table["lang"]), texts)


def layered(*layers: Wording) -> Wording:
    """Return wordings laid over one another, the base first.

    For a paper: the base's ``common``, the base's own, then the country's of the same names.
    """
    first, *rest = layers
    for layer in rest:
        first = layer.over(first)
    return first


def _flat(table: Mapping[str, Any], before: str, name: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        text_id = f"{before}{key}"
        if isinstance(value, str):
            yield text_id, value.strip()
        elif isinstance(value, dict):
            yield from _flat(value, f"{text_id}.", name)
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            yield text_id, " ".join(value)
        else:
            raise _unusable(name, f"{text_id} is neither a sentence nor a list of words")


def _unusable(name: str, why: str) -> FormError:
    return FormError(
        say("The wording file {name} cannot be used: {why}.", name=name, why=why),
        say("Correct the file, or take it out of the folder."),
    )
