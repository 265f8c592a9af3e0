"""A fresh desk and a migrated one are the same, and only the second needs Alembic."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from breachdesk.store.engine import for_writing, make_engine
from breachdesk.store.files import create_private
from breachdesk.store.schema import MIGRATIONS, VERSIONS, create_schema, ensure_schema
from breachdesk.store.store import open_store

from .making import KEY, case_with_notes, key_of


def _shape(engine: Engine) -> dict[str, Any]:
    """Return tables, columns, keys and indexes, in an order of no meaning."""
    found = inspect(engine)
    return {
        table: {
            "columns": [
                (column["name"], str(column["type"]), column["nullable"], column["default"])
                for column in found.get_columns(table)
            ],
            "key": found.get_pk_constraint(table),
            "unique": sorted(one["column_names"] for one in found.get_unique_constraints(table)),
            "indexes": sorted(
                (one["name"], one["column_names"], one["unique"])
                for one in found.get_indexes(table)
            ),
        }
        for table in found.get_table_names()
    }


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Leave out the search index: its tables are the database's own."""
    del parents
    return kind != "table" or not str(name).startswith("case_text")


@pytest.fixture
def behind(tmp_path: Path) -> Engine:
    """A database from before the first migration."""
    path = tmp_path / "old.db"
    create_private(path)
    engine = make_engine(path, KEY)
    with for_writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    return engine


def test_migrations_and_the_fresh_schema_give_the_same(behind: Engine, tmp_path: Path) -> None:
    with for_writing(behind).begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(
            text(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
        )
    ensure_schema(behind, tmp_path)
    create_private(tmp_path / "fresh.db")
    fresh = make_engine(tmp_path / "fresh.db", KEY)
    create_schema(fresh)
    assert _shape(behind) == _shape(fresh)
    with fresh.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert context.get_current_revision() == VERSIONS[-1]
    with behind.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == VERSIONS[-1]
    behind.dispose()
    fresh.dispose()


def test_a_desk_that_is_behind_is_brought_up_when_it_is_opened(home: Path) -> None:
    key = key_of(home)
    engine = make_engine(home / "desk.db", key)
    with for_writing(engine).begin() as connection:
        connection.execute(text("DROP TABLE case_text"))
        for table in inspect(connection).get_table_names():
            if table != "alembic_version":
                connection.execute(text(f'DROP TABLE "{table}"'))
        connection.execute(text("DELETE FROM alembic_version"))
    engine.dispose()
    store = open_store(home, key)
    case_with_notes(store)
    assert store.verify().ok
    store.close()


def test_a_migration_that_fails_leaves_the_desk_as_it_was(behind: Engine, tmp_path: Path) -> None:
    with for_writing(behind).begin() as connection:
        connection.execute(text("CREATE TABLE task (id)"))
    before = _shape(behind)
    with pytest.raises(Exception, match="task"):
        ensure_schema(behind, tmp_path)
    assert _shape(behind) == before
    behind.dispose()


def test_the_versions_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in reversed(list(scripts))) == VERSIONS


def test_neither_making_nor_opening_a_current_desk_loads_alembic(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from tests.store.making import cheap_desk, key_of\n"
        "assert 'sqlmodel' in sys.modules\n"
        "from breachdesk.store.store import open_store\n"
        "home = pathlib.Path(sys.argv[1])\n"
        "cheap_desk(home)\n"
        "open_store(home, key_of(home)).close()\n"
        "assert 'alembic' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "desk"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_finding_the_key_loads_no_database(home: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from breachdesk.store.keys import KeyringUse, open_key\n"
        "open_key(pathlib.Path(sys.argv[1]), passphrase=lambda: sys.argv[2],"
        " recovery=None, keyring=KeyringUse.OFF)\n"
        "assert not {'sqlmodel', 'sqlalchemy', 'sqlcipher3', 'keyring'} & set(sys.modules)\n"
    )
    from .making import PASSPHRASE

    done = subprocess.run(
        [sys.executable, "-c", script, home, PASSPHRASE],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
