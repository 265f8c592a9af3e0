import json
import stat
from pathlib import Path

from tests.cli.runner import Cli


def test_a_case_is_exported_and_imported_under_the_next_number(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    cli("note", case, "Ringte mottakeren")
    file = tmp_path / "case.json"
    given = cli("export", case, "--out", str(file), "--json").json
    assert given == {"ref": case, "path": str(file), "size": file.stat().st_size}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_bytes())["format"] == "breachdesk-case/1"
    assert cli("import", str(file), "--json").json == {
        "imported": ["BD-2026-002"], "original_ref": case,
        "skipped": [f"The same case is here already as {case}."],
    }  # fmt: skip
    again = cli("import", str(file))
    assert "BD-2026-003" in again.out
    assert f"The same case is here already as {case}, BD-2026-002." in again.err
    assert cli("verify", "--json").json["ok"] is True
    assert len(cli("list", "--json").json) == 3


def test_neither_goes_over_a_file_nor_takes_what_it_cannot_read(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    file.write_text("keep me")
    assert "there already" in cli.refused("export", case, "--out", str(file))
    assert "cannot be imported" in cli.refused("import", str(file))
    assert "cannot be read" in cli.refused("import", str(tmp_path / "none"))
    assert "nothing that --format can be" in cli.refused("import", str(file), "--format", "xml")
    assert "no case" in cli.refused("export", "99", "--out", str(tmp_path / "x"))
