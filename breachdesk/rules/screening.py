"""Does another duty apply to us? Read from the answers to its screening questions."""

from breachdesk.rules.questionnaire import Answers, AnswerValue, Condition
from breachdesk.rules.regime import ParallelDuty
from breachdesk.terms import Owed


def applies(duty: ParallelDuty, answers: Answers) -> tuple[Owed, tuple[str, ...]]:
    """Return whether a duty applies to us, and the open questions that would settle it."""
    read = [holds(condition, answers) for condition in duty.applies_if]
    if any(owed is Owed.YES for owed, _ in read):
        return Owed.YES, ()
    if all(owed is Owed.NO for owed, _ in read):
        return Owed.NO, ()
    return Owed.UNDETERMINED, tuple(dict.fromkeys(name for _, names in read for name in names))


def holds(condition: Condition, answers: Answers) -> tuple[Owed, tuple[str, ...]]:
    """Return whether a condition holds, and the open questions; one that rules it out wins."""
    given = {name: answers.get(name) for name in condition}
    if any(value is not None and not _meets(value, condition[k]) for k, value in given.items()):
        return Owed.NO, ()
    still_open = tuple(name for name, value in given.items() if value is None)
    return (Owed.UNDETERMINED, still_open) if still_open else (Owed.YES, ())


def _meets(value: AnswerValue, wanted: tuple[str, ...]) -> bool:
    if isinstance(value, tuple | list):
        return any(one in wanted for one in value)
    if isinstance(value, bool):
        return ("true" if value else "false") in wanted
    return str(value) in wanted
