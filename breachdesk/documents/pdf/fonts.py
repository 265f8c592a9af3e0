"""The type the papers are set in: Noto Sans, embedded, with symbols from its sister fonts.

The files lie in ``documents/fonts`` under the SIL Open Font License (OFL.txt), cut down to Latin,
Greek, Cyrillic, arrows and signs. ReportLab embeds only the letters a paper uses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "BreachdeskSans"
BOLD = "BreachdeskSans-Bold"
ITALIC = "BreachdeskSans-Italic"
SIGNS = ("BreachdeskSigns", "BreachdeskSigns2")
"""Where letters that the text font lacks are looked for, in this order."""

_FILES: Mapping[str, str] = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
    SIGNS[0]: "NotoSansMath-Regular.ttf",
    SIGNS[1]: "NotoSansSymbols2-Regular.ttf",
}


@dataclass(frozen=True, slots=True)
class Letters:
    """Which characters each font can draw."""

    text: frozenset[int]
    signs: tuple[tuple[str, frozenset[int]], ...]

    def font_for(self, code: int) -> str | None:
        """Return the font that draws a character beside the text font; None when none does."""
        return next((name for name, letters in self.signs if code in letters), None)


@lru_cache(maxsize=1)
def register() -> Letters:
    """Make the fonts known to ReportLab, once a process, and return what they can draw."""
    rl_config.useA85 = 0
    folder = files("breachdesk.documents") / "fonts"
    found: dict[str, frozenset[int]] = {}
    for name, file in _FILES.items():
        with as_file(folder / file) as path:
            font = TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        found[name] = frozenset(font.face.charToGlyph)
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD
    )
    text = found[REGULAR] & found[BOLD] & found[ITALIC]
    return Letters(text=text, signs=tuple((name, found[name]) for name in SIGNS))
