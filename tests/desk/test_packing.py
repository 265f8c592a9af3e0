"""A signed pack: what is in it, who may have it, and how it comes in again."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.packing import Packed, Wanted
from breachdesk.errors import RefusedError
from breachdesk.records import CasePack, Evidence, NewEvidence
from breachdesk.terms import PackKind
from tests.desk.desks import ToldClock, new_desk
from tests.desk.packs import (
    HANDED,
    SPEAKER,
    Files,
    checked,
    files_of,
    named,
    other,
    write,
)
from tests.desk.test_moving import worked_on


def test_it_holds_the_case_its_papers_and_its_evidence(
    packed: tuple[Desk, Path, Packed], files: Files
) -> None:
    desk, path, done = packed
    case = done.case
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(files["case.json"])["format"] == "breachdesk-case/1"
    (pdf,) = [name for name in files if name.endswith(".pdf")]
    assert files[pdf] == desk.papers.content(case.documents[0].id)
    assert files[pdf.replace(".pdf", ".txt")].decode() == case.documents[0].text
    told = [name for name in files if name.startswith("account/")]
    assert sorted(told) == ["account/register-entry-en.txt", "account/timeline-en.txt"]
    assert case.documents[0].id in files["README.txt"].decode()
    (mail,) = [name for name in files if name.startswith("evidence/")]
    assert mail.endswith("-odd_name_rm_-rf.eml")
    assert len(files[mail]) == 3_000_000
    assert done.left_out == ()
    assert [(one.recipient, one.purpose) for one in case.evidence_uses] == [
        ("Our lawyer", "Advice")
    ]
    assert case.packs[0].manifest_sha256 == done.row.manifest_sha256
    assert desk.trust.verify().ok


def test_a_receiver_with_nothing_but_python_finds_it_whole(
    packed: tuple[Desk, Path, Packed],
) -> None:
    _, path, done = packed
    code, said = checked(path)
    assert code == 0, said
    assert "Nothing is wrong: 9 files" in said
    assert f"in words: {done.signer.words}" in said
    assert checked(path, "--key", done.signer.words)[0] == 0
    assert checked(path, "--key", done.signer.public_key)[0] == 0
    code, said = checked(path, "--key", "babab " * 8)
    assert code == 1
    assert said.startswith("It is NOT the key you gave.")
    assert "Nothing is wrong" not in said


def test_the_script_says_how_it_is_used(packed: tuple[Desk, Path, Packed]) -> None:
    _, path, _ = packed
    for flag in ("-h", "--help"):
        code, said = checked(path, flag)
        assert (code, len(said.splitlines())) == (0, 2)
        assert "--key" in said


def test_unpacked_it_checks_itself_where_it_lies(files: Files, tmp_path: Path) -> None:
    for name, content in files.items():
        target = tmp_path / "unpacked" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    assert checked(tmp_path / "unpacked")[0] == 0
    for name in ("more.txt", "__pycache__.txt"):
        (tmp_path / "unpacked" / name).write_text("more")
        code, said = checked(tmp_path / "unpacked")
        assert (code, f"nobody signed for it: {name}" in said) == (1, True)


def test_the_same_contents_give_the_same_bytes(
    packed: tuple[Desk, Path, Packed], tmp_path: Path
) -> None:
    import io

    from breachdesk.exchange.pack import PackWriter

    def once() -> bytes:
        target = io.BytesIO()
        writer = PackWriter(target, ToldClock()())
        writer.add("a.txt", b"one" * 100)
        writer.stream("b.bin", iter([b"1", b"2"]), size=2)
        writer.close({"kind": "whole"}, packed[2].signer.sign)
        return target.getvalue()

    assert once() == once()
    del tmp_path


def test_evidence_goes_out_only_to_somebody_for_something_and_only_if_it_is_the_same(
    tmp_path: Path,
) -> None:
    desk = new_desk(tmp_path)
    ref = worked_on(desk)
    file = tmp_path / "log.txt"
    file.write_bytes(b"as it was")
    desk.evidence.add(ref, file, NewEvidence(collector="Ola"), is_reference=True)
    out = tmp_path / "case.zip"
    with pytest.raises(RefusedError, match="to somebody and for something"):
        desk.packing.pack(ref, out, Wanted(with_evidence=True), speaker=SPEAKER)
    assert not out.exists()
    file.write_bytes(b"as it is")
    done = desk.packing.pack(ref, out, HANDED, speaker=SPEAKER)
    assert [str(one) for one in done.left_out] == [
        "the evidence “log.txt”: it is gone or was changed"
    ]
    assert done.case.evidence_uses == ()
    with pytest.raises(RefusedError, match="there already"):
        desk.packing.pack(ref, out, HANDED, speaker=SPEAKER)
    with desk.office.reading() as reading:
        assert len(reading.rows(CasePack)) == 1
    desk.close()


def test_the_key_of_sealed_evidence_does_not_leave_the_desk(
    packed: tuple[Desk, Path, Packed], files: Files, tmp_path: Path
) -> None:
    desk, _, done = packed
    with desk.office.reading() as reading:
        (row,) = reading.rows(Evidence)
    assert row.key is not None
    spellings = [base64.b64encode(row.key), row.key.hex().encode(), row.key]
    exported = desk.moving.export(done.case.ref)
    assert not [one for one in spellings if any(one in file for file in files.values())]
    assert not [one for one in spellings if one in exported]
    (shown,) = json.loads(exported)["rows"]["evidence"]
    assert shown["key"] == {"sha256": hashlib.sha256(row.key).hexdigest()}
    other = new_desk(tmp_path)
    taken = other.moving.take(exported)
    assert taken.case.evidence[0].key is None
    assert other.trust.verify().ok
    forged = exported.replace(shown["key"]["sha256"].encode(), b"00" * 32)
    with pytest.raises(RefusedError, match="was changed after it was exported"):
        other.moving.take(forged)
    other.close()


@pytest.mark.parametrize("name", ["../x", "/x", "att-1/../x", "a b", "", "x" * 90])
def test_a_row_whose_id_leads_elsewhere_is_not_taken_in(
    packed: tuple[Desk, Path, Packed], tmp_path: Path, name: str
) -> None:
    desk, _, done = packed
    plain = json.loads(desk.moving.export(done.case.ref))
    known = plain["rows"]["note"][0]["id"]
    text = json.dumps(plain).replace(known, name)
    other = new_desk(tmp_path)
    with pytest.raises(RefusedError, match="does not hold together"):
        other.moving.take(text.encode())
    other.close()


def test_a_redacted_pack_is_signed_and_says_what_it_is(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    ref = worked_on(desk)
    out = tmp_path / "shared.zip"
    desk.packing.pack(ref, out, Wanted(kind=PackKind.REDACTED), speaker=SPEAKER)
    assert set(files_of(out)) == {
        "redacted.json", "README.txt", "verify.py", "manifest.json", "manifest.sig",
    }  # fmt: skip
    code, said = checked(out)
    assert (code, "a redacted copy, not the whole case" in said) == (0, True)
    assert [name for name, one in files_of(out).items() if desk.actor.encode() in one] == []
    with pytest.raises(RefusedError, match="redacted copy"):
        desk.unpacking.take(out)
    desk.close()


def test_a_pack_comes_in_with_its_evidence_and_goes_out_again(
    packed: tuple[Desk, Path, Packed], tmp_path: Path
) -> None:
    _, path, done = packed
    (tmp_path / "other").mkdir()
    desk = new_desk(tmp_path / "other", ToldClock(), actor="Ola Li")
    first = desk.unpacking.take(path)
    assert first.words == done.signer.words
    assert first.taken.skipped == ()
    second = desk.unpacking.take(path)
    assert len(second.taken.skipped) == 1
    assert [first.taken.case.ref, second.taken.case.ref] == ["BD-2026-001", "BD-2026-002"]
    assert {one.state.value for one in desk.evidence.check()} == {"same"}
    assert len(list((tmp_path / "other" / "evidence").iterdir())) == 2
    assert desk.evidence.orphans() == ()
    assert desk.trust.verify().ok
    again = tmp_path / "again.zip"
    desk.packing.pack("2", again, HANDED, speaker=SPEAKER)
    assert checked(again)[0] == 0
    desk.close()


def test_a_changed_pack_is_not_taken_in_and_leaves_nothing(files: Files, tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    name = named(files, "evidence/")
    with pytest.raises(RefusedError, match="not as it was signed: changed: evidence/"):
        desk.unpacking.take(write(tmp_path / "p.zip", {**files, name: other(files[name])}))
    with pytest.raises(RefusedError, match="cannot be imported as a pack"):
        desk.unpacking.take(write(tmp_path / "q.zip", {"a": b"b"}))
    assert desk.trust.head()[0] == 0
    assert not (tmp_path / "evidence").exists()
    desk.close()
