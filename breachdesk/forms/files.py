"""Finds and reads the files of forms/: bounded in size and number, and never outside the folder.

A desk's own forms/ folder is read the same way; what lies there is treated as written by strangers.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import Any

from breachdesk.errors import FormError
from breachdesk.forms.findings import form_error
from breachdesk.message import say
from breachdesk.settings.complaints import disk_complaint, toml_complaint

MOST_BYTES = 1_000_000
"""Largest file that is read."""

MOST_FILES = 500
"""Most files that one forms/ folder may have."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._+-]{0,99}")
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class FormFile:
    """One TOML file: where it lies and, once needed, what it says."""

    path: Path
    name: str
    """How a message names it."""

    @property
    def form(self) -> str:
        """What it is a version of: ``facts`` for ``facts@2027-03-01.toml``."""
        return self.path.stem.partition("@")[0]

    @cached_property
    def text(self) -> str:
        """Its text, line ends as in the file.

        Raises:
            FormError: It is too large, not a plain file, not UTF-8, or cannot be read.
        """
        try:
            status = self.path.stat()
            if not S_ISREG(status.st_mode):
                raise form_error(self.name, say("this is not a plain file."))
            if status.st_size > MOST_BYTES:
                raise form_error(
                    self.name, say("the file is larger than {limit} bytes.", limit=MOST_BYTES)
                )
            with self.path.open("rb") as file:
                return file.read(MOST_BYTES).decode("utf-8")
        except UnicodeDecodeError:
            raise form_error(self.name, say("the file is not UTF-8 text.")) from None
        except OSError as error:
            raise form_error(
                self.name, say("the file cannot be read ({reason}).", reason=disk_complaint(error))
            ) from error

    @cached_property
    def table(self) -> Mapping[str, Any]:
        """What it says, as TOML gives it.

        Raises:
            FormError: It is not TOML.
        """
        try:
            return tomllib.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise form_error(
                self.name, say("this is not valid TOML: {reason}.", reason=toml_complaint(error))
            ) from error


@dataclass(frozen=True)
class Shelf:
    """One forms/ folder: its files by folder, such as ``eu`` or ``eu/cases``."""

    root: Path
    folders: Mapping[str, tuple[FormFile, ...]]

    def files(self, folder: str) -> tuple[FormFile, ...]:
        """Return the TOML files of one folder, by name."""
        return self.folders.get(folder, ())


def find_forms() -> Path:
    """Return the folder of the shipped forms: inside the wheel, else beside the package.

    Raises:
        FormError: It is in neither place.
    """
    for folder in (_PACKAGE / "_forms", _PACKAGE.parent / "forms"):
        if folder.is_dir():
            return folder
    raise FormError(
        say("The folder “forms” with the law's texts is missing from this installation."),
        say("Install breachdesk again."),
    )


def read_shelf(root: Path, label: str) -> Shelf:
    """Return the files of a forms/ folder, two levels deep; none is opened yet.

    Raises:
        FormError: It has too many files, or one that lies outside the folder.
    """
    folders: dict[str, tuple[FormFile, ...]] = {}
    home, count = root.resolve(), 0
    for pattern in ("*/*.toml", "*/*/*.toml"):
        for path in sorted(root.glob(pattern)):
            folder = path.parent.relative_to(root).as_posix()
            name = f"{label}/{folder}/{path.name}"
            count += 1
            if count > MOST_FILES:
                raise form_error(label, say("there are more than {limit} files.", limit=MOST_FILES))
            if not path.resolve().is_relative_to(home):
                raise form_error(name, say("the file lies outside the folder of forms."))
            if not _NAME.fullmatch(path.name):
                raise form_error(name, say("the file's name has signs that do not belong there."))
            folders[folder] = (*folders.get(folder, ()), FormFile(path, name))
    return Shelf(root, folders)
