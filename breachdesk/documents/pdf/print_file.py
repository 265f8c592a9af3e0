"""One file with many letters, for paper: untagged, and kept small by sharing what does not vary.

Pages share the streams, fonts and forms of their plate, and each letter begins on a new sheet: no
letter ever stands on the back of somebody else's. The file is written in parts that are joined at
the end, so ten thousand letters need little more memory than a few hundred.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Self

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf

from breachdesk.documents.pdf.plate import Plate
from breachdesk.documents.pdf.press import Filling, Letter

_PART = 500
"""Letters written together."""
_SHORT = 400
"""Bytes between two places that are cheaper written again than shared."""
_MARK = re.compile(rb"^(?:/\w+ <</MCID \d+>> BDC|/Artifact BMC|EMC)\n", re.MULTILINE)


class PrintFile:
    """Letters for paper, one after the other; a context that gives its parts' room back."""

    def __init__(self, *, is_one_sided: bool = False, folder: Path | None = None) -> None:
        """Begin without letters.

        Args:
            is_one_sided: Letters follow each other without blank pages.
            folder: On whose disk the parts lie meanwhile, as files without a name that go with the
                process; None for the system's own place.
        """
        self._is_one_sided, self._folder = is_one_sided, folder
        self._parts: list[BinaryIO] = []
        self._begin()
        self.pages = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let go of the parts, which are nowhere then."""
        for part in self._parts:
            part.close()

    def _begin(self) -> None:
        self._pdf, self._kids = Pdf.new(), Array()
        self._beds: dict[int, _Bed] = {}
        self._letters = 0

    def add(self, letter: Letter) -> None:
        """Add a letter.

        Raises:
            OSError: a part cannot be written.
        """
        if letter.plate is None:
            self._add_whole(letter.whole)
        else:
            self._add_filled(letter.plate, letter.filling)
        self._turn_over()
        self._letters += 1
        if self._letters >= _PART:
            self._put_by()

    def save(self, to: BinaryIO) -> None:
        """Write the file; the same letters give the same bytes.

        Raises:
            OSError: it cannot be written.
        """
        if self._letters:
            self._put_by()
        with Pdf.new() as whole:
            for file in self._parts:
                with Pdf.open(file) as part:
                    _append(whole, [whole.copy_foreign(page.obj) for page in part.pages])
            _save(whole, to)

    def content(self) -> bytes:
        """Return the file."""
        buffer = io.BytesIO()
        self.save(buffer)
        return buffer.getvalue()

    def _put_by(self) -> None:
        """Write what there is as a part, and forget it."""
        _append(self._pdf, list(self._kids))
        file = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed with this object
        _save(self._pdf, file)
        self._parts.append(file)
        self._begin()

    def _add_filled(self, plate: Plate, filling: Filling) -> None:
        bed = self._beds.get(id(plate))
        if bed is None:
            bed = self._beds[id(plate)] = _Bed(self._pdf, plate)
        for page in bed.letter(filling):
            self._append(page)

    def _add_whole(self, content: bytes) -> None:
        with Pdf.open(io.BytesIO(content)) as opened:
            for page in opened.pages:
                copied = self._pdf.copy_foreign(page.obj)
                drawn = self._pdf.make_stream(_untagged(page.Contents.read_bytes()))
                self._append(_page(copied.MediaBox, copied.Resources, drawn))

    def _append(self, page: Any) -> None:  # noqa: ANN401 - pikepdf's object
        self._kids.append(self._pdf.make_indirect(page))
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
            for page, tagged in zip(opened.pages, plate.pages, strict=True):
                pieces = [_untagged(piece) for piece in tagged]
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
            yield _page(size, resources, Array(streams) if len(streams) > 1 else first)


def _page(size: Any, resources: Any, contents: Any) -> Any:  # noqa: ANN401 - pikepdf's objects
    return Dictionary(Type=Name.Page, MediaBox=size, Resources=resources, Contents=contents)


def _untagged(drawn: bytes) -> bytes:
    """Return a page's stream, or a piece of one, without the marks of its structure."""
    return _MARK.sub(b"", drawn)


def _append(pdf: Pdf, pages: list[Any]) -> None:
    """Add pages as one branch of the file's page tree."""
    root = pdf.Root.Pages
    branch = pdf.make_indirect(Dictionary(Type=Name.Pages, Parent=root, Count=len(pages)))
    branch.MediaBox = pages[0].MediaBox
    for page in pages:
        page.Parent = branch
        if page.MediaBox == branch.MediaBox:
            del page.MediaBox
    branch.Kids = Array(pages)
    root.Kids.append(branch)
    root.Count = int(root.Count) + len(pages)


def _save(pdf: Pdf, to: BinaryIO) -> None:
    pdf.save(to, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
