"""Every kind of database a desk can lie on: one today. Store and desk are tested on each.

A second one adds a line here, and an engine; no test and no other module names a database.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Engine

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
