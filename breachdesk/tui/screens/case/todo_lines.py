"""What is to be done in a case, as lines under its timeline."""

from collections.abc import Iterator

from textual.content import Content

from breachdesk.casefile import CaseFile
from breachdesk.casefile.todo import Todo
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.tui.widgets.columns import Column, Columns, widest
from breachdesk.tui.widgets.linelist import Line, heading
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.tones import MUTED

TASK = "task"
"""What the ids of these lines begin with, before the task's number."""


def todo_lines(case: CaseFile, tab: Spoken) -> Iterator[Line]:
    """Yield a heading and a line for each task; nothing when there are none."""
    todos = case.todos
    if not todos:
        return
    left = sum(one.is_open for one in todos)
    yield heading(tab.words(say("To do ({left} of {count} left)", left=left, count=len(todos))))
    times = widest(when_words(one, tab.speaker) for one in todos)
    for one in todos:
        yield Line(_columns(one, times, tab.speaker), f"{TASK}.{one.number}")


def _columns(one: Todo, times: int, speaker: Speaker) -> Columns:
    sign, style = sign_of(one)
    what = shown(speaker.of(one.what), is_open=bool(one.step))
    what = what if one.is_open else what.stylize(MUTED)
    doer = shown(speaker.of(one.doer), is_open=not one.owner) if one.doer else Content()
    return Columns(
        Column(Content.styled(sign, style), 1),
        Column(Content.styled(when_words(one, speaker), style), times),
        Column(what),
        Column(doer.stylize(MUTED), 24, from_width=112),
    )


def sign_of(one: Todo) -> tuple[str, str]:
    """Return sign and style: done, late, or open."""
    if not one.is_open:
        return "✔", "$text-success"
    return ("!", "$text-error") if one.is_overdue else ("○", MUTED)


def when_words(one: Todo, speaker: Speaker) -> str:
    """Return when it was done or is due, as short as it can be said."""
    if one.done_at is not None:
        return speaker.say(say("done {when}", when=speaker.brief(one.done_at)))
    if one.due is not None:
        when = speaker.brief(one.due)
        return speaker.say(say("late: {when}", when=when)) if one.is_overdue else when
    if one.hours is not None:
        return speaker.say(say("{hours} h after awareness", hours=one.hours))
    return speaker.say(say("no time set"))
