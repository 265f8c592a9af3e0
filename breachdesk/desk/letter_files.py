"""Where letters go on the disk: made beside their place, and moved there only when all are made."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records.recipient import Recipient
from breachdesk.store.files import create_private, disk_in_words, sync_file

if TYPE_CHECKING:
    from breachdesk.documents.pdf.press import Letter


class LetterFiles:
    """A folder with a file for each person, one file for paper, or both; for their owner only."""

    def __init__(
        self,
        folder: Path | None,
        print_file: Path | None,
        *,
        is_one_sided: bool,
        may_replace: bool,
    ) -> None:
        """Look at both places before anything is made.

        Raises:
            RefusedError: something is there that may not be written over, or no folder to write in.
        """
        from breachdesk.documents.pdf.press import SingleFiles
        from breachdesk.documents.pdf.print_file import PrintFile

        self._folder, self._print_file = folder, print_file
        _check(folder, print_file, may_replace=may_replace)
        self._paper = (
            PrintFile(is_one_sided=is_one_sided, folder=print_file.parent) if print_file else None
        )
        self._files = SingleFiles()
        self._beside: Path | None = None
        self._sheets: Path | None = None
        self.singles = 0

    def __enter__(self) -> Self:
        """Make a place for the files beside the folder they go to."""
        if self._folder is not None:
            with disk_in_words(self._folder):
                beside = tempfile.mkdtemp(dir=self._folder.parent, prefix=f".{self._folder.name}.")
            self._beside = Path(beside)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing beside them."""
        if self._beside is not None:
            shutil.rmtree(self._beside, ignore_errors=True)
        if self._sheets is not None:
            self._sheets.unlink(missing_ok=True)
        if self._paper is not None:
            self._paper.__exit__(kind, error, trace)

    @property
    def pages(self) -> int:
        """Pages of the print file so far."""
        return self._paper.pages if self._paper else 0

    def add(self, person: Recipient, letter: "Letter") -> None:
        """Take one letter; without a postal address it is not for paper."""
        if self._paper is not None and self._print_file is not None and person.address:
            with disk_in_words(self._print_file):
                self._paper.add(letter)
        if self._beside is not None:
            path = self._beside / f"letter-{person.row:05d}.pdf"
            with disk_in_words(path):
                create_private(path)
                path.write_bytes(self._files.content(letter))
            self.singles += 1

    def finish(self) -> str:
        """Write the print file beside its place; return its SHA-256, empty when there is none."""
        if self._print_file is None or self._paper is None or not self._paper.pages:
            return ""
        with disk_in_words(self._print_file):
            self._sheets = _new_file_beside(self._print_file)
            with self._sheets.open("r+b") as file:
                self._paper.save(file)
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            sync_file(self._sheets)
        return digest

    def put_in_place(self) -> None:
        """Move the files to where they belong."""
        if self._folder is not None and self._beside is not None:
            with disk_in_words(self._folder):
                self._folder.mkdir(mode=0o700, exist_ok=True)
                for one in sorted(self._beside.iterdir()):
                    os.replace(one, self._folder / one.name)  # noqa: PTH105 - says what it does
        if self._print_file is not None and self._sheets is not None:
            with disk_in_words(self._print_file):
                self._sheets.replace(self._print_file)
            self._sheets = None


def _new_file_beside(place: Path) -> Path:
    """Return an empty file in the same folder, for its owner only."""
    opened, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    os.close(opened)
    return Path(name)


def _check(folder: Path | None, print_file: Path | None, *, may_replace: bool) -> None:
    for place in (folder, print_file):
        if place is not None and not place.parent.is_dir():
            raise RefusedError(
                say("There is no folder {folder}.", folder=str(place.parent)),
                say("Make it first, or choose another one."),
            )
    if print_file is not None and print_file.is_dir():
        raise RefusedError(
            say("{path} is a folder.", path=str(print_file)), say("Give the name of a file.")
        )
    if folder is not None and folder.exists() and not folder.is_dir():
        raise RefusedError(
            say("{path} is a file.", path=str(folder)), say("Give the name of a folder.")
        )
    if may_replace:
        return
    if print_file is not None and print_file.exists():
        raise RefusedError(
            say("{path} is there already; nothing was written.", path=str(print_file)),
            say("Choose another name, or add --force to write over it."),
        )
    if folder is not None and folder.is_dir() and any(folder.iterdir()):
        raise RefusedError(
            say("There are files in {folder} already; nothing was written.", folder=str(folder)),
            say("Choose an empty folder, or add --force to write over letters in it."),
        )
