"""Questions, options, sections, forms: values only.

A form is a view on questions; question ids are global in a regime, so an answer given in one form
stands in all. Conditions are flat: keys are joined by AND, the values of a key by OR.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from breachdesk.terms import QuestionKind, Words

AnswerValue = str | int | bool | tuple[str, ...] | None
"""What a person answered: option id, option ids, number, text, ISO time; None is not known yet."""

Answers = Mapping[str, AnswerValue]
"""Question id to value. A key with None was answered "not known yet"; an absent key not at all."""

Condition = Mapping[str, tuple[str, ...]]
"""Question id (or derived fact) to the values that satisfy it; booleans are "true"/"false"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One possible answer."""

    id: str
    text: Words
    help: Words | None = None
    points: Mapping[str, int] = field(default_factory=dict)
    """What the method counts for it, by factor, in quarters or whole steps as the method says."""
    cites: tuple[str, ...] = ()
    offered_if: Condition = field(default_factory=dict)
    edpb: str | None = None
    """Letter of the EDPB template's option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, its options ordered from the least to the most harm where harm applies."""

    id: str
    text: Words
    kind: QuestionKind
    why: Words
    """Why we ask: shown beside the question."""
    example: Words | None = None
    options: tuple[Option, ...] = ()
    asked_if: Condition = field(default_factory=dict)
    not_asked_if: Condition = field(default_factory=dict)
    binds: str | None = None
    """``incident.FIELD`` when the case's own facts hold the answer; changed only by that verb."""
    edpb: tuple[int, ...] = ()
    """Field numbers of the EDPB template, draft 1.0."""
    cites: tuple[str, ...] = ()
    needed_for: tuple[str, ...] = ()
    """Items of Art. 33(3) or 34(2) that it supplies, such as ``33.3.a``."""
    minimum: int = 0
    day_suffices: bool = False
    """A day without a time of day is an answer; it is kept as the local midnight it begins with."""
    required: bool = True
    """False for what may stay empty without being counted as missing."""

    def option(self, option_id: str) -> Option | None:
        """Return the option of that id."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A run of questions under one heading."""

    id: str
    title: Words
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A form as read from forms/: its questions in order, those borrowed from others included."""

    id: str
    version: str
    digest: str
    title: Words
    method: str | None
    valid_from: date
    reviewed_on: date
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question | None:
        """Return the question of that id."""
        return next((one for one in self.questions if one.id == question_id), None)
