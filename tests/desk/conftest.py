"""A fresh desk for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from breachdesk.desk import Desk
from tests.desk.desks import ToldClock, new_desk


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def desk(tmp_path: Path, clock: ToldClock, database: str) -> Iterator[Desk]:
    opened = new_desk(tmp_path, clock, database=database)
    yield opened
    opened.close()
