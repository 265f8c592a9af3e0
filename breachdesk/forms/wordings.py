"""Reads a paper's words: the shared ones, its own over them, the country's over the base's."""

from dataclasses import replace

from breachdesk.documents.wording import Wording, layered, parse
from breachdesk.errors import FormError
from breachdesk.forms.jurisdiction import Jurisdiction
from breachdesk.forms.tips import read_tips
from breachdesk.message import say
from breachdesk.terms import Lang

_LENT = {"guardian-letter": "communication", "public-notice": "communication"}
"""Papers that say what another one says, but for what they say in their own way."""


def read_wording(place: Jurisdiction, kind: str, lang: Lang) -> Wording:
    """Return the words of a paper; nynorsk falls back to bokmål.

    Raises:
        FormError: There are none in that language, or a file cannot be used.
    """
    for tried in (lang, Lang.NB) if lang is Lang.NN else (lang,):
        files = place.inner("wording")
        own = [file for file in files if file.path.stem == f"{kind}.{tried}"]
        lent = [file for file in files if file.path.stem == f"{_LENT.get(kind)}.{tried}"]
        if own:
            shared = [file for file in files if file.path.stem == f"common.{tried}"]
            read = layered(*(parse(file.text, name=file.name) for file in (*shared, *lent, *own)))
            return replace(read, tips=read_tips(place))
    raise FormError(
        say("There is no wording for “{kind}” in “{lang}”.", kind=kind, lang=lang),
        say("Choose another language, or add the wording to forms/."),
    )
