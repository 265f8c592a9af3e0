"""The clocks beside the GDPR's as text: other laws, contracts, controllers we serve."""

from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.message import Message, say
from breachdesk.terms import ClockState, Owed

if TYPE_CHECKING:
    from breachdesk.casefile import CaseFile
    from breachdesk.rules.beside import OtherClock


def tell_other_clocks(errand: Errand, case: "CaseFile") -> None:
    """Print each clock beside the GDPR's with its working, and whether it applies at all."""
    asked: set[str] = set()
    for clock in case.other_clocks:
        errand.write()
        errand.tell(other_line(clock))
        _tell_open(errand, case, [one for one in clock.settles if one not in asked])
        asked.update(clock.settles)
        for number, step in enumerate(clock.working, start=1):
            errand.flow(f"{number}. {errand.speaker.say(step.text)}", indent="  ", hang=3)
        if clock.note:
            errand.flow(f"! {errand.speaker.of(clock.note)}", indent="  ", hang=2)
        sources = [
            errand.speaker.of(case.sources[one]) for one in clock.cites if one in case.sources
        ]
        if sources:
            errand.flow(f"[{', '.join(sources)}]", indent="  ")
    if case.given.get("other_who") is None:
        errand.write()
        errand.tell(
            say(
                "Other laws may ask for more: “breachdesk answer {ref} other --set other_who=…”, "
                "see “breachdesk form show other”.",
                ref=case.ref,
            )
        )


def _tell_open(errand: Errand, case: "CaseFile", questions: list[str]) -> None:
    for name in questions:
        if question := case.question(name):
            text = errand.speaker.say(say("To find out: {question}", question=question.text))
            errand.flow(text, indent="  ", hang=2)


def other_line(clock: "OtherClock") -> Message:
    """Return one clock in a sentence."""
    what = {"title": clock.title, "to": clock.to, "report": clock.step}
    if clock.applies is Owed.UNDETERMINED:
        return say("{title}, {report}, to {to}: may apply", **what)
    if clock.deadline is not None and clock.remaining is not None:
        if clock.state is ClockState.OVERDUE:
            return say(
                "{title}, {report}, to {to}: due {moment}, {span} ago",
                **what, moment=clock.deadline, span=-clock.remaining,
            )  # fmt: skip
        return say(
            "{title}, {report}, to {to}: due {moment}, {span} left",
            **what, moment=clock.deadline, span=clock.remaining,
        )  # fmt: skip
    return say("{title}, {report}, to {to}: {state}", **what, state=clock.state)
