"""How what is kept as JSON is laid out, so that what a stranger made up can be told from it.

A key more than is known here is no fault: a newer program may keep one.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from breachdesk.records import (
    Answer,
    Assessment,
    Decision,
    Document,
    IncidentFacts,
    Kept,
    Mailing,
    PeopleGroup,
    Task,
)
from breachdesk.rules.questionnaire import Question
from breachdesk.terms import Duty, Nature, Owed, QuestionKind, RiskLevel

_Duty = Annotated[Duty, Field(strict=False)]
_Owed = Annotated[Owed, Field(strict=False)]
_Risk = Annotated[RiskLevel, Field(strict=False)]
_Nature = Annotated[Nature, Field(strict=False)]
_Moment = Annotated[AwareDatetime, Field(strict=False)]
_Value = str | bool | int | list[str] | None
_Texts = dict[str, str]


class _Plain(BaseModel):
    model_config = ConfigDict(strict=True)


class _Words(_Plain):
    en: str
    nb: str
    nn: str


class _Reason(_Plain):
    rule: str
    words: _Words
    cites: list[str]
    questions: list[str]


class _Step(_Plain):
    factor: str
    words: _Words
    low: int
    high: int
    cites: list[str]


class _Severity(_Plain):
    method: str
    low: int
    high: int
    level: str
    trace: list[_Step]


class _Rule(_Plain):
    id: str
    effect: str
    reason: _Reason


class _Advice(_Plain):
    duty: _Duty
    owed: _Owed
    reasons: list[_Reason]
    cites: list[str]
    deciding: list[str]


class _Changed(_Plain):
    question: str
    answer: str
    removes: bool


class _Flip(_Changed):
    would_change: list[Annotated[list[str], Field(min_length=2, max_length=2)]]


class _Pair(_Plain):
    changes: Annotated[list[_Changed], Field(min_length=2, max_length=2)]
    would_change: list[Annotated[list[str], Field(min_length=2, max_length=2)]]


class _Factor(_Plain):
    id: str
    title: _Words
    rating: str
    least: str
    most: str
    because: _Words
    questions: list[str]
    cites: list[str]


class _Result(_Plain):
    pack: str
    risk: _Risk
    severity: _Severity | None
    rules: list[_Rule]
    advice: list[_Advice]
    flips: list[_Flip]
    pairs: list[_Pair] = []
    factors: list[_Factor] = []
    problems: list[_Reason]
    channels: dict[str, _Risk]
    groups: dict[str, _Risk]
    people_groups: list["_GroupResult"] = []
    led_by: str = ""


class _GroupResult(_Result):
    id: str
    name: str
    number: int | None


class _Missing(_Plain):
    item: str
    text: str
    owner: str | None
    due: str | None


class _Number(_Plain):
    field: str
    label: str
    line: int
    found: str


class _Said(_Plain):
    value: _Value = None
    unknown: bool = False
    owner: str | None = None
    due: _Moment | None = None


_SHAPES: Mapping[type[Kept], Mapping[str, Any]] = {
    Answer: {"value": _Value},
    Assessment: {"forms": _Texts, "answers": dict[str, _Value], "result": _Result},
    Decision: {"advice": _Advice | None},
    Document: {"missing": list[_Missing], "allowed_numbers": list[_Number]},
    IncidentFacts: {"nature": list[_Nature], "processing": list[str], "forms": _Texts},
    Mailing: {"documents": _Texts, "languages": dict[str, int]},
    PeopleGroup: {"answers": dict[str, _Said], "forms": _Texts},
    Task: {"words": _Texts, "why": _Texts, "cites": list[str], "owner_words": _Texts},
}
_VALUES: Mapping[QuestionKind, type] = {
    QuestionKind.ONE: str,
    QuestionKind.MANY: list,
    QuestionKind.TEXT: str,
    QuestionKind.INTEGER: int,
    QuestionKind.MOMENT: str,
    QuestionKind.BOOLEAN: bool,
}


def is_laid_out(row: Kept) -> bool:
    """Is everything that a row keeps as JSON laid out as we lay it out?"""
    try:
        for name in _SHAPES.get(type(row), {}):
            _reader(type(row), name).validate_python(getattr(row, name))
    except (ValidationError, RecursionError):
        return False
    return True


@cache
def _reader(record: type[Kept], name: str) -> TypeAdapter[Any]:
    kind = _SHAPES[record][name]
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
    return TypeAdapter(kind, config=None if is_model else ConfigDict(strict=True))


def can_answer(question: Question, value: object) -> bool:
    """Is a value of the kind that the question asks for? Which options there are is not asked."""
    if value is None:
        return True
    if question.kind is QuestionKind.MOMENT:
        return isinstance(value, str) and _is_moment(value)
    return type(value) is _VALUES[question.kind]


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
