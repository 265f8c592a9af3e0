"""A fresh desk for each test, and a whole case in a pack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.packing import Packed
from breachdesk.records import NewEvidence
from tests.desk.desks import ToldClock, new_desk
from tests.desk.packs import HANDED, SPEAKER, Files, files_of


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def desk(tmp_path: Path, clock: ToldClock, database: str) -> Iterator[Desk]:
    opened = new_desk(tmp_path, clock, database=database)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path, Packed]]:
    from tests.desk.test_moving import worked_on

    folder = tmp_path_factory.mktemp("packed")
    desk = new_desk(folder)
    ref = worked_on(desk)
    mail = folder / "../odd name;rm -rf.eml"
    mail.write_bytes(b"From: somebody\n" * 200_000)
    desk.evidence.add(ref, mail, NewEvidence(collector="Ola", origin="Mailbox"))
    path = folder / "case.zip"
    done = desk.packing.pack(ref, path, HANDED, speaker=SPEAKER)
    yield desk, path, done
    desk.close()


@pytest.fixture
def files(packed: tuple[Desk, Path, Packed]) -> Files:
    return files_of(packed[1])
