"""Every kind of database a desk can lie on: one today. Store and desk are tested on each.

A second one adds a line here, and an engine; no test and no other module names a database. What a
test has to ask of this very database stands below, each under a name that says what for.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine

from breachdesk.store.engine import KEY_BYTES, make_engine
from breachdesk.store.files import create_private
from breachdesk.store.store import DATABASE

FIRST = "sqlcipher"


def _sqlcipher(home: Path, key: bytes) -> Engine:
    path = home / DATABASE
    if not path.exists():
        create_private(path)
    return make_engine(path, key)


ENGINES: Mapping[str, Callable[[Path, bytes], Engine]] = {FIRST: _sqlcipher}


def engine_of(database: str, home: Path, key: bytes = bytes(KEY_BYTES)) -> Engine:
    """Return an engine on that kind of database for the desk in a folder."""
    return ENGINES[database](home, key)


def indexed_parts(engine: Engine) -> set[str]:
    """Return every part of a word that the search index knows."""
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.known USING fts5vocab(main, case_text, row)"
        )
        parts = set(connection.exec_driver_sql("SELECT term FROM temp.known").scalars())
        connection.exec_driver_sql("DROP TABLE temp.known")
    return parts


def unencrypted_database(path: Path) -> None:
    """Make a database of the same kind that nobody encrypted, with one table in it."""
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE note (id)")
        plain.commit()


_GATHERED = "INSERT INTO case_text (case_text, rank) VALUES ('hashsize', ?)"
"""How many bytes of the index are gathered before they are written."""
_USUAL = 1024 * 1024


def gather_much(connection: Connection) -> None:
    """Let a connection that writes a crowd of cases hold more in memory before it writes."""
    connection.exec_driver_sql("PRAGMA cache_size = -200000")
    connection.exec_driver_sql(_GATHERED, (64 * _USUAL,))


def gather_as_usual(connection: Connection) -> None:
    """Let the database gather as much as a desk does."""
    connection.exec_driver_sql(_GATHERED, (_USUAL,))
