"""A signed pack: what is in it, every kind of change found by the script that lies in it."""

import base64
import hashlib
import json
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.packing import Packed, Wanted
from breachdesk.errors import RefusedError
from breachdesk.language import Speaker
from breachdesk.records import CasePack, Evidence, NewEvidence
from breachdesk.terms import PackKind
from tests.desk.desks import ToldClock, new_desk
from tests.desk.packs import Files, checked, files_of, joined, line, signed_anew, write
from tests.desk.test_moving import worked_on

SPEAKER = Speaker("en", ZoneInfo("Europe/Oslo"))
HANDED = Wanted(with_evidence=True, recipient="Our lawyer", purpose="Advice")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path, Packed]]:
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


def other(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def named(files: Files, *parts: str) -> str:
    return next(name for name in files if all(part in name for part in parts))


@pytest.mark.parametrize(
    "part",
    ["case.json", "chain.jsonl", ".pdf", ".txt", "evidence/", "README.txt", "verify.py",
     "manifest.json", "manifest.sig"],
)  # fmt: skip
def test_one_bit_of_any_file_is_found(files: Files, tmp_path: Path, part: str) -> None:
    name = named(files, part)
    pack = write(tmp_path / "p.zip", {**files, name: other(files[name])})
    code, said = checked(pack)
    assert code in (1, 2), said
    assert "Nothing is wrong" not in said


@pytest.mark.parametrize("part", ["case.json", "chain.jsonl", ".pdf", "evidence/", "manifest.sig"])
def test_a_file_that_is_gone_is_found(files: Files, tmp_path: Path, part: str) -> None:
    name = named(files, part)
    pack = write(tmp_path / "p.zip", {one: files[one] for one in files if one != name})
    code, said = checked(pack)
    assert code == 1
    assert ("missing: " in said) or ("signature" in said)


def test_a_file_more_and_one_twice_are_found(files: Files, tmp_path: Path) -> None:
    code, said = checked(write(tmp_path / "more.zip", files, ("papers/new.pdf", b"%PDF")))
    assert (code, "nobody signed for it: papers/new.pdf" in said) == (1, True)
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = write(tmp_path / "twice.zip", files, ("case.json", b"{}"))
    code, said = checked(twice)
    assert (code, "stands there twice: case.json" in said) == (1, True)


@pytest.mark.parametrize("part", ["before", "remark", "after a file"])
def test_bytes_that_belong_to_no_file_are_found(files: Files, tmp_path: Path, part: str) -> None:
    path = write(tmp_path / "p.zip", files)
    content = path.read_bytes()
    if part == "before":
        path.write_bytes(b"MZ hidden" + content)
    elif part == "remark":
        with zipfile.ZipFile(path, "a") as whole:
            whole.comment = b"hidden"
    else:
        start = content.index(b"PK\x01\x02")
        end = content.rindex(b"PK\x05\x06")
        moved = struct.pack("<I", start + 20_000)
        tail = content[end : end + 16] + moved + content[end + 20 :]
        path.write_bytes(content[:start] + b"h" * 20_000 + content[start:end] + tail)
    code, said = checked(path)
    assert (code, "bytes that belong to no file" in said) == (1, True), said


def _odd_version(content: bytearray) -> None:
    at = content.rindex(b"PK\x01\x02")
    content[at + 6 : at + 8] = struct.pack("<H", 99)


def _odd_packing(content: bytearray) -> None:
    """Say of a file that it is packed in a way whose reader ends in an error of its own."""
    local = content.index(b"PK\x03\x04")
    central = content.index(b"PK\x01\x02")
    content[local + 8 : local + 10] = content[central + 10 : central + 12] = b"\x0e\0"


@pytest.mark.parametrize("change", [_odd_version, _odd_packing])
def test_a_zip_of_an_odd_kind_is_refused_in_a_sentence(
    files: Files, tmp_path: Path, change: Callable[[bytearray], None]
) -> None:
    content = bytearray(write(tmp_path / "p.zip", files).read_bytes())
    change(content)
    (tmp_path / "p.zip").write_bytes(content)
    assert checked(tmp_path / "p.zip")[0] in (1, 2)
    desk = new_desk(tmp_path)
    with pytest.raises(RefusedError):
        desk.unpacking.take(tmp_path / "p.zip")
    assert desk.trust.head()[0] == 0
    desk.close()


def _reordered(files: Files) -> Files:
    lines = [json.loads(one) for one in files["chain.jsonl"].splitlines()]
    return {**files, "chain.jsonl": joined([lines[1], lines[0], *lines[2:]])}


def _cut(files: Files) -> Files:
    lines = [json.loads(one) for one in files["chain.jsonl"].splitlines()]
    return {**files, "chain.jsonl": joined(lines[:-1])}


def _row(files: Files) -> Files:
    text = json.loads(files["chain.jsonl"].splitlines()[2])["row"]
    return line(files, 2, row=text.replace('"recorded_by":"', '"recorded_by":"x'))


def _case(table: str, **changes: object) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        case = json.loads(files["case.json"])
        case["rows"][table][0] |= changes
        return {**files, "case.json": json.dumps(case).encode()}

    return change


def _paper(files: Files) -> Files:
    return {**files, named(files, ".pdf"): b"%PDF-1.7 another"}


def _text(files: Files) -> Files:
    return {**files, named(files, "papers/", ".txt"): b"Nothing happened."}


def _no_text(files: Files) -> Files:
    gone = named(files, "papers/", ".txt")
    return {name: content for name, content in files.items() if name != gone}


def _less(files: Files) -> Files:
    case = json.loads(files["case.json"])
    case["rows"]["note"].pop()
    return {**files, "case.json": json.dumps(case).encode()}


BY_A_STRANGER: dict[str, tuple[Callable[[Files], Files], str]] = {
    "order": (_reordered, "does not follow the one before it"),
    "cut": (_cut, "does not end where it should"),
    "a sealed row": (_row, "row of entry"),
    "a header": (lambda f: line(f, 2, header={"actor": "per-other"}), "was changed"),
    "a note": (_case("note", text="Gjorde ingenting"), "otherwise than it was sealed: text"),
    "a time": (
        _case("note", occurred_at="2026-11-20T10:00:00+00:00"), "was sealed: occurred_at",
    ),
    "who decided": (_case("decision", recorded_by="per-x"), "was sealed: recorded_by"),
    "a row less": (_less, "is missing in case.json"),
    "a paper": (_paper, "is not the file of doc-"),
    "a paper's text": (_text, "is not the file of doc-"),
    "a paper without its text": (_no_text, "is missing"),
    "a paper more": (
        lambda f: {**f, "papers/notification-02-nb-doc-000000000000.pdf": b"%PDF"},
        "no entry speaks of papers/notification-02",
    ),
    "evidence more": (
        lambda f: {**f, "evidence/evd-000000000000-x.eml": b"x"}, "no entry speaks of evidence/evd",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BY_A_STRANGER)
def test_a_stranger_who_signs_his_own_change_is_found_by_the_chain_and_by_his_key(
    packed: tuple[Desk, Path, Packed], files: Files, tmp_path: Path, kind: str
) -> None:
    change, wanted = BY_A_STRANGER[kind]
    pack = write(tmp_path / "p.zip", signed_anew(change(files)))
    code, said = checked(pack)
    assert (code, wanted in said) == (1, True), said
    assert packed[2].signer.words not in said


def test_a_stranger_who_signs_all_as_it_was_is_found_only_by_his_key(
    packed: tuple[Desk, Path, Packed], files: Files, tmp_path: Path
) -> None:
    pack = write(tmp_path / "p.zip", signed_anew(files))
    assert checked(pack)[0] == 0
    assert checked(pack, "--key", packed[2].signer.words)[0] == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"hello", b"PK\x05\x06" + bytes(18)],
    ids=lambda one: one.hex()[:8],
)
def test_what_is_no_pack_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(content)
    code, said = checked(path)
    assert (code, "no pack" in said) == (2, True)


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
