"""Many letters: one print file, or one file a person. What does not vary is rendered once.

In the print file pages share the streams, fonts and forms of their plate, and each letter begins on
a new sheet: no letter ever stands on the back of somebody else's.
"""

import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf

from breachdesk.documents.addressed import addressed, varying
from breachdesk.documents.draft import Draft, Stamp
from breachdesk.documents.pdf.plate import Plate, make_plate
from breachdesk.documents.pdf.render import render
from breachdesk.documents.wording import Wording
from breachdesk.records.recipient import Recipient

_SHORT = 400
"""Bytes between two places that are cheaper written again than shared."""
Filling = tuple[bytes, ...]
"""What is written in the places of a plate, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One person's letter, set and not yet made into a file."""

    plate: Plate | None = None
    filling: Filling = ()
    whole: bytes = b""
    """The PDF, where no plate fits."""


class Typesetter:
    """Sets the letters of one language."""

    def __init__(
        self, draft: Draft, wording: Wording, stamp: Stamp | None, letters: Iterable[str]
    ) -> None:
        """Prepare.

        Args:
            draft: The letter with a place for the address.
            wording: Its sentences.
            stamp: When and by whom it was issued; None marks it as a draft.
            letters: Every character that any recipient's words may use.
        """
        self._draft, self._wording, self._stamp = draft, wording, stamp
        self._letters = frozenset(letters)
        self._plates: dict[int, Plate | None] = {}

    def letter(self, recipient: Recipient) -> Letter:
        """Return the letter to one person."""
        words = varying(recipient, self._wording)
        plate = self._plate(len(recipient.lines))
        filling = plate.fill(words) if plate else None
        if plate is None or filling is None:
            return Letter(
                whole=render(addressed(self._draft, recipient, self._wording), self._stamp)
            )
        return Letter(plate=plate, filling=filling)

    def _plate(self, lines: int) -> Plate | None:
        """Return the plate for an address of so many lines."""
        if lines not in self._plates:
            anyone = Recipient(row=0, lang=self._draft.lang, name="x", address=("x",) * (lines - 1))
            draft = addressed(self._draft, anyone, self._wording)
            letters = self._letters | set("".join(varying(anyone, self._wording)))
            self._plates[lines] = make_plate(draft, self._stamp, letters)
        return self._plates[lines]


class SingleFiles:
    """Letters, each as a file of its own."""

    def __init__(self) -> None:
        """Begin; plates are opened as they come."""
        self._opened: dict[int, _Single] = {}

    def content(self, letter: Letter) -> bytes:
        """Return one letter as a PDF; the same letter gives the same bytes."""
        plate = letter.plate
        if plate is None:
            return letter.whole
        single = self._opened.get(id(plate))
        if single is None:
            single = self._opened[id(plate)] = _Single(plate)
        return single.content(letter.filling)


class _Single:
    """A plate opened as a file, whose streams are written anew for each letter."""

    def __init__(self, plate: Plate) -> None:
        self.plate = plate
        self._pdf = Pdf.open(io.BytesIO(plate.file))
        self._streams = [page.Contents for page in self._pdf.pages]

    def content(self, filling: Filling) -> bytes:
        rest = iter(filling)
        for stream, pieces in zip(self._streams, self.plate.pages, strict=True):
            if len(pieces) > 1:
                stream.write(zlib.compress(_joined(pieces, rest)), filter=Name.FlateDecode)
        buffer = io.BytesIO()
        self._pdf.save(buffer, deterministic_id=True, compress_streams=False)
        return buffer.getvalue()


class PrintFile:
    """One file with many letters, for paper; kept small by sharing what they have in common."""

    def __init__(self, *, is_one_sided: bool = False) -> None:
        """Begin an empty file; one-sided, letters follow each other without blank pages."""
        self._pdf = Pdf.new()
        self._kids = Array()
        self._is_one_sided = is_one_sided
        self._beds: dict[int, _Bed] = {}
        self.pages = 0

    def add(self, letter: Letter) -> None:
        """Add a letter."""
        if letter.plate is None:
            self._add_whole(letter.whole)
        else:
            self._add_filled(letter.plate, letter.filling)
        self._turn_over()

    def _add_filled(self, plate: Plate, filling: Filling) -> None:
        bed = self._beds.get(id(plate))
        if bed is None:
            bed = self._beds[id(plate)] = _Bed(self._pdf, plate)
        for page in bed.letter(filling):
            self._append(page)

    def _add_whole(self, content: bytes) -> None:
        with Pdf.open(io.BytesIO(content)) as opened:
            for page in opened.pages:
                self._append(self._pdf.copy_foreign(page.obj))

    def content(self) -> bytes:
        """Return the file."""
        root = self._pdf.Root.Pages
        root.Kids, root.Count = self._kids, len(self._kids)
        buffer = io.BytesIO()
        self._pdf.save(buffer, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return buffer.getvalue()

    def _append(self, page: Any) -> None:  # noqa: ANN401 - pikepdf's object
        page.Parent = self._pdf.Root.Pages
        self._kids.append(page if page.is_indirect else self._pdf.make_indirect(page))
        self.pages += 1

    def _turn_over(self) -> None:
        """Leave the back of a sheet blank, so that the next letter begins on its front."""
        if self.pages % 2 and not self._is_one_sided:
            size = self._kids[-1].MediaBox
            self._append(Dictionary(Type=Name.Page, MediaBox=size, Resources=Dictionary()))


class _Bed:
    """A plate laid into a print file: its fonts and the pieces of its pages, once."""

    def __init__(self, pdf: Pdf, plate: Plate) -> None:
        self._pdf = pdf
        self.plate = plate
        self._pages: list[tuple[Any, Any, Any, list[tuple[Any, bytes]]]] = []
        with Pdf.open(io.BytesIO(plate.file)) as opened:
            for page, pieces in zip(opened.pages, plate.pages, strict=True):
                copied = pdf.copy_foreign(page.obj)
                resources = pdf.make_indirect(copied.Resources)
                first, others = pdf.make_stream(pieces[0]), [self._shared(x) for x in pieces[1:]]
                self._pages.append((copied.MediaBox, resources, first, others))

    def _shared(self, piece: bytes) -> tuple[Any, bytes]:
        """Return a stream that every letter shares; a short piece goes into each letter's own."""
        if len(piece) < _SHORT:
            return None, piece
        return self._pdf.make_stream(piece), b""

    def letter(self, filling: Filling) -> Iterator[Any]:
        rest = iter(filling)
        for size, resources, first, others in self._pages:
            streams, own = [first], b""
            for shared, piece in others:
                own += next(rest) + piece
                if shared is not None:
                    streams += [self._pdf.make_stream(own), shared]
                    own = b""
            if own:
                streams.append(self._pdf.make_stream(own))
            yield Dictionary(
                Type=Name.Page, MediaBox=size, Resources=resources, Contents=Array(streams)
            )


def _joined(pieces: tuple[bytes, ...], filling: Iterator[bytes]) -> bytes:
    first, *others = pieces
    return first + b"".join(next(filling) + piece for piece in others)
