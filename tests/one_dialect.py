"""Many desks in one process: what is spelled out as SQL for one of them serves all others.

A program opens one desk, and what SQLAlchemy spelled out for it, with the values of the first time,
goes when the desk is closed. A run of tests opens thousands, and spent a third of its time spelling
out the same statements. The SQL that reaches the database is the same.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

import breachdesk.store.engine

SPELLED_OUT: LRUCache[Any, Any] = LRUCache(1000)
_NAME = "onedialect"
_MAKING = Lock()


class OneDialect(SQLiteDialect_pysqlite):
    """The dialect of all desks of this process, for statements are kept under their dialect."""

    supports_statement_cache = True
    _only: "OneDialect | None" = None
    _is_ready = False

    def __new__(cls, **_: object) -> "OneDialect":  # noqa: PYI034 - there is one
        with _MAKING:
            cls._only = cls._only or super().__new__(cls)
            return cls._only

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
        with _MAKING:
            if not self._is_ready:
                super().__init__(**settings)
                self._is_ready = True


def spell_out_once() -> None:
    """Let every desk that this process opens from now on share what was spelled out."""
    registry.register(_NAME, __name__, OneDialect.__name__)
    breachdesk.store.engine.create_engine = _sharing(create_engine)  # type: ignore[attr-defined]


def _sharing(create: Callable[..., Any]) -> Callable[..., Any]:
    def sharing(url: str, **given: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's
        assert url == "sqlite://"
        return create(f"{_NAME}://", execution_options={"compiled_cache": SPELLED_OUT}, **given)

    return sharing
