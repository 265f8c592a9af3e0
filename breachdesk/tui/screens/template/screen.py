"""The screen of the EDPB template: sections, one of them open; Enter on a field opens its question.

Never a wall of a hundred fields: what the case does not need is not there, and a section shows how
far it is before it is opened.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from breachdesk.casefile import CaseFile
from breachdesk.desk.papers import paper_language
from breachdesk.desk.template import FilledIn
from breachdesk.exchange.edpb import where
from breachdesk.message import Message, say
from breachdesk.rules.edpb import COMPLETE, INCOMPLETE
from breachdesk.rules.questionnaire import asked, holds
from breachdesk.terms import DocumentKind, Matter, Phase
from breachdesk.tui.base import act
from breachdesk.tui.keys import key
from breachdesk.tui.screens.papers.frame import PaperFrame, next_language
from breachdesk.tui.screens.template.parts import Chapter, Part, chapters, value_text
from breachdesk.tui.screens.template.saving import SavePayloadDialog
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.linelist import Line, LineList
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

SECTION, FIELD = "section", "field"
_BESIDE = 46
"""Cells of a line that the value does not have; below the list stands the whole of it."""


class TemplateScreen(PaperFrame):
    """The template as it would be sent now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "next", say("Next gap"), id="template.next", twin="f4",
            hint=say("Go to the next field that is wrong or missing")),
        key("h", "phase", say("Phase"), id="template.phase", twin="f7",
            hint=say("Initial, supplementary or final notification, or withdrawal")),
        key("g", "language", say("Language"), id="template.language", twin="f6",
            hint=say("Write the template's texts in the other language")),
        key("e", "save", say("Save JSON"), id="template.save", twin="f8",
            hint=say("Save the payload to a file")),
        key("f2", "note", say("Note"), id="template.note", shown=False,
            hint=say("Write a line in the timeline")),
    ]  # fmt: skip
    CSS = """
    TemplateScreen LineList { height: 1fr; }
    TemplateScreen > VerticalScroll { height: 6; padding: 0 1; border-top: solid $border; }
    """

    def __init__(self, case: CaseFile) -> None:
        """Take the case."""
        super().__init__(case)
        self.lang = paper_language(case)
        self.phase: Phase | None = None
        self.found: FilledIn | None = None
        self.opened = ""
        """Id of the section that is open."""

    def compose_body(self) -> ComposeResult:
        """Draw the case, how far it is, the sections, and the words of one field."""
        yield from self.compose_head()
        yield LineList(id="template-list")
        with VerticalScroll(can_focus=False):
            yield Static(classes="value", markup=False)

    def on_screen_resume(self) -> None:
        """Fill it in anew when a question was answered meanwhile."""
        if self.found is not None and not self.acting:
            self.refill()

    def on_resize(self) -> None:
        """Use the width there is."""
        if self.found is not None:
            self._draw(self.found)

    async def fill(self) -> None:
        """Read the case and fill the template in."""
        await super().fill()
        found = await self.ask(self.desk.template.fill, self.ref, lang=self.lang, phase=self.phase)
        if found is not None:
            self.found, self.phase = found, found.filled.phase
            self._draw(found)
        if self.focused is None:
            self.query_one(LineList).focus()

    def _draw(self, found: FilledIn) -> None:
        self.show_case()
        self.what.update(Content("\n").join(self._head(found)))
        self.query_one(LineList).show_lines(tuple(self._lines(found)))
        self._show_value()

    def _head(self, found: FilledIn) -> Iterator[Content]:
        parts = [self.speaker.word(found.filled.phase), self.speaker.word(found.lang)]
        name = self.say(say("EDPB template"))
        yield Content.assemble((name, "bold"), (f" · {' · '.join(parts)}", MUTED))
        count, gaps = len(found.filled.payload), len(found.filled.problems)
        kind = found.filled.payload.get(4)
        if found.filled.is_complete:
            said = say("✔ {count} fields filled in; complete.", count=count)
        elif kind == INCOMPLETE:
            said = say("{count} fields filled in; incomplete, more follows. To look at: {gaps}",
                       count=count, gaps=gaps)  # fmt: skip
        elif kind == COMPLETE:
            said = say("{count} fields filled in; it should be complete. To look at: {gaps}",
                       count=count, gaps=gaps)  # fmt: skip
        else:
            said = say("{count} fields filled in; withdrawn. To look at: {gaps}",
                       count=count, gaps=gaps)  # fmt: skip
        yield Content.styled(self.say(said), "$text-warning" if gaps else "$text-success")

    def _lines(self, found: FilledIn) -> Iterator[Line]:
        for chapter in chapters(found):
            yield Line(self._chapter(chapter), f"{SECTION}.{chapter.section.id}")
            if chapter.section.id == self.opened:
                for part in chapter.parts:
                    yield Line(self._part(part), f"{FIELD}.{part.field.number}")

    def _chapter(self, chapter: Chapter) -> Columns:
        sign = ("!", "bold $text-warning") if chapter.wrong else ("✔", "$text-success")
        fold = "▾" if chapter.section.id == self.opened else "▸"
        gaps = say("to look at: {count}", count=chapter.wrong)
        told = gaps if chapter.wrong else say("nothing wrong")
        far = say("{done} of {count}", done=chapter.filled, count=len(chapter.parts))
        return Columns(
            Column(Content.styled(*sign), 1),
            Column(Content.styled(f"{fold} {chapter.section.number}", MUTED), 9),
            Column(Content.styled(self.speaker.of(chapter.section.title), "bold")),
            Column(Content.styled(self.say(far), MUTED), 9),
            Column(Content.styled(self.say(told), sign[1]), 16),
        )

    def _part(self, part: Part) -> Columns:
        sign, style = _sign(part)
        words = self._words(part)
        first, room = words.split("\n")[0], max(8, self.size.width - _BESIDE)
        text = Content(first if len(first) <= room else f"{first[: room - 1]}…")
        return Columns(
            Column(Content(" "), 1),
            Column(Content.styled(sign, style), 1),
            Column(Content.styled(f"{part.field.number:3}", MUTED), 3),
            Column(Content(self.speaker.of(part.field.title)), 30),
            Column(text.stylize(style) if part.problem else text),
        )

    def _words(self, part: Part) -> str:
        """Return what stands in a field, or what is wrong with it."""
        if part.problem is not None:
            return self.say(part.problem)
        if part.value is None:
            return self.say(say("may stay empty"))
        return value_text(self.the_case, part.field, part.value, self.speaker)

    @property
    def part(self) -> Part | None:
        """The field under the cursor."""
        what, _, number = self.query_one(LineList).line_id.partition(".")
        if what != FIELD or self.found is None:
            return None
        parts = (one for chapter in chapters(self.found) for one in chapter.parts)
        return next((one for one in parts if str(one.field.number) == number), None)

    @on(OptionList.OptionHighlighted)
    def _follow(self) -> None:
        self._show_value()

    def _show_value(self) -> None:
        """Show the whole of the field under the cursor, and where it is answered."""
        lines = tuple(self._about(self.part)) if self.part else (self.words(HOW),)
        self.query_one(".value", Static).update(Content("\n").join(lines))

    def _about(self, part: Part) -> Iterator[Content]:
        number = say("field {number}", number=part.field.number)
        title = self.speaker.of(part.field.title)
        yield Content.assemble((title, "bold"), (f"  {self.say(number)}", MUTED))
        if part.problem is not None:
            yield Content.styled(f"! {self.say(part.problem)}", "$text-warning")
        if part.value is not None:
            value = value_text(self.the_case, part.field, part.value, self.speaker)
            yield shown(value, lines=True)
        question = self.the_case.question(where(self.the_case, part.field)[0] or "")
        if question is not None:
            asks = say("Enter: “{question}”", question=question.text)
            yield Content.styled(self.say(asks), "$text-primary")
        elif (told := _elsewhere(part)) is not None:
            yield Content.styled(self.say(told), "$text-primary")

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        what, _, name = (event.option_id or "").partition(".")
        if what == SECTION:
            self.opened = "" if name == self.opened else name
            if self.found is not None:
                self._draw(self.found)
        elif self.part is not None:
            self._open_part(self.part)

    def _open_part(self, part: Part) -> None:
        question, _ = where(self.the_case, part.field)
        if question is not None:
            self._ask(question)
            return
        match part.field.by[-1]:
            case "assessment":
                self.open_form("risk")
            case "decision":
                self.open_decision(Matter.INFORM_SUBJECTS)
            case "dispatch":
                self.action_sent()
            case "letter":
                self.open_paper(DocumentKind.COMMUNICATION)
            case "profile":
                self.action_profile()
            case "phase":
                self.action_phase()
            case _:
                self.hall.tell(say("This field is filled in from the case itself."))

    def _ask(self, question_id: str) -> None:
        """Open a question; one that is not asked yet, by the question it waits for."""
        case, wanted, seen = self.the_case, question_id, set[str]()
        asks = {q.id for form in case.forms.values() for q in asked(form, case.given, case.derived)}
        while wanted not in asks and wanted not in seen:
            seen.add(wanted)
            found = case.question(wanted)
            gates = found.asked_if if found else {}
            wanted = next(
                (one for one, values in gates.items()
                 if case.question(one) and not holds({one: values}, case.given)),
                wanted,
            )  # fmt: skip
        if wanted != question_id and (gate := case.question(wanted)) is not None:
            self.hall.tell(
                say("It is asked once this is answered: “{question}”", question=gate.text)
            )
        self.open_question(wanted)

    def action_next(self) -> None:
        """Go to the next field that needs looking at; its section opens."""
        if self.found is None:
            return
        gaps = [
            (chapter.section.id, one.field.number)
            for chapter in chapters(self.found)
            for one in chapter.parts
            if one.problem is not None
        ]
        if not gaps:
            self.hall.tell(say("Nothing is wrong in it."))
            return
        here = self.part.field.number if self.part else -1
        places = [place for place, (_, number) in enumerate(gaps) if number == here]
        self.opened, number = gaps[(places[0] + 1) % len(gaps)] if places else gaps[0]
        self._draw(self.found)
        self.query_one(LineList).go_to(f"{FIELD}.{number}")

    def action_phase(self) -> None:
        """Go to the next phase: Art. 33(4) GDPR."""
        if self.phase is not None:
            phases = tuple(Phase)
            self.phase = phases[(phases.index(self.phase) + 1) % len(phases)]
            self.refill()

    def action_language(self) -> None:
        """Write the texts in the other language."""
        self.lang = next_language(self.lang)
        self.refill()

    @act
    async def action_save(self) -> None:
        """Save the payload."""
        if self.found is not None:
            await self.app.push_screen_wait(SavePayloadDialog(self.the_case, self.found))

    def help_text(self) -> HelpText:
        """Say what the template is, and that it is no law yet."""
        return HelpText(
            title=self.say(say("EDPB template")),
            text=self.say(HOW),
            law=self.say(
                say("EDPB, common template for breach notifications, draft of June 2026.")
            ),
        )


HOW = say(
    "Enter opens a section, and in it the question that fills a field in. The desk asks only for "
    "what this case needs; n goes to the next gap. A first notification may go out with gaps: it "
    "then says that more follows."
)


def _sign(part: Part) -> tuple[str, str]:
    if part.problem is not None:
        return "!", "$text-warning"
    return ("✔", "$text-success") if part.value is not None else ("·", MUTED)


def _elsewhere(part: Part) -> Message | None:
    """Return what Enter opens for a field that no question supplies."""
    return {
        "assessment": say("Enter: the questions about risk"),
        "decision": say("Enter: the decision to tell the people"),
        "dispatch": say("Enter: record the sending"),
        "letter": say("Enter: the letter to the people"),
        "profile": say("Enter: bring in the organisation's profile"),
        "phase": say("Enter: the next phase"),
    }.get(part.field.by[-1])
