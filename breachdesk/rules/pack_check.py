"""Sees that a rule pack speaks only of what exists: questions, answers, groups, thresholds."""

from collections.abc import Iterator, Mapping

from breachdesk.errors import RuleError
from breachdesk.message import say
from breachdesk.rules.pack import ANY_ANSWER, GROUP, MORE_THAN, RulePack
from breachdesk.rules.questionnaire import Condition, Question
from breachdesk.terms import Duty, RiskLevel

Questions = Mapping[str, Question]


def check_pack(pack: RulePack, questions: Questions) -> None:
    """See that what the pack speaks of exists, and that every score has a level.

    Args:
        pack: The pack as it was read.
        questions: Every question of the regime, by id.

    Raises:
        RuleError: Something does not exist, with the id of the item that speaks of it.
    """
    if not pack.levels or pack.levels[0].start > 0:
        raise RuleError(say("The levels of the score do not begin at 0."))
    _check_thresholds(pack)
    for name, (question_id, options) in pack.groups.items():
        question = questions.get(question_id)
        if question is None or any(question.option(one) is None for one in options):
            raise _misses(name, question_id)
    for item, question_id in _about(pack):
        if question_id not in questions:
            raise _misses(item, question_id)
    for one in (*pack.rules.values(), *pack.problems.values()):
        if any(group not in pack.groups for group in one.only.values()):
            raise _misses(one.id, ", ".join(one.only.values()))
    for item, condition in _conditions(pack):
        _check_condition(item, condition, questions, pack)


def _check_thresholds(pack: RulePack) -> None:
    for duty in (Duty.NOTIFY_AUTHORITY, Duty.INFORM_SUBJECTS):
        if pack.owed_from.get(duty) not in (RiskLevel.RISK, RiskLevel.HIGH_RISK):
            raise RuleError(say("It is not said from which risk “{duty}” is owed.", duty=duty))


def _about(pack: RulePack) -> Iterator[tuple[str, str]]:
    """Yield every item with each question that it quotes."""
    for one in (*pack.rules.values(), *pack.problems.values()):
        yield from ((one.id, question_id) for question_id in one.about)
    for factor in pack.edpb_factors.values():
        yield from ((factor.id, question_id) for question_id in factor.about)


def _conditions(pack: RulePack) -> Iterator[tuple[str, Condition]]:
    """Yield every condition that stands in the form as data, with its item."""
    for problem in pack.problems.values():
        yield from ((problem.id, one) for one in (problem.when, problem.unless))
    for factor in pack.edpb_factors.values():
        for conditions in factor.ratings.values():
            yield from ((factor.id, one) for one in conditions)


def _check_condition(
    item: str, condition: Condition, questions: Mapping[str, Question], pack: RulePack
) -> None:
    """See that a condition names questions and answers that exist; a number stands as text."""
    for name, wanted in condition.items():
        question = questions.get(name)
        if question is None:
            raise _misses(item, name)
        for one in wanted:
            if not _is_possible(question, one, pack):
                raise _misses(item, f"{name} = {one}")


def _is_possible(question: Question, wanted: str, pack: RulePack) -> bool:
    if wanted.startswith(GROUP):
        about, _ = pack.groups.get(wanted.removeprefix(GROUP), ("", frozenset()))
        return about == question.id
    if wanted.startswith(MORE_THAN):
        return not question.options and wanted.removeprefix(MORE_THAN) in pack.thresholds
    return wanted == ANY_ANSWER or not question.options or question.option(wanted) is not None


def _misses(item: str, what: str) -> RuleError:
    return RuleError(
        say("“{item}” speaks of “{what}”, which does not exist.", item=item, what=what)
    )
