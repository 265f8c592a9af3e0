"""Words of a form with the answers' own words filled in, in every language at once."""

import re
from collections.abc import Iterable, Mapping
from string import Template

from breachdesk.rules.advice import Reason
from breachdesk.rules.pack import NamedText, RulePack
from breachdesk.rules.questionnaire import AnswerValue, Questionnaire
from breachdesk.rules.questionnaire.values import LARGEST_NUMBER
from breachdesk.terms import Lang, Words

Places = Mapping[str, Words | str]
"""What stands in each place of a text."""


def fill(text: Words, places: Places) -> Words:
    """Return the text with its places filled in each language."""
    said = (*places.values(), text)
    typed = tuple(one for words in said if isinstance(words, Words) for one in words.typed)
    return Words(*(_fill(text.in_(lang), places, lang) for lang in Lang), typed=typed)


def _fill(text: str, places: Places, lang: Lang) -> str:
    values = {
        name: what.in_(lang) if isinstance(what, Words) else what for name, what in places.items()
    }
    return Template(text).safe_substitute(values)


def option_words(form: Questionnaire, question_id: str, chosen: Iterable[str]) -> Words:
    """Return the chosen options' own words, parted by commas."""
    question = form.question(question_id)
    texts = [one.text for name in chosen if question and (one := question.option(name))]
    return Words(*(", ".join(_inline(text.in_(lang)) for text in texts) for lang in Lang))


_ASIDE = re.compile(r"\s*\([^)]*\)|\s*[:;].*")
"""What an option says in brackets, or after a colon or semicolon, to explain itself."""


def _inline(text: str) -> str:
    """Return an option's words as they stand within a sentence: no explanation, no capital."""
    said = _ASIDE.sub("", text)
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def number_words(number: int) -> Words:
    """Return a whole number as each language writes it."""
    english = f"{number:,}"
    norwegian = english.replace(",", "\u00a0")
    return Words(english, norwegian, norwegian)


def answer_words(form: Questionnaire, question_id: str, value: AnswerValue) -> Words | str:
    """Return an answer in words: its options' own, or the number."""
    if isinstance(value, tuple):
        return option_words(form, question_id, value)
    if isinstance(value, str):
        return option_words(form, question_id, (value,))
    return number_words(value) if isinstance(value, int) else str(value)


def reason(
    form: Questionnaire,
    pack: RulePack,
    named: NamedText,
    values: Mapping[str, AnswerValue],
    **places: Words | str,
) -> Reason:
    """Return a reason: the form's words about these answers, with the questions they come from."""
    unknown = pack.grounds["unknown"].text
    filled: dict[str, Words | str] = {
        name: number_words(limit) for name, limit in pack.thresholds.items()
    }
    for question in named.about:
        value = values.get(question)
        if value is None or value == LARGEST_NUMBER:
            filled[question] = unknown
            continue
        if question in named.only and isinstance(value, tuple):
            _, options = pack.groups[named.only[question]]
            value = tuple(one for one in value if one in options)
        filled[question] = answer_words(form, question, value)
    return Reason(
        rule=named.id,
        words=fill(named.text, {**filled, **places}),
        cites=named.cites,
        questions=tuple(one for one in named.about if values.get(one) is not None),
    )
