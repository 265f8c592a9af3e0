"""The desk's database: transactions that write, snapshots that read."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from breachdesk.store.engine import faults_in_words, for_writing
from breachdesk.store.reading import Reading
from breachdesk.store.writing import Writing

DATABASE = "desk.db"
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 12
_PREFIXES = {
    "answer": "ans",
    "assessment": "asm",
    "decision": "dec",
    "dispatch": "dsp",
    "document": "doc",
    "formtext": "frm",
    "incident": "inc",
    "incidentfacts": "fct",
    "note": "nte",
    "organisation": "org",
    "person": "per",
    "task": "tsk",
}


def random_id(record: str) -> str:
    """Return a new opaque id: three letters for the record, then 60 random bits."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_ID_LENGTH))
    return f"{_PREFIXES.get(record, record)}-{letters}"


class Store:
    """One open desk. Threads may share it; each transaction has its own connection."""

    def __init__(
        self,
        engine: Engine,
        *,
        path: Path = Path(DATABASE),
        new_id: Callable[[str], str] = random_id,
    ) -> None:
        """Work on an engine whose database has the present schema.

        Args:
            engine: from `make_engine`.
            path: the database file, for the words of an error.
            new_id: table name to a new id.
        """
        self._engine = engine
        self._writing = for_writing(engine)
        self._path = path
        self._new_id = new_id

    @contextmanager
    def transaction(self, *, actor: str, now: datetime) -> Iterator[Writing]:
        """Write rows and their entries: all of them, or none if the block raises.

        Args:
            actor: the name of the person who acts; recorded when new.
            now: when it is recorded, aware; whole seconds are kept.

        Raises:
            StoreError: busy, read-only, full or damaged; nothing was written.
        """
        moment = _whole_seconds(now)
        with (
            faults_in_words(self._path),
            Session(self._writing, expire_on_commit=False, autoflush=False) as session,
            session.begin(),
        ):
            yield Writing(session, actor=actor, now=moment, new_id=self._new_id)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Read one consistent snapshot, while others may write.

        Raises:
            StoreError: damaged or out of reach.
        """
        with (
            faults_in_words(self._path),
            Session(self._engine, expire_on_commit=False, autoflush=False) as session,
        ):
            reading = Reading(session)
            reading.head()
            yield reading

    def close(self) -> None:
        """Let go of the database and its files."""
        self._engine.dispose()


def _whole_seconds(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        message = "a time without a zone cannot be recorded"
        raise ValueError(message)
    return moment.astimezone(UTC).replace(microsecond=0)
