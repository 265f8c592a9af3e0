"""What is missing in a case: said to be unknown, to be confirmed, or simply not answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from breachdesk.casefile.case import Unknown
from breachdesk.casefile.groups import CaseGroup
from breachdesk.records import Answer
from breachdesk.rules.advice import Assessed
from breachdesk.rules.questionnaire import (
    Answers,
    Condition,
    Question,
    Questionnaire,
    asked,
    missing,
)
from breachdesk.terms import Duty

_LATEST = datetime.max.replace(tzinfo=UTC)


def find_unknown(
    answers: Mapping[str, Answer],
    given: Answers,
    forms: Mapping[str, Questionnaire],
    current: Assessed,
    derived: Condition,
    groups: Sequence[CaseGroup] = (),
) -> tuple[Unknown, ...]:
    """Return what is missing: unknown ones by due time, then unconfirmed, then unanswered.

    Within each kind, what would settle an advice comes first. What is not asked is not missing,
    unless somebody was asked to find it out.
    """
    asks = {one.id for form in forms.values() for one in asked(form, given, derived)}
    said = _said(answers, forms, current)
    found = {
        one.question.id: one for one in said if one.kind == "unknown" or one.question.id in asks
    }
    for form in forms.values():
        for question in missing(form, given, derived):
            if question.id not in found and question.id not in answers:
                found[question.id] = _unknown(question, "unanswered", None, current)
    every = [*found.values(), *(one for group in groups for one in _of_group(group, forms))]
    return tuple(sorted(every, key=_order))


def _of_group(group: CaseGroup, forms: Mapping[str, Questionnaire]) -> Iterator[Unknown]:
    """Yield what was said to be unknown of one group."""
    if group.assessed is not None:
        for one in _said(group.answers, forms, group.assessed):
            yield replace(one, group=group.name)


def _order(one: Unknown) -> tuple[int, datetime, bool]:
    kinds = ("unknown", "unconfirmed", "unanswered")
    return (kinds.index(one.kind), one.due or _LATEST, not one.settles)


def _said(
    answers: Mapping[str, Answer], forms: Mapping[str, Questionnaire], current: Assessed
) -> Iterator[Unknown]:
    for answer in answers.values():
        question = next((q for f in forms.values() if (q := f.question(answer.question))), None)
        if question is None or (answer.is_confirmed and not answer.is_unknown):
            continue
        yield _unknown(question, "unknown" if answer.is_unknown else "unconfirmed", answer, current)


def _unknown(question: Question, kind: str, answer: Answer | None, current: Assessed) -> Unknown:
    return Unknown(
        question=question,
        kind=kind,
        owner=answer.owner if answer else "",
        due=answer.due if answer else None,
        settles=_settled_by(question, current),
    )


def _settled_by(question: Question, current: Assessed) -> tuple[Duty, ...]:
    return tuple(advice.duty for advice in current.advice if question.id in advice.deciding)
