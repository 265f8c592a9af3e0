"""What can be done with a case: each act opens a dialog or a screen, and takes the case back."""

from collections.abc import Callable
from typing import TypeVar

from textual.reactive import reactive
from textual.widget import AwaitMount

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.desk.viewing import still_there
from breachdesk.message import say
from breachdesk.records import Dispatch
from breachdesk.terms import DocumentKind, Matter
from breachdesk.tui.base import act
from breachdesk.tui.screens.anchor import AnchorScreen
from breachdesk.tui.screens.case.unknowns import UnknownsDialog
from breachdesk.tui.screens.correct import CorrectDialog, FieldDialog
from breachdesk.tui.screens.erasing import EraseDialog, erased_words
from breachdesk.tui.screens.evidence.adding import AddEvidenceDialog
from breachdesk.tui.screens.evidence.handing import HandOutDialog
from breachdesk.tui.screens.evidence.viewing import ShownDialog, ViewDialog
from breachdesk.tui.screens.note import NoteDialog
from breachdesk.tui.screens.profile import ProfileScreen
from breachdesk.tui.screens.reasons import AwareDialog, StatusDialog, UnsentDialog
from breachdesk.tui.screens.sent import SentDialog
from breachdesk.tui.screens.tasks import PlaybooksDialog, TaskDialog
from breachdesk.tui.widgets.dialogs import Dialog, MessageDialog

T = TypeVar("T")
SENDS = {
    "send_initial": DocumentKind.NOTIFICATION,
    "send_notification": DocumentKind.NOTIFICATION,
    "tell_people": DocumentKind.COMMUNICATION,
    "tell_controller": DocumentKind.PROCESSOR_NOTICE,
}
"""The paper that a next step sends."""


class CaseActs(ProfileScreen):
    """A screen that holds one case and does things with it."""

    case: reactive[CaseFile | None] = reactive(None, always_update=True)

    def __init__(self, ref: str) -> None:
        """Take the case's reference."""
        super().__init__()
        self.ref = ref

    async def fill(self) -> None:
        """Read the case, and whether there is a profile."""
        await self.read_organisation()
        self.take(await self.ask(self.desk.intake.open, self.ref))

    def take(self, case: CaseFile | None) -> None:
        """Show a case that an act returned; None, when it was refused, changes nothing."""
        if case is not None:
            self.case = case
            self.refresh_bindings()

    async def _dialog(self, make: Callable[[CaseFile], Dialog[T]]) -> T | None:
        """Show a dialog about the case as it stands; None when it was gone back from.

        Keys typed ahead never open a second dialog over the first.
        """
        if self.case is None or not self.is_current:
            return None
        return await self.app.push_screen_wait(make(self.case))

    async def _act(self, make: Callable[[CaseFile], Dialog[CaseFile]]) -> None:
        case = await self._dialog(make)
        self.take(case)

    @act
    async def action_note(self) -> None:
        """Write a line in the timeline."""
        await self._act(NoteDialog)

    @act
    async def action_aware(self) -> None:
        """Set when we became aware."""
        await self._act(AwareDialog)

    @act
    async def action_status(self) -> None:
        """Close the case, or open it again."""
        await self._act(StatusDialog)

    @act
    async def action_sent(self) -> None:
        """Record a sending."""
        await self._act(SentDialog)

    @act
    async def action_correct(self) -> None:
        """Correct one of the case's own facts."""
        field = await self._dialog(FieldDialog)
        if field is not None:
            await self._act(lambda case: CorrectDialog(case, field))

    @act
    async def action_unknowns(self) -> None:
        """List what is missing; open the question that was chosen."""
        question = await self._dialog(UnknownsDialog)
        if question is not None:
            self.open_question(question)

    @act
    async def correct_field(self, field: str) -> None:
        """Correct one field that is known already."""
        await self._act(lambda case: CorrectDialog(case, field))

    @act
    async def take_back(self, dispatch_id: str) -> None:
        """Take back a sending; one that was taken back already stays so."""
        if all(one.id != dispatch_id for one in self.sendings):
            self.hall.tell(say("This sending was taken back already."))
            return
        await self._act(lambda case: UnsentDialog(case, dispatch_id))

    @act
    async def action_unsent(self) -> None:
        """Take back a sending; with several, the dialog asks which."""
        if self.sendings:
            await self._act(UnsentDialog)

    @property
    def sendings(self) -> tuple[Dispatch, ...]:
        """The recorded sendings that stand."""
        return standing(self.case.dispatches) if self.case else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to take back a sending only where one stands."""
        del parameters
        return bool(self.sendings) if action == "unsent" else True

    async def action_assess(self) -> None:
        """Answer the questions about risk."""
        if self.is_current:
            await self.stands(self.open_form("risk"))

    @act
    async def action_groups(self) -> None:
        """Choose a group of people, or name one, and answer the questions about risk for it."""
        from breachdesk.tui.screens.groups import GroupsDialog

        chosen = await self._dialog(GroupsDialog)
        if chosen is not None:
            case, group = chosen
            self.take(case)
            if group is not None:
                await self.stands(self.open_form("risk", group=group))

    async def action_facts(self) -> None:
        """Answer the questions about what happened."""
        if self.is_current:
            await self.stands(self.open_form("facts"))

    async def action_decide(self) -> None:
        """Decide a matter."""
        if self.is_current:
            await self.stands(self.open_decision(None))

    async def stands(self, opening: AwaitMount | None) -> None:
        """Wait until a screen stands, so that keys typed ahead are its own."""
        if opening is not None:
            await opening

    def open_question(self, question: str) -> None:
        """Open a question in the form that asks it."""
        forms = self.case.forms.values() if self.case else ()
        found = [form.id for form in forms if form.question(question)]
        if found:
            self.open_form(found[0], question)

    def open_form(self, form: str, question: str = "", group: str = "") -> AwaitMount | None:
        """Open a questionnaire, at a question if one is named, for a group if one is."""
        from breachdesk.tui.screens.questionnaire.screen import QuestionnaireScreen

        if self.case is not None:
            screen = QuestionnaireScreen(self.case, form, start=question, group=group)
            return self.app.push_screen(screen)
        return None

    def open_decision(self, matter: Matter | None, group: str = "") -> AwaitMount | None:
        """Open what is to be decided."""
        from breachdesk.tui.screens.decide.screen import DecideScreen

        if self.case is not None:
            return self.app.push_screen(DecideScreen(self.case, matter, group))
        return None

    def open_paper(self, kind: DocumentKind, whom: str = "") -> None:
        """Open a paper as it would be issued now, for a group or a controller if one is named."""
        from breachdesk.tui.screens.papers.screen import PaperScreen

        if self.case is not None:
            self.app.push_screen(PaperScreen(self.case, kind, whom))

    def open_document(self, document_id: str) -> None:
        """Open an issued paper."""
        from breachdesk.tui.screens.papers.issued import IssuedScreen

        if self.case is not None:
            self.app.push_screen(IssuedScreen(self.case, document_id))

    def open_altinn(self) -> None:
        """Open the sheet that is typed into Altinn."""
        from breachdesk.tui.screens.altinn import AltinnScreen

        if self.case is not None:
            self.app.push_screen(AltinnScreen(self.case))

    def open_template(self) -> None:
        """Open the notification on the EDPB's common template."""
        from breachdesk.tui.screens.template.screen import TemplateScreen

        if self.case is not None:
            self.app.push_screen(TemplateScreen(self.case))

    def open_letters(self) -> None:
        """Open the letters to each person of a list."""
        from breachdesk.tui.screens.letters.screen import LettersScreen

        if self.case is not None:
            self.app.push_screen(LettersScreen(self.case))

    async def action_next_step(self) -> None:
        """Open what the next step asks for."""
        if self.case is None or not self.is_current:
            return
        match self.case.next_step.id:
            case "assess":
                await self.action_assess()
            case "decide_is_breach" | "decide_notify" | "decide_inform":
                await self.action_decide()
            case step if step in SENDS:
                self._to_send(SENDS[step])
            case "log_awareness":
                self.action_aware()
            case "withdraw":
                self.open_paper(DocumentKind.NOTIFICATION)
            case "supplement":
                self.action_unknowns()
            case "close" | "reopen":
                self.action_status()
            case "tasks":
                self.open_task(next(one.number for one in self.case.todos if one.is_open))
            case _:
                nothing = say("Nothing is owed any more.")
                self.hall.tell(self.case.next_step.text if self.case.is_erased else nothing)

    def _to_send(self, kind: DocumentKind) -> None:
        """Open the paper to be sent: the one that was issued, else as it would be issued."""
        papers = [one for one in self.case.documents if one.kind == kind] if self.case else []
        if papers:
            self.open_document(papers[-1].id)
        else:
            self.open_paper(kind)

    @act
    async def add_evidence(self) -> None:
        """Take a file in as evidence."""
        await self._act(AddEvidenceDialog)

    @act
    async def hand_out(self, evidence_id: str) -> None:
        """Show a piece of evidence; a copy may be handed out."""
        found = [one for one in self.case.evidence if one.id == evidence_id] if self.case else []
        if found:
            await self._act(lambda case: HandOutDialog(case, found[0]))

    @act
    async def view_evidence(self, evidence_id: str) -> None:
        """Look at a piece of evidence; its copy goes when the dialog is closed or taken down."""
        found = [one for one in self.case.evidence if one.id == evidence_id] if self.case else []
        if not (found and self.case):
            return
        dialog, desk = ViewDialog(self.case, found[0]), self.desk
        try:
            case: CaseFile | None = await self.app.push_screen_wait(dialog)
            self.take(case)
            if dialog.viewed is not None:
                await self.app.push_screen_wait(ShownDialog(dialog.viewed))
        finally:
            if dialog.viewed is not None and not desk.viewing.end(dialog.viewed):
                self.hall.tell(still_there(dialog.viewed), warns=True)

    @act
    async def action_erase(self) -> None:
        """Erase the case for good; then say what could not be reached."""
        outlook = await self.ask(self.desk.erasing.outlook, self.ref)
        if outlook is None or self.case is None or not self.is_current:
            return
        dialog = EraseDialog(self.case, outlook)
        case: CaseFile | None = await self.app.push_screen_wait(dialog)
        self.take(case)
        if dialog.erased is not None:
            done, still = erased_words(dialog.erased)
            told = MessageDialog(say("Erased"), done, still, warns=False)
            await self.app.push_screen_wait(told)

    def action_anchor(self) -> None:
        """Show where this case's part of the chain ends, as words and QR code."""
        if self.case is not None:
            self.app.push_screen(AnchorScreen(self.case.ref))

    @act
    async def action_tasks(self) -> None:
        """Add the steps of a playbook, or a task by hand."""
        await self._act(PlaybooksDialog)

    @act
    async def open_task(self, number: int) -> None:
        """Mark a task as done, or open it again."""
        found = [one for one in self.case.todos if one.number == number] if self.case else []
        if found:
            await self._act(lambda case: TaskDialog(case, found[0]))
