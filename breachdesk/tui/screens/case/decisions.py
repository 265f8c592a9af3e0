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
from breachdesk.message import Message as Said
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


Asked = tuple[Matter, str]
"""A matter, and the id of the group it is decided for; empty: everybody, or those in no group."""


def asked_of(case: CaseFile) -> tuple[Asked, ...]:
    """Return what is to be decided: whether to tell people, for each group by itself."""
    found: list[Asked] = []
    for matter in matters_of(case.facts.role):
        if matter is Matter.INFORM_SUBJECTS and case.told:
            found += [(matter, one.group.id if one.group else "") for one in case.told]
        else:
            found.append((matter, ""))
    return tuple(found)


def decided(case: CaseFile, asked: Asked) -> Decision | None:
    """Return the decision in force about what is asked."""
    matter, group = asked
    if matter is not Matter.INFORM_SUBJECTS or not case.told:
        return case.decision(matter)
    parts = (one for one in case.told if (one.group.id if one.group else "") == group)
    return next((one.decision for one in parts), None)


def named(case: CaseFile, asked: Asked, words: Said) -> Said:
    """Return a matter's words, with the group of people it is about."""
    matter, group = asked
    if group:
        return say("{matter} {group}", matter=words, group=case.group_name(group))
    if matter is Matter.INFORM_SUBJECTS and case.told:
        return say("{matter} {group}", matter=words, group=say("(in no group)"))
    return words


class DecisionsTab(CaseTab):
    """What is decided and what is not; Enter decides."""

    LABEL = say("Decisions")

    class Chosen(Message):
        """Posted when a matter is opened to decide it."""

        def __init__(self, matter: Matter, group: str = "") -> None:
            """Say which matter, and for which group of people."""
            super().__init__()
            self.matter, self.group = matter, group

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
            matter, _, group = name.partition("/")
            self.post_message(self.Chosen(Matter(matter), group))

    def _matters(self, case: CaseFile) -> Iterator[Line]:
        yield heading(self.words(say("To decide")))
        for asked in asked_of(case):
            matter, group = asked
            decision = decided(case, asked)
            state = (
                outcome_words(decision.outcome, self.speaker)
                if decision
                else Content.styled(f"○ {self.say(say('not decided'))}", "$text-warning")
            )
            yield Line(
                Columns(
                    Column(self.words(named(case, asked, QUESTION_OF[matter]))),
                    Column(state, 14),
                    Column(self._advised(case, asked), 28),
                ),
                f"matter.{matter.value}" + (f"/{group}" if group else ""),
            )

    def _advised(self, case: CaseFile, asked: Asked) -> Content:
        matter, group = asked
        people = case.group(group)
        seen = case.for_group(people) if people else case
        advice = None if matter == Matter.IS_BREACH else seen.advice_on(DUTY_OF[matter])
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
    question = QUESTION_OF[decision.matter]
    if decision.group_id is not None:
        question = named(case, (decision.matter, decision.group_id), question)
    what = Content.assemble(speaker.say(question), "  ", outcome_words(decision.outcome, speaker))
    marks = [speaker.say(say("by {who}", who=case.name_of(decision.recorded_by)))]
    if decision.ground is not None:
        marks.append(speaker.say(say("ground: {ground}", ground=decision.ground)))
    if decision.is_against_advice:
        marks.append(speaker.say(say("against the desk's advice")))
    text = Content.assemble(what, (f"  {', '.join(marks)}", MUTED), "\n", shown(decision.rationale))
    return Columns(Column(Content(speaker.brief(decision.recorded_at)), 20), Column(text))
