"""Checks what points from one place to another: sources, conditions, words handed through."""

from collections.abc import Iterator, Mapping

from breachdesk.forms.findings import Findings
from breachdesk.forms.layers import Layered, all_tables
from breachdesk.forms.tables import LANGUAGES, Table
from breachdesk.message import say
from breachdesk.rules.questionnaire import DERIVED, Condition, Question
from breachdesk.terms import QuestionKind

_NEEDS_NO_SOURCE = ("section", "use", "source")
_READ_ELSEWHERE = ("question", "section", "use", "source", "clock", "threshold", "holiday")
_YES_NO = ("true", "false")


def check_sources(layered: Layered, sources: Mapping[str, object], findings: Findings) -> None:
    """Report every cited source that is not known, and every item that cites none."""
    for table in _places(layered):
        for inner in all_tables(dict(table.values)):
            for cited in _cited(inner):
                if cited not in sources:
                    findings.add(table.wrong(say("the source “{id}” is not known.", id=cited)))
    for key, items in layered.items.items():
        for table in items:
            if key not in _NEEDS_NO_SOURCE and not table.values.get("cites"):
                findings.add(table.wrong(say("no source is cited (“cites”).")))


def check_words(layered: Layered, findings: Findings) -> None:
    """Report words without a translation in what is handed through to the rules."""
    for key, items in layered.items.items():
        for table in items if key not in _READ_ELSEWHERE else ():
            for inner in all_tables(dict(table.values)):
                for name, value in inner.items():
                    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
                        with findings.catching():
                            table.words_of(value, name)


def _places(layered: Layered) -> Iterator[Table]:
    yield layered.head
    for items in layered.items.values():
        yield from items


def _cited(table: Mapping[str, object]) -> Iterator[str]:
    """Yield the ids under ``cites``."""
    cites = table.get("cites", ())
    if isinstance(cites, list | tuple):
        yield from (str(one) for one in cites)


def check_conditions(
    layered: Layered, own: Mapping[str, Question], known: Mapping[str, Question], findings: Findings
) -> None:
    """Report conditions that name what does not exist, and circles among them.

    Args:
        layered: The form, for the place of a problem.
        own: The questions it defines.
        known: Every question of the regime.
        findings: Where problems go.
    """
    tables = {table.values["id"]: table for table in layered.items.get("question", ())}
    for question in own.values():
        with findings.catching():
            for condition in _conditions(question):
                check_condition(tables[question.id], condition, known)
    for question_id in _circular(own):
        findings.add(tables[question_id].wrong(say("its conditions lead back to itself.")))


def _conditions(question: Question) -> Iterator[Condition]:
    yield question.asked_if
    yield question.not_asked_if
    yield from (option.offered_if for option in question.options)


def check_condition(table: Table, condition: Condition, known: Mapping[str, Question]) -> None:
    """Refuse a condition that names no question, or a value the question cannot have.

    Raises:
        FormError: It does.
    """
    for key, wanted in condition.items():
        if key not in known and key not in DERIVED:
            raise table.wrong(say("a condition names “{key}”, which is no question.", key=key))
        question = known.get(key)
        is_number = question is not None and question.kind is QuestionKind.INTEGER
        for value in wanted:
            fits = value.isdecimal() if is_number else value in _possible(question)
            if not fits:
                raise table.wrong(
                    say("a condition wants “{key}” to be “{value}”, which it cannot be.",
                        key=key, value=value)
                )  # fmt: skip


def _possible(question: Question | None) -> tuple[str, ...]:
    """Return the values a condition may want; a derived fact is yes or no."""
    if question is None or question.kind is QuestionKind.BOOLEAN:
        return _YES_NO
    return tuple(option.id for option in question.options)


def _circular(questions: Mapping[str, Question]) -> Iterator[str]:
    """Yield the questions whose being asked depends on themselves."""
    needs = {
        one.id: {*one.asked_if, *one.not_asked_if} & questions.keys() for one in questions.values()
    }
    for start, nearest in needs.items():
        reached: set[str] = set()
        ahead = set(nearest)
        while ahead:
            reached |= ahead
            ahead = {far for near in ahead for far in needs[near]} - reached
        if start in reached:
            yield start
