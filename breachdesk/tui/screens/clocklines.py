"""Clocks beside the GDPR's, as lines: how long, what is to be reported, and to whom."""

from collections.abc import Iterator

from textual.content import Content

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.rules.beside import OtherClock
from breachdesk.terms import ClockState, Owed
from breachdesk.tui.widgets.columns import Column, Columns
from breachdesk.tui.widgets.timing import SIGNS
from breachdesk.tui.widgets.tones import MUTED

STYLES = {
    ClockState.NOT_STARTED: MUTED,
    ClockState.RUNNING: "$text-primary",
    ClockState.DUE_SOON: "$text-warning",
    ClockState.OVERDUE: "$text-error",
    ClockState.MET: "$text-success",
    ClockState.MET_LATE: "$text-warning",
    ClockState.NOT_OWED: MUTED,
}


def other_columns(clock: OtherClock, speaker: Speaker) -> Columns:
    """Return one clock: sign, what and to whom, when it is due and how long that is."""
    is_open = clock.applies is Owed.UNDETERMINED
    sign = "?" if is_open else SIGNS[clock.state]
    style = "$text-accent" if is_open else STYLES[clock.state]
    what = say("{title}: {report}", title=clock.title, report=clock.step)
    to = speaker.say(say("to {to}", to=clock.to))
    return Columns(
        Column(Content.styled(sign, style), 1),
        Column(Content.assemble(speaker.say(what), (f"  {to}", MUTED))),
        Column(Content.styled(_standing(clock, speaker), style), 30),
    )


def _standing(clock: OtherClock, speaker: Speaker) -> str:
    if clock.applies is Owed.UNDETERMINED:
        return speaker.say(say("may apply: questions are open"))
    if clock.deadline is not None and clock.remaining is not None:
        when = speaker.brief(clock.deadline)
        return f"{speaker.left(clock.remaining)}\n{when}"
    return speaker.word(clock.state)


def working_of(case: CaseFile, clock: OtherClock, speaker: Speaker) -> Iterator[Content]:
    """Yield how a clock was worked out, what is open about it, and where it is written."""
    for name in clock.settles:
        question = case.question(name)
        if question is not None:
            text = say("To find out: {question}", question=question.text)
            yield Content.styled(speaker.say(text), "$text-accent")
    for number, step in enumerate(clock.working, start=1):
        yield Content(f"{number}. {speaker.say(step.text)}")
    if clock.note is not None:
        yield Content.styled(f"! {speaker.of(clock.note)}", "$text-warning")
    sources = [speaker.of(case.sources[one]) for one in clock.cites if one in case.sources]
    if sources:
        yield Content.styled("; ".join(sources), MUTED)
