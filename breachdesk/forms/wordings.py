"""Reads a paper's words: the shared ones, its own over them, the country's over the base's."""

from breachdesk.documents.wording import Wording, layered, parse
from breachdesk.errors import FormError
from breachdesk.forms.jurisdiction import Jurisdiction
from breachdesk.message import say
from breachdesk.terms import Lang


def read_wording(place: Jurisdiction, kind: str, lang: Lang) -> Wording:
    """Return the words of a paper; nynorsk falls back to bokmål.

    Raises:
        FormError: There are none in that language, or a file cannot be used.
    """
    for tried in (lang, Lang.NB) if lang is Lang.NN else (lang,):
        files = place.inner("wording")
        own = [file for file in files if file.path.stem == f"{kind}.{tried}"]
        if own:
            shared = [file for file in files if file.path.stem == f"common.{tried}"]
            return layered(*(parse(file.text, name=file.name) for file in (*shared, *own)))
    raise FormError(
        say("There is no wording for “{kind}” in “{lang}”.", kind=kind, lang=lang),
        say("Choose another language, or add the wording to forms/."),
    )
