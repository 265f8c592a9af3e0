"""The desk's database: transactions that write, snapshots that read."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from breachdesk.audit import Finding, Head, Report
from breachdesk.errors import BreachdeskError, LockedError, StoreError
from breachdesk.message import say
from breachdesk.records import AuditEntry, Backup
from breachdesk.store.engine import (
    BUSY_SECONDS,
    damaged_pages,
    empty_log,
    faults_in_words,
    for_writing,
    make_engine,
)
from breachdesk.store.faults import busy, given_back_otherwise
from breachdesk.store.files import SCRATCH, clear_left
from breachdesk.store.head import HEAD_FILE, HeadFile, Heads, findings_of
from breachdesk.store.keyfile import DATABASE
from breachdesk.store.opening import check_file, check_key
from breachdesk.store.proof import verify_desk
from breachdesk.store.reading import Reading
from breachdesk.store.schema import ensure_schema
from breachdesk.store.shape import Shape, compare_shape
from breachdesk.store.writing import RowOtherwiseError, Writing

__all__ = ["DATABASE", "Store", "open_store", "random_id"]
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 12
_PREFIXES = {
    "answer": "ans",
    "assessment": "asm",
    "backup": "bck",
    "casepack": "pck",
    "decision": "dec",
    "dispatch": "dsp",
    "document": "doc",
    "erasure": "ers",
    "evidence": "evd",
    "evidenceuse": "use",
    "formtext": "frm",
    "headstamp": "stp",
    "hold": "hld",
    "imported": "imp",
    "incident": "inc",
    "incidentfacts": "fct",
    "keychange": "key",
    "note": "nte",
    "organisation": "org",
    "person": "per",
    "signingkey": "sgn",
    "task": "tsk",
}


def random_id(record: str) -> str:
    """Return a new opaque id: three letters for the record, then 60 random bits."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_ID_LENGTH))
    return f"{_PREFIXES.get(record, record)}-{letters}"


def _tell_nobody(done: int, total: int) -> None:
    """Tell nobody of progress."""


class Store:
    """One open desk. Threads may share it; each transaction has its own connection."""

    def __init__(
        self,
        engine: Engine,
        *,
        path: Path = Path(DATABASE),
        head_file: HeadFile | None = None,
        new_id: Callable[[str], str] = random_id,
        busy_seconds: float = BUSY_SECONDS,
        known_head: Head | None = None,
        key: bytes | None = None,
    ) -> None:
        """Work on an engine whose database has the present schema.

        Args:
            engine: from `make_engine`.
            path: the database file, for the words of an error.
            head_file: where the chain's head is kept outside the database; None keeps it nowhere.
            new_id: table name to a new id.
            busy_seconds: how long a thread waits for another one to finish writing.
            known_head: where the chain ended once, as was kept elsewhere.
            key: the desk's key, for what is sealed beside the database and for backups.
        """
        self._key = key
        self._engine = engine
        self._writing = for_writing(engine)
        self._turn = Lock()
        self._busy_seconds = busy_seconds
        self._head_is_behind = False
        self._is_closed = False
        self._path = path
        self._head_file = head_file
        self._known: tuple[Head, ...] = () if known_head is None else (known_head,)
        self._new_id = new_id
        self.opening_findings: tuple[Finding, ...] = ()
        """What the kept heads showed against the chain, and the database's tables, at opening."""

    @property
    def home(self) -> Path:
        """The desk's folder."""
        return self._path.parent

    @property
    def engine(self) -> Engine:
        """The engine its transactions run on, for a copy of the whole database."""
        return self._engine

    def new_id(self, record: str) -> str:
        """Return a new id for a row of that table, when it is needed before the row is kept."""
        return self._new_id(record)

    @property
    def key(self) -> bytes:
        """The desk's key; only a store opened with `open_store` knows it."""
        if self._key is None:
            message = "this store was opened without its key"
            raise ValueError(message)
        return self._key

    @contextmanager
    def transaction(self, *, actor: str, now: datetime) -> Iterator[Writing]:
        """Write rows and their entries: all of them, or none if the block raises.

        Args:
            actor: the name of the person who acts; recorded when new.
            now: when it is recorded, aware; whole seconds are kept.

        Raises:
            LockedError: the store was closed; nothing was written.
            StoreError: busy, read-only, full or damaged, or the database gives back something else
                than was written; nothing was written.
        """
        moment = _whole_seconds(now)
        self._check_open()
        with self._my_turn():
            with (
                faults_in_words(self._path),
                Session(self._writing, expire_on_commit=False, autoflush=False) as session,
                session.begin(),
            ):
                writing = Writing(session, actor=actor, now=moment, new_id=self._new_id)
                before = writing.head()
                with self._as_it_was_written():
                    yield writing
                    writing.make_sure()
            if writing.head() != before:
                self._keep_head()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Read one consistent snapshot, while others may write.

        Raises:
            LockedError: the store was closed.
            StoreError: damaged or out of reach.
        """
        with self._snapshot() as reading:
            reading.head()
            yield reading

    def shape(self) -> Shape:
        """Return how the database differs from what this program makes.

        Raises:
            LockedError: the store was closed.
            StoreError: damaged or out of reach.
        """
        with self._snapshot() as desk:
            return compare_shape(desk.connection())

    @contextmanager
    def _snapshot(self) -> Iterator[Reading]:
        """Read one snapshot, which begins with what is read first."""
        self._check_open()
        with (
            faults_in_words(self._path),
            Session(self._engine, expire_on_commit=False, autoflush=False) as session,
        ):
            yield Reading(session)

    @contextmanager
    def _as_it_was_written(self) -> Iterator[None]:
        """Say in a sentence that the database holds something else than was written."""
        try:
            yield
        except RowOtherwiseError as error:
            raise given_back_otherwise(self._path) from error

    def forget_traces(self) -> bool:
        """Empty the log, after something was erased.

        Returns:
            False while another program reads from the log, which then still holds old pages.

        Raises:
            StoreError: busy, full or out of reach; what was erased stays erased.
        """
        with self._my_turn(), faults_in_words(self._path):
            return empty_log(self._engine)

    def close(self) -> None:
        """Let go of the database and its files; nobody reads or writes with this store again."""
        if self._head_is_behind:
            self._keep_head()
        self._is_closed = True
        self._engine.dispose()

    def verify(
        self,
        incident_id: str | None = None,
        *,
        known: tuple[Head, ...] = (),
        on_progress: Callable[[int, int], None] = _tell_nobody,
    ) -> Report:
        """Recompute every kept row and every entry, or those of one case, and say what is wrong.

        For the whole desk every page of the file is looked at too. Tampering is a finding in the
        report, never an error.

        Args:
            incident_id: only this case, whose own chain holds without the others.
            known: heads that were kept outside the desk.
            on_progress: is told how many entries are done, and of how many.

        Raises:
            StoreError: the database is damaged or out of reach.
        """
        heads = self._heads(known)  # before the snapshot, so that they are never ahead of it
        pages = self._damaged_pages() if incident_id is None else ()
        with self._snapshot() as desk:
            shape = compare_shape(desk.connection())
            total = desk.count_entries(incident_id) if shape.can_read(AuditEntry) else 0
            on_progress(0, total)
            report = verify_desk(
                desk,
                heads,
                incident_id,
                shape=shape,
                damaged_pages=pages,
                told=lambda done: on_progress(done, total),
            )
        on_progress(report.entries, total)
        return report

    def compare_heads(self) -> None:
        """Look what kept heads and tables show: once, when the desk is opened.

        A head kept elsewhere that the chain contradicts is written to the head file, so that it is
        not forgotten when the other place is given the newest. One that the chain itself says was
        left behind, when the desk was restored from an older backup, is none of them.
        """
        kept = self._kept_heads()
        with self._snapshot() as desk:
            shape = compare_shape(desk.connection())
            if self._known and shape.can_read(Backup):
                left = {(one.known_seq, one.known_head) for one in desk.rows(Backup)}
                self._known = tuple(one for one in self._known if (one.seq, one.digest) not in left)
            heads = replace(kept, disputed=(*kept.disputed, *self._known))
            can_read = shape.can_read(AuditEntry)
            found = findings_of(heads, desk.head()[0], desk.digest_at) if can_read else []
        self.opening_findings = tuple(dict.fromkeys((*shape.findings(), *found)))
        if self._known and found:
            self._keep_head()

    def quick_look(self, most: int) -> tuple[int, ...] | None:
        """Return the numbers of damaged pages; None where the file is too large for a quick look.

        Args:
            most: bytes of the largest database whose pages are all read.

        Raises:
            StoreError: busy, damaged or out of reach.
        """
        if self._path.stat().st_size > most:
            return None
        return self._damaged_pages()

    def _check_open(self) -> None:
        """Refuse to open the database anew for whoever comes after it was closed."""
        if self._is_closed:
            raise LockedError(say("The desk is locked."), say("Open it first."))

    def _damaged_pages(self) -> tuple[int, ...]:
        with faults_in_words(self._path):
            return damaged_pages(self._engine)

    def _heads(self, known: tuple[Head, ...] = ()) -> Heads:
        kept = self._kept_heads()
        return replace(kept, disputed=(*kept.disputed, *self._known, *known))

    def _kept_heads(self) -> Heads:
        return Heads() if self._head_file is None else self._head_file.read()

    def _keep_head(self) -> None:
        """Write the newest head to its file, holding the write lock.

        What was committed stands, so nothing is raised: whoever else holds the lock keeps a newer
        head afterwards, and on a full disk an older one stays, which is still found at its place.
        """
        if self._head_file is None:
            return
        self._head_is_behind = True
        with (
            suppress(OSError, StoreError),
            faults_in_words(self._path),
            Session(for_writing(self._engine, waits=False)) as session,
        ):
            desk = Reading(session)
            self._head_file.keep(Head(*desk.head()), desk.digest_at, self._known)
            self._head_is_behind = False

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        """Let the threads of this program write one after the other, in their order."""
        if not self._turn.acquire(timeout=self._busy_seconds):
            raise busy(self._path)
        try:
            yield
        finally:
            self._turn.release()


def open_store(
    home: Path,
    key: bytes,
    *,
    busy_seconds: float = BUSY_SECONDS,
    new_id: Callable[[str], str] = random_id,
    known_head: tuple[int, str] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Store:
    """Open a desk's database, bring its schema up to date and look at the heads that were kept.

    What they show is no error: it is carried in `Store.opening_findings`.

    Args:
        home: the desk's folder.
        key: from `keys.open_key`, as is `known_head`.
        busy_seconds: how long a writer waits for another one.
        new_id: table name to a new id.
        known_head: where the chain ended when the desk was last closed, if the keyring knows.
        on_wait: is told when a writer has waited for another one for a while.

    Raises:
        NoDeskError: no desk in this folder, or its database is missing.
        WrongKeyError: the key is another desk's.
        StoreError: busy, read-only, full, damaged, no database, or made by a newer program.
    """
    path = home / DATABASE
    check_key(home, key)
    with suppress(OSError):
        clear_left(home, SCRATCH)
    check_file(path)
    engine = make_engine(path, key, busy_seconds=busy_seconds, on_wait=on_wait)
    store = Store(
        engine,
        path=path,
        head_file=HeadFile(home / HEAD_FILE, key),
        new_id=new_id,
        busy_seconds=busy_seconds,
        known_head=None if known_head is None else Head(*known_head),
        key=key,
    )
    try:
        with faults_in_words(path):
            ensure_schema(engine, path)
        store.compare_heads()
    except BreachdeskError:
        store.close()
        raise
    return store


def _whole_seconds(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        message = "a time without a zone cannot be recorded"
        raise ValueError(message)
    return moment.astimezone(UTC).replace(microsecond=0)
