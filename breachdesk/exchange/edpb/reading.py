"""What a case knows, read for the template: letters, texts, times; and what is not known yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.exchange.edpb.countries import countries, numbers
from breachdesk.language import Speaker
from breachdesk.message import Message, say
from breachdesk.records import Decision, Dispatch
from breachdesk.rules.edpb import Field, FieldKind, Value
from breachdesk.rules.questionnaire import AnswerValue, Question
from breachdesk.terms import Duty, Matter, QuestionKind

YES, NO, NOT_KNOWN = "a", "b", "c"
"""The template's letters for a plain question; the third only where it offers one."""
IN_OTHER_WORDS = {75: "l", 85: "n", 94: "o"}
""""None" is no option of these lists: "other", which its description explains, comes closest."""
_NONE = "none"


@dataclass(frozen=True)
class Reader:
    """One case, read in the notification's language."""

    case: CaseFile
    speaker: Speaker
    """In the notification's language and the authority's zone."""
    incomplete: bool
    """May facts still be open? Then what is not known says who finds out, by when."""

    def value(self, question_id: str) -> AnswerValue:
        """Return the value in force; None when unknown or unanswered."""
        return self.case.value(question_id)

    def is_unknown(self, *questions: str) -> bool:
        """Did somebody say that it is not known yet?"""
        answers = (self.case.answers.get(one) for one in questions)
        return any(one is not None and one.is_unknown for one in answers)

    def letter(self, question_id: str) -> str | None:
        """Return the template's letter of the option chosen."""
        value, question = self.value(question_id), self.case.question(question_id)
        option = question.option(value) if question and isinstance(value, str) else None
        return option.edpb if option else None

    def words(self, question_id: str) -> str:
        """Return an answer in words, each line as it was written; empty when there is none."""
        value, question = self.value(question_id), self.case.question(question_id)
        match value:
            case None | bool():
                return ""
            case int():
                return str(value)
            case tuple():
                return "; ".join(self._option(question, one) for one in value)
            case _ if question and question.kind is QuestionKind.MOMENT:
                return self.speaker.moment(datetime.fromisoformat(value))
            case _ if question and question.kind is QuestionKind.ONE:
                return self._option(question, value)
            case _:
                return value.strip()

    def _option(self, question: Question | None, option_id: str) -> str:
        option = question.option(option_id) if question else None
        return option.text.in_(self.speaker.lang) if option else option_id

    def joined(self, *parts: str) -> str | None:
        """Return what is there of some texts, a line break between them; None for nothing."""
        return "\n".join(one for one in parts if one) or None

    def day(self, question_id: str) -> str | None:
        """Return an answered time as a local day."""
        value = self.value(question_id)
        return self.local_day(datetime.fromisoformat(value)) if isinstance(value, str) else None

    def local_day(self, moment: datetime) -> str:
        """Return the day of a moment in the authority's zone."""
        return moment.astimezone(self.speaker.zone).date().isoformat()

    def sendings(self, duty: Duty) -> tuple[Dispatch, ...]:
        """Return what was sent for a duty and not taken back, oldest first.

        What went to a group of people that was taken out since is left out, as its clock does.
        """
        return tuple(
            one
            for one in standing(self.case.dispatches)
            if one.duty == duty and (one.group_id is None or self.case.group(one.group_id))
        )

    def decision(self, matter: Matter) -> Decision | None:
        """Return the decision in force about a matter."""
        return self.case.decision(matter)

    def promise(self, question_id: str) -> str:
        """Return "not known yet", with who finds out and by when: Art. 33(4) GDPR."""
        answer = self.case.answers.get(question_id)
        owner, due = (answer.owner, answer.due) if answer else ("", None)
        match bool(owner), due:
            case True, None:
                said = say("Not known yet; {owner} finds out.", owner=owner)
            case False, None:
                said = say("Not known yet; it follows in a supplementary notification.")
            case False, _:
                said = say("Not known yet; it follows by {due}.", due=due)
            case _:
                said = say("Not known yet; {owner} finds out by {due}.", owner=owner, due=due)
        return self.say(said)

    def say(self, message: Message) -> str:
        """Return a sentence in the notification's language."""
        return self.speaker.say(message, lines=True)

    def by_kind(self, one: Field) -> Value | None:
        """Return the value of a field that one question supplies, or several texts."""
        question_id = one.by[0]
        readers: Mapping[FieldKind, Callable[[], Value | None]] = {
            FieldKind.ONE: lambda: self._one(one, question_id),
            FieldKind.MANY: lambda: self._many(one, question_id),
            FieldKind.TEXT: lambda: self._text(one),
            FieldKind.TEXTS: lambda: self._lines(question_id),
            FieldKind.DATE: lambda: self.day(question_id),
            FieldKind.COUNTRIES: lambda: countries(self.words(question_id)) or None,
            FieldKind.NUMBERS: lambda: numbers(self.words(question_id)) or None,
        }
        read = readers.get(one.kind)
        return read() if read else self.value(question_id)

    def _lines(self, question_id: str) -> tuple[str, ...] | None:
        lines = self.words(question_id).replace(";", "\n").split("\n")
        return tuple(line.strip() for line in lines if line.strip()) or None

    def _one(self, one: Field, question_id: str) -> str | None:
        value = self.value(question_id)
        if isinstance(value, bool):
            return YES if value else NO
        if value is None and self.is_unknown(question_id):
            return self.open_letter(one)
        return self.letter(question_id)

    def open_letter(self, one: Field) -> str | None:
        """Return the letter that says "not known yet", where the field has one."""
        if one.while_incomplete:
            return one.while_incomplete[0] if self.incomplete else None
        return NOT_KNOWN if one.letters == (YES, NO, NOT_KNOWN) else None

    def _many(self, one: Field, question_id: str) -> tuple[str, ...] | None:
        value, question = self.value(question_id), self.case.question(question_id)
        if value is None and self.is_unknown(question_id):
            letter = self.open_letter(one)
            return (letter,) if letter else None
        if not isinstance(value, tuple) or question is None:
            return None
        if value == (_NONE,) and one.number in IN_OTHER_WORDS:
            return (IN_OTHER_WORDS[one.number],)
        letters = [option.edpb for option in question.options if option.id in value]
        return tuple(sorted(letter for letter in letters if letter)) or None

    def _text(self, one: Field) -> str | None:
        text = self.joined(*(self.words(question) for question in one.by))
        if text is None and self.incomplete and one.required and self.is_unknown(one.by[0]):
            return self.promise(one.by[0])
        return text
