"""Check that nothing was lost and nothing quietly changed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from breachdesk.audit import Anchor, Head, Report
from breachdesk.desk.lines_apart import LinesApart
from breachdesk.desk.office import Office
from breachdesk.errors import RefusedError
from breachdesk.message import say
from breachdesk.records import AuditEntry
from breachdesk.store.container import Progress, untold

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

        stamped = stamped_heads(self._office) if incident_id is None else ()
        beside = Rechecking(self._office, incident_id)
        report = self._office.store.verify(
            incident_id,
            known=(*known, *stamped),
            on_progress=lambda done, of: on_progress(done, of + beside.steps),
        )
        entries, total = report.entries, report.entries + beside.steps
        found = beside.findings(lambda done: on_progress(min(entries + done, total), total))
        apart = LinesApart(self._office, incident_id).findings(report.findings)
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
