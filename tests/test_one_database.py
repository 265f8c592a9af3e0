"""Nothing but the engine and the search index knows which database it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "breachdesk"
MAY_KNOW = {"store/engine.py", "store/search.py"}
"""And the migrations, each written for the databases there were."""
KNOWS = re.compile(
    r"sqlite|sqlcipher|postgres|psycopg|pragma|dbapi|fts5|exec_driver_sql|raw_connection|rowid"
    r"|dialects",
    re.IGNORECASE,
)


def names_in(source: str) -> Iterator[str]:
    """Every name, import and text of a module, but for its docstrings."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                node.value.value = ""  # type: ignore[attr-defined]
            case ast.Constant(value=str() | bytes() as text):
                yield str(text)
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
                yield name
            case ast.ImportFrom(module=str() as name):
                yield name


def knowing(source: str) -> set[str]:
    return {name for name in names_in(source) if KNOWS.search(name)}


def test_only_engine_and_search_know_the_database() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): knowing(path.read_text("utf-8"))
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts
    }
    assert {place for place, names in found.items() if names} == MAY_KNOW, {
        place: names for place, names in found.items() if names and place not in MAY_KNOW
    }


SPEAKS = re.compile(r"sqlite_|\bsqlite3|pragma|fts5", re.IGNORECASE)
"""What only this database understands; a name in a list of modules is none of it."""
MAY_SPEAK = {"engines.py", "test_one_database.py"}


def test_only_one_file_of_the_tests_speaks_to_this_very_database() -> None:
    tests = PACKAGE.parent / "tests"
    found = {
        path.relative_to(tests).as_posix(): spoken
        for path in tests.rglob("*.py")
        if (spoken := {one for one in names_in(path.read_text("utf-8")) if SPEAKS.search(one)})
    }
    assert {place: names for place, names in found.items() if place not in MAY_SPEAK} == {}
    assert set(found) == MAY_SPEAK


def test_knowing_is_seen() -> None:
    assert knowing("from sqlalchemy.dialects.sqlite import insert")
    assert knowing("connection.exec_driver_sql('SELECT 1')")
    assert not knowing('"""SQLite is only spoken of."""')
