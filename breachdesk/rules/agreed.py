"""The clocks that were agreed on: contracts, insurance, and controllers we serve.

Hours are elapsed hours in UTC, from the event the agreement names.
"""

from dataclasses import dataclass
from datetime import datetime

from breachdesk.message import say
from breachdesk.rules.beside import Counted, Moments, OtherClock, began, clock_of
from breachdesk.rules.working import after, end_step, step
from breachdesk.terms import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A clock that a contract sets: an insurer's, a customer's, a controller's we serve."""

    id: str
    title: Words
    step: Words
    to: str
    hours: int | None
    start: str
    """``aware`` or ``detected``."""
    is_met: bool
    met_at: datetime | None
    cites: tuple[str, ...]


def read_terms_clock(terms: Terms, moments: Moments) -> OtherClock:
    """Return the clock of a contract, an insurance or a controller we serve."""
    started = moments.of(terms.start)
    deadline = after(started, terms.hours)
    sign = moments.of("detected") or moments.logged
    working = [began(terms.start, started)]
    if terms.hours is not None:
        text = say("The contract gives {hours} hours.", hours=terms.hours)
        working.append(step(text, str(terms.hours)))
    if deadline:
        working.append(end_step(deadline))
    counted = Counted(
        id=terms.id,
        title=terms.title,
        step=terms.step,
        to=Words(terms.to, terms.to, terms.to, typed=(terms.to,)),
        is_law=False,
        started=started,
        deadline=deadline,
        worst=after(sign, terms.hours) if terms.start == "aware" else None,
        is_met=terms.is_met,
        met_at=terms.met_at,
        working=tuple(working),
        cites=terms.cites,
    )
    return clock_of(counted, moments.now)
