import json
import os
from pathlib import Path

import pytest

from tests.cli.runner import Cli


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(b"From: kari@example.no\n" * 1000)
    return path


def taken_in(cli: Cli, case: str, path: Path, *more: str) -> str:
    said = cli("evidence", "add", case, str(path), "--origin", "Postkassen", *more)
    return said.ref


def test_a_file_is_taken_in_listed_checked_and_handed_out(cli: Cli, case: str, mail: Path) -> None:
    piece = taken_in(cli, case, mail, "--collector", "Ola Li", "--at", "10 min ago", "--note", "x")
    listed = cli("evidence", "list", case, "--json").json
    assert [(one["id"], one["name"], one["keeping"]) for one in listed] == [
        (piece, "mail.eml", "sealed")
    ]
    assert (listed[0]["origin"], listed[0]["collector"]) == ("Postkassen", "Ola Li")
    assert cli("evidence", "check", "--json").json["ok"] is True
    out = mail.parent / "copy.eml"
    cli("evidence", "export", piece, "--out", str(out), "--to", "Kripos", "--purpose", "Anmeldelse")
    assert out.read_bytes() == mail.read_bytes()
    shown = cli("show", case, "--json").json
    assert [use["recipient"] for use in shown["evidence"][0]["uses"]] == ["Kripos"]
    assert [one["kind"] for one in shown["timeline"] if "mail.eml" in one["text"]] == [
        "evidence", "handed_out"
    ]  # fmt: skip
    assert cli("verify", "--json").json["ok"] is True
    for path in cli.home.rglob("*"):
        assert path.is_dir() or b"kari@example.no" not in path.read_bytes()


def test_sealed_evidence_that_was_changed_is_found_and_not_handed_out(
    cli: Cli, case: str, mail: Path
) -> None:
    piece = taken_in(cli, case, mail)
    sealed = cli.home / "evidence" / f"{piece}.sealed"
    content = bytearray(sealed.read_bytes())
    content[100] ^= 1
    sealed.write_bytes(content)
    found = cli("verify", "--json", code=1).json["findings"]
    assert [(one["kind"], one["subject"]) for one in found] == [("evidence_changed", piece)]
    assert cli("evidence", "check", code=1).out.count("CHANGED") == 1
    out = mail.parent / "copy.eml"
    said = cli(
        "evidence", "export", piece, "--out", str(out), "--to", "A", "--purpose", "B", code=3
    )
    assert "not as it was sealed" in said.err
    assert not out.exists()
    assert cli("evidence", "list", case, "--json").json[0]["uses"] == []
    sealed.unlink()
    assert cli("verify", case, "--json", code=1).json["findings"][0]["kind"] == "evidence_missing"


def test_evidence_by_reference_stays_where_it_lies(cli: Cli, case: str, mail: Path) -> None:
    taken_in(cli, case, mail, "--reference")
    assert not (cli.home / "evidence").exists()
    assert cli("evidence", "check", case, "--json").json["ok"] is True
    mail.write_bytes(b"something else")
    said = cli("evidence", "check", case, "--json", code=1).json
    assert [one["state"] for one in said["checked"]] == ["changed"]
    mail.unlink()
    assert "MISSING" in cli("evidence", "check", code=1).out


def test_the_same_bytes_again_and_an_empty_file_are_remarked_on_and_taken_in(
    cli: Cli, case: str, mail: Path, tmp_path: Path
) -> None:
    first = cli("evidence", "add", case, str(mail))
    assert first.err == ""
    again = tmp_path / "again.eml"
    again.write_bytes(mail.read_bytes())
    said = cli("evidence", "add", case, str(again), "--reference", "--json")
    before, taken = said.json["evidence"]
    assert before["sha256"] == taken["sha256"]
    remark = " ".join(said.err.split())
    assert f"The same bytes stand already as evidence {before['id']} (“{mail.name}”)" in remark
    other = cli("new", "Another case").ref
    assert "same bytes" not in cli("evidence", "add", other, str(mail)).err
    empty = tmp_path / "empty.log"
    empty.touch()
    for _ in range(2):
        said = cli("evidence", "add", case, str(empty))
        assert said.err.strip() == "“empty.log” is empty: there are no bytes to prove anything."
    assert cli("evidence", "check", case, "--json").json["ok"] is True


def test_nothing_is_taken_in_that_cannot_be(cli: Cli, case: str, tmp_path: Path) -> None:
    assert "is a folder" in cli.refused("evidence", "add", case, str(tmp_path))
    assert "cannot be read" in cli.refused("evidence", "add", case, str(tmp_path / "none"))
    assert "no case" in cli.refused("evidence", "add", "99", str(tmp_path / "none"))
    assert "no evidence" in cli.refused(
        "evidence", "export", "evd-000000000000", "--out", str(tmp_path / "x"),
        "--to", "A", "--purpose", "B",
    )  # fmt: skip
    assert not (cli.home / "evidence").exists() or not list((cli.home / "evidence").iterdir())


def test_a_purpose_and_a_recipient_are_needed(cli: Cli, case: str, mail: Path) -> None:
    piece = taken_in(cli, case, mail)
    out = str(mail.parent / "copy.eml")
    for to, purpose in (("", "Anmeldelse"), ("Kripos", " . ")):
        said = cli.refused(
            "evidence", "export", piece, "--out", out, "--to", to, "--purpose", purpose
        )
        assert "purpose and the recipient" in said


def test_doctor_finds_a_sealed_file_that_no_case_speaks_of(cli: Cli, case: str, mail: Path) -> None:
    taken_in(cli, case, mail)
    stray = cli.home / "evidence" / "evd-000000000000.sealed"
    stray.write_bytes(b"x")
    checks = json.loads(cli("doctor", "--json", code=1).out)["checks"]
    found = next(one for one in checks if one["id"] == "evidence")
    assert not found["ok"]
    assert str(stray) in found["found"]
    stray.unlink()
    checks = json.loads(cli("doctor", "--json").out)["checks"]
    assert next(one for one in checks if one["id"] == "evidence")["ok"]


def test_a_pipe_or_a_device_is_refused_and_not_waited_for(cli: Cli, case: str) -> None:
    pipe = cli.home.parent / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        for verb in (["evidence", "add", case], ["import"]):
            assert "is no ordinary file" in cli.refused(*verb, str(path))
    assert cli("evidence", "list", case, "--json").json == []
