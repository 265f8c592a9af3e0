"""What is due over all cases: the GDPR's duties, and everything that follows them up."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from breachdesk.casefile import CaseFile
from breachdesk.casefile.follow_up import FollowUp, follow_ups
from breachdesk.desk.office import Office, profile_in_force
from breachdesk.message import say
from breachdesk.register import DueLine, due_lines
from breachdesk.rules.retention import closed_by, read_retention
from breachdesk.store.reading import Reading
from breachdesk.terms import ClockState, DueKind


def all_lines(office: Office, reading: Reading, now: datetime) -> Iterator[DueLine]:
    """Yield what is due in every case, in no order.

    The duties of the GDPR come from the register's lines; only cases that are open, or where
    somebody else still waits, are read whole.
    """
    regime = office.forms.regime_for(None, now)
    for row in reading.register_rows(running_only=True):
        yield from due_lines(row, regime=regime, now=now)
    for row in reading.register_rows(followed_up=True):
        case = office.case(reading, office.find(reading, row.ref, writing=False))
        yield from (_line(case, one) for one in follow_ups(case))
    yield from _keeping(reading, regime.zone, now)


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


def _keeping(reading: Reading, zone: str, now: datetime) -> Iterator[DueLine]:
    """Yield the closed cases that our own rule lets go by now; nothing is erased by itself."""
    profile = profile_in_force(reading)
    rule = profile.desk.case_retention if profile else ""
    before = closed_by(rule, now=now, zone=zone)
    for row in reading.register_rows(closed_before=before) if before else ():
        kept = read_retention(rule, closed_at=row.closed_at, now=now, zone=zone)
        if kept.until is None:
            continue
        ends = datetime.combine(kept.until, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
        yield DueLine(
            ref=row.ref,
            title=row.title,
            kind=DueKind.RETENTION,
            duty=DueKind.RETENTION.value,
            what=say("Kept long enough by our rule ({rule}): it may be erased", rule=kept.rule),
            deadline=ends,
            worst_case_deadline=None,
            remaining=ends - now,
            elapsed=None,
            state=ClockState.RUNNING,
            to=None,
        )
