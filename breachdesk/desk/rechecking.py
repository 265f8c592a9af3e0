"""Look again at what an entry's row only speaks of: evidence, and chains that came along.

One piece at a time, each read in a snapshot of its own, so that neither many of them nor large ones
are held. What cannot be read any more is a finding and not an error.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from sqlalchemy import Row

from breachdesk.audit import Finding, FindingKind
from breachdesk.desk.evidence import EvidenceState, Piece, look_at
from breachdesk.desk.office import Office
from breachdesk.errors import BreachdeskError
from breachdesk.exchange.parcel import LARGEST, read_parcel
from breachdesk.records import AuditEntry, Evidence, Imported, Kept
from breachdesk.store.proof import shown_text
from breachdesk.store.shape import Shape
from breachdesk.store.walk import is_kept, total, walk
from breachdesk.terms import EvidenceKeeping

_A_STEP, _A_PACKED_STEP = 64 * 1024, 512
"""Bytes of evidence, and of a packed case, that take about as long as one entry."""
_AT_ONCE = 100
_KINDS = {
    EvidenceState.CHANGED: FindingKind.EVIDENCE_CHANGED,
    EvidenceState.MISSING: FindingKind.EVIDENCE_MISSING,
}


class Rechecking:
    """What lies beside the chain, of one case or of all."""

    def __init__(self, office: Office, incident_id: str | None, shape: Shape) -> None:
        """Count how much there is to look at.

        Args:
            office: the shared tools.
            incident_id: only this case; None for the whole desk.
            shape: which tables cannot be read; what they speak of is left out.
        """
        self._office, self._of = office, incident_id
        self._has_evidence = shape.can_read(AuditEntry, Evidence)
        self._has_imported = shape.can_read(AuditEntry, Imported)
        self._hashed = self._total(Evidence, "size") // _A_STEP if self._has_evidence else 0
        packed = self._total(Imported, "content") if self._has_imported else 0
        self.steps = self._hashed + packed // _A_PACKED_STEP
        """How long it takes, in entries that could be verified meanwhile."""

    def findings(self, told: Callable[[int], None]) -> Iterator[Finding]:
        """Yield what is wrong, in the order of the entries: first evidence, then old chains.

        Args:
            told: is told how many steps are done; a sealed file is told of while it is read.
        """
        if self._has_evidence:
            yield from self._evidence(told)
        if self._has_imported:
            yield from self._imported(told)

    def _total(self, record: type[Kept], name: str) -> int:
        return total(self._office.store, record, name, incident_id=self._of)

    def _evidence(self, told: Callable[[int], None]) -> Iterator[Finding]:
        store, done = self._office.store, 0
        names = ("size", "sha256", "key", "place", "keeping")
        for row in walk(store, Evidence, *names, incident_id=self._of, at_once=_AT_ONCE):
            kind = self._kind(row, partial(_tell, told, done))
            done += row.size if isinstance(row.size, int) else 0
            if kind is not None and is_kept(store, Evidence, row.seq):  # else erased meanwhile
                yield _finding(kind, row)

    def _kind(self, row: Row[Any], told: Callable[[int], None]) -> FindingKind | None:
        """Return what is wrong with a piece.

        What is kept by reference lies on a disk that need not be at hand, so that one that is not
        there is no finding; what lies there now and is another file is one.
        """
        if row.key is None and row.keeping == EvidenceKeeping.ELSEWHERE:
            return None
        piece = Piece(id=row.id, sha256=row.sha256, key=row.key, place=row.place)
        kept = row.place if row.key is None else row.key
        if not (isinstance(kept, str if row.key is None else bytes) and isinstance(row.id, str)):
            return FindingKind.ROW_CHANGED
        state = look_at(self._office.store.home, piece, told)
        if row.key is None and state is EvidenceState.MISSING:
            return None
        return _KINDS.get(state)

    def _imported(self, told: Callable[[int], None]) -> Iterator[Finding]:
        store, done = self._office.store, 0
        for row in walk(store, Imported, "content", "head", incident_id=self._of):
            holds = isinstance(row.content, bytes) and stands(row.content, row.head)
            done += len(row.content) if isinstance(row.content, bytes) else 0
            told(self._hashed + done // _A_PACKED_STEP)
            if not holds and is_kept(store, Imported, row.seq):
                yield _finding(FindingKind.ROW_CHANGED, row)


def _tell(told: Callable[[int], None], before: int, done: int) -> None:
    told((before + done) // _A_STEP)


def _finding(kind: FindingKind, row: Row[Any]) -> Finding:
    return Finding(kind, row.seq if isinstance(row.seq, int) else 0, shown_text(str(row.id)))


def stands(content: bytes, head: object) -> bool:
    """Do the old entries of a case that was taken in still verify on their own?

    Args:
        content: the file they came in, packed.
        head: digest of the newest of them, hex.
    """
    with suppress(BreachdeskError, OSError, EOFError, zlib.error):
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            parcel = read_parcel(file.read(LARGEST + 1))
        return not parcel.findings() and parcel.head == head
    return False
