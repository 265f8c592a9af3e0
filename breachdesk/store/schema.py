"""The database's schema: made at once for a new desk, migrated with Alembic for an older one.

`VERSIONS` names the migrations in order, so that a desk can be told current, behind or newer
without loading Alembic; a test holds it against the migrations.
"""

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
)

import breachdesk.records  # registers every table
from breachdesk.errors import StoreError
from breachdesk.message import say
from breachdesk.store.engine import for_writing
from breachdesk.store.search import make_index

VERSIONS = ("0001",)
"""Every schema there was, oldest first; the last one is the present."""
MIGRATIONS = Path(__file__).with_name("migrations")
_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic keeps it; a test compares."""


def tables() -> tuple[Table, ...]:
    """Return every table of the present schema, but for the search index."""
    return (*breachdesk.records.Kept.metadata.tables.values(), _VERSION)


def create_schema(engine: Engine) -> None:
    """Make every table of the present schema in an empty database."""
    with for_writing(engine).begin() as connection:
        breachdesk.records.Kept.metadata.create_all(connection)
        make_index(connection)
        _VERSION.create(connection)
        connection.execute(_VERSION.insert().values(version_num=VERSIONS[-1]))


def ensure_schema(engine: Engine, path: Path) -> None:
    """Bring an older database up to the present schema; a current one costs one query.

    Raises:
        StoreError: it was made by a newer program, or is no desk.
    """
    with engine.connect() as connection:
        found = _version_of(connection, path)
    if found == VERSIONS[-1]:
        return
    if found and found not in VERSIONS:
        raise StoreError(
            say("{path} was written by a newer breachdesk.", path=str(path)),
            say("Update breachdesk on this machine and open the desk again."),
        )
    with for_writing(engine).begin() as connection:
        _migrate(connection)


def _version_of(connection: Connection, path: Path) -> str:
    if not inspect(connection).has_table(_VERSION.name):
        raise StoreError(
            say("{path} is a database, but not a desk.", path=str(path)),
            say("Bring desk.db back from a backup of this desk."),
        )
    return connection.scalar(select(_VERSION.c.version_num)) or ""


def _migrate(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction that has begun."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
