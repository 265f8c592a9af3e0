"""Bring a desk back from a backup, in an empty folder; a desk that is there is never touched."""

import os
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from breachdesk.audit import Head, Report
from breachdesk.errors import BreachdeskError, DeskExistsError, WrongKeyError
from breachdesk.message import Message, say
from breachdesk.records import Evidence
from breachdesk.store.container import (
    AT_ONCE,
    SEALED_NAME,
    Contents,
    Part,
    Progress,
    damaged,
    parts_of,
    read_contents,
    untold,
)
from breachdesk.store.engine import faults_in_words, make_engine
from breachdesk.store.files import (
    create_private,
    disk_in_words,
    make_private_folder,
    sync_folder,
)
from breachdesk.store.head import HEAD_FILE
from breachdesk.store.keyfile import DATABASE, KEY_FILE, read_key_file, write_key_file
from breachdesk.store.laying import finish, unfinished
from breachdesk.store.schema import ensure_schema
from breachdesk.store.sealed import FOLDER, is_whole, sealed_name
from breachdesk.store.store import Store
from breachdesk.store.unlock import by_passphrase, by_recovery


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A desk that was brought back."""

    desk_id: str
    contents: Contents
    report: Report
    """What verifying it showed."""
    absent: tuple[str, ...] = ()
    """Ids of evidence whose sealed file is not in the backup."""
    broken: tuple[str, ...] = ()
    """Ids of evidence whose sealed file came back and does not open, or is not what was sealed."""


def unlock_backup(path: Path, contents: Contents, *, passphrase: str, recovery: str) -> bytes:
    """Return the key of a backup, from one of the two.

    Raises:
        WrongKeyError: it does not open this backup.
        RefusedError: the recovery code was mistyped.
        StoreError: the header was changed by somebody without the key.
    """
    try:
        if recovery:
            key = by_recovery(path.parent, contents.key_file, recovery)
        else:
            key = by_passphrase(path.parent, contents.key_file, passphrase)
    except WrongKeyError as error:
        raise WrongKeyError(
            say("That does not open the backup {path}.", path=str(path)),
            say(
                "A backup opens with the passphrase and recovery code that the desk had when it "
                "was made."
            ),
        ) from error
    if not contents.is_signed(key):
        raise damaged(path, say("its header was changed"))
    return key


def restore(path: Path, home: Path, key: bytes, *, told: Progress = untold) -> Restored:
    """Bring the desk in a backup back to a folder that holds none.

    Everything is written and checked under other names first; ``key.json`` makes it a desk, last.
    A crash leaves no desk, or one that opens.

    Args:
        path: the backup.
        home: the desk's folder; made if missing.
        key: from `unlock_backup`.
        told: is told how many bytes are done, and of how many.

    Raises:
        DeskExistsError: there is a desk; says how it differs from the backup.
        StoreError: the backup is damaged, or the disk is full or out of reach.
    """
    contents = read_contents(path)
    refuse_taken(home, contents, key)
    desk_id = contents.key_file.desk_id
    with disk_in_words(home), ExitStack() as undo:
        make_private_folder(home)
        places = {part.name: _place(home, desk_id, part) for part in contents.parts}
        for place in places.values():
            undo.callback(place.unlink, missing_ok=True)
        _unpack(path, contents, places, told)
        report, evidence = _checked(path, contents, places[DATABASE], key)
        broken = _broken(home, contents, evidence, told)
        try:
            write_key_file(home, contents.key_file)
        except FileExistsError as error:
            raise DeskExistsError(
                say("Somebody else made a desk in {home} meanwhile.", home=str(home)),
                say("Open it, or choose another folder with BREACHDESK_HOME."),
            ) from error
        undo.pop_all()
        finish(home, desk_id)
    absent = tuple(one.id for one in evidence if not _is_in(contents, one))
    return Restored(desk_id=desk_id, contents=contents, report=report, absent=absent, broken=broken)


def is_taken(home: Path) -> bool:
    """Is there a desk in the folder, or what is left of one?"""
    return (home / KEY_FILE).exists() or (home / DATABASE).exists()


def refuse_taken(home: Path, contents: Contents, key: bytes | None) -> None:
    """Make sure that no desk would be written over.

    Args:
        home: the desk's folder.
        contents: what the backup holds.
        key: opens the backup, and perhaps the desk that is there; None: they are not compared.

    Raises:
        DeskExistsError: there is a desk, or what is left of one; says what differs.
    """
    if not is_taken(home):
        return
    raise DeskExistsError(
        say(
            "There is a desk in {home} already, and it was left as it is. {difference}",
            home=str(home),
            difference=_difference(home, contents, key),
        ),
        say("Choose another folder with BREACHDESK_HOME, or move the desk that is there away."),
    )


def _difference(home: Path, contents: Contents, key: bytes | None) -> Message:
    """Return in a sentence how the desk that is there differs from the one in the backup."""
    try:
        there = read_key_file(home)
    except BreachdeskError:
        return say("Its key.json cannot be read.")
    if there.desk_id != contents.key_file.desk_id:
        return say("It is another desk than the one in the backup.")
    if key is None:
        return say("It is the same desk; what stands in the two was not compared.")
    if not there.fits(key) or not (home / DATABASE).exists():
        return say("It is the same desk, but its key was changed since or it cannot be opened.")
    store = Store(make_engine(home / DATABASE, key), path=home / DATABASE)
    try:
        with store.reading() as desk:
            return _compared(Head(*desk.head()), contents.head, desk.digest_at(contents.head.seq))
    except BreachdeskError:
        return say("It is the same desk, but it cannot be read.")
    finally:
        store.close()


def _compared(here: Head, backup: Head, digest_there: str | None) -> Message:
    if here == backup:
        return say("It is the same desk, at the same entry {seq}.", seq=here.seq)
    stand = {"here": here.seq, "there": backup.seq}
    if here.seq < backup.seq:
        return say(
            "It is the same desk, at entry {here}; the backup goes on to entry {there}.", **stand
        )
    if backup.seq == 0 or digest_there == backup.digest:
        return say(
            "It is the same desk, at entry {here}; the backup ends at entry {there} and lacks what "
            "came after.",
            **stand,
        )
    return say("It is the same desk, but entry {seq} says something else.", seq=backup.seq)


def _place(home: Path, desk_id: str, part: Part) -> Path:
    """Return the name a part is written under until the desk is whole."""
    database, head = unfinished(home, desk_id)
    return {DATABASE: database, HEAD_FILE: head}.get(part.name, home / part.name)


def _is_in(contents: Contents, row: Evidence) -> bool:
    return any(part.name == sealed_name(row.id) for part in contents.parts)


def _broken(
    home: Path, contents: Contents, evidence: list[Evidence], told: Progress
) -> tuple[str, ...]:
    """Open every sealed piece that came back, chunk by chunk; return which is not as sealed."""
    sizes = {part.name: part.size for part in contents.parts}
    done, total, broken = contents.size, contents.size + _sealed_bytes(contents), []
    for row in evidence:
        name = sealed_name(row.id)
        if row.key is None or name not in sizes:
            continue
        with (home / name).open("rb") as file:
            pieces = iter(partial(file.read, AT_ONCE), b"")
            if not is_whole(pieces, row.id, row.key, row.sha256):
                broken.append(row.id)
        done += sizes[name]
        told(done, total)
    return tuple(broken)


def _sealed_bytes(contents: Contents) -> int:
    return sum(part.size for part in contents.parts if SEALED_NAME.fullmatch(part.name))


def _unpack(path: Path, contents: Contents, places: dict[str, Path], told: Progress) -> None:
    done, total = 0, contents.size + _sealed_bytes(contents)
    if any(place.parent.name == FOLDER for place in places.values()):
        _private(next(one for one in places.values() if one.parent.name == FOLDER).parent)
    for part, pieces in parts_of(path, contents):
        place = places[part.name]
        place.unlink(missing_ok=True)  # what a crash left of an earlier try
        create_private(place)
        with place.open("r+b") as file:
            for piece in pieces:
                file.write(piece)
                done += len(piece)
                told(done, total)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(place.parent)


def _private(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)


def _checked(
    path: Path, contents: Contents, database: Path, key: bytes
) -> tuple[Report, list[Evidence]]:
    """Open and verify the database before anything says that it is a desk."""
    engine = make_engine(database, key)
    store = Store(engine, path=database)
    try:
        with faults_in_words(database):
            ensure_schema(engine, database)
        report = store.verify()
        with store.reading() as desk:
            evidence = [one for one in desk.rows(Evidence) if one.key is not None]
    finally:
        store.close()
    if report.head != contents.head:
        raise damaged(path, say("its database is not the one its header speaks of"))
    return report, evidence
