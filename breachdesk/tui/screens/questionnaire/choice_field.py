"""The field of a question with options: one of them, several, or yes and no."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from breachdesk.rules.questionnaire import AnswerValue, offered
from breachdesk.terms import QuestionKind
from breachdesk.tui.screens.answers import Standing, standing_of, who_and_when
from breachdesk.tui.screens.questionnaire.choices import NOT_KNOWN, Choices
from breachdesk.tui.screens.questionnaire.field import AnswerField


class ChoiceField(AnswerField):
    """One option, several, or yes and no."""

    def compose(self) -> ComposeResult:
        """Draw the options that are offered now."""
        yield Choices(
            self._options(),
            marked=self._marked(),
            many=self.question.kind == QuestionKind.MANY,
            unknown=self._who(),
        )

    def _options(self) -> tuple[tuple[str, Content], ...]:
        if self.question.kind == QuestionKind.BOOLEAN:
            words = [self.speaker.term("Owed", one) for one in ("yes", "no")]
            return (("true", Content(words[0])), ("false", Content(words[1])))
        options = offered(self.question, self.case.given, self.case.derived)
        return tuple((one.id, Content(self.speaker.of(one.text))) for one in options)

    def _marked(self) -> tuple[str, ...]:
        if self.half:
            return tuple(self.half.split(","))
        if standing_of(self.case, self.question) == Standing.UNKNOWN and self.stands is None:
            return (NOT_KNOWN,)
        match self.stands:
            case bool():
                return ("true" if self.stands else "false",)
            case tuple():
                return self.stands
            case str():
                return (self.stands,)
            case _:
                return ()

    def _who(self) -> str:
        answer = self.case.answers.get(self.question.id)
        if answer is None or not answer.is_unknown:
            return ""
        return who_and_when(answer.owner, answer.due, self.speaker, self.case.read_at)

    def _as_answer(self, option: str) -> object:
        return option == "true" if self.question.kind == QuestionKind.BOOLEAN else option

    def value(self) -> object:
        """Return what is marked."""
        choices = self.query_one(Choices)
        marked = tuple(one for one in choices.marked if one != NOT_KNOWN)
        if not marked:
            return None
        return list(marked) if choices.many else self._as_answer(marked[0])

    @property
    def typed(self) -> str:
        """What is marked, as it is kept half-made."""
        return ",".join(self.query_one(Choices).marked)

    def unsaid(self) -> object:
        """Return several marked options that are not written yet."""
        choices = self.query_one(Choices)
        value = self.value()
        if not choices.many or value is None:
            return None
        stands = list(self.stands) if isinstance(self.stands, tuple) else None
        return None if value == stands else value

    @on(Choices.Marked)
    def _mark(self, event: Choices.Marked) -> None:
        event.stop()
        choices = event.choices
        if event.option == NOT_KNOWN:
            self.post_message(self.NotKnown())
        elif choices.many:
            choices.mark(event.option)
            self.post_message(self.Half(",".join(choices.marked)))
            self._point(event.option)
        else:
            self.post_message(self.Given(self._as_answer(event.option), goes_on=False))

    @on(Choices.Taken)
    def _take(self, event: Choices.Taken) -> None:
        event.stop()
        choices = event.choices
        if event.option == NOT_KNOWN:
            is_said = NOT_KNOWN in choices.marked
            self.post_message(self.WentOn() if is_said else self.NotKnown())
            return
        if not choices.many:
            self.post_message(self.Given(self._as_answer(event.option), goes_on=True))
            return
        if self.value() is None:
            choices.mark(event.option)
        self.post_message(self.Given(self.value(), goes_on=True))

    @on(Choices.Pointed)
    def _look(self, event: Choices.Pointed) -> None:
        event.stop()
        self._point(event.option)

    def _point(self, option: str) -> None:
        self.post_message(self.Pointed(option, self._would_be(option)))

    def _would_be(self, option: str) -> AnswerValue:
        """Return the answer that an option stands for; with several, the marked ones and it."""
        if option == NOT_KNOWN:
            return None
        if self.question.kind == QuestionKind.BOOLEAN:
            return option == "true"
        choices = self.query_one(Choices)
        if not choices.many:
            return option
        chosen = {*choices.marked, option} - {NOT_KNOWN}
        return tuple(one.id for one in self.question.options if one.id in chosen)
