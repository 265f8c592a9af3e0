"""Builders for the tests of the rules: the shipped form and pack, and everyday situations."""

import random
from datetime import UTC, datetime
from functools import cache

from breachdesk.forms import Forms, find_forms, load
from breachdesk.rules.advice import Assessed
from breachdesk.rules.assessment import assess
from breachdesk.rules.pack import RulePack
from breachdesk.rules.questionnaire import SAYS_UNKNOWN, AnswerValue, Question, Questionnaire
from breachdesk.rules.reading import Reading, read
from breachdesk.rules.situation import Sheet, Situation, is_asked, lay_out
from breachdesk.terms import Duty, Owed, QuestionKind, Role

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
Given = dict[str, AnswerValue]


@cache
def shipped() -> Forms:
    return load(find_forms())


@cache
def form() -> Questionnaire:
    return shipped().questionnaires["risk"]


@cache
def pack() -> RulePack:
    return shipped().rule_pack(None, NOW)


@cache
def sheet() -> Sheet:
    return lay_out(form())


def letter(**changes: AnswerValue) -> Given:
    """A letter with name and address to one wrong, known person: the mildest everyday case."""
    return {
        "nature": ("confidentiality",),
        "data_types": ("basic", "contact"),
        "data_subjects": ("customers",),
        "people_basis": "exact",
        "people_number": 1,
        "exposure": "obtained",
        "protection": "none",
        "holder": "few-known",
        "intent": "mistake",
        "deletion": "asked",
        "repeats": "single",
        "insight": "hardly-any",
        "implied": "nothing",
        "identifiability": "directly",
        **changes,
    }


def loose(**changes: AnswerValue) -> Given:
    """The same data out of our control, all further questions answered mildly."""
    return letter(
        **{
            "holder": "unknown",
            "misuse": "none",
            "undetected": "month-or-less",
            "scope": "certain",
            "abuse": "little",
            "rest": "alike",
            "logins": "little",
            **changes,
        }
    )


def outage(**changes: AnswerValue) -> Given:
    """Data out of reach for a short while."""
    return {
        "nature": ("availability",),
        "data_types": ("basic",),
        "data_subjects": ("customers",),
        "people_basis": "exact",
        "people_number": 50,
        "intent": "mistake",
        "restored": "back-late",
        "effect": "none",
        **changes,
    }


def wrong(**changes: AnswerValue) -> Given:
    """Data altered, and possibly used."""
    return {
        **{key: value for key, value in outage().items() if key != "restored"},
        "nature": ("integrity",),
        "altered": "used",
        **changes,
    }


def advise(answers: Given, role: Role = Role.CONTROLLER, **more: bool) -> Assessed:
    return assess(form(), pack(), answers, role=role, **more)


def judged(answers: Given) -> Reading:
    return read(form(), pack(), answers, role=Role.CONTROLLER, sheet=sheet())


def situation(answers: Given) -> Situation:
    return judged(answers).best


def owed(answers: Given) -> tuple[Owed, Owed]:
    """What is advised about the authority and about the people."""
    assessed = advise(answers)
    authority = assessed.for_duty(Duty.NOTIFY_AUTHORITY)
    people = assessed.for_duty(Duty.INFORM_SUBJECTS)
    assert authority is not None
    assert people is not None
    return authority.owed, people.owed


def fired(answers: Given) -> set[str]:
    return {one.id for one in advise(answers).rules}


def choices(question: Question) -> list[str]:
    return [one.id for one in question.options if one.id not in SAYS_UNKNOWN]


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - examples, not secrets


def draw(rng: random.Random, *, mild: float = 0.0) -> Given:
    """Every asked question answered at random; `mild` is how often the least harm is taken."""
    values: Given = {}
    outside = {"role": ("controller",)}
    for question in sheet().questions:
        if is_asked(question, values, sheet(), outside):
            values[question.id] = _one(rng, question, mild)
    return values


def _one(rng: random.Random, question: Question, mild: float) -> AnswerValue:
    if question.kind is QuestionKind.INTEGER:
        return rng.choice([1, 150, 1000, 1001, 40_000])
    options = choices(question)
    if question.kind is QuestionKind.MANY:
        if rng.random() < mild and question.id != "nature":
            return (options[0],)
        return tuple(rng.sample(options, min(len(options), rng.choice([1, 1, 2, 3]))))
    return options[0] if rng.random() < mild else rng.choice(options)
