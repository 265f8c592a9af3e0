"""Many letters: what does not vary, the tree of its structure too, is rendered once."""

import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pikepdf import Name, ObjectStreamMode, Pdf

from breachdesk.documents.addressed import addressed, varying
from breachdesk.documents.draft import Draft, Stamp
from breachdesk.documents.pdf.plate import Plate, make_plate
from breachdesk.documents.pdf.render import render
from breachdesk.documents.wording import Wording
from breachdesk.records.recipient import Recipient

_WRITTEN = 500
"""Letters after which a plate is opened anew: what was written into it is not all given back."""
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
        self._open()

    def _open(self) -> None:
        self._pdf = Pdf.open(io.BytesIO(self.plate.file))
        self._streams = [page.Contents for page in self._pdf.pages]
        self._written = 0

    def content(self, filling: Filling) -> bytes:
        if self._written >= _WRITTEN:
            self._open()
        self._written += 1
        rest = iter(filling)
        for stream, pieces in zip(self._streams, self.plate.pages, strict=True):
            if len(pieces) > 1:
                stream.write(zlib.compress(_joined(pieces, rest)), filter=Name.FlateDecode)
        buffer = io.BytesIO()
        self._pdf.save(
            buffer,
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
            compress_streams=True,
        )
        return buffer.getvalue()


def _joined(pieces: tuple[bytes, ...], filling: Iterator[bytes]) -> bytes:
    first, *others = pieces
    return first + b"".join(next(filling) + piece for piece in others)
