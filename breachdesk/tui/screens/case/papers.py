"""The tab of papers: what can be made, what was issued, and what was sent."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.message import Message as Said
from breachdesk.message import say
from breachdesk.records import Dispatch, Document
from breachdesk.terms import DocumentKind, Role
from breachdesk.tui.keys import key
from breachdesk.tui.screens.answers import items_missing
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

_CONTROLLER = (
    DocumentKind.NOTIFICATION,
    DocumentKind.COMMUNICATION,
    DocumentKind.GUARDIAN_LETTER,
    DocumentKind.PUBLIC_NOTICE,
    DocumentKind.REGISTER_ENTRY,
    DocumentKind.DECISION_MEMO,
    DocumentKind.TIMELINE,
    DocumentKind.HANDOVER,
)
_PROCESSOR = (
    DocumentKind.PROCESSOR_NOTICE,
    DocumentKind.REGISTER_ENTRY,
    DocumentKind.DECISION_MEMO,
    DocumentKind.TIMELINE,
    DocumentKind.HANDOVER,
)
MADE_FOR: dict[DocumentKind, Said] = {
    DocumentKind.NOTIFICATION: say("Art. 33, in the order of the authority's form"),
    DocumentKind.COMMUNICATION: say("Art. 34, a letter to each person"),
    DocumentKind.PROCESSOR_NOTICE: say("Art. 33(2), from us as processor"),
    DocumentKind.REGISTER_ENTRY: say("Art. 33(5), our own record"),
    DocumentKind.TIMELINE: say("what happened when, and when we recorded it"),
    DocumentKind.GUARDIAN_LETTER: say("Art. 34, in plain words about a child"),
    DocumentKind.PUBLIC_NOTICE: say("Art. 34(3)(c), instead of letters"),
    DocumentKind.DECISION_MEMO: say("why it was or was not notified and told"),
    DocumentKind.HANDOVER: say("one page for the next shift"),
}


def kinds_of(role: Role) -> tuple[DocumentKind, ...]:
    """Return the papers that fit a role."""
    return _PROCESSOR if role == Role.PROCESSOR else _CONTROLLER


class PapersTab(CaseTab):
    """Papers and sendings; Enter opens one."""

    LABEL = say("Papers")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t", "take_back", say("Take back"), id="papers.unsent", twin="ctrl+t",
            hint=say("Take back a sending recorded by mistake")),
    ]  # fmt: skip

    class KindChosen(Message):
        """Posted when a paper is to be made."""

        def __init__(self, kind: DocumentKind, whom: str = "") -> None:
            """Say of which kind, and for which group of people or which controller."""
            super().__init__()
            self.kind, self.whom = kind, whom

    class DocumentChosen(Message):
        """Posted when an issued paper is opened."""

        def __init__(self, document_id: str) -> None:
            """Say which."""
            super().__init__()
            self.document_id = document_id

    class AltinnChosen(Message):
        """Posted when the sheet for Altinn is opened."""

    class TemplateChosen(Message):
        """Posted when the EDPB template is opened."""

    class LettersChosen(Message):
        """Posted when letters to many people are wanted."""

    class DispatchChosen(Message):
        """Posted when a recorded sending is opened, to take it back."""

        def __init__(self, dispatch_id: str) -> None:
            """Say which; empty when it is still to be said."""
            super().__init__()
            self.dispatch_id = dispatch_id

    def compose(self) -> ComposeResult:
        """Draw the list."""
        yield LineList(id="papers-list")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to take back a sending only where one stands."""
        del parameters
        case = self.case
        return bool(case and standing(case.dispatches)) if action == "take_back" else True

    def action_take_back(self) -> None:
        """Take back the sending under the cursor; elsewhere, the dialog asks which."""
        what, _, name = self.query_one(LineList).line_id.partition(".")
        self.post_message(self.DispatchChosen(name if what == "dispatch" else ""))

    def draw(self, case: CaseFile) -> None:
        """Show what can be made, then what was issued and sent, newest first."""
        lines = (*self._kinds(case), *self._issued(case), *self._sendings(case))
        self.query_one(LineList).show_lines(lines)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        what, _, name = (event.option_id or "").partition(".")
        if what == "kind":
            kind, _, whom = name.partition("/")
            self.post_message(self.KindChosen(DocumentKind(kind), whom))
        elif what == "altinn":
            self.post_message(self.AltinnChosen())
        elif what == "template":
            self.post_message(self.TemplateChosen())
        elif what == "letters":
            self.post_message(self.LettersChosen())
        elif what == "document":
            self.post_message(self.DocumentChosen(name))
        elif what == "dispatch":
            self.post_message(self.DispatchChosen(name))

    def _kinds(self, case: CaseFile) -> Iterator[Line]:
        yield heading(self.words(say("Make a paper")))
        for kind in kinds_of(case.facts.role):
            name = Content(self.speaker.word(kind))
            purpose = Content.styled(self.say(MADE_FOR[kind]), MUTED)
            yield Line(Columns(Column(name, 30), Column(purpose)), f"kind.{kind.value}")
            if kind is DocumentKind.COMMUNICATION:
                yield from self._for_groups(case, kind)
            elif kind is DocumentKind.PROCESSOR_NOTICE and len(case.controllers) > 1:
                yield from self._for_controllers(case, kind)
        if case.facts.role != Role.PROCESSOR:
            yield from self._beside()

    def _beside(self) -> Iterator[Line]:
        """Yield what is made beside the papers, for a controller."""
        for name, purpose, line in (
            (say("Altinn sheet"), say("the form's fields, copied one by one"), "altinn.sheet"),
            (say("EDPB template"), say("the common template, section by section"), "template.edpb"),
            (say("Letters to many"), say("the letter for each person of a list"), "letters.many"),
        ):
            about = Content.styled(self.say(purpose), MUTED)
            yield Line(Columns(Column(self.words(name), 30), Column(about)), line)

    def _for_groups(self, case: CaseFile, kind: DocumentKind) -> Iterator[Line]:
        """Yield the letter to each group of people with data of its own."""
        for one in case.groups:
            name = self.words(say("  to {group}", group=one.name))
            purpose = Content.styled(self.say(say("what is true for them alone")), MUTED)
            yield Line(Columns(Column(name, 30), Column(purpose)), f"kind.{kind.value}/{one.id}")

    def _for_controllers(self, case: CaseFile, kind: DocumentKind) -> Iterator[Line]:
        """Yield the notice to each of several controllers."""
        for one in case.controllers:
            name = self.words(say("  to {group}", group=one.name))
            purpose = Content.styled(self.say(say("names none of the others")), MUTED)
            yield Line(Columns(Column(name, 30), Column(purpose)), f"kind.{kind.value}/{one.name}")

    def _issued(self, case: CaseFile) -> Iterator[Line]:
        yield heading(self.words(say("Issued")))
        if not case.documents:
            nothing = say("Nothing issued yet. Enter on a paper above shows it and what it lacks.")
            yield Line(Content.styled(self.say(nothing), MUTED))
        sent = {one.document_id for one in standing(case.dispatches)}
        for document in reversed(case.documents):
            yield Line(
                self._document(case, document, was_sent=document.id in sent),
                f"document.{document.id}",
            )

    def _document(self, case: CaseFile, document: Document, *, was_sent: bool) -> Columns:
        version = say("version {version}", version=document.version)
        parts = [self.say(version), self.speaker.word(document.lang)]
        if document.phase is not None:
            parts.insert(0, self.speaker.word(document.phase))
        if document.group_id is not None:
            parts.insert(0, case.group_name(document.group_id))
        if to := case.addressee(document):
            parts.insert(0, shown(to).plain)
        if document.missing:
            parts.append(self.say(items_missing(len(document.missing))))
        parts.append(self.say(say("by {who}", who=case.name_of(document.recorded_by))))
        state = say("✔ sent") if was_sent else say("○ not sent")
        return Columns(
            Column(Content(self.speaker.brief(document.recorded_at)), 20),
            Column(
                Content.assemble(
                    shown(document.title, is_open=True), (f"  {', '.join(parts)}", MUTED)
                )
            ),
            Column(Content.styled(self.say(state), _sent_style(was_sent=was_sent)), 12),
        )

    def _sendings(self, case: CaseFile) -> Iterator[Line]:
        sendings = [one for one in case.dispatches if not one.corrects]
        if not sendings:
            return
        yield heading(self.words(say("Sent")))
        taken_back = {one.corrects: one for one in case.dispatches if one.corrects}
        for dispatch in reversed(sendings):
            line = self._sending(case, dispatch, taken_back.get(dispatch.id))
            yield Line(line, f"dispatch.{dispatch.id}")

    def _sending(self, case: CaseFile, dispatch: Dispatch, taken_back: Dispatch | None) -> Columns:
        when = self.speaker.brief(dispatch.sent_at) if dispatch.sent_at else "–"
        text = say("to {to} by {channel}", to=dispatch.to, channel=dispatch.channel)
        if case.was_shortened(dispatch):
            text = say("to whom and how is erased")
        if dispatch.receipt:
            text = say("{what}, receipt {receipt}", what=text, receipt=dispatch.receipt)
        what = Content.assemble((f"{self.speaker.word(dispatch.duty)}: ", MUTED), self.words(text))
        if taken_back is not None:
            reason = say("✖ taken back: {reason}", reason=taken_back.reason)
            what = Content.assemble(
                what.stylize("strike"), "  ", (self.say(reason), "$text-warning")
            )
        return Columns(Column(Content(when), 20), Column(what))


def _sent_style(*, was_sent: bool) -> str:
    return "$text-success" if was_sent else "$text-warning"
