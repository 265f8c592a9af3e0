"""Answers that contradict each other. They are pointed out; they never make advice undetermined.

What does not go together stands in the form, as a flat condition: keys AND, values OR.
"""

from breachdesk.rules.advice import Reason
from breachdesk.rules.pack import ANY_ANSWER, NamedProblem, RulePack
from breachdesk.rules.questionnaire import Answers, AnswerValue, Condition, Questionnaire
from breachdesk.rules.wording import reason


def find_problems(form: Questionnaire, pack: RulePack, answers: Answers) -> tuple[Reason, ...]:
    """Return the contradictions in everything that was answered, asked still or not."""
    return tuple(
        reason(form, pack, named, answers)
        for named in pack.problems.values()
        if _contradicts(named, answers)
    )


def _contradicts(named: NamedProblem, answers: Answers) -> bool:
    excused = bool(named.unless) and _holds(named.unless, answers)
    return _holds(named.when, answers) and not excused


def _holds(condition: Condition, answers: Answers) -> bool:
    return all(_meets(answers.get(name), wanted) for name, wanted in condition.items())


def _meets(value: AnswerValue, wanted: tuple[str, ...]) -> bool:
    """Is the answer among those wanted? What is not known contradicts nothing."""
    if value is None:
        return False
    given = value if isinstance(value, tuple | list) else (str(value),)
    return ANY_ANSWER in wanted or any(one in wanted for one in given)
