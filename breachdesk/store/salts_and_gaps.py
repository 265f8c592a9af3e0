"""Numbers of the chain that are missing, and salts that stand where no entry does."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, type_coerce
from sqlalchemy.types import NullType

from breachdesk.audit import Finding, FindingKind
from breachdesk.records import AuditEntry, AuditSalt
from breachdesk.store.reading import table_of


def gaps(connection: Connection) -> Iterator[Finding]:
    """Yield the entries of the whole chain before which a number is missing.

    For one case, whose own chain does not show that its end was taken out of the middle of it.
    Counted first: nothing but the numbers is read, and of a chain without gaps only once.
    """
    seq = table_of(AuditEntry).c.seq
    count, first, last = connection.execute(
        select(func.count(), func.min(seq), func.max(seq)).select_from(seq.table)
    ).one()
    if (count, first) == (last, 1) or not count:
        return
    before = func.lag(seq, 1, 0).over(order_by=seq).label("before")
    subject = type_coerce(table_of(AuditEntry).c.subject, NullType()).label("subject")
    pairs = select(seq, subject, before).subquery()
    odd = select(pairs.c.seq, pairs.c.subject).where(pairs.c.seq != pairs.c.before + 1)
    for number, subject in connection.execute(odd.order_by(pairs.c.seq)):
        yield Finding(FindingKind.OUT_OF_ORDER, number, str(subject))


def stray_salts(connection: Connection, end: int) -> Iterator[Finding]:
    """Yield the salts before the first entry and after the last, which are in the way.

    Between the two there are none, unless an entry is missing there, which is found as such.

    Args:
        connection: reads the salts.
        end: number of the newest entry.
    """
    salt = table_of(AuditSalt)
    seq = type_coerce(salt.c.seq, NullType())
    stray = (salt.c.seq < 1) | (salt.c.seq > end)
    for (number,) in connection.execute(select(seq).where(stray).order_by(salt.c.seq)):
        where = number if isinstance(number, int) else 0
        yield Finding(FindingKind.ROW_WITHOUT_ENTRY, where, salt.name)
