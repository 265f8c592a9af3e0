"""A letter rendered once, with places for what varies: address lines and salutation.

The plate is the very file that rendering one letter gives, marked where the varying words stand. A
letter for somebody is its page streams with that person's words in those places, so fonts,
letterhead and page breaks are the same by construction. Words that a place cannot take as they are
(too wide, or with letters of another font) say so, and that letter is rendered on its own.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pikepdf import Pdf
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics

from breachdesk.documents.draft import Draft, Stamp
from breachdesk.documents.pdf import fonts
from breachdesk.documents.pdf.render import LOCK, PaperCanvas, paper
from breachdesk.documents.pdf.words import Varying
from breachdesk.language import clean

_BEGIN, _END = "%varying-begin", "%varying-end"
_PLACE = re.compile(rb"%varying-begin\n(.*?)%varying-end", re.DOTALL)
_SHOWN = re.compile(
    rb"([^()]*BT [^()]* /(F\d+\+\d+) ([\d.]+) Tf [\d.]+ TL )\((?:[^()\\]|\\.)*\)( Tj T\* ET[^()]*)"
)
_SAFETY = 0.5
"""Points left free at a line's end: nothing is squeezed in that the typesetter would break."""

Glyphs = Mapping[str, tuple[bytes, float]]
"""A character, as it is written in a page stream, and its width at size 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one varying line stands: what is written around it, and its room at size 1."""

    before: bytes
    after: bytes
    room: float


@dataclass(frozen=True, slots=True)
class Plate:
    """A rendered letter with its places."""

    file: bytes
    """The PDF; its varying words are those of the letter it was made from."""
    pages: tuple[tuple[bytes, ...], ...]
    """Each page's stream in pieces: one more than the page has places."""
    places: tuple[Place, ...]
    """In the order they stand, from the first page to the last."""
    glyphs: Glyphs

    def fill(self, words: Sequence[str]) -> tuple[bytes, ...] | None:
        """Return what to write in each place; None when a place cannot take its words as they are.

        Args:
            words: One line for each place, without breaks.
        """
        if len(words) != len(self.places):
            return None
        filled = []
        for place, line in zip(self.places, words, strict=True):
            try:
                written = [self.glyphs[one] for one in line]
            except KeyError:
                return None
            if line != line.strip() or "  " in line:
                return None
            if not line or sum(width for _, width in written) > place.room:
                return None
            filled.append(place.before + b"".join(code for code, _ in written) + place.after)
        return tuple(filled)


def make_plate(draft: Draft, stamp: Stamp | None, letters: Iterable[str]) -> Plate | None:
    """Return the plate of an addressed letter; None when its own words need more than a line each.

    Args:
        draft: A letter to one of the recipients.
        stamp: When and by whom it was issued; None marks it as a draft.
        letters: Every character that any recipient's words may use.
    """
    canvases: list[_PlateCanvas] = []

    def canvas(*args: Any, **kwargs: Any) -> _PlateCanvas:  # noqa: ANN401
        canvases.append(_PlateCanvas(sorted(set(letters)), *args, **kwargs))
        return canvases[-1]

    with LOCK:
        file = paper(draft, stamp, canvas)
    drawn = canvases[-1]
    with Pdf.open(io.BytesIO(file)) as opened:
        streams = [page.Contents.read_bytes() for page in opened.pages]
    places = [
        _place(one, room, drawn.font_name)
        for one, room in zip(_marked(streams), drawn.rooms, strict=True)
    ]
    if None in places:
        return None
    return Plate(
        file=file,
        pages=tuple(tuple(_PLACE.split(one)[::2]) for one in streams),
        places=tuple(one for one in places if one),
        glyphs=drawn.glyphs,
    )


def _marked(streams: Iterable[bytes]) -> Iterator[bytes]:
    for stream in streams:
        yield from _PLACE.findall(stream)


def _place(drawn: bytes, room: float, font_name: bytes) -> Place | None:
    """Return the place in which one line was drawn; None when it took several, or other fonts."""
    found = _SHOWN.fullmatch(drawn)
    if found is None or found[2] != font_name:
        return None
    before, _, size, after = found.groups()
    return Place(before + b"(", b")" + after, (room - _SAFETY) / float(size))


class _PlateCanvas(PaperCanvas):
    """A canvas that marks what varies, and knows how any character is written in its file."""

    def __init__(self, letters: Sequence[str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.letters = letters
        self.rooms: list[float] = []
        self.glyphs: dict[str, tuple[bytes, float]] = {}
        self.font_name = b""

    @contextmanager
    def mark_varying(self, words: Varying) -> Iterator[None]:
        """Mark in the stream what is drawn meanwhile, and remember how wide it may be."""
        self.rooms.append(words.width)
        self._code.append(_BEGIN)
        yield
        self._code.append(_END)

    def save(self) -> None:
        """Note how each character is written before the fonts are closed, then close the file."""
        font: Any = pdfmetrics.getFont(fonts.REGULAR)
        drawable = fonts.register().text
        self.font_name = font.getSubsetInternalName(0, self._doc).removeprefix("/").encode()
        for one in self.letters:
            if ord(one) not in drawable or clean(one) != one or (one.isspace() and one != " "):
                continue
            ((subset, code),) = font.splitString(one, self._doc)
            if subset == 0:
                written = escapePDF(code).encode("latin-1")
                self.glyphs[one] = (written, font.stringWidth(one, 1))
        super().save()
