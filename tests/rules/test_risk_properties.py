"""What must hold for any answers: worse never lowers, unknown never firms up, nothing is inert."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk.rules.questionnaire import AnswerValue, Question, asked
from breachdesk.terms import QuestionKind
from tests.rules.answers import (
    Given,
    advise,
    choices,
    draw,
    form,
    judged,
    letter,
    loose,
    outage,
    seeded,
    sheet,
    wrong,
)

SEEDS = st.integers(min_value=0, max_value=2**32)
MILDNESS = st.sampled_from([0.0, 0.4, 0.8])


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, mild=MILDNESS)
def test_worse_answer_never_lowers_the_risk(seed: int, mild: float) -> None:
    rng = seeded(seed)
    answers = draw(rng, mild=mild)
    before = judged(answers)
    assert not before.unknown
    for question in sheet().questions:
        if question.id in answers:
            for worse in _worse(question, answers[question.id]):
                after = judged({**answers, question.id: worse})
                assert after.at_best.level >= before.at_best.level, (question.id, worse)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, mild=MILDNESS)
def test_forgetting_an_answer_never_makes_the_advice_firmer_or_another(
    seed: int, mild: float
) -> None:
    rng = seeded(seed)
    answers = draw(rng, mild=mild)
    known = judged(answers).at_best.level
    left = dict(answers)
    for name in rng.sample(sorted(answers), min(4, len(answers))):
        before = judged(left)
        left[name] = None
        after = judged(left)
        assert after.at_best.level <= known <= after.at_worst.level, name
        assert after.at_best.level <= before.at_best.level, name
        assert after.at_worst.level >= before.at_worst.level, name


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_channels_and_whole_agree(seed: int) -> None:
    judgement = judged(draw(seeded(seed))).at_best
    assert judgement.level == max(judgement.channels.values())


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, mild=MILDNESS)
def test_deciding_facts_really_settle_the_advice(seed: int, mild: float) -> None:
    rng = seeded(seed)
    answers = draw(rng, mild=mild)
    for name in rng.sample(sorted(answers), min(3, len(answers))):
        answers[name] = None
    reading = judged(answers)
    for advice in advise(answers).advice:
        if advice.deciding:
            assert set(advice.deciding) <= set(reading.unknown)
            levels = {reading.turned(advice.deciding, worst=worst).level for worst in (True, False)}
            ends = {reading.at_best.level, reading.at_worst.level}
            assert levels & ends


def _worse(question: Question, value: AnswerValue) -> list[AnswerValue]:
    if isinstance(value, str):
        ranks = sheet().ranks[question.id]
        return [one for one in choices(question) if ranks[one] > ranks[value]]
    if isinstance(value, tuple):
        return [(*value, one) for one in choices(question) if one not in value]
    return [value * 2000] if isinstance(value, int) else []


NEUTRAL = {
    "data_types": {"basic", "contact", "other"},
    "data_subjects": {"customers", "subscribers", "users", "employees", "students", "other"},
}
"""The least there is: data and people to which no rule and no point adds anything."""


def _steps() -> list[tuple[str, str, str]]:
    """Every option beside the next milder one, and every option of a multiple choice."""
    found = []
    for question in form().questions:
        options = choices(question)
        if question.kind is QuestionKind.ONE:
            found += [(question.id, *pair) for pair in pairwise(options)]
        elif question.kind is QuestionKind.MANY:
            neutral = NEUTRAL.get(question.id, set())
            found += [(question.id, "", one) for one in options if one not in neutral]
    return [*found, ("people_number", "1", "5000")]


ECONOMIC: Given = {"data_types": ("economic",), "insight": "ordinary", "rest": "alike"}
SITUATIONS: list[Given] = [
    letter(),
    letter(insight="a-little"),
    letter(insight="ordinary", data_types=("profile",), holder="own-organisation"),
    *(
        letter(**{**ECONOMIC, "holder": holder, "deletion": deletion})
        for holder in ("own-organisation", "trusted", "few-known")
        for deletion in ("confirmed", "asked", "no")
    ),
    letter(**{**ECONOMIC, "holder": "few-known", "intent": "object", "misuse": "none"}),
    letter(data_types=("health",), insight="ordinary", rest="alike"),
    letter(holder="many-known", misuse="none", scope="certain", abuse="little"),
    loose(),
    loose(data_types=("health",), insight="ordinary", people_number=40),
    loose(data_types=("economic",), insight="ordinary", people_number=40, holder="attacker"),
    loose(abuse="pose"),
    loose(abuse="target", holder="many-known"),
    loose(insight="a-little"),
    loose(insight="ordinary", data_types=("health",)),
    loose(insight="ordinary", data_types=("health",), rest="hardly-any", identifiability="likely"),
    loose(data_types=("credentials",)),
    loose(data_types=("credentials",), logins="account", holder="unknown"),
    loose(exposure="no-sign", insight="ordinary", data_types=("profile",)),
    loose(exposure="likely", insight="ordinary", data_types=("profile",)),
    loose(exposure="likely", insight="ordinary", data_types=("profile",), identifiability="likely"),
    loose(exposure="likely", holder="attacker", insight="ordinary", data_types=("profile",)),
    loose(protection="strong", key="safe", data_types=("health",), insight="ordinary"),
    outage(),
    outage(effect="nuisance"),
    outage(effect="felt"),
    outage(effect="serious"),
    outage(restored="copy-only", effect="felt"),
    outage(restored="back-in-time", effect="none"),
    outage(restored="rebuilt"),
    outage(restored="rebuilt", effect="serious"),
    outage(intent="own-interest", effect="nuisance"),
    outage(intent="harm", effect="nuisance"),
    wrong(),
    wrong(effect="none", altered="put-right"),
    wrong(effect="felt"),
    wrong(effect="felt", altered="put-right"),
]


@pytest.mark.parametrize(("question", "milder", "worse"), _steps())
def test_no_answer_is_inert(question: str, milder: str, worse: str) -> None:
    """Each step to a worse answer changes the outcome of some situation."""
    for answers in SITUATIONS:
        if question not in answers:
            continue
        before = answers if isinstance(answers[question], tuple) else None
        after = _stepped(answers, question, milder, worse)
        if before is None:
            before, after = _with(answers, question, milder), _with(answers, question, worse)
        if after is not None and _outcome(before) != _outcome(after):
            return
    pytest.fail(f"{question}: {milder} -> {worse} changes nothing anywhere")


def _with(answers: Given, question: str, value: str) -> Given:
    return {**answers, question: int(value) if question == "people_number" else value}


def _stepped(answers: Given, question: str, milder: str, worse: str) -> Given | None:
    del milder
    value = answers[question]
    if isinstance(value, tuple):
        return None if worse in value else {**answers, question: (*value, worse)}
    return _with(answers, question, worse)


def _outcome(answers: Given) -> tuple[object, ...]:
    """The risk at best and worst, and what the rest of the people face."""
    reading = judged(answers)
    rest = advise(answers).groups if reading.values.get("rest") else {}
    return reading.at_best.level, reading.at_worst.level, tuple(rest.items())


def test_simple_case_meets_about_a_dozen_of_at_most_twenty_five_questions() -> None:
    assert len(form().questions) <= 25
    assert len(asked(form(), letter())) <= 13
    assert len(asked(form(), outage())) <= 8
    assert len(asked(form(), letter(protection="strong", key="safe"))) <= 8


@pytest.mark.parametrize("question", form().questions, ids=lambda one: one.id)
def test_question_says_why_in_both_languages_and_names_its_source(question: Question) -> None:
    assert question.cites
    for words in (question.text, question.why, *(one.text for one in question.options)):
        assert words.en
        assert words.nb
