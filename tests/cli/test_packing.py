"""Packs and redacted copies at the command line."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.cli.runner import Cli
from tests.cli.test_checking import tamper


def test_a_pack_is_written_checked_and_taken_in(cli: Cli, case: str, tmp_path: Path) -> None:
    file, pack = tmp_path / "mail.eml", tmp_path / "case.zip"
    file.write_bytes(b"From: somebody")
    cli("evidence", "add", case, str(file))
    given = cli(
        "export", case, "--pack", str(pack), "--with-evidence", "--to", "Our lawyer",
        "--purpose", "Advice", "--json",
    ).json  # fmt: skip
    key = cli("signing-key", "--json").json
    assert (given["public_key"], given["key_words"]) == (key["public_key"], key["key_words"])
    assert (given["kind"], given["left_out"], given["ref"]) == ("whole", [], case)
    assert given["size"] == pack.stat().st_size
    with zipfile.ZipFile(pack) as whole:
        whole.extractall(tmp_path / "unpacked")
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", str(pack), "--key", given["key_words"]],
        cwd=tmp_path / "unpacked", capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    shown = cli("show", case, "--json").json
    assert [one["recipient"] for one in shown["packs"]] == ["Our lawyer"]
    assert shown["evidence"][0]["uses"][0]["recipient"] == "Our lawyer"
    taken = cli("import", str(pack), "--json").json
    assert (taken["imported"], taken["skipped"]) == (
        ["BD-2026-002"], [f"The same case is here already as {case}."],
    )  # fmt: skip
    assert taken["key_words"] == key["key_words"]
    assert cli("evidence", "check", "--json").json["ok"] is True
    assert cli("verify", "--json").json["ok"] is True


def test_in_words_the_key_is_read_out_and_what_is_not_in_it_is_said(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    file = tmp_path / "mail.eml"
    file.write_bytes(b"From: somebody")
    cli("evidence", "add", case, str(file))
    said = cli("export", case, "--pack", str(tmp_path / "p.zip"))
    words = cli("signing-key").out.splitlines()[0]
    assert f"The key in words: {words}" in said.out
    assert "the evidence “mail.eml” itself" in said.out
    assert "over another channel" in said.err
    assert cli("signing-key", "--new").out.splitlines()[0] != words
    assert words in cli("signing-key").out


def test_a_redacted_copy_is_no_export(cli: Cli, case: str, tmp_path: Path) -> None:
    out, pack = tmp_path / "shared.json", tmp_path / "shared.zip"
    cli("answer", case, "facts", "--set", "description=A list went astray")
    given = cli("export", case, "--redacted", "--out", str(out), "--json").json
    assert "the title" in given["left_out"]
    assert "Payroll" not in out.read_text(encoding="utf-8")
    assert "astray" not in out.read_text(encoding="utf-8")
    assert "redacted copy" in cli.refused("import", str(out))
    cli("export", case, "--redacted", "--include", "description", "--out", str(out), "--force")
    assert "astray" in out.read_text(encoding="utf-8")
    cli("export", case, "--redacted", "--pack", str(pack))
    assert "redacted copy" in cli.refused("import", str(pack))
    with zipfile.ZipFile(pack) as whole:
        assert json.loads(whole.read("manifest.json"))["kind"] == "redacted"


def test_options_that_do_not_go_together_are_refused(cli: Cli, case: str, tmp_path: Path) -> None:
    out, pack = str(tmp_path / "c.json"), str(tmp_path / "c.zip")
    assert "Say where to write" in cli.refused("export", case)
    assert "Say where to write" in cli.refused("export", case, "--out", out, "--pack", pack)
    assert "go with --pack" in cli.refused("export", case, "--out", out, "--with-evidence")
    assert "goes with --redacted" in cli.refused("export", case, "--out", out, "--include", "x")
    assert "to somebody and for something" in cli.refused(
        "export", case, "--pack", pack, "--with-evidence"
    )
    assert "does not go into a redacted copy" in cli.refused(
        "export", case, "--pack", pack, "--with-evidence", "--redacted"
    )
    assert "no text that can be taken" in cli.refused(
        "export", case, "--out", out, "--redacted", "--include", "contact_name"
    )
    assert list(tmp_path.glob("c.*")) == []


def test_a_pack_is_not_written_over_another_file(cli: Cli, case: str, tmp_path: Path) -> None:
    pack = tmp_path / "case.zip"
    pack.write_text("keep me")
    assert "there already" in cli.refused("export", case, "--pack", str(pack))
    assert pack.read_text() == "keep me"
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    assert "cannot be imported as a pack" in cli.refused("import", str(broken))


def test_a_case_out_of_a_chain_with_a_gap_is_handed_out_with_a_word(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    cli("note", case, "What the recipient said")
    cli("new", "Another case")
    cut = "DELETE FROM {} WHERE seq = (SELECT max(seq) FROM note)"
    tamper(cli, cut.format("auditentry"))
    tamper(cli, "DELETE FROM note WHERE seq = (SELECT max(seq) FROM note)")
    tamper(cli, "DELETE FROM auditsalt WHERE seq NOT IN (SELECT seq FROM auditentry)")
    (finding,) = cli("verify", case, "--json", code=1).json["findings"]
    assert finding["kind"] == "out_of_order"
    path = tmp_path / "case.zip"
    done = cli("export", case, "--pack", str(path), "--json")
    assert "out of order" in done.err
    assert done.json["findings"] == [finding]
    with zipfile.ZipFile(path) as packed:
        assert json.loads(packed.read("manifest.json"))["findings"] == [finding]
    assert "out of order" in cli("export", case, "--out", str(tmp_path / "case.json")).err
