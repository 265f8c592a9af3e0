"""One matter: advice with reasons above, the choice and the reasons of a person beneath."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Select, Static, TextArea

from breachdesk.casefile import CaseFile
from breachdesk.casefile.matters import QUESTION_OF
from breachdesk.desk.decisions import advice_about, grounds_for, is_against
from breachdesk.message import Message, say
from breachdesk.records import NewDecision
from breachdesk.terms import Ground, Matter, Outcome, Owed, Role
from breachdesk.tui.screens.assessed import AssessedLines, cited, owed_words, risk_words
from breachdesk.tui.screens.case.assessment import is_kept
from breachdesk.tui.screens.case.decisions import decision_columns
from breachdesk.tui.screens.decide.words import (
    CITES,
    EXPLAINED,
    choice_words,
    follows,
    records,
)
from breachdesk.tui.widgets.draftbox import DraftBox
from breachdesk.tui.widgets.helping import HelpText
from breachdesk.tui.widgets.linelist import Line, LineList, heading
from breachdesk.tui.widgets.picks import Pick, Picks
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.tones import MUTED
from breachdesk.tui.widgets.typed import TypedText

EARLY = say("▲ The desk cannot say yet that it is not owed: answers that bear on it are missing.")
NOT_KEPT = say(
    "Not kept as an assessment yet; F5 keeps it. A decision keeps the advice as shown all the same."
)


class GroundSelect(Select[Ground]):
    """The grounds of a no; what is chosen is kept like half-typed words."""

    @property
    def half_typed(self) -> str:
        """What is kept of it."""
        return self.value.value if isinstance(self.value, Ground) else ""

    def take_half_typed(self, text: str) -> None:
        """Choose what was chosen before."""
        self.value = Ground(text)


class DecisionForm(Spoken, Vertical):
    """Drawn anew for every matter."""

    DEFAULT_CSS = """
    DecisionForm {
        height: 1fr;
        & > .question { height: auto; padding: 0 1; }
        & > .question > .asks { width: 1fr; height: auto; text-style: bold; }
        & > .question > .advice { width: auto; height: auto; padding-left: 2; }
        & > .notices { height: auto; max-height: 3; padding: 0 1; color: $text-warning; }
        & > LineList { height: 1fr; min-height: 3; }
        .yours { height: auto; border-top: solid $foreground 15%; }
        .yours > Static { width: auto; padding: 0 1; text-style: bold; color: $text-primary; }
        Select { display: none; margin: 0 1; }
        Select.-wanted { display: block; }
        TextArea { height: 4; margin: 0 1; }
        & > .problem { height: auto; padding: 0 1; color: $text-error; display: none; }
        & > .problem.-some { display: block; }
        & > .consequence { height: auto; padding: 0 1; }
    }
    """

    def __init__(self, case: CaseFile, matter: Matter, *, actor: str, time: str) -> None:
        """Take the case, the matter, who decides, and the time as it is said."""
        super().__init__()
        self.case, self.matter, self.actor, self.time = case, matter, actor, time
        self.advice = advice_about(case, matter)

    def compose(self) -> ComposeResult:
        """Draw question, reasons, choice, ground, words and consequence."""
        with Horizontal(classes="question"):
            yield Static(self.words(self._question()), classes="asks", markup=False)
            yield Static(self._advised(), classes="advice", markup=False)
        yield Static(Content("\n").join(self._notices()), classes="notices", markup=False)
        yield LineList()
        kept = f"decide.{self.matter.value}"
        with DraftBox(place=self.case.draft_place):
            with Horizontal(classes="yours"):
                yield Static(self.words(say("You decide")), markup=False)
                yield Picks(self._choices(), by_act=True, name=f"{kept}.outcome", id="outcome")
            yield GroundSelect(
                [(Content(self.speaker.word(one)), one) for one in grounds_for(self.matter)],
                prompt=self.say(say("On which ground?")),
                compact=True,
                name=f"{kept}.ground",
                id="ground",
            )
            yield TypedText(
                name=kept,
                tab_behavior="focus",
                placeholder=self.say(say("Your reasons, in your own words")),
            )
        yield Static(classes="problem", markup=False)
        yield Static(classes="consequence", markup=False)

    def on_mount(self) -> None:
        """Fill the reasons; begin where one decides."""
        self.query_one(LineList).show_lines(tuple(self._lines()))
        self.query_one("#outcome", Picks).focus()
        self.say_consequence()

    def _question(self) -> Message:
        """Return what is asked, and about which group of people."""
        question, group = QUESTION_OF[self.matter], self.case.seen_for
        return say("{group}: {matter}", group=group.name, matter=question) if group else question

    def help_text(self) -> HelpText:
        """Return what the law asks here, and where."""
        return HelpText(
            title=self.say(QUESTION_OF[self.matter]),
            text=self.say(EXPLAINED[self.matter]),
            law=cited(self.case, CITES[self.matter], self.speaker),
        )

    def _choices(self) -> Iterator[Pick]:
        for outcome in Outcome:
            yield Pick(outcome.value, self.words(choice_words(self.matter, outcome)))

    def _advised(self) -> Content:
        if self.advice is None:
            return Content()
        label = Content.styled(self.say(say("Advice:")), MUTED)
        advised = Content.assemble(label, " ", owed_words(self.advice.owed, self.speaker))
        weighs_risk = self.case.facts.role != Role.PROCESSOR
        if self.advice.owed == Owed.UNDETERMINED or not weighs_risk:
            return advised
        return Content.assemble(advised, ", ", risk_words(self.case.current.risk, self.speaker))

    def _notices(self) -> Iterator[Content]:
        """Yield what to know before deciding: advice not kept yet, and what the case warns of."""
        weighs_risk = self.case.facts.role != Role.PROCESSOR and self.advice is not None
        if weighs_risk and not is_kept(self.case):
            yield Content(self.say(NOT_KEPT))
        for warning in self.case.warnings:
            yield Content(f"▲ {self.say(warning)}")

    def _lines(self) -> Iterator[Line]:
        lines = AssessedLines(self.case, self.case.current, self.speaker)
        if self.advice is None:
            yield from lines.breach()
        else:
            yield from lines.because(self.advice)
            yield from lines.against(self.advice.duty)
        made = [one for one in self.case.decisions if one.matter == self.matter]
        if made:
            yield heading(self.words(say("Decided before")))
        for decision in reversed(made):
            yield Line(decision_columns(self.case, decision, self.speaker), f".{decision.id}")

    @property
    def outcome(self) -> Outcome | None:
        """What is chosen."""
        value = self.query_one("#outcome", Picks).value
        return Outcome(value) if value else None

    @property
    def ground(self) -> Ground | None:
        """The ground, when the choice is no and one is chosen."""
        value = self.query_one("#ground", Select).value
        return value if isinstance(value, Ground) and self.outcome == Outcome.NO else None

    @property
    def rationale(self) -> str:
        """The person's reasons."""
        return self.query_one(TextArea).text.strip()

    def decision(self) -> NewDecision | None:
        """Return the decision as it stands; None when something is lacking, which is then said."""
        outcome = self.outcome
        if outcome is None:
            self.lacks(self.query_one("#outcome"), say("Choose what you decide."))
        elif outcome == Outcome.NO and self.ground is None:
            self.lacks(self.query_one("#ground"), say("Say on which ground."))
        elif not self.rationale:
            self.lacks(self.query_one(TextArea), say("Give your reasons; they stay in the record."))
        else:
            return self._new(outcome)
        return None

    def _new(self, outcome: Outcome) -> NewDecision:
        group = self.case.seen_for
        return NewDecision(
            matter=self.matter,
            outcome=outcome,
            ground=self.ground,
            rationale=self.rationale or "–",
            group_id=group.id if group else None,
        )

    def lacks(self, widget: "Picks | Select[Ground] | TextArea | object", problem: Message) -> None:
        """Say what is lacking and go there."""
        self.say_problem(problem)
        focus = getattr(widget, "focus", None)
        if focus is not None:
            focus()

    @property
    def is_against(self) -> bool:
        """Does the choice go against a firm advice?"""
        outcome = self.outcome
        return outcome is not None and is_against(self._new(outcome), self.advice)

    @on(Picks.Changed)
    @on(Select.Changed)
    @on(TextArea.Changed)
    def _follow(self) -> None:
        self.query_one("#ground").set_class(self.outcome == Outcome.NO, "-wanted")
        self.say_problem(None)
        self.say_consequence()

    @on(OptionList.OptionSelected)
    def _stay(self, event: OptionList.OptionSelected) -> None:
        event.stop()

    def say_problem(self, problem: Message | None) -> None:
        """Say what is wrong; None takes it away."""
        place = self.query_one(".problem", Static)
        place.set_class(problem is not None, "-some")
        place.update(Content(f"✖ {self.say(problem)}") if problem else Content())

    def say_consequence(self) -> None:
        """Say what ctrl+s would record, and how much is written where much is asked for."""
        self.query_one(".consequence", Static).update(Content("\n").join(self._consequence()))

    def _consequence(self) -> Iterator[Content]:
        outcome = self.outcome
        if outcome is None:
            hint = say("The desk advises; you decide. Nothing is recorded before ctrl+s.")
            yield Content.styled(self.say(hint), MUTED)
            return
        if self.is_against:
            yield self._count()
        elif outcome == Outcome.NO and self.advice and self.advice.owed == Owed.UNDETERMINED:
            yield Content.styled(self.say(EARLY), "$text-warning")
        recorded = records(self.matter, outcome, who=self.actor, time=self.time)
        yield Content.assemble(
            (self.say(recorded), "$text-primary"),
            ("  ctrl+s", "bold $text-primary"),
            (f"\n{self.say(follows(self.matter, outcome))}", MUTED),
        )

    def _count(self) -> Content:
        least, written = self.case.regime.rationale_against_advice, len(self.rationale)
        text = say(
            "▲ Against the desk's advice: {written} of at least {least} characters of reasons.",
            written=written,
            least=least,
        )
        return Content.styled(
            self.say(text), "$text-success" if written >= least else "$text-warning"
        )
