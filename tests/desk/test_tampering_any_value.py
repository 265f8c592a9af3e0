"""Any value in any column of any kept row: found by verify, which never fails over it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError

from breachdesk.desk import Desk
from breachdesk.desk.packing import Wanted
from breachdesk.errors import BreachdeskError
from breachdesk.language import Speaker
from breachdesk.records import (
    Backup,
    HeadStamp,
    NewAttachment,
    NewDispatch,
    NewGroup,
    NewHold,
    NewIncident,
    NewTask,
)
from breachdesk.store.head import HEAD_FILE, HeadFile
from breachdesk.store.proof import kept_records
from breachdesk.store.reading import table_of
from breachdesk.terms import AuditAction, Duty
from tests.desk.desks import FRIDAY
from tests.desk.test_tampering import kinds, open_desk, worked_on
from tests.store.making import key_of

# ruff: noqa: S608 - statements made of names and values of our own
VALUES = (
    "CAST(x'ff' AS TEXT)", "NULL", "''", "'x'", "7", "-1", "1.5", "x'ff'", "9223372036854775807",
    "9e999", "'[[['", "'2026-13-45'", "zeroblob(100)",
)  # fmt: skip


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with groups, a receipt, an imported case, an erased one, a stamp and a backup."""
    home = tmp_path_factory.mktemp("everything") / "desk"
    desk = worked_on(home)
    desk.groups.add("1", NewGroup(name="Ansatte", people=20))
    desk.retaining.hold("1", NewHold(person="Advokaten", reason="Rettssak"))
    desk.tasks.add("1", NewTask(what="Ring"))
    desk.assessment.assess("1")
    new = NewDispatch(duty=Duty.NOTIFY_AUTHORITY, to="Datatilsynet", channel="Altinn")
    sent = desk.papers.sent("1", new)
    desk.attachments.attach(
        sent.dispatches[-1].id, NewAttachment(name="kvittering.pdf", content=b"%PDF")
    )
    speaker = Speaker("nb", ZoneInfo("Europe/Oslo"))
    wanted = Wanted(recipient="Advokaten", purpose="Råd")
    desk.packing.pack("1", home.parent / "a.zip", wanted, speaker=speaker)
    desk.moving.take(desk.moving.export("1"))
    desk.intake.log(NewIncident(title="Til sletting"))
    desk.erasing.erase("4", "Fem år er gått")
    seq, head = desk.trust.head()
    with desk.office.writing() as writing:
        stamp = HeadStamp(
            id="", head_seq=seq, head=head, url="http://tsa", stamped_at=FRIDAY, signer="TSA",
            token=b"x",
        )  # fmt: skip
        writing.add(stamp, AuditAction.HEAD_STAMP)
        kept = Backup(
            id="", place="/x", made_at=FRIDAY, size=1, sha256="0" * 64, head_seq=1, head="0" * 64,
            key_check="x",
        )  # fmt: skip
        writing.add(kept, AuditAction.BACKUP_RECORD)
    assert desk.trust.verify().ok
    desk.close()
    return home


@pytest.fixture(scope="module")
def standing(everything: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One that every change is taken back on."""
    made = open_desk(shutil.copytree(everything, tmp_path_factory.mktemp("standing") / "desk"))
    yield made
    made.close()


TABLES = sorted({"auditentry", "auditsalt", *(table_of(one).name for one in kept_records())})


@pytest.mark.parametrize("table", TABLES)
def test_any_value_in_any_column_is_found(standing: Desk, table: str) -> None:
    engine = standing.office.store.engine
    with engine.begin() as connection:
        found = connection.exec_driver_sql(f'SELECT rowid, * FROM "{table}" ORDER BY rowid')
        names, before = list(found.keys())[1:], [tuple(row) for row in found]
    newest = before[-1][0] if before else None
    tried = 0
    for place, name in enumerate(names):
        for value in (VALUES[0], VALUES[1 + place % (len(VALUES) - 1)]):
            if newest is None or not put(standing, table, name, value, newest):
                continue
            tried += 1
            try:
                assert standing.trust.verify().findings, (name, value)
            except BreachdeskError:
                assert (table, name) == ("auditentry", "digest"), "only the newest is read to open"
            with engine.begin() as connection:
                older = ", ".join(str(row[0]) for row in before[:-1]) or "-1"
                connection.exec_driver_sql(
                    f'DELETE FROM "{table}" WHERE rowid = {newest} OR rowid NOT IN ({older})'
                )
                columns = ", ".join(f'"{one}"' for one in names)
                places = ", ".join("?" for _ in names)
                connection.exec_driver_sql(
                    f'INSERT INTO "{table}" ({columns}) VALUES ({places})', before[-1][1:]
                )
    assert standing.trust.verify().ok
    assert tried or newest is None


def put(desk: Desk, table: str, name: str, value: str, newest: int) -> bool:
    """Whether the database took the value, and it is another than before."""
    change = f'UPDATE "{table}" SET "{name}" = {value} WHERE rowid = {newest}'
    another = f' AND quote("{name}") IS NOT quote({value})' if "xff" not in value else ""
    try:
        with desk.office.store.engine.begin() as connection:
            return bool(connection.exec_driver_sql(change + another).rowcount)
    except IntegrityError:
        return False


@pytest.mark.parametrize(
    "forged",
    [{"seq": "x"}, {"seq": 2**70}, {"seq": -1}, {"seq": True}, {"digest": 7}, {"begun_at": "x"},
     {"begun_at": None}, {"disputed": [[1]]}, {"disputed": [["x", "y"]]}, {"disputed": 7},
     {"disputed": [[2**70, "x"]]}],
    ids=str,
)  # fmt: skip
def test_a_head_file_made_up_by_who_holds_the_key_is_named(
    everything: Path, tmp_path: Path, forged: dict[str, object]
) -> None:
    home = shutil.copytree(everything, tmp_path / "desk")
    plain = json.loads((home / HEAD_FILE).read_bytes())
    del plain["mac"]
    plain |= forged
    mac = HeadFile(home / HEAD_FILE, key_of(home))._mac(plain)
    (home / HEAD_FILE).write_text(json.dumps({**plain, "mac": mac}))
    desk = open_desk(home)
    assert kinds(desk.trust.verify()) == {"head_file_changed"}
    desk.close()
