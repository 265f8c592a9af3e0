"""What is due over all cases: the GDPR's duties, and everything that follows them up."""

from collections.abc import Iterator
from datetime import datetime

from breachdesk.casefile import CaseFile
from breachdesk.casefile.follow_up import FollowUp, follow_ups
from breachdesk.desk.office import Office
from breachdesk.register import DueLine, due_lines
from breachdesk.store.reading import Reading


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
