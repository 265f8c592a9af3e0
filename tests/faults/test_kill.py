"""Every writing verb, killed at any moment: all of it is there, or nothing, and the desk opens."""

from pathlib import Path

import pytest

from breachdesk.forms import find_forms
from tests.faults.conftest import Told

VERBS = 32


@pytest.mark.parametrize(
    "rounds",
    [pytest.param(200, marks=pytest.mark.long), pytest.param(1000, marks=pytest.mark.soak)],
    ids=["two-hundred", "thousand"],
)
def test_every_writing_verb_killed_at_any_moment_is_there_whole_or_not_at_all(
    told: Told, tmp_path: Path, rounds: int
) -> None:
    profile = find_forms() / "organisations" / "customer-platform.toml"
    found = told("verbs", tmp_path.resolve() / "kills", rounds, 2026, profile)
    assert found["faults"] == []
    assert len(found["tried"]) == VERBS
    assert sum(found["tried"].values()) == rounds
    assert sum(found["stood"].values()) > rounds // 20, "some kills came after the commit"
