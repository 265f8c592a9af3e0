import shutil
import stat
from pathlib import Path

from breachdesk.store.keyfile import read_key_file
from tests.cli.runner import PASSPHRASE, Cli


def elsewhere(cli: Cli, name: str = "elsewhere") -> Path:
    """Go to another machine: another folder, with nothing in it."""
    cli.home = cli.home.parent / name
    cli.environ["BREACHDESK_HOME"] = str(cli.home)
    return cli.home


def test_a_desk_is_backed_up_and_comes_back_on_another_machine(cli: Cli, case: str) -> None:
    file = cli.home.parent / "desk.backup"
    made = cli("backup", str(file), "--json").json
    assert made["path"] == str(file)
    assert made["findings"] == []
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    shown = cli("show", case, "--json").json
    elsewhere(cli)
    restored = cli("restore", str(file), "--json").json
    assert (restored["head"], restored["entries"]) == (made["head"], made["entries"])
    assert cli("show", case, "--json").json == shown
    assert cli("verify", "--json").json["ok"] is True


def test_a_backup_opens_with_the_recovery_code_alone(bare: Cli) -> None:
    secret = bare.home.parent / "secret.txt"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    bare.environ["BREACHDESK_PASSPHRASE_FILE"] = str(secret)
    paper, file = bare.home.parent / "recovery.txt", bare.home.parent / "desk.backup"
    bare("init", "--recovery-file", str(paper))
    bare("new", "Payroll list", "--aware", "40 min ago")
    bare("backup", str(file))
    shutil.rmtree(bare.home)
    del bare.environ["BREACHDESK_PASSPHRASE_FILE"]
    code = paper.read_bytes()
    bare("restore", str(file), "--key", "recovery", stdin=code)
    bare.environ["BREACHDESK_PASSPHRASE_FILE"] = str(paper)
    assert len(bare("list", "--json").json) == 1
    elsewhere(bare)
    bare.typed = ["feil passfrase", code.decode().strip()]
    del bare.environ["BREACHDESK_PASSPHRASE_FILE"]
    bare("restore", str(file))
    bare.typed = [PASSPHRASE]
    assert len(bare("list", "--json").json) == 1


def test_a_desk_that_is_there_is_left_as_it_is(cli: Cli, case: str) -> None:
    file = cli.home.parent / "desk.backup"
    cli("backup", str(file))
    cli("note", case, "More")
    before = (cli.home / "desk.db").read_bytes()
    said = cli.refused("restore", str(file))
    assert "same desk" in said
    assert (cli.home / "desk.db").read_bytes() == before


def test_what_is_no_backup_is_refused(cli: Cli, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    stranger.write_bytes(b"PK\x03\x04" * 100)
    elsewhere(cli)
    assert "is not a backup" in cli("restore", str(stranger), code=3).err
    assert "cannot be used" in cli("restore", str(tmp_path / "none"), code=3).err
    assert not cli.home.exists()
    assert "nothing that --key can be" in cli.refused("restore", str(stranger), "--key", "x")


def test_without_anything_that_opens_it_nothing_is_restored(cli: Cli) -> None:
    file = cli.home.parent / "desk.backup"
    cli("backup", str(file))
    elsewhere(cli)
    passphrase = cli.environ.pop("BREACHDESK_PASSPHRASE_FILE")
    assert "Nothing was given" in cli("restore", str(file), code=3).err
    assert "No recovery code" in cli("restore", str(file), "--key", "recovery", code=3).err
    Path(passphrase).write_text("en helt annen passfrase\n", encoding="utf-8")
    cli.environ["BREACHDESK_PASSPHRASE_FILE"] = passphrase
    assert "does not open the backup" in cli.refused("restore", str(file))
    assert not cli.home.exists()


def test_a_new_key_opens_the_desk_and_the_old_one_the_old_backups(cli: Cli, case: str) -> None:
    file = cli.home.parent / "old.backup"
    cli("backup", str(file))
    old = read_key_file(cli.home)
    paper = cli.home.parent / "new-recovery.txt"
    said = cli("rekey", "--recovery-file", str(paper), "--json").json
    assert [one["path"] for one in said["open_with_old_key"]] == [str(file)]
    new = read_key_file(cli.home)
    assert new.desk_id == old.desk_id
    assert new.check != old.check
    assert new.changing is None
    shown = cli("show", case, "--json").json
    assert cli("verify", "--json").json["ok"] is True
    newer = cli.home.parent / "new.backup"
    cli("backup", str(newer))
    assert [one["path"] for one in cli("rekey", "--json").json["open_with_old_key"]] == [
        str(file), str(newer)
    ]  # fmt: skip
    elsewhere(cli)
    cli.environ["BREACHDESK_PASSPHRASE_FILE"] = str(paper)
    assert "does not open the backup" in cli.refused("restore", str(file))
    cli("restore", str(newer))
    assert cli("show", case, "--json").json == shown


def test_the_new_code_is_shown_once_and_not_on_standard_output(cli: Cli) -> None:
    said = cli("rekey")
    code = said.err.split("once: ")[1].split()[0]
    assert code not in said.out
    assert "key is changed" in said.out
    for path in cli.home.rglob("*"):
        assert path.is_dir() or code.encode() not in path.read_bytes()


def test_a_folder_with_a_desk_is_refused_before_anything_is_typed(cli: Cli, case: str) -> None:
    file = cli.home.parent / "desk.backup"
    cli("backup", str(file))
    Path(cli.environ["BREACHDESK_PASSPHRASE_FILE"]).write_text("no longer that\n", encoding="utf-8")
    assert "was not compared" in cli.refused("restore", str(file))
    del cli.environ["BREACHDESK_PASSPHRASE_FILE"]
    cli.typed = []  # whoever asks, fails
    for key in ([], ["--key", "recovery"]):
        said = cli.refused("restore", str(file), *key)
        assert "same desk; what stands in the two was not compared" in said
    cli.typed = [PASSPHRASE]
    assert cli("show", case, "--json").json["ref"] == case
