"""The one place where text becomes markup. Whatever a person typed stays text.

ReportLab's `Paragraph` reads XML and would open a file named in ``<img src>``; so every string is
escaped here and nowhere else, control and bidirectional characters become visible marks, and what
no font can draw is shown by its code.
"""

from itertools import groupby
from xml.sax.saxutils import escape

from breachdesk.documents.pdf import fonts
from breachdesk.language import clean

_TEXT, _CODE = "", "code"


def markup(text: str) -> str:
    """Return text as markup that draws exactly that text."""
    letters = fonts.register()

    def font_of(one: str) -> str:
        code = ord(one)
        if one == "\n" or code in letters.text:
            return _TEXT
        return letters.font_for(code) or _CODE

    return "".join(
        _run(font, "".join(run)) for font, run in groupby(clean(text, lines=True), key=font_of)
    )


def plain(text: str) -> str:
    """Return text for a line drawn straight on the page or kept in the outline: no markup."""
    letters = fonts.register()
    return "".join(one if ord(one) in letters.text else _code(one) for one in clean(text))


def _run(font: str, run: str) -> str:
    if font == _TEXT:
        return escape(run).replace("\n", "<br/>")
    if font == _CODE:
        return "".join(_code(one) for one in run)
    return f'<font name="{font}">{escape(run)}</font>'


def _code(one: str) -> str:
    return f"‹U+{ord(one):04X}›"


def can_be_drawn(text: str) -> bool:
    """Is there a font for every letter of it, so that no code stands in the place of one?"""
    letters = fonts.register()
    return all(
        one == "\n" or ord(one) in letters.text or letters.font_for(ord(one)) for one in text
    )
