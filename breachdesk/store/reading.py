"""What can be asked of the desk's database, in one snapshot. Rows come out detached."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import Connection, Select, Table, func, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer
from sqlmodel import SQLModel

from breachdesk.audit import ZERO
from breachdesk.errors import NoSuchCaseError, NoSuchThingError, StoreError
from breachdesk.message import say
from breachdesk.records import (
    Attachment,
    AuditEntry,
    Document,
    HalfTyped,
    Imported,
    Incident,
    Kept,
    Person,
    RegisterRow,
)
from breachdesk.store.lines import lines, lines_found
from breachdesk.store.paging import Page

K = TypeVar("K", bound=Kept)
M = TypeVar("M", bound=SQLModel)
_LARGEST = 2**31 - 1
"""What a database's integer holds at least."""


def table_of(model: type[SQLModel]) -> Table:
    """Return the table a record lies in."""
    table = inspect(model).local_table
    assert isinstance(table, Table)  # noqa: S101 - narrows the type; records are never mapped to joins
    return table


class Arrived(NamedTuple):
    """A case that was taken in."""

    incident_id: str
    desk: str
    """Id of the desk it is from; empty when not known."""
    ref: str
    """Its reference there."""


class Reading:
    """One consistent snapshot: whatever others write meanwhile is not seen."""

    def __init__(self, session: Session) -> None:
        """Read through a session whose transaction has begun."""
        self._session = session

    def connection(self) -> Connection:
        """Return the connection the snapshot is read through, for the proof."""
        return self._session.connection()

    def incident(self, incident_id: str) -> Incident:
        """Return the incident with that id.

        Raises:
            NoSuchCaseError: there is none.
        """
        found = self._one(select(Incident).where(_column(Incident, "id") == incident_id))
        if found is None:
            raise NoSuchCaseError(
                say("No case has the id {id}.", id=incident_id),
                say("List the cases to see their references."),
            )
        return found

    def find(self, year: int, number: int) -> Incident | None:
        """Return the incident with that reference, if there is one."""
        if max(year, number) > _LARGEST:
            return None
        return self._one(
            select(Incident).where(
                _column(Incident, "year") == year, _column(Incident, "number") == number
            )
        )

    def years_with(self, number: int) -> tuple[int, ...]:
        """Return the years that have a case of that number, newest first."""
        if number > _LARGEST:
            return ()
        year = _column(Incident, "year")
        found = select(year).where(_column(Incident, "number") == number).order_by(year.desc())
        return tuple(self._session.scalars(found))

    def newest_year_with(self, number: int) -> int | None:
        """Return the newest year that has a case of that number."""
        return next(iter(self.years_with(number)), None)

    def references(self) -> tuple[str, ...]:
        """Return every case reference, newest first."""
        table = table_of(Incident)
        found = select(table.c.year, table.c.number).order_by(
            table.c.year.desc(), table.c.number.desc()
        )
        return tuple(
            Incident(id="", year=year, number=number).ref
            for year, number in self._session.execute(found)
        )

    def rows(
        self, table: type[K], *, incident_id: str | None = None, up_to: int | None = None
    ) -> list[K]:
        """Return the kept rows of a table, oldest first.

        Args:
            table: the record; a `Document` comes without its bytes (`document_content`).
            incident_id: only those of this incident.
            up_to: only those whose entry has this number or a smaller one.
        """
        chosen = select(table)
        if incident_id is not None:
            mine = "id" if table is Incident else "incident_id"
            chosen = chosen.where(_column(table, mine) == incident_id)
        if up_to is not None:
            chosen = chosen.where(_column(table, "seq") <= up_to)
        return self._all(_without_bytes(chosen.order_by(_column(table, "seq")), table))

    def newest(self, table: type[K]) -> K | None:
        """Return the row of a table that was written last."""
        return self._one(_newest(table))

    def with_id(self, table: type[K], row_id: str) -> K | None:
        """Return the row of a table with that id, if there is one."""
        chosen = select(table).where(_column(table, "id") == row_id)
        return self._one(_without_bytes(chosen, table))

    def person_named(self, name: str) -> Person | None:
        """Return who acts under that name, if they have acted before."""
        chosen = select(Person).where(_column(Person, "name") == name)
        return self._one(chosen.order_by(_column(Person, "seq")).limit(1))

    def document_content(self, document_id: str) -> bytes:
        """Return an issued paper byte for byte.

        Raises:
            NoSuchThingError: no paper has that id.
        """
        table = table_of(Document)
        found = self._session.scalar(select(table.c.content).where(table.c.id == document_id))
        if found is None:
            raise NoSuchThingError(
                say("No issued paper has the id {id}.", id=document_id),
                say("Show the case to see its papers."),
            )
        return bytes(found)

    def bytes_of(self, table: type[Attachment], row_id: str) -> bytes:
        """Return a kept file byte for byte.

        Raises:
            NoSuchThingError: no file has that id.
        """
        columns = table_of(table).c
        found = self._session.scalar(select(columns.content).where(columns.id == row_id))
        if found is None:
            raise NoSuchThingError(
                say("No kept file has the id {id}.", id=row_id),
                say("Show the case to see its files."),
            )
        return bytes(found)

    def head(self) -> tuple[int, str]:
        """Return number and digest of the newest entry; (0, zeros) before the first."""
        row = self._session.connection().execute(_head()).first()
        return (0, ZERO) if row is None else (row.seq, row.digest)

    def digest_at(self, seq: int) -> str | None:
        """Return the digest of the entry with that number; None beyond the end."""
        table = table_of(AuditEntry)
        found: str | None = self._session.scalar(select(table.c.digest).where(table.c.seq == seq))
        return found

    def seqs_of(self, digests: Collection[str]) -> dict[str, int]:
        """Return the numbers of the entries with these digests; every entry is looked at."""
        table = table_of(AuditEntry)
        chosen = select(table.c.digest, table.c.seq).where(table.c.digest.in_(digests))
        return {row.digest: row.seq for row in self._session.execute(chosen)}

    def seq_at(self, moment: datetime) -> int:
        """Return the number of the newest entry recorded by then; 0 before the first."""
        table = table_of(AuditEntry)
        found = select(func.max(table.c.seq)).where(table.c.at <= moment)
        return self._session.scalar(found) or 0

    def recorded_at(self, seq: int) -> datetime | None:
        """Return when the entry with that number was recorded; None when there is none."""
        table = table_of(AuditEntry)
        found: datetime | None = self._session.scalar(select(table.c.at).where(table.c.seq == seq))
        return found

    def taken_in(self, head: str, ref: str, desk: str) -> list[str]:
        """Return the incidents that were taken in with this head, or as that case of that desk.

        Args:
            head: Digest of the case's newest entry there.
            ref: Its reference there.
            desk: That desk's id; empty when it is not known, which is like no other.
        """
        table = table_of(Imported)
        is_it = table.c.head == head
        if desk:
            is_it |= (table.c.original_ref == ref) & (table.c.original_desk == desk)
        return list(self._session.scalars(select(table.c.incident_id).where(is_it)))

    def arrivals(self) -> tuple[Arrived, ...]:
        """Return which cases were taken in, and as which case of which desk."""
        table = table_of(Imported)
        chosen = select(table.c.incident_id, table.c.original_desk, table.c.original_ref)
        return tuple(Arrived(*row) for row in self._session.execute(chosen))

    def times_going_back(self) -> list[tuple[int, datetime, datetime]]:
        """Return each entry recorded earlier than the one before: number, that time, its own."""
        table = table_of(AuditEntry)
        ago = func.lag(table.c.at, type_=table.c.at.type).over(order_by=table.c.seq).label("ago")
        pairs = select(table.c.seq, ago, table.c.at).subquery()
        back = select(pairs.c.seq, pairs.c.ago, pairs.c.at).where(pairs.c.at < pairs.c.ago)
        return [(row.seq, row.ago, row.at) for row in self._session.execute(back)]

    def entries(self, incident_id: str | None = None) -> Iterator[AuditEntry]:
        """Yield the chain's entries, or one case's, in order."""
        chosen = select(AuditEntry).order_by(_column(AuditEntry, "seq"))
        if incident_id is not None:
            chosen = chosen.where(_column(AuditEntry, "incident") == incident_id)
        with _readable(), Session(self.connection()) as apart:  # others may read meanwhile
            for entry in apart.scalars(chosen.execution_options(yield_per=500)):
                apart.expunge(entry)
                yield entry

    def heads(self) -> Iterator[tuple[int, str]]:
        """Yield number and digest of every entry, in order."""
        table = table_of(AuditEntry)
        chosen = select(table.c.seq, table.c.digest).order_by(table.c.seq)
        for row in self._session.execute(chosen.execution_options(yield_per=5000)):
            yield row.seq, row.digest

    def count_entries(self, incident_id: str | None = None) -> int:
        """Return how many entries the chain has, or one case's part of it."""
        table = table_of(AuditEntry)
        chosen = select(func.count()).select_from(table)
        if incident_id is not None:
            chosen = chosen.where(table.c.incident == incident_id)
        return self._session.scalar(chosen) or 0

    def register_row(self, incident_id: str) -> RegisterRow | None:
        """Return a case's line in the register."""
        chosen = select(RegisterRow).where(_column(RegisterRow, "incident_id") == incident_id)
        return self._one(chosen)

    def register_rows(  # noqa: PLR0913 - each is one thing a list can be narrowed by
        self,
        *,
        open_only: bool = False,
        year: int | None = None,
        search: str = "",
        limit: int | None = None,
        after: str | None = None,
        presses_before: datetime | None = None,
        running_only: bool = False,
        followed_up: bool = False,
        closed_before: datetime | None = None,
        untimed_at: datetime | None = None,
    ) -> list[RegisterRow]:
        """Return lines of the register: the most pressing first, then the newest.

        Args:
            open_only: leave closed cases out.
            year: only references of this year.
            search: words that must all stand somewhere in the case, case aside; words of one or
                two letters in its title or reference.
            limit: how many at most.
            after: only what comes after the case with this reference.
            presses_before: only cases with a duty that falls due by then.
            running_only: only cases with a running duty.
            followed_up: only cases that are open, or where somebody else still waits.
            closed_before: only cases closed before then that nobody wants kept.
            untimed_at: where in the order a case stands that runs only duties without hours;
                None: after all that have.
        """
        asked = {
            "is_open": open_only or None,
            "followed_up": followed_up or None,
            "runs": running_only or None,
            "of_year": year,
            "presses_by": presses_before,
            "closed_by": closed_before,
        }
        narrowed = {name: value for name, value in asked.items() if value is not None}
        page = Page(limit=limit, after=self._line_of(after), untimed_at=untimed_at)
        place = (self.connection(), table_of(RegisterRow), page, narrowed)
        with _readable():
            found = lines_found(*place, search) if search.split() else lines(*place)
        return cast("list[RegisterRow]", found)  # bare rows, which name their columns alike

    def closed_count(self, before: datetime) -> int:
        """Return how many cases were closed before then that nobody wants kept."""
        table = table_of(RegisterRow)
        which = (table.c.closed_at < before, table.c.is_held.is_(False))
        return self._session.scalar(select(func.count()).select_from(table).where(*which)) or 0

    def half_typed(self, actor: str, place: str | None = None) -> list[HalfTyped]:
        """Return what that person began to type, oldest first."""
        chosen = select(HalfTyped).where(_column(HalfTyped, "actor") == actor)
        if place is not None:
            chosen = chosen.where(_column(HalfTyped, "place") == place)
        return self._all(chosen.order_by(_column(HalfTyped, "saved_at"), _column(HalfTyped, "id")))

    def _line_of(self, ref: str | None) -> RegisterRow | None:
        if ref is None:
            return None
        found = self._one(select(RegisterRow).where(_column(RegisterRow, "ref") == ref))
        if found is None:
            raise NoSuchCaseError(
                say("No case has the reference {ref}.", ref=ref),
                say("List the cases to see their references."),
            )
        return found

    def _one(self, chosen: Select[M]) -> M | None:
        return next(iter(self._all(chosen)), None)

    def _all(self, chosen: Select[M]) -> list[M]:
        with _readable():
            found: Sequence[M] = self._session.scalars(chosen).all()
        self._session.expunge_all()  # nothing waits in it: what is written is flushed at once
        return list(found)


@cache
def _head() -> Select[int, str]:
    """Return what every snapshot begins with, made once."""
    table = table_of(AuditEntry)
    return select(table.c.seq, table.c.digest).order_by(table.c.seq.desc()).limit(1)


@cache
def _newest(table: type[K]) -> Select[K]:
    chosen = select(table).order_by(_column(table, "seq").desc()).limit(1)
    return _without_bytes(chosen, table)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError) as error:
        raise StoreError(
            say("A row in the database cannot be read: it was changed by something else."),
            say("Verify the desk to see which one, and bring it back from a backup."),
        ) from error


def _column(table: type[SQLModel], name: str) -> InstrumentedAttribute[Any]:
    column: InstrumentedAttribute[Any] = getattr(table, name)
    return column


def _without_bytes(chosen: Select[K], table: type[K]) -> Select[K]:
    if table not in (Attachment, Document):
        return chosen
    return chosen.options(defer(_column(table, "content"), raiseload=True))
