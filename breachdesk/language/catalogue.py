"""The compiled catalogues in locale/: English sentence to the reader's language."""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

DOMAIN = "breachdesk"
FOLDER = Path(__file__).parent.parent / "locale"
FALLBACKS = {"en": (), "nb": ("nb",), "nn": ("nn", "nb")}
"""The catalogues to look in, first to last; English stands in the code."""


@cache
def catalogue(lang: str) -> NullTranslations:
    """Return the catalogue of one language; what it lacks is said in English."""
    languages = FALLBACKS.get(lang, ())
    if not languages:
        return NullTranslations()
    return translation(DOMAIN, FOLDER, languages=languages, fallback=True)
