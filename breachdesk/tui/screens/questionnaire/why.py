"""Beside a question: why it is asked, an example, where it is written, and what the answer does."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.advice import Advice, Assessed
from breachdesk.rules.questionnaire import Question
from breachdesk.terms import RiskLevel, Role
from breachdesk.tui.screens.answers import Standing, standing_of
from breachdesk.tui.screens.assessed import cited, owed_words, risk_words
from breachdesk.tui.widgets.spoken import Spoken
from breachdesk.tui.widgets.tones import MUTED


class Why(Spoken, Vertical):
    """The right-hand side of a question: the reason and, never scrolled off, the effect."""

    DEFAULT_CSS = """
    Why {
        border-left: solid $foreground 15%;
        & > VerticalScroll { height: 1fr; padding: 0 1 0 1; scrollbar-size-vertical: 1; }
        & > VerticalScroll > Static { height: auto; }
        & > #effect { height: auto; max-height: 60%; padding: 0 1 0 1; }
        & > #effect { border-top: solid $foreground 15%; }
    }
    """

    def compose(self) -> ComposeResult:
        """Draw the reason and the effect."""
        with VerticalScroll(can_focus=False):
            yield Static(id="reason", markup=False)
        yield Static(id="effect", markup=False)

    def show(self, case: CaseFile, question: Question) -> None:
        """Show why a question is asked."""
        lines = _reason(case, question, self.speaker)
        self.query_one("#reason", Static).update(Content("\n").join(lines))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def show_effect(
        self, case: CaseFile, question: Question, option: str, would: Assessed | None
    ) -> None:
        """Show the advice so far, what the option looked at would do, and its own help."""
        lines = (*_effect(case, would, self.speaker), *_help(question, option, self.speaker))
        self.query_one("#effect", Static).update(Content("\n").join(lines))


def _reason(case: CaseFile, question: Question, speaker: Speaker) -> Iterator[Content]:
    if standing_of(case, question) == Standing.UNCONFIRMED:
        text = say("? From the organisation's profile: confirm with Enter, or change it.")
        yield Content.styled(speaker.say(text), "bold $text-warning")
    yield _label(say("Why we ask"), speaker)
    yield Content(speaker.of(question.why))
    if question.example is not None:
        yield _label(say("For example"), speaker)
        yield Content(speaker.of(question.example))
    yield Content.styled(cited(case, question.cites, speaker), MUTED)


def _label(words: Message, speaker: Speaker) -> Content:
    return Content.styled(speaker.say(words), "bold $text-primary")


def _help(question: Question, option_id: str, speaker: Speaker) -> Iterator[Content]:
    option = question.option(option_id)
    if option is not None and option.help is not None:
        yield _label(say("This answer"), speaker)
        yield Content(speaker.of(option.help))


def _effect(case: CaseFile, would: Assessed | None, speaker: Speaker) -> Iterator[Content]:
    label = Content.styled(speaker.say(say("So far:")), "bold $text-primary")
    yield Content.assemble(label, " ", risk_words(case.current.risk, speaker))
    if would is None or case.facts.role == Role.PROCESSOR:
        return
    changes = _changes(case, would)
    if would.risk == case.current.risk and not changes:
        yield Content.styled(speaker.say(_no_change(case)), MUTED)
    if would.risk != case.current.risk:
        then = Content.styled(speaker.say(say("With this answer:")), MUTED)
        yield Content.assemble(then, " ", risk_words(would.risk, speaker))
    for advice in changes:
        duty = Content.styled(f"{speaker.word(advice.duty)}: ", MUTED)
        yield Content.assemble("  ", duty, owed_words(advice.owed, speaker))


def _no_change(case: CaseFile) -> Message:
    if case.current.risk == RiskLevel.UNDETERMINED:
        return say("Not enough is known yet for this answer to change the advice.")
    return say("This answer alone does not change the advice.")


def _changes(case: CaseFile, would: Assessed) -> tuple[Advice, ...]:
    """Return the advice that would become another."""
    now = {advice.duty: advice.owed for advice in case.current.advice}
    return tuple(one for one in would.advice if now.get(one.duty) != one.owed)
