"""What is due over all cases: the GDPR's duties, and everything that follows them up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from breachdesk.casefile import CaseFile
from breachdesk.casefile.follow_up import FollowUp, follow_ups
from breachdesk.desk.office import Office, profile_in_force
from breachdesk.message import say
from breachdesk.records import Erasure, RegisterRow
from breachdesk.register import DueLine, due_lines
from breachdesk.rules.retention import kept_until, read_retention
from breachdesk.store.reading import Reading
from breachdesk.terms import ClockState, DueKind

KEEPING_AHEAD = timedelta(days=30)
"""How long before a closed case may go it is listed: earlier, nobody can do anything about it."""


def all_lines(office: Office, reading: Reading, now: datetime) -> Iterator[DueLine]:
    """Yield what is due in every case, in no order.

    The duties of the GDPR come from the register's lines; only open cases are read whole.
    """
    regime = office.forms.regime_for(None, now)
    for row in reading.register_rows(running_only=True):
        yield from due_lines(row, regime=regime, now=now)
    for row in reading.register_rows(open_only=True):
        case = office.case(reading, office.find(reading, row.ref, writing=False))
        yield from (_line(case, one) for one in follow_ups(case))
    yield from _keeping(office, reading, now)


def _line(case: CaseFile, one: FollowUp) -> DueLine:
    now = case.read_at
    return DueLine(
        ref=case.ref,
        title=case.facts.title,
        kind=one.kind,
        duty=one.id,
        what=one.what,
        deadline=one.deadline,
        worst_case_deadline=one.worst_case_deadline,
        remaining=one.deadline - now if one.deadline else None,
        elapsed=now - one.started_at if one.started_at else None,
        state=one.state,
        to=one.to,
        owner=one.owner,
        is_certain=one.is_certain,
    )


def _keeping(office: Office, reading: Reading, now: datetime) -> Iterator[DueLine]:
    """Yield the closed cases that the organisation said it keeps no longer, or soon will not."""
    profile = profile_in_force(reading)
    rule = profile.desk.case_retention if profile else ""
    length = read_retention(rule)
    if length is None:
        return
    erased = {one.incident_id for one in reading.rows(Erasure)}
    for row in reading.rows_closed_by(now + KEEPING_AHEAD - length):
        ends = row.closed_at and kept_until(rule, row.closed_at, zone=office.zone.key)
        if ends and row.incident_id not in erased:
            yield _kept(row, ends, now)


def _kept(row: RegisterRow, ends: datetime, now: datetime) -> DueLine:
    return DueLine(
        ref=row.ref,
        title=row.title,
        kind=DueKind.RETENTION,
        duty=DueKind.RETENTION.value,
        what=say("Kept long enough: erase it, or say why not"),
        deadline=ends,
        worst_case_deadline=None,
        remaining=ends - now,
        elapsed=now - row.closed_at if row.closed_at else None,
        state=ClockState.OVERDUE if now > ends else ClockState.RUNNING,
        to=None,
    )
