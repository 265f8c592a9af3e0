"""Reads a paper's words: the base's, with the country's laid over sentence by sentence."""

from breachdesk.documents.wording import Wording, parse
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
        wording: Wording | None = None
        for file in place.inner("wording"):
            if file.path.stem == f"{kind}.{tried}":
                own = parse(file.text, name=file.name)
                wording = own if wording is None else own.over(wording)
        if wording is not None:
            return wording
    raise FormError(
        say("There is no wording for “{kind}” in “{lang}”.", kind=kind, lang=lang),
        say("Choose another language, or add the wording to forms/."),
    )
