"""Take evidence in, look whether it is still the same, and hand it out."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from breachdesk.casefile import CaseFile
from breachdesk.desk.office import Office
from breachdesk.desk.words import says_something
from breachdesk.errors import NoSuchThingError, RefusedError, StoreError
from breachdesk.message import Message, say
from breachdesk.records import Evidence, EvidenceUse, NewEvidence
from breachdesk.records.evidence import NAME_LENGTH
from breachdesk.settings.complaints import disk_complaint
from breachdesk.store.container import Progress, untold
from breachdesk.store.files import disk_in_words, need_ordinary, streamed_private
from breachdesk.store.sealed import (
    CHUNK,
    Sealed,
    open_sealed,
    orphans,
    seal_file,
    sealed_name,
)
from breachdesk.terms import AuditAction, EvidenceKeeping, EvidenceUseKind


class EvidenceState(StrEnum):
    """How a piece of evidence was found."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    ELSEWHERE = "elsewhere"
    """Not looked for: its bytes stayed at the desk it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is needed to find a piece of evidence and hash it again."""

    id: str
    sha256: str
    """Of its bytes, hex."""
    key: bytes | None
    """Opens the sealed file; None for a reference."""
    place: str
    """Where a file kept by reference lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One piece of evidence, hashed again."""

    ref: str
    row: Evidence
    state: EvidenceState


class EvidenceDesk:
    """Where evidence is kept."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def add(
        self,
        ref: str,
        path: Path,
        new: NewEvidence,
        *,
        is_reference: bool = False,
        told: Progress = untold,
    ) -> tuple[CaseFile, Evidence]:
        """Take a file in: sealed beside the database, or by its hash alone where it lies.

        The sealed file is on the disk before its row is written; a crash in between leaves a file
        that no row speaks of, which `orphans` finds.

        Args:
            ref: The case.
            path: The file.
            new: Where it comes from, who collected it and when.
            is_reference: Keep no copy, only size, hash and place.
            told: Is told how many bytes are done, and of how many.

        Raises:
            NoSuchCaseError: No such case; nothing is read.
            RefusedError: The file cannot be read.
            StoreError: The desk's disk is full or out of reach; nothing is kept.
        """
        with self._office.reading() as reading:
            ref = self._office.find(reading, ref, writing=True).ref
        path = path.expanduser()
        need_ordinary(path)
        evidence_id = self._office.store.new_id("evidence")
        home = self._office.store.home
        try:
            with path.open("rb") as file:
                size = path.stat().st_size
                if is_reference:
                    sealed = _hashed(_chunks(path), among(told, size))
                else:
                    sealed = seal_file(file, home, evidence_id, size=size, told=told)
        except OSError as error:
            raise _unreadable(path, error) from error
        try:
            return self._kept(ref, path, new, evidence_id, sealed)
        except BaseException:
            (home / sealed_name(evidence_id)).unlink(missing_ok=True)
            raise

    def _kept(
        self, ref: str, path: Path, new: NewEvidence, evidence_id: str, sealed: Sealed
    ) -> tuple[CaseFile, Evidence]:
        keeping = EvidenceKeeping.SEALED if sealed.key else EvidenceKeeping.REFERENCE
        with self._office.changing(ref) as change:
            row = Evidence(
                id=evidence_id,
                incident_id=change.incident.id,
                name=path.name[:NAME_LENGTH],
                size=sealed.size,
                sha256=sealed.sha256,
                keeping=keeping,
                key=sealed.key or None,
                place="" if sealed.key else str(path.absolute()),
                origin=new.origin,
                collector=new.collector,
                collected_at=new.collected_at or self._office.now(),
                note=new.note,
            )
            row = change.add(row, AuditAction.EVIDENCE_ADD)
            return change.fresh(), row

    def all(self, ref: str | None = None) -> tuple[tuple[str, Evidence], ...]:
        """Return every piece with the reference of its case; oldest first."""
        with self._office.reading() as reading:
            found = None if ref is None else self._office.find(reading, ref, writing=False).id
            rows = reading.rows(Evidence, incident_id=found)
            refs = {one: reading.incident(one).ref for one in {row.incident_id for row in rows}}
        return tuple((refs[row.incident_id], row) for row in rows)

    def check(self, ref: str | None = None, *, told: Progress = untold) -> tuple[Looked, ...]:
        """Hash every piece again, of one case or of all, sealed or by reference."""
        pieces = self.all(ref)
        total, done = sum(row.size for _, row in pieces), 0
        looked = []
        for one, row in pieces:
            state = look_at(self._office.store.home, row, _further(told, done, total))
            done += row.size
            told(done, total)
            looked.append(Looked(ref=one, row=row, state=state))
        return tuple(looked)

    def export(
        self, evidence_id: str, path: Path, *, purpose: str, recipient: str, force: bool = False
    ) -> tuple[CaseFile, EvidenceUse]:
        """Write a copy of a piece of evidence, and record to whom and what for.

        The record is written before the copy gets its name, so none is handed out unrecorded.

        Raises:
            NoSuchThingError: There is no such piece.
            RefusedError: Purpose or recipient is empty, the piece stayed at another desk, or there
                is a file of that name.
            StoreError: The piece is not what it was when it was taken in; nothing is handed out.
        """
        if not (says_something(purpose) and says_something(recipient)):
            raise RefusedError(
                say("Evidence is handed out to somebody and for something."),
                say(
                    "Say the purpose and the recipient; "
                    "on the command line with --purpose and --to."
                ),
            )
        ref, row = piece_of(self._office, evidence_id)
        path = path.expanduser().absolute()
        with streamed_private(path, force=force) as (file, name_it):
            for piece in verified(self._office, row):
                file.write(piece)
            recorded = record_use(
                self._office, ref, row, EvidenceUseKind.HANDED_OUT,
                purpose=purpose, recipient=recipient, place=str(path), sha256=row.sha256,
            )  # fmt: skip
            name_it()
        return recorded

    def orphans(self) -> tuple[Path, ...]:
        """Return sealed files that no row speaks of, such as a crash leaves behind."""
        with self._office.reading() as reading:
            known = {row.id for row in reading.rows(Evidence) if row.key is not None}
        return orphans(self._office.store.home, known)


def piece_of(office: Office, evidence_id: str) -> tuple[str, Evidence]:
    """Return a piece whose bytes can be had here, after the reference of its case.

    Raises:
        NoSuchThingError: There is no such piece.
        RefusedError: Its bytes stayed at the desk that the case came from.
    """
    with office.reading() as reading:
        row = reading.with_id(Evidence, evidence_id)
        if row is None:
            raise NoSuchThingError(
                say("There is no evidence “{id}”.", id=evidence_id),
                say("“breachdesk evidence list REF” shows what there is."),
            )
        ref = reading.incident(row.incident_id).ref
    if row.keeping is EvidenceKeeping.ELSEWHERE:
        raise RefusedError(
            say("“{name}” is not here: it stayed at the desk it came from.", name=row.name),
            say("Ask there for it, or for a pack of the case “--with-evidence”."),
        )
    return ref, row


def verified(office: Office, row: Evidence) -> Iterator[bytes]:
    """Yield the bytes of a piece; raise at their end if they are not those that were taken in.

    Raises:
        StoreError: They are gone, cannot be read, or were changed.
    """
    digest = hashlib.sha256()
    for piece in bytes_of(office.store.home, row):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != row.sha256:
        raise StoreError(
            say("“{name}” is not what it was when it was taken in.", name=row.name),
            say("Nothing was handed out; run “breachdesk evidence check”."),
        )


def among(told: Progress, size: int) -> Callable[[int], object]:
    """Return what tells of bytes that are done, among as many as there are at least."""
    return lambda done: told(done, max(size, done))


def _further(told: Progress, before: int, total: int) -> Callable[[int], None]:
    """Return what tells of one piece's bytes among all."""
    return lambda done: told(min(before + done, total), total)


def remarks(case: CaseFile, row: Evidence) -> tuple[Message, ...]:
    """Return what somebody may not have meant about a piece just taken in; nothing is refused."""
    if row.size == 0:
        return (say("“{name}” is empty: there are no bytes to prove anything.", name=row.name),)
    before = next((one for one in case.evidence if _is_copy(one, row)), None)
    if before is None:
        return ()
    return (
        say(
            "The same bytes stand already as evidence {id} (“{name}”), collected {moment}.",
            id=before.id,
            name=before.name,
            moment=before.collected_at,
        ),
    )


def _is_copy(one: Evidence, row: Evidence) -> bool:
    return one.sha256 == row.sha256 and one.seq < row.seq


def _nothing(done: int) -> None:
    """Tell nobody."""
    del done


def record_use(
    office: Office,
    ref: str,
    row: Evidence,
    kind: EvidenceUseKind,
    *,
    purpose: str,
    recipient: str,
    place: str,
    sha256: str,
) -> tuple[CaseFile, EvidenceUse]:
    """Keep that a piece was looked at or handed out: to whom, what for, and where to."""
    is_look = kind is EvidenceUseKind.VIEWED
    with office.changing(ref) as change:
        use = change.add(
            EvidenceUse(
                id="",
                kind=kind,
                incident_id=change.incident.id,
                evidence_id=row.id,
                purpose=purpose,
                recipient=recipient,
                place=place,
                sha256=sha256,
            ),
            AuditAction.EVIDENCE_VIEW if is_look else AuditAction.EVIDENCE_EXPORT,
        )
        return change.fresh(), use


def look_at(
    home: Path, row: Evidence | Piece, told: Callable[[int], object] = _nothing
) -> EvidenceState:
    """Return how a piece is found, hashed again; a row that was changed is no error here.

    Args:
        home: The desk's folder.
        row: What speaks of it.
        told: Is told how many bytes were read.
    """
    if isinstance(row, Evidence) and row.keeping is EvidenceKeeping.ELSEWHERE:
        return EvidenceState.ELSEWHERE
    try:
        path = Path(row.place) if row.key is None else home / sealed_name(row.id)
        if not path.is_file():
            return EvidenceState.MISSING
        return state_of(row, digest_of(home, row, told))
    except (StoreError, OSError, ValueError, TypeError):
        return EvidenceState.CHANGED


def digest_of(home: Path, row: Evidence | Piece, told: Callable[[int], object] = _nothing) -> str:
    """Return the SHA-256 of a piece's bytes as they are now, hex.

    Raises:
        StoreError: What is read is gone or cannot be read.
        OSError: The disk gave out on the way.
    """
    return _hashed(bytes_of(home, row), told).sha256


def state_of(row: Evidence | Piece, digest: str) -> EvidenceState:
    """Return whether bytes of this digest are those that were taken in."""
    return EvidenceState.SAME if digest == row.sha256 else EvidenceState.CHANGED


def bytes_of(home: Path, row: Evidence | Piece) -> Iterator[bytes]:
    """Yield the bytes of a piece, from the desk's folder or where it lies.

    Raises:
        StoreError: What is read is gone or cannot be read; only a file is read.
    """
    if row.key is not None:
        yield from open_sealed(home, row.id, row.key)
        return
    path = Path(row.place)
    with disk_in_words(path, reading=True):
        if not path.is_file():
            raise StoreError(
                say("{path} is not there any more.", path=str(path)),
                say("It was kept by reference, so the desk has no copy of it."),
            )
    yield from _chunks(path)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _hashed(pieces: Iterator[bytes], told: Callable[[int], object]) -> Sealed:
    digest, done = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        done += len(piece)
        told(done)
    return Sealed(key=b"", size=done, sha256=digest.hexdigest())


def _unreadable(path: Path, error: OSError) -> RefusedError:
    return RefusedError(
        say("{path} cannot be read: {why}.", path=str(path), why=disk_complaint(error)),
        say("Check the path; nothing was taken in."),
    )
