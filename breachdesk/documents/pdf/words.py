"""A paragraph that remembers how it was broken into lines, and to which element it belongs."""

from copy import copy
from typing import Any, TypeVar

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from breachdesk.documents.pdf.markup import markup
from breachdesk.documents.pdf.tags import Element, marked

_TALL = 1_000_000.0
_W = TypeVar("_W", bound="Words")


class Words(Paragraph):
    """Words set in one style. Measuring them twice costs once."""

    blPara: Any  # noqa: N815 - ReportLab's name
    """ReportLab's lines, once the words are broken into them."""
    tall: float = 0.0
    """Its height at the width it was last broken for."""
    broken_for: float | None = None
    element: Element | None = None
    """None: an artifact, such as a heading repeated where a table goes on."""
    goes_on: bool = False
    """The paragraph has more lines, in words that follow."""
    ends: frozenset[int] = frozenset()
    """After how many signs of the whole paragraph, spaces not counted, a word ends."""
    before: int = 0
    """How many signs of the paragraph stand in the part before this one."""

    def height_at(self, width: float) -> float:
        """Return its height in points when set this wide, without the room around it."""
        if self.broken_for != width or not hasattr(self, "blPara"):
            self.tall = float(self.wrap(width, _TALL)[1])
            self.broken_for = width
        return self.tall

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return what fits and the rest, both parts of the same element."""
        parts: list[Flowable] = super().split(width, height)
        before = self.before
        for part in parts:
            if isinstance(part, Words) and part is not self:
                part.element, part.ends, part.before = self.element, self.ends, before
                part.goes_on = self.goes_on or part is not parts[-1]
                if part is not parts[-1]:
                    before += sum(_dense(_text(line)) for line in part.blPara.lines)
        return parts

    def draw(self) -> None:
        """Draw them as content of their element."""
        if not self.blPara.lines:
            return
        with marked(self.canv, self.element):
            self.draw_words()

    def draw_words(self) -> None:
        """Draw them, with a space at the end of each line that a word ends."""
        self._end_lines_with_spaces()
        super().draw()

    def _end_lines_with_spaces(self) -> None:
        """Let whoever reads the text out of the file know a new line from a word that goes on."""
        lines: list[Any] = self.blPara.lines
        reached = self.before
        for number, line in enumerate(lines, 1):
            reached += _dense(_text(line))
            if reached in self.ends and (number < len(lines) or self.goes_on):
                _end_with_space(line)


class Varying(Words):
    """Words that differ from letter to letter: a plate is told where they begin and end."""

    def draw_words(self) -> None:
        """Draw them, between the marks of a plate where there is one."""
        mark = getattr(self.canv, "mark_varying", None)
        if mark is None:
            super().draw_words()
            return
        with mark(self):
            super().draw_words()


class Item(Words):
    """An item of a list, with its sign in front of the first line."""

    sign: str = ""
    sign_element: Element | None = None

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return what fits, with the sign, and the rest without."""
        parts = super().split(width, height)
        first = parts[0] if parts else None
        if isinstance(first, Item) and first is not self:
            first.sign, first.sign_element = self.sign, self.sign_element
        return parts

    def draw(self) -> None:
        """Draw the sign, then the words."""
        if self.sign and self.blPara.lines:
            with marked(self.canv, self.sign_element):
                style = self.style
                self.canv.setFont(style.fontName, style.fontSize)
                self.canv.setFillColor(style.textColor)
                first = self.height - style.fontSize
                self.canv.drawString(style.bulletIndent, first, self.sign)
        super().draw()


def words(text: str, style: ParagraphStyle, element: Element | None) -> Words:
    """Return text, whatever somebody typed, set in a style as content of an element."""
    return _made(Words, text, style, element)


def varying(text: str, style: ParagraphStyle, element: Element) -> Varying:
    """Return words that differ from letter to letter."""
    return _made(Varying, text, style, element)


def item(sign: str, text: str, style: ParagraphStyle, listed: Element) -> Item:
    """Return an item of a list with its sign."""
    one = listed.add("LI")
    sign_element = one.add("Lbl")
    made = _made(Item, text, style, one.add("LBody"))
    made.sign, made.sign_element = sign, sign_element
    return made


def _made(kind: type[_W], text: str, style: ParagraphStyle, element: Element | None) -> _W:
    made = kind(markup(text), style)
    made.element = element
    made.ends = _ends_of_words("".join(_source(one) for one in made.frags))
    return made


def _source(frag: Any) -> str:  # noqa: ANN401 - ReportLab's fragment
    return "\n" if getattr(frag, "lineBreak", False) else str(frag.text)


def _ends_of_words(text: str) -> frozenset[int]:
    """Return after how many signs, spaces not counted, a space or a new line stands."""
    found, count = {_dense(text)}, 0
    for one in text:
        if one.isspace():
            found.add(count)
        else:
            count += 1
    return frozenset(found)


def _dense(text: str) -> int:
    return len("".join(text.split()))


def _text(line: Any) -> str:  # noqa: ANN401 - ReportLab's line: a tuple, or one with fragments
    return "".join(line[1]) if isinstance(line, tuple) else "".join(x.text for x in line.words)


def _end_with_space(line: Any) -> None:  # noqa: ANN401
    if isinstance(line, tuple):
        line[1].append("")
    elif line.words:
        last = copy(line.words[-1])
        last.text += " "
        line.words[-1] = last
