"""An answer in words: what is known, what is not known yet, and who finds out by when."""

from datetime import datetime
from enum import Enum

from textual.content import Content

from breachdesk.casefile import CaseFile
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.rules.questionnaire import AnswerValue, Question, is_unknown
from breachdesk.terms import QuestionKind
from breachdesk.tui.widgets.tones import MUTED


class Standing(Enum):
    """How a question stands in a case."""

    KNOWN = "known"
    UNCONFIRMED = "unconfirmed"
    """Filled in from the organisation's profile."""
    UNKNOWN = "unknown"
    """Said to be not known yet."""
    UNANSWERED = "unanswered"


SIGNS = {
    Standing.KNOWN: ("✔", "$text-success"),
    Standing.UNCONFIRMED: ("?", "$text-warning"),
    Standing.UNKNOWN: ("!", "$text-warning"),
    Standing.UNANSWERED: ("·", MUTED),
}
"""Sign and colour of each; the value beside it says the same in words."""


def standing_of(case: CaseFile, question: Question) -> Standing:
    """Return how a question stands; one bound to a fact of the case is known by that fact."""
    if question.binds is not None and not is_unknown(case.value(question.id)):
        return Standing.KNOWN
    answer = case.answers.get(question.id)
    if answer is None:
        return Standing.UNANSWERED
    if is_unknown(case.value(question.id)):
        return Standing.UNKNOWN
    return Standing.KNOWN if answer.is_confirmed else Standing.UNCONFIRMED


def sign_of(standing: Standing) -> Content:
    """Return the sign of a standing, one cell wide."""
    return Content.styled(*SIGNS[standing])


def value_words(question: Question | None, value: AnswerValue, speaker: Speaker) -> str:
    """Return a value as a person says it, in the reader's language; times are local."""
    if value is None:
        return speaker.say(say("not known yet"))
    if isinstance(value, bool):
        return speaker.term("Owed", "yes" if value else "no")
    if isinstance(value, int):
        return speaker.number(value)
    if isinstance(value, tuple):
        return ", ".join(_option_words(question, one, speaker) for one in value)
    if question is not None and question.kind == QuestionKind.MOMENT:
        return speaker.moment(datetime.fromisoformat(value))
    return _option_words(question, value, speaker)


def _option_words(question: Question | None, value: str, speaker: Speaker) -> str:
    option = question.option(value) if question is not None else None
    return speaker.of(option.text) if option else speaker.say(say("{text}", text=value))


def who_and_when(owner: str, due: datetime | None, speaker: Speaker, now: datetime) -> str:
    """Return who finds out and by when: "Ola, by 15:00"; empty when nobody is named."""
    when = speaker.near(due, now=now) if due else ""
    if owner and due:
        return speaker.say(say("{who}, by {when}", who=owner, when=when))
    if due:
        return speaker.say(say("by {when}", when=when))
    return speaker.say(say("{text}", text=owner))


def answer_words(case: CaseFile, question: Question, speaker: Speaker) -> Content:
    """Return what stands in the case for a question, with what is still open about it."""
    standing = standing_of(case, question)
    if standing == Standing.UNANSWERED:
        absent = say("not known yet") if question.binds else say("not answered")
        return Content.styled(speaker.say(absent), MUTED)
    if standing == Standing.UNKNOWN:
        return _unknown_words(case, question, speaker)
    value = Content(value_words(question, case.value(question.id), speaker))
    if standing == Standing.KNOWN:
        return value
    mark = speaker.say(say("from the profile, to be confirmed"))
    return Content.assemble(value, ("  " + mark, "$text-warning"))


def _unknown_words(case: CaseFile, question: Question, speaker: Speaker) -> Content:
    answer = case.answers[question.id]
    who = who_and_when(answer.owner, answer.due, speaker, case.read_at)
    text: Message = say("not known yet")
    if who:
        text = say("not known yet: {who}", who=who)
    return Content.styled(speaker.say(text), "$text-warning")


def items_missing(count: int) -> Message:
    """Return how many items a paper lacks."""
    return say("1 item missing") if count == 1 else say("{count} items missing", count=count)


def article(item: str, speaker: Speaker) -> str:
    """Return an item of the law as lawyers write it: 33(3)(a), and in Norwegian its own way."""
    number, *parts = item.split(".")
    if speaker.lang == "en":
        return number + "".join(f"({part})" for part in parts)
    names = {True: "nr.", False: "bokstav"}
    return " ".join((number, *(f"{names[part.isdigit()]} {part}" for part in parts)))
