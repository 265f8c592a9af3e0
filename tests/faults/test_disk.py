"""A disk that fails at any call: one sentence, and every acknowledged line is there."""

from pathlib import Path

import pytest

from tests.faults.conftest import Told

SAID = {
    "The disk failed at {path}; nothing was written.",
    "{path} cannot be used: {why}.",
    "{path} is damaged, or the disk does not give it as it was.",
    "{path} is not this desk's database, or is badly damaged.",
}
"""What is said when a call fails; the last two when the disk gives it at a second look."""


@pytest.mark.long
def test_a_disk_that_fails_at_any_call_loses_nothing_acknowledged(
    told: Told, tmp_path: Path
) -> None:
    found = told("worn", tmp_path.resolve() / "desk")
    assert found["faults"] == []
    assert all(found["tried"][kind] > 3 for kind in ("write", "sync", "read")), found
    assert set(found["said"]) <= SAID, found
    assert found["said"]["The disk failed at {path}; nothing was written."] > 10
    assert found["there"] == found["acknowledged"] > 0, "what was refused was not written"
