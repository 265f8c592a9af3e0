"""Tasks and playbooks: what is to be done, by whom, by when."""

from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.errand import Errand
from breachdesk.cli.inputs import due as due_of
from breachdesk.cli.inputs import maybe_text, text_of
from breachdesk.cli.options import Because, Ref, argument, flag, option
from breachdesk.cli.plain_tasks import plain_playbook, plain_task
from breachdesk.cli.reports import done as report
from breachdesk.cli.told_tasks import tell_all_tasks, tell_playbooks, tell_task
from breachdesk.cli.validated import made
from breachdesk.errors import RefusedError
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile

_TASK = Annotated[str, argument("TASK", say("Its number in the case; “task list REF” shows it."))]
_CASE = Annotated[
    str | None, argument("REF", say("The case; left out: the open tasks of all open cases."))
]


def register(desk: Counter) -> None:
    """Add the commands."""
    tasks = desk.group("task", say("What is to be done: add, done, reopen, list, playbooks."))
    tasks.command(
        "add",
        say("Add a task, or every step of a playbook; steps that are there are not added again."),
        "breachdesk task add 7 --playbook misdirected",
        say('breachdesk task add 7 "Call the supplier" --owner Ola --due "tomorrow 12:00"'),
    )(add)
    tasks.command(
        "done",
        say("Mark a task as done; it becomes a line of the timeline."),
        say('breachdesk task done 7 2 --because "Deleted, confirmed by e-mail"'),
    )(done)
    tasks.command(
        "reopen",
        say("Open a task again that was marked as done. Both stay in the record."),
        say('breachdesk task reopen 7 2 --because "A copy turned up"'),
    )(reopen)
    tasks.command(
        "list",
        say("List the tasks of a case, or the open ones of all open cases."),
        "breachdesk task list 7",
        "breachdesk task list --json",
    )(list_tasks)
    tasks.command(
        "playbooks",
        say("List the playbooks, those that fit a case first."),
        "breachdesk task playbooks 7",
    )(playbooks)


def add(
    errand: Errand,
    ref: Ref,
    text: Annotated[
        str | None, argument("TEXT", say("What is to be done; - is standard input, or @FILE."))
    ] = None,
    *,
    playbook: Annotated[
        str | None, option("--playbook", "ID", say("Add every step of this playbook instead."))
    ] = None,
    owner: Annotated[str | None, option("--owner", "NAME", say("Who does it."))] = None,
    due: Annotated[
        str | None, option("--due", "DUE", say("By when: 15:00, in 2 h, tomorrow 12:00."))
    ] = None,
) -> None:
    """Add a task or the steps of a playbook."""
    from breachdesk.records import NewTask

    who = maybe_text(errand, owner, "--owner").strip()
    if playbook is not None:
        if text is not None or due is not None:
            raise RefusedError(
                say("A playbook brings its own words and times."),
                say("Leave TEXT and --due out, or add the task by itself."),
            )
        _follow(errand, ref, playbook, who)
        return
    if text is None:
        raise RefusedError(
            say("What is to be done?"), say("Write it as TEXT, or name a playbook: --playbook ID.")
        )
    at = None if due is None else due_of(errand, due)
    new = made(NewTask, what=text_of(errand, text, "TEXT"), owner=who, due=at)
    case = errand.acting().tasks.add(ref, new)
    _report(errand, case, case.tasks[-1].number)


def _follow(errand: Errand, ref: str, playbook: str, owner: str) -> None:
    added = errand.acting().tasks.follow(ref, playbook, owner=owner)
    count = len(added.added)
    said = say("Tasks added: {count}", count=count)
    if not count:
        said = say("Every step of it is in the case already; nothing was added.")
    report(errand, added.case, said)
    if not errand.wants_json:
        for one in added.added:
            tell_task(errand, one, indent="  ")


def _report(errand: Errand, case: "CaseFile", number: int) -> None:
    report(errand, case)
    if not errand.wants_json:
        one = next(todo for todo in case.todos if todo.number == number)
        tell_task(errand, one, indent="  ")


def done(
    errand: Errand,
    ref: Ref,
    task: _TASK,
    *,
    because: Annotated[
        str | None,
        option("--because", "TEXT", say("What came of it, or why it is not needed.")),
    ] = None,
) -> None:
    """Mark a task as done."""
    reason = maybe_text(errand, because, "--because")
    report(errand, errand.acting().tasks.done(ref, task, reason))


def reopen(errand: Errand, ref: Ref, task: _TASK, because: Because) -> None:
    """Open a task again."""
    reason = text_of(errand, because, "--because")
    report(errand, errand.acting().tasks.reopen(ref, task, reason))


def list_tasks(
    errand: Errand,
    ref: _CASE = None,
    *,
    open_: Annotated[bool, flag("--open", say("Leave out what is done."))] = False,
) -> None:
    """List tasks."""
    if ref is None:
        _list_all(errand)
        return
    case = errand.desk.intake.open(ref)
    todos = [one for one in case.todos if one.is_open or not open_]
    if errand.wants_json:
        errand.give([{"ref": case.ref, **plain_task(one, errand.speaker)} for one in todos])
        return
    for one in todos:
        tell_task(errand, one, why=True)
    if not case.todos:
        _suggest(errand, case)


def _suggest(errand: Errand, case: "CaseFile") -> None:
    """Say which playbook to begin with."""
    fitting = errand.desk.tasks.suggested(case)
    if fitting:
        errand.note(
            say(
                "No tasks yet. “breachdesk task add {ref} --playbook {id}” adds: {title}.",
                ref=case.ref,
                id=fitting[0].id,
                title=fitting[0].title,
            )
        )
        return
    errand.note(say("No tasks yet. “breachdesk task playbooks” shows what there is to begin with."))


def _list_all(errand: Errand) -> None:
    found = errand.desk.tasks.open_tasks()
    if errand.wants_json:
        errand.give([{"ref": case.ref, **plain_task(one, errand.speaker)} for case, one in found])
    elif found:
        tell_all_tasks(errand, found)
    else:
        errand.note(say("No open tasks."))


def playbooks(errand: Errand, ref: _CASE = None) -> None:
    """List the playbooks."""
    desk = errand.desk
    case = None if ref is None else desk.intake.open(ref)
    books = desk.tasks.playbooks(case)
    fitting = desk.tasks.suggested(case) if case else ()
    if errand.wants_json:
        ids = {one.id for one in fitting}
        errand.give(
            [plain_playbook(one, errand.speaker, is_suggested=one.id in ids) for one in books]
        )
        return
    tell_playbooks(errand, books, fitting)
