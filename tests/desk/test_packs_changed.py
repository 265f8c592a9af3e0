"""Every kind of change to a pack is found by the script that lies in it."""

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from breachdesk.desk import Desk
from breachdesk.desk.packing import Packed
from breachdesk.errors import RefusedError
from tests.desk.desks import new_desk
from tests.desk.packs import Files, checked, joined, line, named, other, signed_anew, write


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
