"""Compare the list of cases with the rows it was made of: what it shows is read by itself.

A line is no evidence and has no entry of its own, but whoever looks at the first screen trusts it.
Compared is what a line copies, and the deadline, which follows from one time; what follows from the
whole case, such as its risk and which duties run, is put right when the case is worked on next, and
for all cases by `doctor --rebuild`.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, func, select, type_coerce
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import NullType

from breachdesk.audit import Finding, FindingKind
from breachdesk.desk.office import Office
from breachdesk.errors import RuleError
from breachdesk.records import Incident, IncidentFacts, RegisterRow
from breachdesk.records.incident import ref_of
from breachdesk.rules.working import after
from breachdesk.store.engine import any_text
from breachdesk.store.proof import shown_text
from breachdesk.store.reading import table_of
from breachdesk.terms import Duty, Role

_OF_INCIDENT = ("seq", "year", "number", "is_drill")
_OF_FACTS = ("title", "role", "status", "became_aware_at")
_OF_BOTH = (*_OF_INCIDENT, *_OF_FACTS)
_OF_LINE = (*_OF_BOTH, "ref", "deadline")
_AT_ONCE = 500
_REMEMBERED = 1_024
"""Days whose law is remembered."""
_NOON = time(12)


class LinesApart:
    """The list of cases, of one case or of all, against their rows."""

    def __init__(self, office: Office, incident_id: str | None) -> None:
        """Work with the shared tools, on one case or, with None, on all."""
        self._office, self._of = office, incident_id
        self._zone = lru_cache(_REMEMBERED)(self._zone_of)
        self._hours = lru_cache(_REMEMBERED)(self._hours_on)

    def findings(self, known: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the cases whose line says something else or is not there; then lines of no case.

        Args:
            known: what is wrong already; a line that disagrees with a row that was changed is not
                told of.
        """
        changed = {one.seq for one in known}
        with self._office.store.reading() as reading, any_text(reading.connection()):
            connection = reading.connection()
            rows = connection.execute(self._chosen().execution_options(yield_per=_AT_ONCE))
            for row in rows:
                if not ({row.seq, row.facts} & changed or self._says_the_same(row)):
                    yield _finding(row)
            if self._of is None:
                yield from map(_finding, connection.execute(_lines_of_none()))

    def _chosen(self) -> Select[*tuple[Any, ...]]:
        """Return a select of each case: its rows' side, and its line's side."""
        incident, facts, line = (table_of(one) for one in (Incident, IncidentFacts, RegisterRow))
        later = facts.alias()
        newest = (
            select(func.max(later.c.seq))
            .where(later.c.incident_id == incident.c.id)
            .scalar_subquery()
        )
        chosen = _raw(
            incident.c.id,
            facts.c.seq.label("facts"),
            facts.c.regime,
            *(incident.c[name].label(name) for name in _OF_INCIDENT),
            *(facts.c[name].label(name) for name in _OF_FACTS),
            *(line.c[name].label(f"line_{name}") for name in _OF_LINE),
        )
        chosen = (
            chosen.select_from(incident)
            .outerjoin(facts, facts.c.seq == newest)
            .outerjoin(line, line.c.incident_id == incident.c.id)
            .order_by(incident.c.seq)
        )
        return chosen if self._of is None else chosen.where(incident.c.id == self._of)

    def _says_the_same(self, row: Row[Any]) -> bool:
        """Does the line say what the rows say?"""
        if any(getattr(row, name) != getattr(row, f"line_{name}") for name in _OF_BOTH):
            return False
        try:
            if row.line_ref != ref_of(row.year, row.number):
                return False
            aware, kept = _moment(row.became_aware_at), _moment(row.line_deadline)
            if aware is None or row.role == Role.PROCESSOR:
                return kept is None
            day = aware.astimezone(self._zone(row.regime)).date()
            return kept == after(aware, self._hours(row.regime, day))
        except (ValueError, TypeError, RuleError):
            return False

    def _zone_of(self, regime: str) -> ZoneInfo:
        return ZoneInfo(self._office.forms.regime_for(None, self._office.now(), regime).zone)

    def _hours_on(self, regime: str, day: date) -> int | None:
        """Return how many hours whoever became aware that day has to notify the authority."""
        noon = datetime.combine(day, _NOON, self._zone(regime))
        found = self._office.forms.regime_for(noon, noon, regime)
        return found.clocks[Duty.NOTIFY_AUTHORITY].hours


def _lines_of_none() -> Select[*tuple[Any, ...]]:
    """Return a select of the lines that belong to no case."""
    incident, line = table_of(Incident), table_of(RegisterRow)
    cases = select(incident.c.id).where(incident.c.id == line.c.incident_id)
    return _raw(line.c.seq, line.c.incident_id.label("id")).where(~cases.exists())


def _raw(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Return a select of columns as the driver gives them, under their names."""
    return select(*(type_coerce(one, NullType()).label(one.name) for one in columns))


def _moment(raw: Any) -> datetime | None:  # noqa: ANN401 - whatever the driver gave
    if raw is None:
        return None
    moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _finding(row: Row[Any]) -> Finding:
    seq = row.seq if isinstance(row.seq, int) else 0
    return Finding(FindingKind.LINE_CHANGED, seq, shown_text(str(row.id)))
