"""What a paper consists of, beside what it looks like: headings, paragraphs, lists, tables.

The story builds the tree in the order in which it is read; drawing tells each element where on the
pages it stands. All that belongs to no element is an artifact: rules, running heads, page numbers.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from breachdesk.terms import Lang

LANG = {Lang.EN: "en-GB", Lang.NB: "nb-NO", Lang.NN: "nn-NO"}
"""How a file names the language that it, or an element of it, is in."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of content on a page that belongs to an element."""

    page: int
    """From 0."""
    number: int
    """Within the page, from 0: the MCID."""


@dataclass(slots=True, eq=False)
class Element:
    """One element of the structure: ISO 32000-1, 14.8.4."""

    kind: str
    """A standard structure type, such as ``P`` or ``TH``."""
    children: list["Element | Mark"] = field(default_factory=list)
    scope: str = ""
    """Of a table's header cell: ``Row`` or ``Column``."""
    alt: str = ""
    """What a drawing shows, in words."""
    lang: str = ""
    """As the file names it, where it is another than the paper's."""
    box: Sequence[float] = ()
    """Where a drawing stands: left, bottom, right, top in points."""

    def add(self, kind: str, *, scope: str = "") -> "Element":
        """Return a new last child."""
        child = Element(kind, scope=scope)
        self.children.append(child)
        return child

    def adopt(self, child: "Element") -> None:
        """Take an element as the last child."""
        self.children.append(child)


def marked(canvas: Canvas, element: Element | None) -> Any:  # noqa: ANN401 - a context manager
    """Return the context in which what is drawn belongs to an element; without one, to none.

    Within a mark nothing is marked anew, so a repeated head row is one artifact with all its words.
    """
    return canvas.marked(element)  # type: ignore[attr-defined]


class Marking:
    """Canvas mixin: marks what is drawn, and numbers the marks of each page."""

    _code: list[str]

    def begin_marking(self) -> None:
        """Begin with the first page."""
        self._page, self._next, self._is_within = 0, 0, False

    def turn_page(self) -> None:
        """Begin numbering anew."""
        self._page, self._next = self._page + 1, 0

    @contextmanager
    def marked(self, element: Element | None) -> Iterator[None]:
        """Mark what is drawn meanwhile; see the function of the same name."""
        if self._is_within:
            yield
            return
        self._is_within = True
        if element is None:
            self._code.append("/Artifact BMC")
        else:
            self._code.append(f"/{element.kind} <</MCID {self._next}>> BDC")
            element.children.append(Mark(self._page, self._next))
            self._next += 1
        yield
        self._code.append("EMC")
        self._is_within = False
