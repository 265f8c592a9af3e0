"""Check that nothing was lost and nothing quietly changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from breachdesk.audit import Anchor, Finding, FindingKind, Head, Report, WrittenDown
from breachdesk.desk.lines_apart import LinesApart
from breachdesk.desk.office import Office
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records import AuditEntry, HeadStamp, Incident, IncidentFacts, RegisterRow
from breachdesk.store.container import Progress, untold
from breachdesk.store.reading import table_of
from breachdesk.store.search import not_in_index

_SLACK = timedelta(seconds=10)
"""What clocks that are kept right may differ by."""


@dataclass(frozen=True, slots=True)
class Trail:
    """A case's newest entries, newest first, and the head of the whole chain."""

    entries: tuple[AuditEntry, ...]
    head: tuple[int, str]
    """The newest entry's number and digest."""


@dataclass(frozen=True, slots=True)
class ClockStep:
    """An entry that was recorded, by the machine's clock, before the entry that precedes it."""

    seq: int
    before: datetime
    """What the clock said at the entry before."""
    after: datetime
    """What it said at this one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was written down of the chain, compared with the chain as it is now."""

    written: WrittenDown
    seq: int | None
    """Number of the entry with that digest; None when there is none."""
    recorded_at: datetime | None
    """When that entry was recorded."""
    now: datetime
    """What the clock says, in UTC."""

    @property
    def stands(self) -> bool:
        """Is it in the chain, under the number that was written down?"""
        return self.seq is not None and self.written.seq in (None, self.seq)

    @property
    def is_ahead(self) -> bool:
        """Was it written down after now, by this machine's clock?"""
        return self.written.at is not None and self.written.at > self.now + _SLACK

    @property
    def is_before(self) -> bool:
        """Was it written down before the entry was recorded?"""
        at, recorded = self.written.at, self.recorded_at
        return at is not None and recorded is not None and at < recorded - _SLACK

    @property
    def ok(self) -> bool:
        """Is nothing wrong with it?"""
        return self.stands and not (self.is_ahead or self.is_before)


class Trust:
    """Where the chain is checked."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def verify(self, ref: str | None = None, *, on_progress: Progress = untold) -> Report:
        """Check the whole chain, or one case's part of it, every row and all sealed evidence.

        Args:
            ref: The case; None checks the whole desk.
            on_progress: Is told how many entries are done, and of how many; what lies beside them,
                such as sealed evidence, counts as the entries that take as long.
        """
        incident_id = None
        if ref is not None:
            with self._office.reading() as reading:
                incident_id = self._office.find(reading, ref, writing=False).id
        return self._verified(incident_id, on_progress=on_progress)

    def _verified(
        self,
        incident_id: str | None,
        known: tuple[Head, ...] = (),
        *,
        on_progress: Progress,
    ) -> Report:
        from breachdesk.desk.rechecking import Rechecking
        from breachdesk.desk.stamping import stamped_heads

        shape = self._office.store.shape()
        has_stamps = incident_id is None and shape.can_read(AuditEntry, HeadStamp)
        stamped = stamped_heads(self._office) if has_stamps else ()
        beside = Rechecking(self._office, incident_id, shape)
        report = self._office.store.verify(
            incident_id,
            known=(*known, *stamped),
            on_progress=lambda done, of: on_progress(done, of + beside.steps),
        )
        entries, total = report.entries, report.entries + beside.steps
        found = beside.findings(lambda done: on_progress(min(entries + done, total), total))
        has_lines = shape.can_read(AuditEntry, Incident, IncidentFacts, RegisterRow)
        lines = LinesApart(self._office, incident_id) if has_lines else None
        apart = lines.findings(report.findings) if lines else ()
        findings = tuple(dict.fromkeys((*report.findings, *found, *apart)))
        on_progress(total, total)
        return replace(report, findings=findings)

    def anchor(self, ref: str | None = None) -> Anchor:
        """Return where the chain, or one case's part of it, ends now, to be kept elsewhere.

        Raises:
            RefusedError: Nothing is recorded yet.
        """
        with self._office.reading() as reading:
            head = Head(*reading.head())
            if ref is not None:
                incident = self._office.find(reading, ref, writing=False)
                newest = max(reading.entries(incident.id), key=lambda entry: entry.seq)
                head = Head(newest.seq, newest.digest)
        if not head.seq:
            raise RefusedError(
                say("Nothing is recorded yet, so there is nothing to anchor."),
                say("Log an incident first."),
            )
        return Anchor(head, self._office.now())

    def check_anchor(self, anchor: Anchor, *, on_progress: Progress = untold) -> Report:
        """Verify the whole desk, and that its chain still stands on what was written down."""
        return self._verified(None, (anchor.head,), on_progress=on_progress)

    def compare(
        self, written: Sequence[WrittenDown], *, on_progress: Progress = untold
    ) -> tuple[Report, tuple[Compared, ...]]:
        """Verify the whole desk, and compare its chain with what was written down of it.

        Args:
            written: What was kept outside the desk.
            on_progress: As for `verify`.

        Returns:
            The report, in which a digest that is no longer in the chain is a finding; and what
            came of each.
        """
        with self._office.reading() as reading:
            seqs = reading.seqs_of({one.digest for one in written})
            times = {one: reading.recorded_at(one) for one in seqs.values()}
        now = self._office.now()
        compared = tuple(
            Compared(one, seq, None if seq is None else times[seq], now)
            for one in written
            for seq in (seqs.get(one.digest),)
        )
        known = tuple(Head(one.seq, one.digest) for one in written if one.seq is not None)
        report = self._verified(None, known, on_progress=on_progress)
        gone = (
            Finding(FindingKind.REWRITTEN, 0, one.written.digest)
            for one in compared
            if one.seq is None and one.written.seq is None
        )
        return replace(report, findings=(*report.findings, *gone)), compared

    def list_faults(self) -> tuple[int, int]:
        """Return how many cases the list shows otherwise than their rows, and how many are missed.

        Missed is a case that the search does not know. Both are made again by `Register.rebuild`.

        Raises:
            StoreError: The database is damaged, or lacks one of the tables.
        """
        apart = sum(1 for _ in LinesApart(self._office, None).findings(()))
        with self._office.reading() as reading:
            cases = table_of(Incident).c.seq
            return apart, not_in_index(reading.connection(), cases)

    def recorded_ahead(self) -> datetime | None:
        """Return when the newest entry was recorded, if that is ahead of the clock; else None."""
        with self._office.reading() as reading:
            newest = reading.recorded_at(reading.head()[0])
        is_ahead = newest is not None and newest > self._office.now() + _SLACK
        return newest if is_ahead else None

    def clock_steps(self) -> tuple[ClockStep, ...]:
        """Return where the record's times go back: the clock was put back, or forward before."""
        with self._office.reading() as reading:
            return tuple(
                ClockStep(seq, before, after)
                for seq, before, after in reading.times_going_back()
                if before - after > _SLACK
            )

    def head(self) -> tuple[int, str]:
        """Return the newest entry's number and digest."""
        with self._office.reading() as reading:
            return reading.head()

    def trail(self, ref: str, *, last: int = 500) -> Trail:
        """Return the newest entries of one case, at most `last`, and the chain's head."""
        with self._office.reading() as reading:
            incident = self._office.find(reading, ref, writing=False)
            entries = tuple(reading.entries(incident.id))
            return Trail(entries[::-1][:last], reading.head())
