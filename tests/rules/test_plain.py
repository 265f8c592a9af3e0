"""An assessment goes to plain values and comes back the same."""

import json

import pytest

from breachdesk.rules.plain import from_plain, to_plain
from breachdesk.terms import Role
from tests.rules.answers import Given, advise, letter, loose, outage
from tests.rules.test_pairs import GRAVE


@pytest.mark.parametrize(
    "answers",
    [
        {},
        letter(),
        letter(exposure="ruled-out"),
        loose(data_types=("health",), insight="ordinary", rest="hardly-any"),
        loose(data_types=("economic",), insight="ordinary", protection=None),
        outage(restored="back-in-time", effect="health"),
        GRAVE,
    ],
)
@pytest.mark.parametrize("role", list(Role))
def test_assessment_survives_json(answers: Given, role: Role) -> None:
    assessed = advise(answers, role)
    written = json.dumps(to_plain(assessed), ensure_ascii=False)
    assert from_plain(json.loads(written)) == assessed


def test_plain_values_hold_no_floats() -> None:
    def refuse(text: str) -> float:
        raise AssertionError(text)

    written = json.dumps(to_plain(advise(loose())))
    json.loads(written, parse_float=refuse)
