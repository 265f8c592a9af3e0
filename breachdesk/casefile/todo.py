"""The things to do in a case, each with the time it is due now.

A step of a playbook is due so many hours after awareness. While awareness is not settled it has no
due time, and gets one as soon as it is: a task is an aim of the house, so no worst case is drawn
up for it as for a duty. When the time of awareness is corrected, the due times follow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from breachdesk.records.task import Task
from breachdesk.terms import Words

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing to do, as it stands at one moment."""

    id: str
    number: int
    """Within the case, from 1; it never changes."""
    what: Words
    why: Words | None
    cites: tuple[str, ...]
    playbook: str
    step: str
    owner: str
    """Name of who does it; empty when nobody was named."""
    role: Words | None
    """Whose work it is, of a playbook's step."""
    due: datetime | None
    """In UTC; None when no time was set, or awareness is not settled."""
    hours: int | None
    """Hours from awareness to `due`; None when the time was set by hand."""
    done_at: datetime | None
    reason: str
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        """Is it still to be done?"""
        return self.done_at is None

    @property
    def doer(self) -> Words | None:
        """Who does it: the name, else the role."""
        return Words.of(self.owner) if self.owner else self.role


def todos(
    tasks: Iterable[Task], *, became_aware_at: datetime | None, now: datetime
) -> tuple[Todo, ...]:
    """Return the newest state of each task: open ones by due time, then those done."""
    made = (_todo(one, became_aware_at, now) for one in tasks)
    return tuple(sorted(made, key=_order))


def _order(one: Todo) -> tuple[bool, datetime, int]:
    return (not one.is_open, one.done_at or one.due or _LATEST, one.number)


def _todo(task: Task, became_aware_at: datetime | None, now: datetime) -> Todo:
    due = task.due
    if task.hours is not None and became_aware_at is not None:
        due = became_aware_at + timedelta(hours=task.hours)
    return Todo(
        id=task.task,
        number=task.number,
        what=what_of(task),
        why=Words.of(task.why) if task.why else None,
        cites=tuple(task.cites),
        playbook=task.playbook,
        step=task.step,
        owner=task.owner,
        role=Words.of(task.owner_words) if task.owner_words else None,
        due=due,
        hours=task.hours,
        done_at=task.done_at,
        reason=task.reason,
        is_overdue=task.done_at is None and due is not None and due < now,
    )


def what_of(task: Task) -> Words:
    """Return what is to be done: a step in every language, a hand-written task as it is."""
    return Words.of(task.words or task.what)
