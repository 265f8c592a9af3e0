"""Where half-written words of a case wait: by the question or act they belong to."""

from collections.abc import Iterator, Mapping

from textual.content import Content
from textual.widgets import Static

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.questionnaire import Questionnaire
from breachdesk.terms import Matter
from breachdesk.tui.screens.decide.words import SHORT
from breachdesk.tui.widgets.spoken import Spoken

MOST_NAMED = 3
"""How many places are named."""
_ACTS: Mapping[str, Message] = {
    "note": say("a note in the timeline"),
    "sent": say("recording a sending"),
    "task": say("a task"),
    "aware": say("when we became aware"),
    "issue": say("issuing a paper"),
    "save": say("saving a paper"),
    "payload": say("saving the EDPB payload"),
    "correct": say("a correction"),
    "evidence": say("evidence"),
    "erase": say("erasing the case"),
    "letters": say("letters to many"),
    "unknown": say("what is not known yet"),
    "status": say("closing or reopening the case"),
    "unsent": say("taking back a sending"),
    "group": say("a group of people"),
}
"""Half-written dialogs, by the first part of their fields' names."""


class HalfWritten(Spoken, Static):
    """One line on the case's screen; not there when nothing waits."""

    DEFAULT_CSS = """
    HalfWritten { height: auto; max-height: 2; padding: 0 1; color: $text-warning; display: none; }
    HalfWritten.-some { display: block; }
    """

    def show(self, case: CaseFile, halves: Mapping[str, str]) -> None:
        """Name the places where words wait, field to text."""
        places = tuple(dict.fromkeys(_places(case, halves, self.speaker)))
        self.set_class(bool(places), "-some")
        named = " · ".join(places[:MOST_NAMED])
        more = f" +{len(places) - MOST_NAMED}" if len(places) > MOST_NAMED else ""
        text = say("½ Half-written, not answered yet: {places}", places=f"{named}{more}")
        self.update(Content(self.say(text)))


def half_written_question(form: Questionnaire, halves: Mapping[str, str]) -> str:
    """Return the first question of a form with a half-written answer; empty when there is none."""
    waiting = (one.id for one in form.questions if halves.get(f"answer.{one.id}"))
    return next(waiting, "")


def _places(case: CaseFile, halves: Mapping[str, str], speaker: Speaker) -> Iterator[str]:
    for field in halves:
        first, _, rest = field.partition(".")
        name = rest.partition(".")[0]
        if first == "answer":
            found = (form.question(rest) for form in case.forms.values())
            texts = [speaker.of(one.text) for one in found if one is not None]
            yield f"“{texts[0]}”" if texts else speaker.say(say("an answer"))
        elif first == "decide" and name in set(Matter):
            yield speaker.say(SHORT[Matter(name)])
        else:
            yield speaker.say(_ACTS.get(first, say("the reason for a change")))
