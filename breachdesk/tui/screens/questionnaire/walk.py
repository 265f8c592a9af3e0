"""Where one is in a form: the questions that are asked now, and which comes next or before."""

from dataclasses import dataclass

from breachdesk.casefile import CaseFile
from breachdesk.rules.questionnaire import Question, Questionnaire, asked
from breachdesk.tui.screens.answers import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Walk:
    """The questions a case is asked in one form, in the form's order."""

    form: Questionnaire
    questions: tuple[Question, ...]
    standings: tuple[Standing, ...]
    """Of each question."""

    @classmethod
    def through(cls, case: CaseFile, form: Questionnaire) -> "Walk":
        """Return the walk through a form as the case stands."""
        questions = asked(form, case.given, case.derived)
        return cls(form, questions, tuple(standing_of(case, one) for one in questions))

    def question(self, question_id: str) -> Question | None:
        """Return a question that is asked."""
        return next((one for one in self.questions if one.id == question_id), None)

    def place(self, question_id: str) -> int:
        """Return the place of a question among those asked, from 1; 0 when it is not asked."""
        ids = [one.id for one in self.questions]
        return ids.index(question_id) + 1 if question_id in ids else 0

    def first_open(self) -> str:
        """Return the first question without a firm answer; empty when there is none.

        What may stay empty is passed over, unless the whole form may.
        """
        is_needed = any(one.required for one in self.questions)
        for question, standing in zip(self.questions, self.standings, strict=True):
            is_open = standing in {Standing.UNANSWERED, Standing.UNCONFIRMED}
            if is_open and question.required == is_needed:
                return question.id
        return ""

    def after(self, question_id: str) -> str:
        """Return the question asked after this one, also when this one is no longer asked."""
        order = [one.id for one in self.form.questions]
        here = order.index(question_id) if question_id in order else len(order)
        return next((one.id for one in self.questions if order.index(one.id) > here), "")

    def before(self, question_id: str) -> str:
        """Return the question asked before this one; the last one from the end."""
        order = [one.id for one in self.form.questions]
        here = order.index(question_id) if question_id in order else len(order)
        earlier = [one.id for one in self.questions if order.index(one.id) < here]
        return earlier[-1] if earlier else ""

    def section_of(self, question_id: str) -> str:
        """Return the id of the section a question stands in."""
        return next((one.id for one in self.form.sections if question_id in one.questions), "")

    def count(self, standing: Standing) -> int:
        """Return how many questions stand so."""
        return sum(one == standing for one in self.standings)
