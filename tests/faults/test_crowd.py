"""Five people on one desk at once: nothing lost, one chain, and a conflict shows both values."""

from pathlib import Path

import pytest

from tests.faults.conftest import Told


@pytest.mark.parametrize(
    "seconds",
    [pytest.param(10, marks=pytest.mark.long), pytest.param(60, marks=pytest.mark.soak)],
    ids=["ten-seconds", "a-minute"],
)
def test_five_writers_lose_nothing_and_see_each_others_values(
    run: Told, tmp_path: Path, seconds: int
) -> None:
    found = run("crowd", tmp_path / "desk", seconds)
    assert found["statuses"] == [0] * 5
    assert found["lost"] == found["findings"] == found["conflicts_not_shown"] == []
    assert found["replaced_twice"] == found["unsaid"] == 0
    assert found["kinds"]["note"] == found["kinds"]["own"] >= 5
    assert found["kinds"]["conflict"], "they did answer the same question at once"
