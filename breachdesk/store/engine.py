"""The one file that knows which database this is: SQLite, encrypted with SQLCipher.

The plain ``sqlite`` dialect with SQLCipher's own driver and a raw 256-bit key; the key never stands
in a URL. Writers take the write lock when they begin, so that the head of the chain they read is
the head they build on.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from operator import methodcaller
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ColumnElement
from sqlcipher3 import dbapi2

from breachdesk.audit.spelling import spelled_json
from breachdesk.errors import RefusedError, StoreError
from breachdesk.message import say
from breachdesk.store.faults import (
    built_otherwise,
    busy,
    can_be_read,
    damaged,
    disk_failed,
    in_the_way,
    not_this_desk,
    out_of_reach,
)
from breachdesk.store.files import full, read_only

KEY_BYTES = 32
BUSY_SECONDS = 10.0
"""How long a writer waits for another one before it gives up."""
SILENT_SECONDS = 2.0
"""How long it waits before that is said."""
_POOL = 5
_PAGES_AT_ONCE = 1024
_OVERFLOW = 30
_WRITES = "breachdesk_writes"
_PLAIN = b"SQLite format 3\0"
START_BYTES = len(_PLAIN)
"""What shows that a file is no encrypted database."""
_WAITING, _AT_ONCE = "waiting", "at once"
_any_text = methodcaller("decode", "utf-8", "surrogateescape")
_PAGE = re.compile(r"\bpage (\d+)")

_LACKS = re.compile(r"no such|no column named|is a view|may not be")
"""What the database says of a table or column that is not there, or is something else."""

_ERROR, _CONSTRAINT = 1, 19
_BUSY, _LOCKED, _READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = (
    5,
    6,
    8,
    10,
    11,
    13,
    14,
    26,
)


def make_engine(
    path: Path,
    key: bytes,
    *,
    busy_seconds: float = BUSY_SECONDS,
    on_wait: Callable[[], None] | None = None,
) -> Engine:
    """Return an engine on the encrypted database at `path`; nothing is opened yet.

    Args:
        path: the database file; it must exist, if empty (`create_private`), for it is never made
            here.
        key: the desk's raw 256-bit key.
        busy_seconds: how long to wait for another writer.
        on_wait: is told each time a transaction has waited for a while (`SILENT_SECONDS`).
    """
    if len(key) != KEY_BYTES:
        message = f"a desk's key has {KEY_BYTES} bytes"
        raise ValueError(message)

    def connect() -> Any:  # noqa: ANN401 - the driver has no types
        return _connect(path, key, busy_seconds)

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=_POOL,
        max_overflow=_OVERFLOW,
        json_serializer=spelled_json,  # kept as it is hashed, so that `verify` need not spell anew
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _begin(connection, busy_seconds, on_wait)

    return engine


def looks_encrypted(start: bytes) -> bool:
    """Return whether a file that starts so may be an encrypted database, and is no plain one."""
    return len(start) >= START_BYTES and start != _PLAIN


def for_writing(engine: Engine, *, waits: bool = True) -> Engine:
    """Return the same engine, whose transactions take the write lock when they begin.

    Args:
        engine: from `make_engine`.
        waits: for another writer; False gives up at once.
    """
    return engine.execution_options(**{_WRITES: _WAITING if waits else _AT_ONCE})


def empty_log(engine: Engine) -> bool:
    """Write the log's pages into the file and cut the log to nothing; False while it is read."""
    with closing(engine.raw_connection()) as pooled:
        connection: Any = pooled.driver_connection
        is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not is_busy


def damaged_pages(engine: Engine) -> tuple[int, ...]:
    """Return the numbers of the pages in the database file that are not as they were written.

    Every page is looked at, whether or not a row lies in it; 0 stands for the file as a whole. A
    page that another program is just writing may look damaged, so what is found is looked at again
    while nobody else may write.

    Raises:
        DBAPIError: from the driver, for `faults_in_words`: somebody else writes for too long, or
            the file can no longer be read at all.
    """
    with closing(engine.raw_connection()) as pooled:
        connection: Any = pooled.driver_connection
        _into_the_file(connection)
        found = _broken(connection)
        if found:
            _into_the_file(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                found &= _broken(connection)
            finally:
                connection.execute("ROLLBACK")
    return tuple(sorted(found))


def copy_database(source: Engine, target: Engine, *, told: Callable[[int, int], None]) -> None:
    """Copy what one snapshot shows to an empty database under the same key; others may write on.

    Args:
        source: the desk's engine.
        target: an engine on an empty file, with the same key.
        told: is told how many pages are done, and of how many.

    Raises:
        DBAPIError, dbapi2.Error: for `faults_in_words`: full, damaged, or out of reach.
    """

    def tell(status: int, remaining: int, total: int) -> None:
        del status
        told(total - remaining, total)

    with closing(source.raw_connection()) as one, closing(target.raw_connection()) as other:
        reader: Any = one.driver_connection
        writer: Any = other.driver_connection
        reader.execute("BEGIN")
        try:
            reader.execute("SELECT count(*) FROM sqlite_master").fetchall()  # the snapshot begins
            reader.backup(writer, pages=_PAGES_AT_ONCE, progress=tell)
        finally:
            reader.execute("ROLLBACK")
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def change_key(path: Path, old: bytes, new: bytes) -> None:
    """Write every page of the database anew under another key, in one transaction.

    A crash leaves a database that opens with one of the two. Whoever else has it open can neither
    read nor write afterwards. SQLCipher may keep a failure to itself: look which key opens it.

    Raises:
        DBAPIError, dbapi2.Error: for `faults_in_words`: busy, full, damaged, or out of reach.
    """
    with closing(_connect(path, old, BUSY_SECONDS)) as connection:
        connection.execute("BEGIN IMMEDIATE")  # nobody else is in the middle of writing
        connection.execute("ROLLBACK")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def opens(path: Path, key: bytes) -> bool:
    """Return whether that key opens the database."""
    try:
        with closing(_connect(path, key, BUSY_SECONDS)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.DatabaseError as error:
        if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF == _NOT_A_DATABASE:
            return False
        raise
    return True


def objects_in(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield kind, name and statement of each table, index, trigger and view.

    The database's own, which are made with a table or count what stands in it, are left out.
    """
    query = "SELECT type, name, sql FROM sqlite_master"
    for kind, name, made in connection.exec_driver_sql(query):
        is_its_own = made is None or (kind == "table" and str(name).startswith("sqlite_stat"))
        if not is_its_own:
            yield str(kind), str(name), str(made)


def folded(text: ColumnElement[str]) -> ColumnElement[str]:
    """Return the text without differences of case, in every alphabet."""
    return func.breachdesk_fold(text)


@contextmanager
def faults_in_words(path: Path) -> Iterator[None]:
    """Raise what the database complains of as a sentence for the person.

    Raises:
        RefusedError: a text holds what is no character, such as half of one.
        StoreError: busy, read-only, full, damaged, another key's or no database (SQLCipher cannot
            tell these two apart), or out of reach.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        fault = _fault(error.orig if isinstance(error, DBAPIError) else error, path)
        if fault is None:
            raise
        raise fault from error
    except UnicodeEncodeError as error:
        raise RefusedError(
            say("A text holds broken characters, which cannot be kept; nothing was written."),
            say("Type or paste the text again, as UTF-8."),
        ) from error


@contextmanager
def any_text(connection: Connection) -> Iterator[None]:
    """Give text that is no UTF-8 too, its odd bytes as halves of characters, to be told of."""
    driver: Any = connection.connection.driver_connection
    before = driver.text_factory
    driver.text_factory = _any_text
    try:
        yield
    finally:
        driver.text_factory = before


def _connect(path: Path, key: bytes, busy_seconds: float) -> Any:  # noqa: ANN401
    """Return a connection; on a full disk one that keeps its index in memory, alone at the file.

    Without room for the index that programs share, the desk can still be read by one of them.
    """
    try:
        return _connected(path, key, busy_seconds, locking="normal")
    except dbapi2.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in {_IO, _FULL}:
            raise
    return _connected(path, key, busy_seconds, locking="exclusive")


def _connected(path: Path, key: bytes, busy_seconds: float, *, locking: str) -> Any:  # noqa: ANN401
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in (
            "cipher_log_level = none",
            "cipher_log = off",
            f"key = \"x'{key.hex()}'\"",
            "cipher_compatibility = 4",
            f"locking_mode = {locking}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("breachdesk_fold", 1, str.casefold, deterministic=True)
    except dbapi2.Error:
        connection.close()
        raise
    return connection


def _into_the_file(connection: Any) -> None:  # noqa: ANN401 - the driver has no types
    """Bring the write-ahead log into the file: a crash may have left half a page for it to mend."""
    with suppress(dbapi2.OperationalError):  # busy or full: the pages in the file are whole anyway
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _broken(connection: Any) -> set[int]:  # noqa: ANN401 - the driver has no types
    """Return the pages whose code of authentication does not fit (SQLCipher, one row for each)."""
    rows = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    pages = (_PAGE.search(str(row[0])) for row in rows)
    return {int(page[1]) if page else 0 for page in pages}


def _begin(connection: Connection, busy_seconds: float, on_wait: Callable[[], None] | None) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    if not writes:
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    left = 0.0 if writes == _AT_ONCE else busy_seconds
    if on_wait is not None and left > SILENT_SECONDS:
        if _has_begun(connection, SILENT_SECONDS, busy_seconds):
            return
        on_wait()
        left -= SILENT_SECONDS
    with _waiting(connection, left, busy_seconds):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _has_begun(connection: Connection, seconds: float, usual: float) -> bool:
    """Try to take the write lock; False when somebody else held it all the time."""
    driver: Any = connection.connection.driver_connection
    try:
        with _waiting(connection, seconds, usual):
            driver.execute("BEGIN IMMEDIATE")
    except dbapi2.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in {_BUSY, _LOCKED}:
            raise
        return False
    return True


@contextmanager
def _waiting(connection: Connection, seconds: float, usual: float) -> Iterator[None]:
    """Wait no longer than so many seconds for another writer, within this block."""
    if seconds == usual:
        yield
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(usual * 1000)}")


def _fault(error: BaseException | None, path: Path) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and not isinstance(error, dbapi2.OperationalError):
        return None
    if code == _ERROR and _LACKS.search(str(error)):
        return built_otherwise(path)
    primary = _CORRUPT if code is None else code & 0xFF  # without a code: text that cannot be read
    if primary in {_CORRUPT, _NOT_A_DATABASE} and not can_be_read(path):
        primary = _IO  # what the disk does not give looks like damage to SQLCipher
    if primary == _READ_ONLY:
        return read_only(path)
    if primary == _FULL:
        return full(path)
    if primary in {_BUSY, _LOCKED}:
        return busy(path)
    words = {
        _NOT_A_DATABASE: not_this_desk,
        _CORRUPT: damaged,
        _CANNOT_OPEN: out_of_reach,
        _IO: disk_failed,
        _CONSTRAINT: in_the_way,
    }.get(primary)
    return None if words is None else words(path)
