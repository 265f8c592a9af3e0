"""Files from strangers that are nested without end: one sentence, nothing written."""

from pathlib import Path

import pytest

from tests.cli.runner import Cli

DEEP = 100_000


@pytest.fixture
def deep_toml(tmp_path: Path) -> Path:
    path = tmp_path / "deep.toml"
    path.write_text("a = " + "[" * DEEP + "]" * DEEP, encoding="utf-8")
    return path


@pytest.fixture
def deep_json(tmp_path: Path) -> Path:
    path = tmp_path / "deep.json"
    path.write_text('{"format": ' + "[" * DEEP + "]" * DEEP + "}", encoding="utf-8")
    return path


def test_answers_and_profiles_nested_without_end_are_refused(
    cli: Cli, case: str, deep_toml: Path
) -> None:
    before = cli("verify", "--json").json["entries"]
    assert str(deep_toml) in cli.refused("answer", case, "facts", "--file", str(deep_toml))
    assert str(deep_toml) in cli.refused("organisation", "import", str(deep_toml))
    assert cli("verify", "--json").json["entries"] == before


def test_a_case_file_nested_without_end_is_refused(cli: Cli, deep_json: Path) -> None:
    cli.refused("import", str(deep_json))


def test_own_forms_nested_without_end_are_refused(cli: Cli, deep_toml: Path) -> None:
    forms = cli.home / "forms" / "eu"
    forms.mkdir(parents=True)
    (forms / "facts.toml").write_bytes(deep_toml.read_bytes())
    assert cli("form", "list", code=2).err.count("\n") == 1


def test_settings_nested_without_end_are_refused(cli: Cli, deep_toml: Path) -> None:
    (cli.home / "config.toml").write_bytes(deep_toml.read_bytes())
    assert cli("list", code=2).err.count("\n") == 1


def test_a_key_file_nested_without_end_is_refused(cli: Cli) -> None:
    (cli.home / "key.json").write_text("[" * 16_000, encoding="utf-8")
    assert cli("list", code=3).err.count("\n") == 1


def test_a_backup_nested_without_end_is_refused(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "desk.backup"
    cli("backup", str(path))
    content = bytearray(path.read_bytes())
    start = content.index(b"{")
    content[start : start + 4000] = b"[" * 4000
    path.write_bytes(bytes(content))
    cli.environ["BREACHDESK_HOME"] = str(tmp_path / "new")
    said = cli("restore", str(path), code=3)
    assert said.err.count("\n") == 1
    assert not (tmp_path / "new" / "desk.db").exists()
