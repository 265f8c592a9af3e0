"""Which language a paper is in, why, and when that is worth a second look."""

from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.message import Message, say
from breachdesk.terms import DocumentKind, Lang

if TYPE_CHECKING:
    from breachdesk.records import Profile

_NORWAY = "NO"


def language_said(errand: Errand, profile: "Profile | None", lang: Lang) -> Message:
    """Return the language of a paper and what chose it."""
    if errand.asked_lang:
        return say("The paper is in {lang}: asked for with --lang.", lang=lang)
    if errand.settings.paper_lang:
        return say("The paper is in {lang}: set with paper_lang.", lang=lang)
    if profile is not None:
        return say("The paper is in {lang}: the language of the organisation.", lang=lang)
    return say("The paper is in {lang}, for no organisation is loaded.", lang=lang)


def note_language(
    errand: Errand, profile: "Profile | None", kind: DocumentKind, lang: Lang
) -> None:
    """Say when the authority, or who makes the paper, reads another language than it is in."""
    country = profile.organisation.country if profile else _NORWAY
    is_for_norway = kind == DocumentKind.NOTIFICATION and country.strip().upper() == _NORWAY
    if is_for_norway and lang == Lang.EN:
        errand.note(
            say(
                "The authority in Norway reads Norwegian: “--lang nb” gives this paper in bokmål, "
                "the setting paper_lang all of them."
            )
        )
    elif _is_another(lang, Lang(errand.lang)) and not errand.settings.paper_lang:
        errand.note(
            say(
                "That is not the language of what you read here: “--lang {lang}” gives this paper "
                "in it, the setting paper_lang all of them.",
                lang=errand.lang,
            )
        )


def _is_another(one: Lang, two: Lang) -> bool:
    return one != two and Lang.EN in (one, two)
