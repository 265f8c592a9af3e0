"""Look at a piece of evidence: who looked and what for is recorded before it can be seen."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from breachdesk.casefile import CaseFile
from breachdesk.desk.evidence import (
    EvidenceState,
    among,
    digest_of,
    piece_of,
    record_use,
    state_of,
    verified,
)
from breachdesk.desk.office import Office
from breachdesk.desk.words import says_something
from breachdesk.errors import RefusedError
from breachdesk.message import Message, say
from breachdesk.records import Evidence, EvidenceUse
from breachdesk.store.container import Progress, untold
from breachdesk.store.files import disk_in_words
from breachdesk.store.showing import Showing, begin
from breachdesk.terms import EvidenceUseKind

_SHOWN = frozenset((
    "bmp", "docx", "eml", "flac", "gif", "heic", "jpeg", "jpg", "log", "m4a", "mov", "mp3", "mp4",
    "ogg", "pdf", "png", "pptx", "rtf", "tif", "tiff", "txt", "wav", "webm", "webp", "xlsx",
))  # fmt: skip
"""Endings that a viewer is given as they are; not those of files that may hold macros."""
_READ = frozenset((
    "bat", "cfg", "cmd", "conf", "css", "csv", "har", "htm", "html", "ics", "ini", "js", "json",
    "jsonl", "md", "ndjson", "php", "ps1", "py", "rb", "sh", "sql", "svg", "toml", "tsv", "vbs",
    "vcf", "xhtml", "xml", "yaml", "yml",
))  # fmt: skip
"""Endings of texts that a program might run or follow; a viewer is given them as plain text."""
_UNKNOWN = ".bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """What looking at a piece gave."""

    case: CaseFile
    use: EvidenceUse
    row: Evidence
    state: EvidenceState
    """Same or changed. What is sealed is only shown if it is the same."""
    path: Path
    """Of the copy; of a piece kept by reference, the file itself."""
    opens: bool
    """May a viewer be started for it?"""
    showing: Showing | None
    """The copy, to be ended; None for a piece kept by reference."""


class Viewing:
    """Where evidence is looked at."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office
        self._shown: set[Showing] = set()

    def view(
        self, evidence_id: str, *, purpose: str, folder: Path, told: Progress = untold
    ) -> Viewed:
        """Show a sealed piece as a copy; hash one kept by reference again, where it lies.

        The record is written before the copy gets its name. The copy is called after the piece's
        id: neither a stranger's file name nor what it says is seen by other programs.

        Args:
            evidence_id: Which.
            purpose: What for; who acts is who looks.
            folder: Where copies go while they are looked at.
            told: Is told how many bytes are done, and of how many.

        Raises:
            NoSuchThingError: There is no such piece.
            RefusedError: The purpose is empty, the piece stayed at another desk, or there is no
                room for a copy.
            StoreError: The piece is gone, or what was sealed was changed; nothing is shown.
        """
        if not says_something(purpose):
            raise RefusedError(
                say("Evidence is looked at for something, and that is kept."),
                say("Say the purpose."),
            )
        ref, row = piece_of(self._office, evidence_id)
        if row.key is None:
            return self._look(ref, row, purpose, told)
        return self._show(ref, row, purpose, folder, told)

    def end(self, viewed: Viewed) -> bool:
        """Remove the copy, if there is one; return whether it is gone."""
        return viewed.showing is None or self._ended(viewed.showing)

    def end_all(self) -> None:
        """Remove every copy that is still shown."""
        for one in tuple(self._shown):
            self._ended(one)

    def _ended(self, showing: Showing) -> bool:
        self._shown.discard(showing)
        return showing.end()

    def _show(self, ref: str, row: Evidence, purpose: str, folder: Path, told: Progress) -> Viewed:
        name, opens = shown_name(row)
        showing = begin(folder, name, size=row.size)
        self._shown.add(showing)
        try:
            done = 0
            with showing.filling() as file:
                for piece in verified(self._office, row):
                    file.write(piece)
                    done += len(piece)
                    told(done, row.size)
            case, use = self._record(ref, row, purpose, place="", sha256=row.sha256)
            showing.give_name()
        except BaseException:
            self._ended(showing)
            raise
        return Viewed(case=case, use=use, row=row, state=EvidenceState.SAME, path=showing.path,
                      opens=opens, showing=showing)  # fmt: skip

    def _look(self, ref: str, row: Evidence, purpose: str, told: Progress) -> Viewed:
        path = Path(row.place)
        with disk_in_words(path, reading=True):
            found = digest_of(self._office.store.home, row, among(told, row.size))
        case, use = self._record(ref, row, purpose, place=row.place, sha256=found)
        return Viewed(case=case, use=use, row=row, state=state_of(row, found), path=path,
                      opens=False, showing=None)  # fmt: skip

    def _record(
        self, ref: str, row: Evidence, purpose: str, *, place: str, sha256: str
    ) -> tuple[CaseFile, EvidenceUse]:
        return record_use(
            self._office, ref, row, EvidenceUseKind.VIEWED,
            purpose=purpose, recipient=self._office.actor, place=place, sha256=sha256,
        )  # fmt: skip


def shown_name(row: Evidence) -> tuple[str, bool]:
    """Return what the copy of a piece is called, and whether a viewer may be started for it.

    Of the name it came with only the ending is used, and only if it is known to be one that is
    looked at; what a program might run is shown as text, anything else is for no viewer.
    """
    ending = PurePosixPath(row.name).suffix[1:].lower()
    if ending in _SHOWN:
        return f"{row.id}.{ending}", True
    if ending in _READ:
        return f"{row.id}.txt", True
    return f"{row.id}{_UNKNOWN}", False


def still_there(viewed: Viewed) -> Message:
    """Return what is said when the copy could not be removed."""
    return say(
        "The copy in {path} could not be removed. Close what shows it: the next start removes it.",
        path=str(viewed.path),
    )
