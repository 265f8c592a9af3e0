"""Many cases at a glance: the list, what is due, and the register of Art. 33(5)."""

from datetime import timedelta

from breachdesk.casefile import CaseFile
from breachdesk.desk.due import all_lines
from breachdesk.desk.office import Office, profile_in_force
from breachdesk.desk.projection import project, words_of
from breachdesk.desk.words import SEARCH_LENGTH
from breachdesk.errors import RefusedError
from breachdesk.exchange.register import write_register
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.records import Incident, RegisterRow
from breachdesk.register import (
    DueLine,
    RegisterFilter,
    RegisterLine,
    by_pressure,
    falls_due,
    line_of,
    open_duties,
)
from breachdesk.rules.retention import closed_by
from breachdesk.store.reading import Reading
from breachdesk.terms import Lang, Status


class Register:
    """Where all cases are seen together."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def rows(self, which: RegisterFilter | None = None) -> tuple[RegisterLine, ...]:
        """Return the cases a filter shows, what presses most first."""
        which = which or RegisterFilter()
        if len(which.search) > SEARCH_LENGTH:
            raise RefusedError(
                say("The text to look for is longer than {limit} characters.", limit=SEARCH_LENGTH),
                say("Look for a few words."),
            )
        now = self._office.now()
        regime = self._office.forms.regime_for(None, now)
        with self._office.reading() as reading:
            rule = _rule(reading)
            closed_before = closed_by(rule, now=now, zone=regime.zone)
            if which.erasable_only and closed_before is None:
                return ()
            found = reading.register_rows(
                open_only=which.open_only,
                year=which.year,
                search=which.search,
                limit=which.limit,
                after=which.after,
                presses_before=None if which.due_within is None else now + which.due_within,
                closed_before=closed_before if which.erasable_only else None,
                untimed_at=now + timedelta(hours=24),
            )
        return tuple(line_of(row, regime=regime, now=now, retention=rule) for row in found)

    def erasable_count(self) -> int:
        """Return how many closed cases our own rule lets go by now; nobody holds them."""
        now = self._office.now()
        zone = self._office.forms.regime_for(None, now).zone
        with self._office.reading() as reading:
            before = closed_by(_rule(reading), now=now, zone=zone)
            return 0 if before is None else reading.closed_count(before)

    def due(self, within: timedelta | None = None) -> tuple[DueLine, ...]:
        """Return what is due, soonest first: running duties, and what follows them up.

        Args:
            within: Leave out what falls due later than this from now; what has no hours stays.
        """
        now = self._office.now()
        with self._office.reading() as reading:
            lines = tuple(all_lines(self._office, reading, now))
        if within is not None:
            lines = tuple(line for line in lines if falls_due(line, within=within, now=now))
        return by_pressure(lines, now=now)

    def calendar(self, *, lang: Lang, within: timedelta | None = None) -> bytes:
        """Return what falls due as an iCalendar file: every clock, promised facts, erasure.

        Args:
            lang: The language of its words.
            within: Leave out what falls due later than this from now; late ones stay.
        """
        from breachdesk.exchange.calendar import (
            calendar_entries,
            erasable_entry,
            is_pressing,
            write_calendar,
        )

        office, now = self._office, self._office.now()
        with office.reading() as reading:
            rows = reading.register_rows(open_only=False, untimed_at=now + timedelta(hours=24))
            refs = [row.ref for row in rows if _is_followed(row)]
            rule, zone = _rule(reading), office.forms.regime_for(None, now).zone
            found = (office.find(reading, ref, writing=False) for ref in refs)
            cases = tuple(office.case(reading, one) for one in found)
        entries = (one for case in cases for one in calendar_entries(case))
        ends = (erasable_entry(row, rule=rule, zone=zone, now=now) for row in rows)
        every = (*entries, *(one for one in ends if one is not None))
        pressing = (one for one in every if is_pressing(one, within=within, now=now))
        return write_calendar(pressing, now=now, speaker=Speaker(lang, office.zone))

    def cases(self, year: int | None = None) -> tuple[CaseFile, ...]:
        """Return every real case (drills left out), by reference: the register of Art. 33(5)."""
        with self._office.reading() as reading:
            incidents = [
                one
                for one in reading.rows(Incident)
                if not one.is_drill and (year is None or one.year == year)
            ]
            incidents.sort(key=lambda one: (one.year, one.number))
            return tuple(self._office.case(reading, one) for one in incidents)

    def export(self, form: str, *, lang: Lang, year: int | None = None) -> bytes:
        """Return the register of Art. 33(5) as csv or json; drills are left out."""
        speaker = Speaker(lang, self._office.zone)
        return write_register(self.cases(year), form, speaker=speaker)

    def paper(self, *, lang: Lang | None = None, year: int | None = None) -> bytes:
        """Return the register of Art. 33(5) as PDF, the chain's head printed on it.

        Nothing is kept: a paper about every case belongs to none.

        Args:
            lang: The paper's language; None: the organisation's own, else bokmål.
            year: Of the references; None for every year.
        """
        from breachdesk.documents import pdf
        from breachdesk.documents.register import register_paper

        office, cases = self._office, self.cases(year)
        with office.reading() as reading:
            profile, head = profile_in_force(reading), reading.head()[1]
        chosen = lang or (profile.organisation.language if profile else Lang.NB)
        draft = register_paper(
            cases,
            wording=office.forms.wording("register", chosen),
            lang=chosen,
            profile=profile,
            year=year,
            zone=office.zone.key,
        )
        return pdf.render(draft, office.stamp(head))

    def rebuild(self) -> int:
        """Make every line of the projection again from the rows; return how many."""
        with self._office.writing() as writing:
            incidents = writing.rows(Incident)
            writing.forget_register()
            for incident in incidents:
                case = self._office.case(writing, incident)
                writing.put_register_row(project(case), words_of(case))
            return len(incidents)


def _is_followed(row: RegisterRow) -> bool:
    return bool(open_duties(row)) or row.status is Status.OPEN or row.others_run


def _rule(reading: Reading) -> str:
    """Return how long the organisation keeps a case, in its own words; empty when it says none."""
    profile = profile_in_force(reading)
    return profile.desk.case_retention if profile else ""
