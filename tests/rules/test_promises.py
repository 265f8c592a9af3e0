"""What the rules promise as a whole: one advice in every language, and no rule for one example."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breachdesk.cli.plain_advice import plain_assessed
from breachdesk.language import Speaker
from breachdesk.rules import assessment, duties, problems, severity
from breachdesk.rules.advice import Assessed
from breachdesk.rules.plain import to_plain
from breachdesk.rules.questionnaire import AnswerValue, Question
from breachdesk.terms import Lang, QuestionKind
from tests.rules.answers import (
    NOW,
    Given,
    advise,
    choices,
    draw,
    judged,
    pack,
    seeded,
    sheet,
    shipped,
)

SEEDS = st.integers(min_value=0, max_value=2**32)
MILDNESS = st.sampled_from([0.0, 0.3, 0.6, 0.9])
TEXTS = frozenset({"because", "text", "problem", "title"})
"""Keys whose values are sentences; all else is the same in every language."""


def half_known(seed: int, mild: float) -> Given:
    """Answers at random, up to four of them not known yet."""
    rng = seeded(seed)
    answers = draw(rng, mild=mild)
    for name in rng.sample(sorted(answers), min(rng.choice([0, 1, 2, 4]), len(answers))):
        answers[name] = None
    return answers


def worse_values(question: Question, value: AnswerValue) -> Iterator[AnswerValue]:
    if isinstance(value, str):
        ranks = sheet().ranks[question.id]
        yield from (one for one in choices(question) if ranks[one] > ranks[value])
    elif isinstance(value, tuple):
        yield from ((*value, one) for one in choices(question) if one not in value)
    elif isinstance(value, int):
        yield from (value + 1, value * 2000)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, mild=MILDNESS)
def test_worse_answer_never_lowers_either_end_while_others_are_unknown(
    seed: int, mild: float
) -> None:
    answers = half_known(seed, mild)
    before = judged(answers)
    for question in sheet().questions:
        for worse in worse_values(question, answers.get(question.id)):
            after = judged({**answers, question.id: worse})
            assert after.at_best.level >= before.at_best.level, (question.id, worse)
            assert after.at_worst.level >= before.at_worst.level, (question.id, worse)
            for channel, level in before.at_worst.channels.items():
                assert after.at_worst.channels[channel] >= level, (question.id, worse, channel)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, mild=MILDNESS)
def test_same_answers_give_the_same_advice_in_every_language(seed: int, mild: float) -> None:
    assessed = advise(half_known(seed, mild))
    english, *others = (bare(plain_assessed(assessed, speaker(lang))) for lang in Lang)
    assert all(other == english for other in others)
    for sentence in sentences(assessed):
        for lang in Lang:
            assert "$" not in sentence[lang]
            assert sentence[lang] != ""
            assert figures(sentence[lang]) == figures(sentence["en"])


def speaker(lang: Lang) -> Speaker:
    from zoneinfo import ZoneInfo

    return Speaker(lang.value, ZoneInfo("Europe/Oslo"))


def bare(plain: Any) -> Any:  # noqa: ANN401 - plain JSON values
    """Return plain values without their sentences."""
    if isinstance(plain, dict):
        return {key: bare(value) for key, value in plain.items() if key not in TEXTS}
    return [bare(one) for one in plain] if isinstance(plain, list) else plain


def sentences(assessed: Assessed) -> list[dict[str, str]]:
    """Return every sentence of the assessment, in its languages."""
    found: list[dict[str, str]] = []

    def look(plain: Any) -> None:  # noqa: ANN401 - plain JSON values
        if isinstance(plain, dict):
            if set(plain) == {"en", "nb", "nn"}:
                found.append(plain)
            for value in plain.values():
                look(value)
        elif isinstance(plain, list):
            for one in plain:
                look(one)

    look(to_plain(assessed))
    return found


def figures(text: str) -> list[str]:
    """Return the numbers of a sentence, however its language parts thousands and decimals."""
    grouped = re.sub(r"(?<=\d)[,\u00a0.](?=\d)", "", text)
    return sorted(re.findall(r"\d+", grouped))


@pytest.mark.parametrize("case", shipped().cases, ids=lambda one: one.id)
def test_no_rule_knows_an_example(case: Any) -> None:  # noqa: ANN401
    code = "".join(inspect.getsource(one) for one in (duties, severity, assessment, problems))
    assert case.id not in code
    assert case.title.en not in code
    named = (*pack().rules.values(), *pack().grounds.values(), *pack().problems.values())
    for one in named:
        words = one.text.en + one.text.nb + one.id + " ".join(one.cites)
        assert case.id not in words
        assert case.title.en not in words


def test_every_rule_speaks_beyond_the_examples() -> None:
    """Each named rule speaks in situations drawn at random, none of which is an example."""
    examples = [dict(case.answers) for case in shipped().cases]
    silent = set(pack().rules)
    for seed in range(900):
        answers = draw(seeded(seed), mild=(0.0, 0.4, 0.8)[seed % 3])
        assert answers not in examples
        silent -= {rule for rule, _ in judged(answers).at_best.fired}
        if not silent:
            return
    pytest.fail(f"never heard: {sorted(silent)}")


def test_examples_can_lose_their_names_and_keep_their_advice() -> None:
    """Only the answers reach the rules: nothing else of an example is handed to them."""
    from dataclasses import replace

    from breachdesk.rules.selftest import check_case
    from tests.rules.answers import form

    for case in shipped().cases:
        nameless = replace(case, id="x", title=case.source, description=case.source)
        assert (
            check_case(form(), pack(), nameless).advised == check_case(form(), pack(), case).advised
        )


def test_options_are_ordered_by_harm_in_the_form_itself() -> None:
    """The order stands in the data: best is first and worst is last, of every question."""
    for question in sheet().questions:
        if question.kind is QuestionKind.ONE:
            options = choices(question)
            assert sheet().best[question.id] == options[0]
            assert sheet().worst[question.id] == options[-1]
            assert [sheet().ranks[question.id][one] for one in options] == sorted(
                sheet().ranks[question.id][one] for one in options
            )


def test_rules_in_force_are_the_ones_that_are_tested() -> None:
    assert shipped().rule_pack(None, NOW).id == pack().id
