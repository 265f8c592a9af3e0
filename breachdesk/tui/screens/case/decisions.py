"""The tab of decisions: each matter of our role, how it stands, and every decision ever made."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from breachdesk.casefile import CaseFile
from breachdesk.casefile.matters import DUTY_OF, QUESTION_OF
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.records import Decision
from breachdesk.terms import Matter, Outcome, Role
from breachdesk.tui.screens.assessed import owed_words
from breachdesk.tui.screens.case.tab import CaseTab
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.shown import shown
from breachdesk.tui.widgets.tones import MUTED

OUTCOME_SIGNS = {
    Outcome.YES: ("✔", "$text-success"),
    Outcome.NO: ("✖", "$text-warning"),
    Outcome.NOT_YET: ("…", "$text-accent"),
}
_CONTROLLER = (Matter.IS_BREACH, Matter.NOTIFY_AUTHORITY, Matter.INFORM_SUBJECTS)
_PROCESSOR = (Matter.IS_BREACH, Matter.NOTIFY_CONTROLLER)


def matters_of(role: Role) -> tuple[Matter, ...]:
    """Return what a role has to decide: Art. 33(1), 33(2), 34(1) GDPR."""
    return _PROCESSOR if role == Role.PROCESSOR else _CONTROLLER


class DecisionsTab(CaseTab):
    """What is decided and what is not; Enter decides."""

    LABEL = say("Decisions")

    class Chosen(Message):
        """Posted when a matter is opened to decide it."""

        def __init__(self, matter: Matter) -> None:
            """Say which matter."""
            super().__init__()
            self.matter = matter

    def compose(self) -> ComposeResult:
        """Draw the list."""
        yield LineList(id="decisions-list")

    def draw(self, case: CaseFile) -> None:
        """Show the matters, then the decisions, newest first."""
        self.query_one(LineList).show_lines((*self._matters(case), *self._made(case)))

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, _, name = (event.option_id or "").partition(".")
        if kind == "matter":
            self.post_message(self.Chosen(Matter(name)))

    def _matters(self, case: CaseFile) -> Iterator[Line]:
        yield heading(self.words(say("To decide")))
        for matter in matters_of(case.facts.role):
            decision = case.decision(matter)
            state = (
                outcome_words(decision.outcome, self.speaker)
                if decision
                else Content.styled(f"○ {self.say(say('not decided'))}", "$text-warning")
            )
            yield Line(
                Columns(
                    Column(self.words(QUESTION_OF[matter])),
                    Column(state, 14),
                    Column(self._advised(case, matter), 28),
                ),
                f"matter.{matter.value}",
            )

    def _advised(self, case: CaseFile, matter: Matter) -> Content:
        advice = None if matter == Matter.IS_BREACH else case.advice_on(DUTY_OF[matter])
        if advice is None:
            return Content()
        label = Content.styled(self.say(say("advice:")), MUTED)
        return Content.assemble(label, " ", owed_words(advice.owed, self.speaker))

    def _made(self, case: CaseFile) -> Iterator[Line]:
        if case.decisions:
            yield heading(self.words(say("Decided")))
        for decision in reversed(case.decisions):
            yield Line(decision_columns(case, decision, self.speaker), f"made.{decision.id}")


def outcome_words(outcome: Outcome, speaker: Speaker) -> Content:
    """Return an outcome as sign, word and colour."""
    sign, style = OUTCOME_SIGNS[outcome]
    return Content.styled(f"{sign} {speaker.word(outcome)}", f"bold {style}")


def decision_columns(case: CaseFile, decision: Decision, speaker: Speaker) -> Columns:
    """Return one decision: when, what, by whom and why."""
    what = Content.assemble(
        speaker.say(QUESTION_OF[decision.matter]), "  ", outcome_words(decision.outcome, speaker)
    )
    marks = [speaker.say(say("by {who}", who=case.name_of(decision.recorded_by)))]
    if decision.ground is not None:
        marks.append(speaker.say(say("ground: {ground}", ground=decision.ground)))
    if decision.is_against_advice:
        marks.append(speaker.say(say("against the desk's advice")))
    text = Content.assemble(what, (f"  {', '.join(marks)}", MUTED), "\n", shown(decision.rationale))
    return Columns(Column(Content(speaker.brief(decision.recorded_at)), 20), Column(text))
