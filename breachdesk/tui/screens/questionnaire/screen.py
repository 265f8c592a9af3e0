"""The screen of a questionnaire: walk through a form, each answer written at once."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import AwaitMount

from breachdesk.errors import AnswersRefusedError, BreachdeskError, StaleCaseError
from breachdesk.message import say
from breachdesk.rules.advice import Assessed
from breachdesk.rules.questionnaire import AnswerValue, Question
from breachdesk.tui.base import act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.case.half_written import half_written_question
from breachdesk.tui.screens.groups import GroupsDialog
from breachdesk.tui.screens.questionnaire.ending import Ending
from breachdesk.tui.screens.questionnaire.field import AnswerField
from breachdesk.tui.screens.questionnaire.fields import is_answered_here
from breachdesk.tui.screens.questionnaire.jump import END, JumpDialog
from breachdesk.tui.screens.questionnaire.progress import Progress
from breachdesk.tui.screens.questionnaire.view import QuestionView
from breachdesk.tui.screens.questionnaire.walk import Walk
from breachdesk.tui.screens.questionnaire.why import Why
from breachdesk.tui.screens.questionnaire.writing import AnswerWriting
from breachdesk.tui.screens.unknown import UnknownDialog
from breachdesk.tui.widgets.helping import HelpText

WIDE = 100
"""From how many columns on the reasons get more room."""
TALL = 34
"""From how many lines on there is room to breathe."""


class QuestionnaireScreen(AnswerWriting):
    """One form of one case."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f4", "unknown", say("Unknown"), id="question.unknown",
            hint=say("Say that it is not known yet, who finds out, and by when")),
        key("ctrl+s", "keep", say("Write, next"), id="question.keep", shown=False,
            hint=say("Write the answer and go on; at the end, keep the assessment")),
        key("pagedown", "next", say("Next"), id="question.next", first=True,
            hint=say("Go to the next question")),
        key("pageup", "previous", say("Previous"), id="question.previous", first=True,
            hint=say("Go to the question before")),
        key("f3", "jump", say("Questions"), id="question.jump",
            hint=say("List every question and go to one")),
        key("f6", "groups", say("Whose risk"), id="question.groups", shown=False,
            hint=say("Answer for a group of people whose data differ, or for everybody")),
        key("f2", "note", say("Note"), id="question.note", shown=False,
            hint=say("Write a line in the timeline")),
        key("delete", "clear", say("Take back"), id="question.clear", shown=False,
            hint=say("Take the answer back: the question stands unanswered")),
    ]  # fmt: skip
    CSS = """
    QuestionnaireScreen #place { height: 1fr; }
    QuestionnaireScreen.-wide Why { width: 48; }
    QuestionnaireScreen.-tall Progress { margin: 1 0; }
    """

    def compose_body(self) -> ComposeResult:
        """Draw how far one is, and a place for the question."""
        yield Progress(self.hall.now)
        yield Container(id="place")

    async def fill(self) -> None:
        """Read what was left half-typed, and show the question."""
        self.halves = await self.ask(self.desk.drafts.open, self.the_case.draft_place) or {}
        start = self.here if self.has_begun else self.here or self._first()
        self.has_begun = True
        await self.go(start)

    def _first(self) -> str:
        """Return where to begin: at half-written words, else at the first open question.

        For a group without an answer of its own every question may be another: at the first one.
        """
        group = self.the_case.seen_for
        if group is not None and not group.answers:
            return next((one.id for one in self.walk.questions if one.binds is None), "")
        half = half_written_question(self.walk.form, self.halves)
        return half if self.walk.question(half) else self.walk.first_open()

    def on_resize(self) -> None:
        """Use the room there is."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.set_class(self.size.height >= TALL, "-tall")

    async def go(self, question_id: str) -> None:
        """Show a question; an empty id, or one that is not asked, shows the end."""
        walk = self.walk
        question = walk.question(question_id)
        self.here = question.id if question else ""
        self.query_one(Progress).show(self.the_case, walk, self.here)
        place = self.query_one("#place", Container)
        with self.app.batch_update():
            await place.remove_children()
            if question is None:
                await place.mount(Ending(self.the_case, walk, actor=self.desk.actor))
            else:
                half = self.halves.get(f"answer.{question.id}", "")
                await place.mount(QuestionView(self.the_case, walk, question, half))
        self.refresh_bindings()
        for view in self.query(QuestionView):
            view.field.focus_field()
            self.point("", self.the_case.value(question_id))

    @on(AnswerField.Given)
    def _given(self, event: AnswerField.Given) -> None:
        self.give(event.value, goes_on=event.goes_on)

    @on(AnswerField.WentOn)
    def action_next(self) -> None:
        """Go to the next question; what was typed is written first."""
        self.step(forward=True)

    def action_previous(self) -> None:
        """Go to the question before; what was typed is written first."""
        self.step(forward=False)

    @act
    async def step(self, *, forward: bool) -> None:
        """Leave the question for its neighbour, unless what was typed cannot be taken."""
        if await self.write_unsaid():
            walk = self.walk
            await self.go(walk.after(self.here) if forward else self._before(walk))

    def _before(self, walk: Walk) -> str:
        return walk.before(self.here or END) or self.here

    @act
    async def action_keep(self) -> None:
        """Write the answer and go on; at the end, keep the assessment."""
        if not self.here:
            await self.keep_assessment()
        elif await self.write_or_clear():
            await self.go(self.walk.after(self.here))

    @on(Ending.KeepWanted)
    def _keep_wanted(self) -> None:
        self.action_keep()

    @on(Ending.Chosen)
    def _open_line(self, event: Ending.Chosen) -> None:
        self.open_form(self.form_id, event.question)

    def open_form(self, form: str, question: str = "", group: str = "") -> AwaitMount | None:
        """Go to a question here; one of another form opens that form."""
        if form != self.form_id and not self.walk.question(question):
            return super().open_form(form, question, group)
        self.visit(question)
        return None

    @act
    async def visit(self, question_id: str) -> None:
        """Go to any question, or to the end."""
        if await self.write_unsaid():
            await self.go(question_id)

    @act
    async def action_jump(self) -> None:
        """List the questions, and go where was chosen."""
        chosen = await self.app.push_screen_wait(JumpDialog(self.the_case, self.walk, self.here))
        if chosen is not None and await self.write_unsaid():
            await self.go("" if chosen == END else chosen)

    @act
    async def action_groups(self) -> None:
        """Choose whom the questions about risk are answered for."""
        case = self.case
        if case is None or self.walk.form.method is None or not await self.write_unsaid():
            return
        chosen = await self.app.push_screen_wait(GroupsDialog(case))
        if chosen is not None:
            self.case, group = chosen
            stays = self.case.group(self.group_id) is not None
            self.group_id = group if group is not None else self.group_id if stays else ""
            self.halves = await self.ask(self.desk.drafts.open, self.the_case.draft_place) or {}
            await self.go(self.here or self._first())

    @on(AnswerField.NotKnown)
    def _not_known(self) -> None:
        self.action_unknown()

    @act
    async def action_unknown(self) -> None:
        """Say that it is not known yet."""
        question = self.question
        if question is None:
            return
        dialog = UnknownDialog(self.the_case, self.form_of(question), question)
        case = await self.app.push_screen_wait(dialog)
        if case is not None:
            await self.written(case, question)
            await self.go(self.walk.after(question.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer “not known yet” only where the form is what answers."""
        del parameters
        question = self.question
        return action != "unknown" or (
            question is not None and is_answered_here(self.the_case, question)
        )

    @on(AnswerField.ChangeWanted)
    def _change_wanted(self) -> None:
        self.change_bound()

    @act
    async def change_bound(self) -> None:
        """Change one of the case's own facts by its verb."""
        if self.question is not None:
            await self.change_by_verb(self.question)
            await self.go(self.here)

    @on(AnswerField.Half)
    def _half(self, event: AnswerField.Half) -> None:
        self.halves[f"answer.{self.here}"] = event.text
        self.keep_half(f"answer.{self.here}")

    @work(group="half")
    async def keep_half(self, field: str) -> None:
        """Keep marked options like half-typed words; the newest marks win."""
        text, place = self.halves.get(field, ""), self.the_case.draft_place
        await self.ask(self.desk.drafts.save, place, field, text)

    @on(AnswerField.Pointed)
    def _pointed(self, event: AnswerField.Pointed) -> None:
        self.point(event.option, event.value)

    @work(group="effect", exclusive=True)
    async def point(self, option: str, value: AnswerValue) -> None:
        """Show what an answer would do; only the one looked at last counts."""
        case, question = self.the_case, self.question
        if question is None:
            return
        would: Assessed | None = None
        if option and case.forms["risk"].question(question.id) is not None:
            would = await self.ask(self.desk.assessment.what_if, case, {question.id: value})
        for why in self.query(Why):
            why.show_effect(case, question, option, would)

    def help_text(self) -> HelpText | None:
        """Return the question's own help: why, an example, and the sources by their full names."""
        question = self.question
        return self.speaker_help(question) if question else None

    def speaker_help(self, question: Question) -> HelpText:
        """Return the help of one question in the reader's language."""
        speaker, sources = self.speaker, self.the_case.sources
        return HelpText(
            title=speaker.of(question.text),
            text=speaker.of(question.why),
            example=speaker.of(question.example) if question.example else "",
            law="\n".join(speaker.of(sources[one]) for one in question.cites if one in sources),
        )

    def refused(self, error: BreachdeskError) -> bool:
        """Say beneath the field what is wrong; a change by somebody else has its own dialog."""
        if isinstance(error, StaleCaseError):
            self.is_stale = True
            return True
        for view in self.query(QuestionView):
            problems = error.problems if isinstance(error, AnswersRefusedError) else ()
            view.say_problem(problems[0][1] if problems else error.what)
            return True
        return False
