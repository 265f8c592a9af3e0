"""Measures, colours and paragraph styles, so that all papers look like one house."""

from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from breachdesk.documents.pdf import fonts

INK = HexColor("#1A1F24")
MUTED = HexColor("#55606B")
"""Small print: still 6:1 against white."""
ACCENT = HexColor("#17465F")
RULE = HexColor("#C3CBD2")
ALERT = HexColor("#7A3E00")
"""What is missing: dark enough to read, and never the only sign."""
PAPER = HexColor("#FFFFFF")
BAND = HexColor("#D9E5EC")
GHOST = Color(0.945, 0.945, 0.945)
"""The word across a draft: beneath the text, too pale to disturb it."""

LEFT, RIGHT, BOTTOM = 22 * mm, 18 * mm, 27 * mm
LETTER_RIGHT = 36 * mm
"""A letter has a shorter line: some 80 characters."""
TOP_FIRST, TOP_LATER = 34 * mm, 21 * mm

LABEL = 50 * mm
HEAD_LABEL_WIDTH = 28 * mm
GUTTER = 5 * mm
ROW_PAD = 3.6
KEEP = 110.0
"""A row lower than this many points is never broken over two pages."""
LEAST = 46.0
"""A row is broken only where at least this much of it stays."""


def _style(name: str, size: float, leading: float, **changes: Any) -> ParagraphStyle:  # noqa: ANN401
    kept: dict[str, Any] = {
        "fontName": fonts.REGULAR,
        "textColor": INK,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
        **changes,
    }
    return ParagraphStyle(name, fontSize=size, leading=leading, **kept)


TITLE = _style("title", 18, 23, fontName=fonts.BOLD, textColor=ACCENT, spaceAfter=2)
SUBJECT = _style("subject", 14, 19, fontName=fonts.BOLD, textColor=ACCENT, spaceAfter=3)
SUBTITLE = _style("subtitle", 10.5, 15, textColor=MUTED, spaceAfter=6)
HEADING = _style("heading", 12, 16, fontName=fonts.BOLD, textColor=ACCENT)
BODY = _style("body", 10, 14.6, spaceAfter=6)
LEAD = _style("lead", 10, 14.6, spaceAfter=4, keepWithNext=1)
"""Words that end with a colon: never alone at the foot of a page."""
GAP = _style("gap", 10, 14.6, spaceAfter=6, textColor=ALERT, leftIndent=15)
BULLET = _style("bullet", 10, 14.6, spaceAfter=3, leftIndent=14, bulletIndent=3)
BULLET_LAST = _style("last bullet", 10, 14.6, spaceAfter=7, leftIndent=14, bulletIndent=3)
LABEL_STYLE = _style("label", 8.8, 12.2, fontName=fonts.BOLD)
NUMBER = _style("number", 6.6, 9, textColor=MUTED)
VALUE = _style("value", 9.4, 13.2)
VALUE_AIRED = _style("value aired", 9.4, 13.2, spaceBefore=5)
VALUE_LIST = _style("value list", 9.4, 13.2, leftIndent=9, firstLineIndent=-1.856)
"""The first line begins where a dash and a space end."""
VALUE_GAP = _style("value gap", 9.4, 13.2, textColor=ALERT)
NOTE = _style("note", 8, 11, fontName=fonts.ITALIC, textColor=MUTED)
HEAD_LABEL = _style("head label", 8.6, 12.6, textColor=MUTED)
HEAD_VALUE = _style("head value", 9.4, 12.6)
CELL = _style("cell", 8.2, 11)
CELL_HEAD = _style("cell head", 8, 11, fontName=fonts.BOLD, textColor=ACCENT)
ADDRESS = _style("address", 10, 14)
META = _style("meta", 9, 14, alignment=TA_RIGHT, textColor=MUTED)
CAPTION = _style("caption", 8, 11, textColor=MUTED, spaceBefore=2, spaceAfter=4)
SMALL = _style("small", 8, 11, textColor=MUTED, spaceBefore=8)
SIGN_NAME = _style("sign name", 10, 14, fontName=fonts.BOLD)
