"""Back up a desk while it is in use: one file, proved by opening it before it gets its name."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from breachdesk.audit import Finding, Head, Report
from breachdesk.errors import StoreError
from breachdesk.message import say
from breachdesk.records import Evidence
from breachdesk.store.container import (
    AT_ONCE,
    Contents,
    Part,
    Progress,
    damaged,
    parts_of,
    read_contents,
    untold,
)
from breachdesk.store.engine import copy_database, faults_in_words, make_engine
from breachdesk.store.files import (
    SCRATCH,
    clear_left,
    create_private,
    disk_in_words,
    full,
    give_name,
    taken,
)
from breachdesk.store.head import HEAD_FILE
from breachdesk.store.keyfile import DATABASE, fingerprint, read_key_file
from breachdesk.store.sealed import is_whole, sealed_name
from breachdesk.store.store import Store

_SLACK = 256 * 1024
"""Bytes that are to be left on the desk's disk beside the copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was made and opened; what does not open in it is named."""

    path: Path
    size: int
    sha256: str
    """Of the whole file, hex."""
    made_at: datetime
    entries: int
    head: Head
    key_check: str
    """Fingerprint of the key that opens it."""
    evidence: int
    """How many sealed files are in it."""
    absent: tuple[str, ...]
    """Ids of evidence whose sealed file is not there to be backed up."""
    broken: tuple[str, ...]
    """Ids of evidence whose sealed file is in it and does not open, or is not what was sealed."""
    findings: tuple[Finding, ...]
    """What verifying the copy showed: the desk itself has the same."""


def back_up(
    store: Store,
    path: Path,
    *,
    now: datetime,
    force: bool = False,
    told: Progress = untold,
) -> BackedUp:
    """Write a backup of the desk, read it back, open it and verify it; then give it its name.

    Args:
        store: the open desk; others may go on writing to it.
        path: the file to make.
        now: when it is made, aware.
        force: write over a file that is there.
        told: is told of progress, in thousandths.

    Raises:
        RefusedError: there is a file of that name.
        StoreError: a disk is full or out of reach, or the copy does not open; there is no backup.
    """
    if path.exists() and not force:
        raise taken(path)
    _check_room(store.home)
    with _scratch(store.home) as scratch, _beside(path) as unnamed:
        with _full_if_full(store.home):
            contents, evidence = _write(store, scratch, unnamed, now, told)
            proof = _proved(unnamed, contents, store.key, scratch, evidence, told)
        size, digest = unnamed.stat().st_size, digest_of(unnamed)
        with disk_in_words(path):
            give_name(unnamed, path, force=force)
    return BackedUp(
        path=path,
        size=size,
        sha256=digest,
        made_at=now,
        entries=proof.report.entries,
        head=proof.report.head,
        key_check=fingerprint(store.key),
        evidence=sum(part.name.startswith("evidence/") for part in contents.parts),
        absent=_absent(contents, evidence),
        broken=proof.broken,
        findings=proof.report.findings,
    )


def _check_room(home: Path) -> None:
    """Make sure that the copy a backup is made from finds room beside the database.

    Raises:
        StoreError: it does not.
    """
    with disk_in_words(home):
        needed = sum(one.stat().st_size for one in home.glob(f"{DATABASE}*"))
        if shutil.disk_usage(home).free < needed + _SLACK:
            raise full(home)


@contextmanager
def _full_if_full(home: Path) -> Iterator[None]:
    """Say that the disk is full where a copy that was cut short looks damaged."""
    try:
        yield
    except StoreError as error:
        if shutil.disk_usage(home).free < _SLACK:
            raise full(home) from error
        raise


def _absent(contents: Contents, evidence: list[Evidence]) -> tuple[str, ...]:
    names = {part.name for part in contents.parts}
    return tuple(one.id for one in evidence if one.key and sealed_name(one.id) not in names)


def _write(
    store: Store, scratch: Path, unnamed: Path, now: datetime, told: Progress
) -> tuple[Contents, list[Evidence]]:
    """Copy the database, then write it and what lies beside it to the file that has no name yet."""
    heads = _content_of(store.home / HEAD_FILE)  # before the copy, so that it is never ahead of it
    copy = scratch / DATABASE
    create_private(copy)
    engine = make_engine(copy, store.key)
    with faults_in_words(copy):
        try:
            copy_database(store.engine, engine, told=lambda done, of: told(333 * done // of, 1000))
        finally:
            engine.dispose()
    known = Store(make_engine(copy, store.key), path=copy)
    with known.reading() as desk:
        head, evidence = Head(*desk.head()), desk.rows(Evidence)
    known.close()
    sources = {DATABASE: copy}
    if heads is not None:
        sources[HEAD_FILE] = scratch / HEAD_FILE
        sources[HEAD_FILE].write_bytes(heads)
    sealed = {one.id: store.home / sealed_name(one.id) for one in evidence if one.key is not None}
    sources |= {sealed_name(one): at for one, at in sealed.items() if at.is_file()}
    contents = Contents(
        made_at=now.astimezone(UTC),
        key_file=replace(read_key_file(store.home), changing=None),
        head=head,
        parts=tuple(Part(name, at.stat().st_size) for name, at in sources.items()),
    )
    with disk_in_words(unnamed):
        contents = _pack(contents, sources, unnamed, store.key, told)
    copy.unlink()
    return contents, evidence


def _pack(
    contents: Contents, sources: dict[str, Path], unnamed: Path, key: bytes, told: Progress
) -> Contents:
    """Write the header, the parts, and the header again, now that every part's hash is known."""
    with unnamed.open("r+b") as file:
        file.write(contents.as_bytes())
        done, parts = 0, []
        for part in contents.parts:
            digest, size = hashlib.sha256(), 0
            for piece in _pieces(sources[part.name]):
                file.write(piece)
                digest.update(piece)
                size += len(piece)
                told(333 + 333 * (done + size) // max(contents.size, 1), 1000)
            if size != part.size:
                raise damaged(sources[part.name], say("it changed while it was read"))
            done += size
            parts.append(replace(part, sha256=digest.hexdigest()))
        signed = replace(contents, parts=tuple(parts)).signed(key)
        file.seek(0)
        file.write(signed.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    return signed


@dataclass(frozen=True, slots=True)
class _Proof:
    report: Report
    broken: tuple[str, ...]


def _proved(
    unnamed: Path,
    written: Contents,
    key: bytes,
    scratch: Path,
    evidence: list[Evidence],
    told: Progress,
) -> _Proof:
    """Read the file as a restore does, open the database in it and all evidence, and verify it."""
    contents = read_contents(unnamed)
    if contents != written or not contents.is_signed(key) or not contents.key_file.fits(key):
        raise damaged(unnamed, say("it does not read back as it was written"))
    database = scratch / "proof.db"
    rows, broken, done = {sealed_name(one.id): one for one in evidence}, [], 0
    for part, pieces in parts_of(unnamed, contents):
        counted = _counted(pieces, done, contents.size, told)
        row = rows.get(part.name)
        if row is not None and row.key is not None:
            if not is_whole(counted, row.id, row.key, row.sha256):
                broken.append(row.id)
        else:
            place = database if part.name == DATABASE else Path(os.devnull)
            with disk_in_words(scratch.parent), place.open("wb") as file:
                file.writelines(counted)
        done += part.size
    opened = Store(make_engine(database, key), path=database)
    try:
        report = opened.verify()
    finally:
        opened.close()
    if report.head != contents.head:
        raise damaged(unnamed, say("its newest entry is not the desk's"))
    told(1000, 1000)
    return _Proof(report, tuple(broken))


def _counted(pieces: Iterator[bytes], before: int, size: int, told: Progress) -> Iterator[bytes]:
    """Yield the same, and tell how much of the file was proved."""
    for piece in pieces:
        before += len(piece)
        told(666 + 333 * before // max(size, 1), 1000)
        yield piece


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a private file next to the one to be made; what a crash left there is cleared away."""
    with disk_in_words(path):
        clear_left(path.parent, f".{path.name}.")
        unnamed = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        unnamed.unlink(missing_ok=True)
        create_private(unnamed)
    try:
        yield unnamed
    finally:
        unnamed.unlink(missing_ok=True)


@contextmanager
def _scratch(home: Path) -> Iterator[Path]:
    """Give a private folder in the desk's own; what a crash left there is cleared away."""
    with disk_in_words(home):
        clear_left(home, SCRATCH)
        folder = Path(tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-", dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            yield piece


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a whole file, hex."""
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _content_of(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None
