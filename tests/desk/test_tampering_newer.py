"""The newer records, each changed, taken out, added and moved behind the desk's back: all named."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.packing import Wanted
from breachdesk.language import Speaker
from breachdesk.records import HeadStamp, NewGroup, NewHold
from breachdesk.terms import AuditAction
from tests.desk.desks import FRIDAY
from tests.desk.test_tampering import kinds, open_desk, worked_on

TABLES = {
    "peoplegroup": "people = 1",
    "hold": "is_held = 0",
    "headstamp": "token = x'ff'",
    "signingkey": "public_key = 'x'",
    "casepack": "recipient = 'x'",
}
"""A table, and how one of its rows is changed."""


@pytest.fixture(scope="session")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("newer") / "desk"
    desk = worked_on(home)
    for name in ("Ansatte", "Kunder"):
        desk.groups.add("1", NewGroup(name=name, people=20))
    for reason in ("Rettssak", "Klage"):
        desk.retaining.hold("1", NewHold(person="Advokaten", reason=reason))
    speaker = Speaker("nb", ZoneInfo("Europe/Oslo"))
    for number in range(2):
        wanted = Wanted(recipient="Advokaten", purpose="Råd")
        desk.packing.pack("1", home.parent / f"{number}.zip", wanted, speaker=speaker)
    desk.signing.renew()
    seq, head = desk.trust.head()
    with desk.office.writing() as writing:
        for number in range(2):
            stamp = HeadStamp(
                id="", head_seq=seq, head=head, url="http://tsa", stamped_at=FRIDAY,
                signer="TSA", token=bytes([number]),
            )  # fmt: skip
            writing.add(stamp, AuditAction.HEAD_STAMP)
    desk.close()
    return home


@pytest.fixture
def desk(newer: Path, tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(shutil.copytree(newer, tmp_path / "desk"))
    yield made
    made.close()


CHANGES = {
    "changed": (("UPDATE T SET HOW WHERE seq = (SELECT min(seq) FROM T)",), "row_changed"),
    "taken out": (("DELETE FROM T WHERE seq = (SELECT min(seq) FROM T)",), "row_missing"),
    "taken out with its entry": (
        (
            "DELETE FROM auditentry WHERE seq = (SELECT min(seq) FROM T)",
            "DELETE FROM T WHERE seq = (SELECT min(seq) FROM T)",
        ),
        "out_of_order",
    ),
    "put in": (
        (
            "CREATE TEMP TABLE one AS SELECT * FROM T WHERE seq = (SELECT min(seq) FROM T)",
            "UPDATE one SET id = 'x-1', seq = 999, HOW",
            "INSERT INTO T SELECT * FROM one",
        ),
        "row_without_entry",
    ),
    "in another's place": (
        (
            "CREATE TEMP TABLE two AS SELECT min(seq) AS low, max(seq) AS high FROM T",
            "UPDATE T SET seq = 998 WHERE seq = (SELECT low FROM two)",
            "UPDATE T SET seq = (SELECT low FROM two) WHERE seq = (SELECT high FROM two)",
            "UPDATE T SET seq = (SELECT high FROM two) WHERE seq = 998",
        ),
        "row_missing",
    ),
}
"""Statements with T for the table and HOW for its change, and what is to be found."""


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", TABLES)
def test_a_change_of_a_newer_record_is_found_by_its_kind(
    desk: Desk, table: str, change: str
) -> None:
    assert desk.trust.verify().findings == ()
    statements, kind = CHANGES[change]
    with desk.office.store.engine.begin() as connection:
        for one in statements:
            connection.exec_driver_sql(re.sub(r"\bT\b", table, one).replace("HOW", TABLES[table]))
    assert kind in kinds(desk.trust.verify())
