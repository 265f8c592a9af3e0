"""How a questionnaire writes: each answer at once, unless somebody else answered meanwhile."""

from collections.abc import Mapping
from typing import ClassVar, cast

from breachdesk.casefile import CaseFile
from breachdesk.casefile.earlier import was_told
from breachdesk.casefile.given import field_of
from breachdesk.desk import Sheet
from breachdesk.message import Message, say
from breachdesk.rules.questionnaire import Question
from breachdesk.tui.base import act
from breachdesk.tui.screens.answers import Standing, standing_of, value_words
from breachdesk.tui.screens.case.acts import CaseActs
from breachdesk.tui.screens.correct import CorrectDialog
from breachdesk.tui.screens.questionnaire.changing import ChangeDialog
from breachdesk.tui.screens.questionnaire.field import draft_name
from breachdesk.tui.screens.questionnaire.progress import Progress
from breachdesk.tui.screens.questionnaire.view import QuestionView
from breachdesk.tui.screens.questionnaire.walk import Walk
from breachdesk.tui.screens.reasons import AwareDialog
from breachdesk.tui.widgets.dialogs import MessageDialog
from breachdesk.tui.widgets.draftbox import DraftBox


class AnswerWriting(CaseActs):
    """What a questionnaire knows and how it writes; the screen draws."""

    RECORDS: ClassVar[Mapping[str, Message]] = dict.fromkeys(
        ("give", "action_keep", "action_clear"), say("Answer")
    )

    def __init__(self, case: CaseFile, form_id: str, *, start: str = "", group: str = "") -> None:
        """Take the case, the form, the question to begin with, and whom it is answered for."""
        super().__init__(case.ref)
        self.group_id = group
        """The group of people it is answered for; empty: everybody."""
        self.set_reactive(CaseActs.case, case)
        self.form_id = form_id
        self.here = start
        """The question in focus; empty at the end."""
        self.halves: dict[str, str] = {}
        """What was left half-typed, by field."""
        self.is_stale = False
        self.has_begun = False
        """Was a question shown already? The end, too, is a place to come back to."""

    @property
    def the_case(self) -> CaseFile:
        """The case, which a questionnaire always has, as it is for the group it is about."""
        case = cast("CaseFile", self.case)
        group = case.group(self.group_id)
        return case.for_group(group) if group else case

    @property
    def walk(self) -> Walk:
        """The questions as they are asked now."""
        return Walk.through(self.the_case, self.the_case.forms[self.form_id])

    def form_of(self, question: Question) -> str:
        """Return the id of the form in which a question is answered."""
        del question
        return self.form_id

    @property
    def question(self) -> Question | None:
        """The question in focus."""
        return self.walk.question(self.here)

    async def go(self, question_id: str) -> None:
        """Show a question."""
        raise NotImplementedError

    @act
    async def give(self, value: object, *, goes_on: bool) -> None:
        """Write an answer that was given, and go on if so wished."""
        question = self.question
        if question is not None and await self.write(question, value):
            await self.go(self.walk.after(question.id) if goes_on else question.id)

    async def write(self, question: Question, value: object) -> bool:
        """Write one answer; False when it was refused."""
        if self._stands_so(question, value):
            await self.forget_half(question)
            return True
        because = await self._because(question, value, self._in_words(question, value))
        if because is None:
            await self.go(question.id)
            return False
        shown = self.the_case.answers.get(question.id)
        sheet = Sheet(
            values={question.id: value},
            replaces={question.id: shown.id if shown else None},
            group=self.group_id,
            because=because,
        )
        return await self._hand_in(question, sheet, value)

    async def _because(self, question: Question, value: object, now: str) -> str | None:
        """Return why an answer changes that the authority was told; None to leave it as it is."""
        told = was_told(self.the_case, question.id)
        same = (list(told) if isinstance(told, tuple) else told) == value
        if told is None or same or self.form_id == "other":
            return ""
        dialog = ChangeDialog(self.the_case, question, told, say("{value}", value=now))
        return await self.app.push_screen_wait(dialog)

    async def _hand_in(self, question: Question, sheet: Sheet, value: object) -> bool:
        form_id = self.form_of(question)
        report = await self.ask(self.desk.assessment.answer, self.ref, form_id, sheet)
        if report is not None:
            await self.written(report.case, question)
        elif self.is_stale:
            self.is_stale = False
            await self._show_both(question, value)
        return report is not None

    def _stands_so(self, question: Question, value: object) -> bool:
        stands = self.the_case.value(question.id)
        same = (list(stands) if isinstance(stands, tuple) else stands) == value
        return same and standing_of(self.the_case, question) == Standing.KNOWN

    async def written(self, case: CaseFile, question: Question) -> None:
        """Take the case after an answer was written."""
        self.case = case
        self.query_one(Progress).saved(self.now())
        await self.forget_half(question)

    async def forget_half(self, question: Question) -> None:
        """Forget half-typed words that became an answer."""
        name = draft_name(question)
        for box in self.query(DraftBox):
            box.said(name)
        if self.halves.pop(name, ""):
            await self.ask(self.desk.drafts.drop, self.the_case.draft_place, name)

    async def write_unsaid(self) -> bool:
        """Write what is typed and not written yet, before the question is left.

        What was left half-written earlier, and stands as it was left, stays half-written: only an
        act makes it an answer.
        """
        for view in self.query(QuestionView):
            if view.field.is_recovered:
                return True
            value = view.field.unsaid()
            if value is not None:
                return await self.write(view.question, value)
            if draft_name(view.question) in self.halves:
                self.halves[draft_name(view.question)] = view.field.typed
        return True

    async def write_or_clear(self) -> bool:
        """Write what is typed or marked; an emptied field takes its answer back."""
        for view in self.query(QuestionView):
            value = view.field.value()
            if value is not None:
                return await self.write(view.question, value)
            if view.question.id in self.the_case.answers and view.field.can_be_emptied:
                return await self.take_back_answer(view.question)
        return True

    @act
    async def action_clear(self) -> None:
        """Take the answer back."""
        question = self.question
        if question is not None and question.id in self.the_case.answers:
            await self.take_back_answer(question)
            await self.go(question.id)

    async def take_back_answer(self, question: Question) -> bool:
        """Take an answer back: the question stands unanswered."""
        because = await self._because(question, None, self.say(say("not answered")))
        if because is None:
            return False
        shown = self.the_case.answers[question.id]
        sheet = Sheet(
            cleared=[question.id],
            replaces={question.id: shown.id},
            because=because,
            group=self.group_id,
        )
        return await self._hand_in(question, sheet, None)

    async def _show_both(self, question: Question, ours: object) -> None:
        """Show what somebody else answered meanwhile beside what was to be written."""
        fresh = await self.ask(self.desk.intake.open, self.ref)
        if fresh is None:
            return
        self.case = fresh
        theirs = value_words(question, self.the_case.value(question.id), self.speaker)
        text = say(
            "“{question}” was answered by someone else meanwhile. It now says “{theirs}”; "
            "yours was “{ours}”.",
            question=question.text,
            theirs=theirs,
            ours=self._in_words(question, ours),
        )
        next_step = say("Look at both, then answer again.")
        dialog = MessageDialog(say("Changed by someone else"), text, next_step)
        await self.app.push_screen_wait(dialog)
        await self.go(question.id)

    def _in_words(self, question: Question, value: object) -> str:
        match value:
            case list():
                return value_words(question, tuple(value), self.speaker)
            case bool() | int() | str():
                return value_words(question, value, self.speaker)
            case _:
                return self.say(say("{value}", value=str(value)))

    async def change_by_verb(self, question: Question) -> None:
        """Change one of the case's own facts: awareness by its own dialog, others corrected."""
        binds = question.binds or ""
        case = self.the_case
        if binds == "incident.became_aware_at":
            changed = await self.app.push_screen_wait(AwareDialog(case))
        else:
            dialog = CorrectDialog(case, field_of(binds))
            changed = await self.app.push_screen_wait(dialog)
        if changed is not None:
            await self.written(changed, question)

    async def keep_assessment(self) -> None:
        """Keep the assessment of the answers as they stand."""
        if self.walk.form.method is None:
            return
        case = await self.ask(self.desk.assessment.assess, self.ref)
        if case is not None:
            self.case = case
            self.query_one(Progress).saved(self.now())
            await self.go("")
