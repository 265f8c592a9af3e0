"""Dialogs about what is to be done: begin with a playbook, mark a task as done."""

from collections.abc import Iterator
from typing import cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static

from breachdesk.casefile import CaseFile
from breachdesk.casefile.todo import Todo
from breachdesk.message import Message, say
from breachdesk.records import NewTask
from breachdesk.rules.playbook import Playbook, suggested
from breachdesk.tui.hall import Hall
from breachdesk.tui.screens.acting import ActDialog
from breachdesk.tui.screens.case.todo_lines import when_words
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.dialogs import Dialog
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.moment import MomentField
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedLine

BY_HAND = "by-hand"


class PlaybooksDialog(Dialog[CaseFile]):
    """The playbooks, those that fit first; Enter adds the steps of one."""

    DEFAULT_CSS = """
    PlaybooksDialog {
        & > .box { width: 78; padding: 0 1; }
        LineList { height: auto; max-height: 18; margin-bottom: 1; }
    }
    """

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(say("What is to be done"))
        self.case = case

    @property
    def hall(self) -> Hall:
        """The app."""
        return cast("Hall", self.app)

    def compose_box(self) -> ComposeResult:
        """Draw the list."""
        yield LineList()
        with Horizontal(classes="buttons"):
            yield Button(self.words(say("Back")), id="no")

    @work
    async def on_mount(self) -> None:
        """Read the playbooks and show them."""
        books = await self.hall.ask(self.hall.desk.tasks.playbooks, self.case)
        table = self.query_one(LineList)
        table.show_lines(tuple(self._lines(books or ())))
        table.focus()

    def _lines(self, books: tuple[Playbook, ...]) -> Iterator[Line]:
        fitting = suggested(books, self.case.given)
        if fitting:
            yield heading(self.words(say("Fits what is answered so far")))
            yield from (self._line(one) for one in fitting)
        yield heading(self.words(say("Playbooks")))
        yield from (self._line(one) for one in books if one not in fitting)
        yield Line(self.words(say("Write a task by hand")), BY_HAND)

    def _line(self, one: Playbook) -> Line:
        steps = one.applying(self.case.given)
        known = {task.step for task in self.case.tasks}
        left = sum(step.id not in known for step in steps)
        text = say("steps: {count}", count=left) if left else say("✔ in the case")
        return Line(
            Columns(
                Column(Content(self.speaker.of(one.title)), 25),
                Column(Content.styled(self.speaker.of(one.about), MUTED)),
                Column(Content.styled(self.say(text), MUTED), 10),
            ),
            one.id,
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._add(event.option_id or "")

    @work(exclusive=True)
    async def _add(self, chosen: str) -> None:
        if chosen == BY_HAND:
            case = await self.app.push_screen_wait(NewTaskDialog(self.case))
            self.dismiss(case)
            return
        added = await self.hall.ask(self.hall.desk.tasks.follow, self.case.ref, chosen)
        if added is None:
            return
        count = len(added.added)
        nothing = say("Every step of it is in the case already; nothing was added.")
        self.hall.tell(say("Tasks added: {count}", count=count) if count else nothing)
        self.dismiss(added.case)

    @on(Button.Pressed, "#no")
    async def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


class NewTaskDialog(ActDialog):
    """A task written by hand: what, who, by when."""

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case, say("Write a task by hand"), say("Add it"))

    def fields(self) -> Iterator[Widget]:
        """Draw what, who and by when."""
        yield self.label(say("What is to be done"))
        yield TypedLine(name="task.what", id="what", max_length=2000)
        yield self.row(say("Who"), TypedLine(name="task.owner", id="owner", max_length=200))
        example = say("tomorrow 12:00, in 2 h")
        due = MomentField(
            self.hall.now, name="task.due", placeholder=example, is_due=True, id="due"
        )
        yield self.row(say("By when"), due)

    def consequence(self) -> Message:
        """Say what is kept."""
        due = self.query_one(MomentField).moment
        if due is None:
            return say("This stands among the tasks of the case, without a time.")
        return say("This stands among the tasks of the case, due {due}.", due=due)

    async def record(self) -> CaseFile | None:
        """Keep it."""
        what, due = self.query_one("#what", Input), self.query_one(MomentField)
        if not what.value.strip():
            self.lacks(what, say("Say what is to be done."))
            return None
        if due.problem is not None:
            self.lacks(due.input, due.problem.what)
            return None
        owner = self.query_one("#owner", Input).value.strip()
        new = NewTask(what=what.value.strip(), owner=owner, due=due.moment)
        return await self.ask(self.hall.desk.tasks.add, self.case.ref, new)


class TaskDialog(ActDialog):
    """One task: why it is done; ctrl+s marks it as done, or opens it again."""

    def __init__(self, case: CaseFile, todo: Todo) -> None:
        """Take the case and the task."""
        yes = say("Mark as done") if todo.is_open else say("Open again")
        super().__init__(case, say("Task {number}", number=todo.number), yes)
        self.todo = todo

    def fields(self) -> Iterator[Widget]:
        """Draw the task and a field for what came of it."""
        yield Static(self._about(), classes="about", markup=False)
        what = say("What came of it, or why it is not needed (may stay empty)")
        yield self.label(what if self.todo.is_open else say("Why it is open again"))
        yield TypedLine(name=f"task.{self.todo.number}.reason", id="reason")

    def _what(self) -> Content:
        return shown(self.speaker.of(self.todo.what), is_open=bool(self.todo.step))

    def _about(self) -> Content:
        one, parts = self.todo, [self._what().stylize("bold")]
        when = when_words(one, self.speaker)
        who = shown(self.speaker.of(one.doer), is_open=not one.owner) if one.doer else None
        doer = f" · {who.plain}" if who is not None else ""
        parts.append(Content.styled(f"{when}{doer}", MUTED))
        if one.why is not None:
            parts.append(Content(self.speaker.of(one.why)))
        cites = [self.case.sources[cite] for cite in one.cites if cite in self.case.sources]
        if cites:
            parts.append(Content.styled(", ".join(map(self.speaker.of, cites)), MUTED))
        if one.reason:
            parts.append(shown(one.reason))
        return Content("\n").join(parts)

    def consequence(self) -> Message:
        """Say what confirming does."""
        who = self.hall.desk.actor
        if self.todo.is_open:
            return say("This stands in the timeline as done now by {who}.", who=who)
        return say("This opens the task again; that it was done stays in the record.")

    async def record(self) -> CaseFile | None:
        """Record it."""
        field = self.query_one("#reason", Input)
        reason, number = field.value.strip(), str(self.todo.number)
        if self.todo.is_open:
            return await self.ask(self.hall.desk.tasks.done, self.case.ref, number, reason)
        if not reason:
            self.lacks(field, say("Say why it is open again."))
            return None
        return await self.ask(self.hall.desk.tasks.reopen, self.case.ref, number, reason)
