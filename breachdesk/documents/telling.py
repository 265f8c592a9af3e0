"""A case told in one language: answers, options, times and names as words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from breachdesk.casefile import CaseFile
from breachdesk.casefile.clocks import standing
from breachdesk.documents.dates import Dates
from breachdesk.documents.wording import Wording
from breachdesk.records import Answer, Dispatch, Document, Profile
from breachdesk.rules.questionnaire import (
    SAYS_UNKNOWN,
    AnswerValue,
    Question,
    asked,
    derived_facts,
    pending,
)
from breachdesk.terms import ClockState, DocumentKind, Duty, Lang, Phase, QuestionKind, Words

_LATE = {ClockState.OVERDUE, ClockState.MET_LATE}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One case, one language, one phase."""

    case: CaseFile
    wording: Wording
    lang: Lang
    phase: Phase | None = None
    to: str = ""
    """Of a processor's notice: the controller it is addressed to; empty: the only one, if any."""

    @cached_property
    def dates(self) -> Dates:
        """How times are written: in the zone of the case's regime."""
        return Dates(self.lang, ZoneInfo(self.case.regime.zone))

    def word(self, text_id: str, /, **values: str | int) -> str:
        """Return a sentence of the paper's wording."""
        return self.wording.text(text_id, **values)

    def words(self, words: Words) -> str:
        """Return a form's words in the paper's language."""
        return words.in_(self.lang)

    @property
    def profile(self) -> Profile | None:
        """The organisation's profile."""
        return self.case.profile

    @property
    def organisation(self) -> str:
        """The organisation's name, or a place for it."""
        return self.profile.organisation.name if self.profile else self.word("place.organisation")

    @property
    def authority(self) -> str:
        """The supervisory authority's name."""
        return self.words(self.case.regime.authority)

    @cached_property
    def is_late(self) -> bool:
        """Has the time for the notification passed without one? Art. 33(1) GDPR."""
        clock = self.case.clock(Duty.NOTIFY_AUTHORITY)
        return clock is not None and clock.state in _LATE

    @cached_property
    def _not_asked(self) -> frozenset[str]:
        facts = self.case.facts
        sent = self.sendings(Duty.NOTIFY_AUTHORITY)
        derived = {
            **derived_facts(
                self.case.given,
                late=self.is_late,
                follow_up=bool(sent),
                incomplete=self.phase is not Phase.FINAL,
            ),
            "role": (facts.role.value,),
        }
        forms = self.case.forms.values()
        every = {one.id for form in forms for one in form.questions}
        given = self.case.given
        asks = {one.id for form in forms for one in asked(form, given, derived)}
        waits = {one.id for form in forms for one in pending(form, given, derived)}
        return frozenset(every - asks - waits)

    def asks(self, question_id: str) -> bool:
        """Is the question asked in this case? What is not asked has no answer.

        What was answered before the question that it hangs on counts as asked: it is not unknown.
        """
        return question_id not in self._not_asked

    def answer(self, question_id: str) -> Answer | None:
        """Return the answer in force to a question that is asked."""
        return self.case.answers.get(question_id) if self.asks(question_id) else None

    def value(self, question_id: str) -> AnswerValue:
        """Return what is known: None when not asked, not answered, or said to be unknown."""
        value = self.case.value(question_id) if self.asks(question_id) else None
        if isinstance(value, tuple):
            return tuple(one for one in value if one not in SAYS_UNKNOWN) or None
        if isinstance(value, str) and (value in SAYS_UNKNOWN or not value.strip()):
            return None
        return value

    def chosen(self, question_id: str) -> tuple[str, ...]:
        """Return the ids of the options chosen."""
        value = self.value(question_id)
        if isinstance(value, tuple):
            return value
        return (str(value),) if value is not None else ()

    def text(self, question_id: str) -> str:
        """Return what is known in words; empty when nothing is."""
        value = self.value(question_id)
        match value:
            case None:
                return ""
            case bool():
                return self.word("yes" if value else "no")
            case int():
                return self.dates.number(value)
            case tuple():
                return self.listed(self.options(question_id))
            case str():
                return self._text(question_id, value)

    def _text(self, question_id: str, value: str) -> str:
        question = self.case.question(question_id)
        if question and question.kind is QuestionKind.MOMENT:
            return self.dates.moment(datetime.fromisoformat(value))
        if question and question.kind is QuestionKind.ONE:
            return self.option(question, value)
        return value.strip()

    def option(self, question: Question, option_id: str) -> str:
        """Return an option's words."""
        option = question.option(option_id)
        return self.words(option.text) if option else option_id

    def options(self, question_id: str) -> tuple[str, ...]:
        """Return the words of the options chosen."""
        question = self.case.question(question_id)
        return tuple(
            self.option(question, one) if question else one for one in self.chosen(question_id)
        )

    def listed(self, items: Iterable[str]) -> str:
        """Return items as lines, with a dash before each when there are several."""
        lines = [one for one in items if one]
        return "\n".join(f"– {one}" for one in lines) if len(lines) > 1 else "".join(lines)

    def cites(self, ids: Iterable[str]) -> str:
        """Return citations in their short form."""
        known = (self.case.sources.get(one) for one in ids)
        return ", ".join(self.words(one) for one in known if one)

    def numbers(self, *question_ids: str) -> str:
        """Return the template's field numbers of some questions."""
        found = (self.case.question(one) for one in question_ids if self.asks(one))
        numbers = dict.fromkeys(number for one in found if one for number in one.edpb)
        return ", ".join(str(number) for number in numbers)

    def sendings(self, duty: Duty) -> tuple[Dispatch, ...]:
        """Return what was sent for a duty and not taken back, oldest first."""
        return tuple(one for one in standing(self.case.dispatches) if one.duty == duty)

    def issued(self, kind: DocumentKind) -> tuple[Document, ...]:
        """Return the papers of a kind issued so far, oldest first."""
        return tuple(one for one in self.case.documents if one.kind == kind)
