"""The one door to a kept row: it is added together with its audit entry, or not at all."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from breachdesk.audit import (
    SALT_BYTES,
    ZERO,
    Header,
    canonical,
    declared_fields,
    fields_of,
    row_digest,
    seal,
)
from breachdesk.records import (
    AuditEntry,
    AuditSalt,
    HalfTyped,
    Incident,
    Kept,
    Person,
    RegisterRow,
)
from breachdesk.records.base import KeptInCase
from breachdesk.records.register import rank_of
from breachdesk.store.reading import Reading, table_of
from breachdesk.store.search import put_text, rewrite_index
from breachdesk.terms import AuditAction

R = TypeVar("R", bound=Kept)


class RowOtherwiseError(Exception):
    """The database does not hold what was written; the store says so in a sentence."""


class Writing(Reading):
    """One transaction that writes. It holds the write lock from its first line to its last."""

    def __init__(
        self, session: Session, *, actor: str, now: datetime, new_id: Callable[[str], str]
    ) -> None:
        """Write as `actor` (a name) at `now` (aware)."""
        super().__init__(session)
        self.now = now
        """When all of this is recorded, in UTC, whole seconds."""
        self._actor_name = actor
        self._actor_id = ""
        self._new_id = new_id
        self._head = super().head()
        self._before: tuple[int, str] | None = None
        self._case_heads: dict[str, tuple[int, str]] = {}

    @property
    def seq_before(self) -> int:
        """Number of the entry that the first act of this transaction follows."""
        return self._begun()[0]

    @property
    def head_before(self) -> str:
        """Digest of that entry: the head that is printed on a paper issued here.

        A person who acts for the first time is recorded before it.
        """
        return self._begun()[1]

    def head(self) -> tuple[int, str]:
        """Return number and digest of the newest entry, those of this transaction included."""
        return self._head

    def make_sure(self) -> None:
        """Make sure that the newest entry in the database is the one written last.

        Raises:
            RowOtherwiseError: it is another.
        """
        if super().head() != self._head:
            raise RowOtherwiseError

    def add(self, row: R, action: AuditAction) -> R:
        """Keep a row, with its entry in the chain.

        The store gives it its id (unless it has one), number, time and author. Sealed is what was
        handed in; what comes back is the row as the database holds it, which says the same.

        Raises:
            RowOtherwiseError: the database gives back something else, as a trigger makes it do.
        """
        self._begun()
        return self._keep(row, action)

    def adopt(self, row: R, action: AuditAction) -> R:
        """Keep a row that was recorded on another desk: who recorded it and when stay as they are.

        The entry says who brought it here and when. The row must have its id.
        """
        self._begun()
        return self._keep(row, action, is_from_elsewhere=True)

    def erase(self, rows: Iterable[Kept]) -> None:
        """Take rows out for good, and the salts of their entries; the entries stay.

        Which ones must be kept in an `Erasure` in the same transaction, for `verify` to know.
        """
        salts = table_of(AuditSalt)
        for row in rows:
            table = table_of(type(row))
            self._session.execute(table.delete().where(table.c.seq == row.seq))
            self._session.execute(salts.delete().where(salts.c.seq == row.seq))

    def forget_half_typed(self, place: str) -> None:
        """Forget what anybody began to type in one place, for a group of people there too."""
        table = table_of(HalfTyped)
        within = table.c.place.startswith(f"{place}/", autoescape=True)
        self._session.execute(table.delete().where((table.c.place == place) | within))

    def next_number(self, year: int) -> int:
        """Return the number the next case of that year gets."""
        table = table_of(Incident)
        newest = self._session.scalar(select(func.max(table.c.number)).where(table.c.year == year))
        return (newest or 0) + 1

    def put_register_row(self, row: RegisterRow, words: str = "") -> None:
        """Replace a case's line in the register, and the words it is found by.

        Both are projections: not audited, and made again by `doctor --rebuild`.
        """
        row.rank = rank_of(row)
        table = table_of(RegisterRow)
        mine = (table.c.incident_id == row.incident_id) | (table.c.seq == row.seq)
        self._session.execute(table.delete().where(mine | (table.c.ref == row.ref)))
        self._session.add(row)
        self._session.flush()
        put_text(self._session.connection(), row.seq, words)
        self._session.expunge_all()

    def forget_register(self) -> None:
        """Take every line out of the register, before all are made again."""
        self._session.execute(table_of(RegisterRow).delete())

    def forget_words(self) -> None:
        """Write the search index anew, after the words of a case were taken out of it."""
        rewrite_index(self._session.connection())

    def save_half_typed(self, actor: str, place: str, field: str, text: str) -> None:
        """Keep half-typed words; earlier words of the same field are replaced."""
        self.drop_half_typed(actor, place, field)
        words = HalfTyped(actor=actor, place=place, field=field, text=text, saved_at=self.now)
        self._session.add(words)
        self._session.flush()
        self._session.expunge(words)

    def drop_half_typed(self, actor: str, place: str, field: str | None = None) -> None:
        """Forget half-typed words of one field, or of a whole place."""
        table = table_of(HalfTyped)
        gone = table.delete().where(table.c.actor == actor, table.c.place == place)
        self._session.execute(gone if field is None else gone.where(table.c.field == field))

    def _begun(self) -> tuple[int, str]:
        """Find or record the person, once, and return the head that the acts follow."""
        if self._before is None:
            person = self.person_named(self._actor_name)
            if person is None:
                fresh = Person(id=self._new_id("person"), name=self._actor_name)
                self._actor_id = fresh.id
                self._keep(fresh, AuditAction.PERSON_RECORD)
            else:
                self._actor_id = person.id
            self._before = self._head
        return self._before

    def _keep(self, row: R, action: AuditAction, *, is_from_elsewhere: bool = False) -> R:
        record = table_of(type(row)).name
        row.id = row.id or self._new_id(record)
        row.seq = self._head[0] + 1
        if not is_from_elsewhere:
            row.recorded_at, row.recorded_by = self.now, self._actor_id
        text = _spelled(row)
        self._session.add(row)
        self._session.flush()
        self._seal(row, record, action, text)
        self._read_again(row, text)
        return row

    def _read_again(self, row: Kept, text: bytes) -> None:
        """Make sure that the database holds a row as it was sealed."""
        try:
            self._session.refresh(row)
            self._session.expunge(row)
            is_same = _spelled(row) == text
        except (InvalidRequestError, ValueError, TypeError, LookupError) as error:
            raise RowOtherwiseError from error
        if not is_same:
            raise RowOtherwiseError

    def _seal(self, row: Kept, record: str, action: AuditAction, text: bytes) -> None:
        incident = _incident_of(row)
        case_seq, case_head = (None, None) if incident is None else self._case_head(incident)
        header = Header(
            seq=row.seq,
            at=self.now,
            actor=self._actor_id,
            action=action.value,
            subject=row.id,
            record=record,
            record_version=row.RECORD_VERSION,
            incident=incident,
            case_seq=None if case_seq is None else case_seq + 1,
            case_previous=case_head,
        )
        salt = secrets.token_bytes(SALT_BYTES)
        payload = row_digest(salt, record, row.RECORD_VERSION, text)
        previous = self._head[1]
        digest = seal(previous, header, payload)
        self._session.execute(
            table_of(AuditEntry)
            .insert()
            .values(**fields_of(header), payload_digest=payload, previous=previous, digest=digest)
        )
        self._session.execute(table_of(AuditSalt).insert().values(seq=row.seq, salt=salt))
        self._head = (row.seq, digest)
        if incident is not None and header.case_seq is not None:
            self._case_heads[incident] = (header.case_seq, digest)

    def _case_head(self, incident: str) -> tuple[int, str]:
        if incident not in self._case_heads:
            table = table_of(AuditEntry)
            found = self._session.execute(
                select(table.c.case_seq, table.c.digest)
                .where(table.c.incident == incident)
                .order_by(table.c.seq.desc())
                .limit(1)
            ).first()
            self._case_heads[incident] = (0, ZERO) if found is None else (found[0], found[1])
        return self._case_heads[incident]


def _spelled(row: Kept) -> bytes:
    """Return the fields of a row that its entry covers, as they are hashed; of times whole seconds.

    Raises:
        ValueError: a time has no zone.
    """
    names = declared_fields(type(row), row.RECORD_VERSION)
    return canonical({name: _whole(getattr(row, name)) for name in names})


def _whole(value: object) -> object:
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def _incident_of(row: Kept) -> str | None:
    if isinstance(row, Incident):
        return row.id
    return row.incident_id if isinstance(row, KeptInCase) else None
