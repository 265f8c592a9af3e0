"""Tasks and playbooks as text on a terminal."""

from typing import TYPE_CHECKING

from breachdesk.cli.tables import write_table
from breachdesk.language import clean
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from breachdesk.casefile import CaseFile
    from breachdesk.casefile.todo import Todo
    from breachdesk.cli.errand import Errand
    from breachdesk.rules.playbook import Playbook


def tell_tasks(errand: "Errand", case: "CaseFile") -> None:
    """Print the tasks of a case under a heading, if it has any."""
    todos = case.todos
    if not todos:
        return
    left = sum(one.is_open for one in todos)
    errand.write()
    errand.tell(say("Tasks ({left} of {count} left)", left=left, count=len(todos)))
    for one in todos:
        tell_task(errand, one, indent="  ")


def tell_task(errand: "Errand", one: "Todo", *, indent: str = "", why: bool = False) -> None:
    """Print one task: number, what, who, by when; and why, if asked."""
    speaker = errand.speaker
    line = f"{sign(one)} {one.number}. {speaker.say(when_words(one))}: {speaker.of(one.what)}"
    if one.doer is not None:
        line += f" ({speaker.of(one.doer)})"
    errand.flow(line, indent=indent, hang=6)
    if why and one.why is not None and one.is_open:
        errand.flow(speaker.of(one.why), indent=f"{indent}      ")


def sign(one: "Todo") -> str:
    """Return a sign: done, late, or open; the words beside it say the same."""
    if not one.is_open:
        return "x"
    return "!" if one.is_overdue else "-"


def when_words(one: "Todo") -> Message:
    """Return by when, or when it was done."""
    if one.done_at is not None:
        return say("done {moment}", moment=one.done_at)
    if one.due is not None:
        late = say("late, it was due {moment}", moment=one.due)
        return late if one.is_overdue else say("by {moment}", moment=one.due)
    if one.hours is not None:
        return say("{hours} h after awareness, which is not settled", hours=one.hours)
    return say("no time set")


def tell_all_tasks(errand: "Errand", found: "Sequence[tuple[CaseFile, Todo]]") -> None:
    """Print the open tasks of all cases."""
    speaker = errand.speaker
    rows = [
        [sign(todo), case.ref, str(todo.number), speaker.say(when_words(todo)),
         speaker.of(todo.what), speaker.of(todo.doer) if todo.doer else "–",
         clean(case.facts.title)]
        for case, todo in found
    ]  # fmt: skip
    write_table(errand, rows)


def tell_playbooks(
    errand: "Errand", books: "Sequence[Playbook]", fitting: "Sequence[Playbook]"
) -> None:
    """Print every playbook, those that fit the case first and marked."""
    ids = {one.id for one in fitting}
    for one in (*fitting, *(book for book in books if book.id not in ids)):
        speaker = errand.speaker
        line = f"{'*' if one.id in ids else ' '} {one.id}: {speaker.of(one.about)}"
        count = say("{count} steps", count=len(one.steps))
        errand.flow(f"{line} ({speaker.say(count)})", indent="", hang=4)
    if fitting:
        errand.tell(say("* fits what is answered so far"))
