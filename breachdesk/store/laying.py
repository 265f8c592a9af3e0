"""Lay a new desk on the disk, in an order that no crash can spoil."""

from contextlib import ExitStack, suppress
from pathlib import Path

from breachdesk.audit import ZERO, Head
from breachdesk.errors import DeskExistsError
from breachdesk.message import say
from breachdesk.store.engine import faults_in_words, make_engine
from breachdesk.store.files import create_private, make_private_folder, sync_file, sync_folder
from breachdesk.store.head import HEAD_FILE, HeadFile, Heads
from breachdesk.store.keyfile import DATABASE, KEY_FILE, KeyFile, write_key_file
from breachdesk.store.schema import create_schema
from breachdesk.store.written_down import unconfirmed


def refuse_if_taken(home: Path) -> None:
    """Make sure that no desk, and nothing left of one, would be written over.

    Raises:
        DeskExistsError: the folder holds a desk, or a database whose key file is gone.
    """
    if (home / KEY_FILE).exists():
        raise _taken(home)
    if (home / DATABASE).exists():
        raise DeskExistsError(
            say("{home} holds a desk whose key.json is missing.", home=str(home)),
            say("Bring key.json back from a backup, or choose another folder."),
        )


def lay_desk(home: Path, file: KeyFile, key: bytes, *, code_is_unseen: bool = False) -> None:
    """Write database and head file under names of their own, then ``key.json``, then rename.

    Before ``key.json`` is there, there is no desk; from then on `finish` can complete it.

    Args:
        home: the desk's folder; made if missing.
        file: is to be ``key.json``.
        key: the desk's key.
        code_is_unseen: keep that its recovery code is still to be written down.

    Raises:
        DeskExistsError: somebody else made a desk here meanwhile.
        OSError: the disk is full, or cannot be written.
        StoreError: the same, met by the database.
    """
    make_private_folder(home)
    database, head = unfinished(home, file.desk_id)
    with ExitStack() as undo:
        undo.callback(database.unlink, missing_ok=True)
        undo.callback(head.unlink, missing_ok=True)
        if code_is_unseen:
            create_private(unconfirmed(home, file.desk_id))
            undo.callback(unconfirmed(home, file.desk_id).unlink, missing_ok=True)
        _write_database(database, key)
        HeadFile(head, key).write(Heads(newest=Head(0, ZERO)))
        try:
            write_key_file(home, file)
        except FileExistsError as error:
            raise _taken(home) from error
        undo.pop_all()
    finish(home, file.desk_id)


def finish(home: Path, desk_id: str) -> None:
    """Give a desk's files their names, if a crash came in between; else do nothing."""
    database, head = unfinished(home, desk_id)
    if not database.exists() or (home / DATABASE).exists():
        return
    with suppress(FileNotFoundError):  # another program was quicker
        head.replace(home / HEAD_FILE)
    with suppress(FileNotFoundError):
        database.replace(home / DATABASE)
    for pattern in ("desk-*.new*", "head-*.new*", f"{KEY_FILE}.*.tmp"):
        for left in home.glob(pattern):
            left.unlink(missing_ok=True)
    sync_folder(home)


def unfinished(home: Path, desk_id: str) -> tuple[Path, Path]:
    """Return the names of a desk's database and head file until the desk is whole."""
    return home / f"desk-{desk_id}.new", home / f"head-{desk_id}.new"


def _write_database(path: Path, key: bytes) -> None:
    create_private(path)
    engine = make_engine(path, key)
    with faults_in_words(path):
        try:
            create_schema(engine)
        finally:
            engine.dispose()
    sync_file(path)
    sync_folder(path.parent)


def _taken(home: Path) -> DeskExistsError:
    return DeskExistsError(
        say("There is a desk in {home} already; nothing was changed.", home=str(home)),
        say("Open it, or choose another folder with BREACHDESK_HOME."),
    )
