"""What lies beside the chain is looked at piece by piece: nothing is held, nothing is a crash."""

import gzip
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from breachdesk.audit import FindingKind
from breachdesk.desk import Desk
from breachdesk.desk.rechecking import Rechecking
from breachdesk.records import HeadStamp, Imported, NewEvidence, NewIncident
from breachdesk.store.sealed import CHUNK, MAGIC, sealed_name
from breachdesk.store.shape import Shape
from breachdesk.terms import AuditAction
from tests.desk.desks import FRIDAY

MEGABYTE = 1024 * 1024


def with_imported(desk: Desk, sizes: list[int]) -> None:
    """A case that says it brought old entries along: so many bytes that are none."""
    incident = desk.intake.log(NewIncident(title="Case")).incident
    with desk.office.writing() as writing:
        for size in sizes:
            row = Imported(
                id="", incident_id=incident.id, original_ref="BD-2020-001", original_desk="",
                head="0" * 64, content=os.urandom(size), sha256="0" * 64,
            )  # fmt: skip
            writing.add(row, AuditAction.CASE_IMPORT)


def peak(desk: Desk) -> int:
    tracemalloc.start()
    try:
        found = sum(1 for _ in Rechecking(desk.office, None, Shape()).findings(lambda _: None))
        assert found == len(desk.trust.verify().findings)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_four_times_as_many_imported_cases_take_no_more_memory(desk: Desk) -> None:
    with_imported(desk, [MEGABYTE] * 2)
    few = peak(desk)
    with_imported(desk, [MEGABYTE] * 6)
    assert peak(desk) < few + MEGABYTE


def test_stamped_heads_are_read_without_their_tokens(desk: Desk) -> None:
    from breachdesk.desk.stamping import stamped_heads

    desk.intake.log(NewIncident(title="Case"))
    seq, head = desk.trust.head()
    with desk.office.writing() as writing:
        for number in range(8):
            stamp = HeadStamp(
                id="", head_seq=seq, head=head, url="http://tsa", stamped_at=FRIDAY,
                signer="TSA", token=bytes([number]) * MEGABYTE,
            )  # fmt: skip
            writing.add(stamp, AuditAction.HEAD_STAMP)
    tracemalloc.start()
    (found,) = stamped_heads(desk.office)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.seq, found.digest) == (seq, head)
    assert most < MEGABYTE


@pytest.fixture
def held(desk: Desk, tmp_path: Path) -> Desk:
    """A case with two pieces of evidence."""
    desk.intake.log(NewIncident(title="Case"))
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(name.encode() * 3 * MEGABYTE)
        desk.evidence.add("1", tmp_path / name, NewEvidence(collector="Ola"))
    return desk


def test_progress_goes_on_while_one_large_file_is_hashed(held: Desk) -> None:
    told: list[tuple[int, int]] = []
    assert held.trust.verify(on_progress=lambda done, of: told.append((done, of))).ok
    entries = held.trust.head()[0]
    (total,) = {of for _, of in told}
    assert total == entries + 2 * 3 * 16
    assert told == sorted(told)
    assert told[-1] == (total, total)
    assert len({done for done, _ in told}) >= 6, "a step for each megabyte"
    told.clear()
    held.evidence.check(told=lambda done, of: told.append((done, of)))
    assert len(set(told)) == 6
    assert told[-1] == (6 * MEGABYTE, 6 * MEGABYTE)


HOSTILE = (
    "key = x'00'", "key = 'text'", "key = 7", "key = zeroblob(32)", "id = 'evd-' || char(0)",
    "id = '../../../etc/passwd'", f"id = '{'x' * 5000}'", "id = x'ff'", "sha256 = x'00'",
    "size = 9223372036854775807", "size = 'many'", "size = 9e999", "size = -5", "keeping = 'x'",
    "collected_at = 'x'", "seq = 'x'", "seq = -1", "seq = 9223372036854775807", "place = x'00'",
)  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE)
def test_a_row_of_evidence_that_makes_no_sense_is_a_finding(held: Desk, change: str) -> None:
    with held.office.store.engine.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE evidence SET {change} WHERE seq = (SELECT max(seq) FROM evidence)"  # noqa: S608
        )
    found = {one.kind for one in held.trust.verify().findings}
    assert found & {FindingKind.ROW_CHANGED, FindingKind.ROW_MISSING}
    assert held.trust.verify("1").findings


@pytest.mark.parametrize(
    "content",
    [b"", b"x", gzip.compress(b"{}")[:-3], gzip.compress(b"{}"), gzip.compress(b"[" * 99_999),
     gzip.compress(b"{}")[:10] + b"\xff\xff\xff", "text", 7],
    ids=range(8),
)  # fmt: skip
def test_an_imported_chain_that_cannot_be_read_is_a_finding(desk: Desk, content: object) -> None:
    with_imported(desk, [10])
    with desk.office.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE imported SET content = ?", (content,))
    with desk.office.reading() as reading:
        seq = reading.head()[0]
    assert [(one.kind, one.seq) for one in desk.trust.verify().findings] == [
        (FindingKind.ROW_CHANGED, seq)
    ]


def test_a_piece_that_is_erased_while_it_is_looked_at_is_no_finding(
    held: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from breachdesk.desk import rechecking

    look_at = rechecking.look_at

    def erased_before(*arguments: object) -> object:
        if held.evidence.all():
            held.erasing.erase("1", "Five years have passed")
        return look_at(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(rechecking, "look_at", erased_before)
    assert held.trust.verify().ok
    assert held.trust.verify().ok


def chunks(content: bytes) -> tuple[bytes, list[bytes]]:
    """The mark a sealed file begins with, and its sealed chunks."""
    body = content[len(MAGIC) :]
    size = CHUNK + 16
    return content[: len(MAGIC)], [body[at : at + size] for at in range(0, len(body), size)]


SEALED_CHANGES: dict[str, Callable[[bytes, list[bytes]], bytes]] = {
    "two chunks in each other's place": lambda mark, all_: (
        mark + b"".join([all_[1], all_[0], all_[2]])
    ),
    "one chunk less": lambda mark, all_: mark + b"".join(all_[:2]),
    "one chunk less in the middle": lambda mark, all_: mark + all_[0] + all_[2],
    "one chunk twice": lambda mark, all_: mark + b"".join([all_[0], *all_]),
    "a byte more": lambda mark, all_: mark + b"".join(all_) + b"\0",
    "a byte less": lambda mark, all_: (mark + b"".join(all_))[:-1],
    "no chunk": lambda mark, _: mark,
    "nothing": lambda *_: b"",
    "another mark": lambda mark, all_: mark.replace(b"/1", b"/2") + b"".join(all_),
    "no mark": lambda _, all_: b"".join(all_),
}


@pytest.mark.parametrize("change", SEALED_CHANGES)
def test_a_sealed_file_put_together_otherwise_is_found(
    held: Desk, tmp_path: Path, change: str
) -> None:
    (_, first), _ = held.evidence.all()
    path = tmp_path / sealed_name(first.id)
    mark, all_ = chunks(path.read_bytes())
    assert len(all_) == 3
    path.write_bytes(SEALED_CHANGES[change](mark, all_))
    found = [(one.kind, one.subject) for one in held.trust.verify().findings]
    assert found == [(FindingKind.EVIDENCE_CHANGED, first.id)]
    path.write_bytes(mark + b"".join(all_))
    assert held.trust.verify().ok


def test_evidence_kept_by_reference_is_hashed_again_where_it_is_there(
    desk: Desk, tmp_path: Path
) -> None:
    desk.intake.log(NewIncident(title="Case"))
    file = tmp_path / "disk" / "mail.eml"
    file.parent.mkdir()
    file.write_bytes(b"as it was")
    desk.evidence.add("1", file, NewEvidence(collector="Ola"), is_reference=True)
    assert desk.trust.verify().ok
    file.write_bytes(b"as it never was")
    for ref in (None, "1"):
        assert [one.kind for one in desk.trust.verify(ref).findings] == [
            FindingKind.EVIDENCE_CHANGED
        ]
    file.unlink()
    assert desk.trust.verify().ok, "its disk may not be plugged in"
    assert [one.state.value for one in desk.evidence.check()] == ["missing"]
