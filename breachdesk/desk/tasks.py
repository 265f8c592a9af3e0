"""Things to do: added by hand or from a playbook, done, opened again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from breachdesk.casefile import CaseFile
from breachdesk.casefile.todo import Todo
from breachdesk.desk.office import Change, Office
from breachdesk.desk.words import OWNER_LENGTH, says_something
from breachdesk.errors import NoSuchThingError, RefusedError
from breachdesk.message import say
from breachdesk.records import NewTask, Task
from breachdesk.records.incident import TEXT_LENGTH
from breachdesk.rules.playbook import Playbook, Step, suggested
from breachdesk.terms import AuditAction, Words

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Added:
    """What adding a playbook gave."""

    case: CaseFile
    added: tuple[Todo, ...]
    """Empty when all its steps were in the case already."""


class Tasks:
    """Where it is kept what is to be done, and what was."""

    def __init__(self, office: Office) -> None:
        """Work with the shared tools."""
        self._office = office

    def playbooks(self, case: CaseFile | None = None) -> tuple[Playbook, ...]:
        """Return every playbook of the case's regime; without a case, of the usual one."""
        regimes = (case.facts.regime,) if case else ()
        return self._office.forms.playbooks(*regimes)

    def suggested(self, case: CaseFile) -> tuple[Playbook, ...]:
        """Return the playbooks that fit what is answered so far, the most specific first."""
        return suggested(self.playbooks(case), case.given)

    def add(self, ref: str, new: NewTask) -> CaseFile:
        """Keep a task written by hand.

        Raises:
            RefusedError: There is nothing to read in it.
        """
        if not says_something(new.what):
            raise RefusedError(say("A task needs words."), say("Say what is to be done."))
        with self._office.changing(ref) as change:
            number = len(change.case.tasks) + 1
            _keep(change, _task(change, number, what=new.what, owner=new.owner, due=new.due))
            return change.fresh()

    def follow(self, ref: str, playbook_id: str, *, owner: str = "") -> Added:
        """Keep the steps of a playbook that apply to the case and are not in it yet.

        Args:
            ref: The case.
            playbook_id: Which playbook.
            owner: Name of who does them all; empty: each step's role.

        Raises:
            NoSuchThingError: There is no such playbook.
            RefusedError: The owner's name is too long.
        """
        if len(owner) > OWNER_LENGTH:
            raise RefusedError(
                say("“{place}” has more than {limit} characters.", place="owner",
                    limit=OWNER_LENGTH),
                say("Shorten it."),
            )  # fmt: skip
        with self._office.changing(ref) as change:
            book = self._playbook(change.case, playbook_id)
            known = {one.step for one in change.case.tasks if one.step}
            fresh = [one for one in book.applying(change.case.given) if one.id not in known]
            first = len(change.case.tasks) + 1
            for number, step in enumerate(fresh, start=first):
                _keep(change, _from_step(change, number, book, step, owner))
            case = change.fresh() if fresh else change.case
            added = tuple(one for one in case.todos if one.number >= first)
            return Added(case=case, added=added)

    def _playbook(self, case: CaseFile, playbook_id: str) -> Playbook:
        books = {one.id: one for one in self.playbooks(case)}
        wanted = playbook_id.strip().lower().replace("_", "-")
        if wanted not in books:
            raise NoSuchThingError(
                say("There is no playbook “{id}”.", id=playbook_id),
                say("Choose one of: {ids}.", ids=", ".join(books)),
            )
        return books[wanted]

    def done(self, ref: str, task: str, because: str = "") -> CaseFile:
        """Keep that a task is done now; doing it twice changes nothing.

        Args:
            ref: The case.
            task: Its number in the case, or its id.
            because: What came of it, or why it is not needed.

        Raises:
            NoSuchThingError: The case has no such task.
            RefusedError: The words are too long.
        """
        return self._turn(ref, task, because, is_done=True)

    def reopen(self, ref: str, task: str, because: str) -> CaseFile:
        """Open a task again that was marked as done.

        Raises:
            NoSuchThingError: The case has no such task.
            RefusedError: No reason is given.
        """
        if not says_something(because):
            raise RefusedError(say("A reason is needed."), say("Say why it is open again."))
        return self._turn(ref, task, because, is_done=False)

    def _turn(self, ref: str, task: str, because: str, *, is_done: bool) -> CaseFile:
        if len(because) > TEXT_LENGTH:
            raise RefusedError(
                say("The reason has more than {limit} characters.", limit=TEXT_LENGTH),
                say("Shorten it."),
            )
        with self._office.changing(ref) as change:
            found = _find(change.case, task)
            if (found.done_at is not None) == is_done:
                return change.case
            values = found.model_dump(exclude={"id", "seq", "recorded_at", "recorded_by"})
            done_at = self._office.now() if is_done else None
            _keep(change, Task(id="", **{**values, "done_at": done_at, "reason": because}))
            return change.fresh()

    def open_tasks(self) -> tuple[tuple[CaseFile, Todo], ...]:
        """Return the open tasks of all open cases, what is due first first."""
        with self._office.reading() as reading:
            rows = [one for one in reading.register_rows(open_only=True) if one.tasks_open]
            cases = [
                self._office.case(reading, self._office.find(reading, one.ref, writing=False))
                for one in rows
            ]
        found = [(case, todo) for case in cases for todo in case.todos if todo.is_open]
        return tuple(sorted(found, key=lambda pair: pair[1].due or _LATEST))


def _keep(change: Change, row: Task) -> None:
    change.add(row, AuditAction.TASK_RECORD)


def _find(case: CaseFile, task: str) -> Task:
    wanted = task.strip().lower().removeprefix("task-").removeprefix("#")
    found = next((one for one in case.tasks if str(one.number) == wanted), None)
    if found is None:
        raise NoSuchThingError(
            say("{ref} has no task “{task}”.", ref=case.ref, task=task),
            say("“breachdesk task list {ref}” shows them with their numbers.", ref=case.ref),
        )
    return found


def _task(change: Change, number: int, **values: Any) -> Task:  # noqa: ANN401 - the record's fields
    task = f"task-{number}"
    return Task(id="", incident_id=change.incident.id, task=task, number=number, **values)


def _from_step(change: Change, number: int, book: Playbook, step: Step, owner: str) -> Task:
    return _task(
        change,
        number,
        what=step.text.en,
        words=_plain(step.text),
        why=_plain(step.why),
        cites=list(step.cites),
        playbook=book.id,
        step=step.id,
        owner=owner,
        owner_words=_plain(step.owner),
        hours=step.hours,
    )


def _plain(words: Words) -> dict[str, str]:
    every = {"en": words.en, "nb": words.nb, "nn": words.nn}
    return {lang: text for lang, text in every.items() if text}
