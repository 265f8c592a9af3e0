import shutil
import stat
from pathlib import Path

import pytest

from breachdesk.settings import read_settings
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
    known = cli("rekey", "--json").json["open_with_old_key"]
    assert [(one["path"], one["key"]) for one in known] == [
        (str(file), "earlier"), (str(newer), "previous")
    ]  # fmt: skip
    told = " ".join(cli("rekey").out.split())
    assert told.index("held when they were made") < told.index(str(file)) < told.index(str(newer))
    assert "held until now" not in told, "no backup was made under the key before this one"
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


def test_a_restored_desk_knows_the_backup_it_came_from(cli: Cli, case: str) -> None:
    """The backup cannot speak of itself; `rekey` and `erase` are to name it all the same."""
    file = cli.home.parent / "desk.backup"
    made = cli("backup", str(file), "--json").json
    elsewhere(cli)
    assert "the backup that the desk came from" in cli("restore", str(file)).out
    verified = cli("verify", "--json").json
    assert verified["ok"] is True
    assert verified["entries"] == made["entries"] + 1
    known = cli("rekey", "--json").json["open_with_old_key"]
    assert [(one["path"], one["sha256"]) for one in known] == [(str(file), made["sha256"])]
    erased = cli("erase", case, "--because", "Five years have passed", "--json").json["erased"]
    assert any(str(file) in line for line in erased["out_of_reach"])


def test_a_backup_that_is_gone_after_the_restore_is_said_and_the_desk_is_back(
    cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = cli.home.parent / "desk.backup"
    cli("backup", str(file))
    elsewhere(cli)

    def gone(path: Path) -> str:
        raise FileNotFoundError(path)

    monkeypatch.setattr("breachdesk.desk.keeping.digest_of", gone)
    said = cli("restore", str(file))
    assert "could not be recorded" in said.err
    assert "One entry was added" not in said.out
    assert case in cli("list").out


def test_what_a_backup_does_not_hold_is_said_when_it_is_made_and_when_it_comes_back(
    cli: Cli,
) -> None:
    file = cli.home.parent / "desk.backup"
    made = cli("backup", str(file))
    assert "idle minutes are not in it: they lie in" in made.out
    assert str(read_settings({}, cli.environ).config) in made.out
    assert "desk's own folder" not in made.err
    elsewhere(cli)
    back = cli("restore", str(file))
    assert "do not come from a backup" in back.out
    assert str(read_settings({}, cli.environ).config) in back.out


def test_a_backup_that_lies_with_the_desk_is_made_and_warned_of(cli: Cli) -> None:
    below, link = cli.home / "backups", cli.home.parent / "link"
    below.mkdir()
    link.symlink_to(cli.home, target_is_directory=True)
    for file in (cli.home / "desk.backup", below / "desk.backup", link / "other.backup"):
        assert "It lies in the desk's own folder" in cli("backup", str(file)).err
        assert file.exists()


def test_evidence_that_is_broken_or_gone_is_named_by_backup_and_by_restore(
    cli: Cli, case: str, tmp_path: Path
) -> None:
    """The proof opens every sealed piece; what cannot be opened is named, and the rest is kept."""
    pieces = []
    for number, size in enumerate((10, 3_000_000, 10)):
        source = tmp_path / f"{number}.bin"
        source.write_bytes(bytes([number]) * size)
        pieces.append(cli("evidence", "add", case, str(source), "--collector", "Ola").ref)
    good, broken, gone = pieces
    file = tmp_path / "desk.backup"
    assert "every sealed file included" in cli("backup", str(file)).out
    sealed = cli.home / "evidence" / f"{broken}.sealed"
    content = bytearray(sealed.read_bytes())
    content[2_500_000] ^= 1
    sealed.write_bytes(content)
    (cli.home / "evidence" / f"{gone}.sealed").unlink()
    said = cli("backup", str(file), "--force", code=1)
    assert "opened and verified" not in said.out
    assert f"as they were sealed: {broken}." in said.err
    assert f"the files are gone: {gone}." in said.err
    assert good not in said.err
    made = cli("backup", str(file), "--force", "--json", code=1).json
    assert (made["broken"], made["absent"]) == ([broken], [gone])
    elsewhere(cli)
    back = cli("restore", str(file), "--json", code=1).json
    assert (back["broken"], back["absent"]) == ([broken], [gone])
    assert cli("show", case, "--json").json["ref"] == case
    elsewhere(cli, "again")
    said = cli("restore", str(file), code=1)
    assert f"as they were sealed: {broken}." in said.err
    assert f"the files are gone: {gone}." in said.err
