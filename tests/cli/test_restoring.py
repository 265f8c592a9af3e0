"""A restore on the machine that knows the desk: said once, kept for good, and no false alarm."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from tests.cli.runner import Cli
from tests.cli.test_keeping import elsewhere
from tests.store.conftest import MemoryRing

PASSPHRASE = "correct horse battery"


@pytest.fixture
def cli(bare: Cli, use_ring: Callable[[KeyringBackend], None]) -> Cli:
    """A desk whose key lies in the keyring, with a case, a backup of it, and two notes after."""
    use_ring(MemoryRing())
    bare.environ |= {"BREACHDESK_KEYRING": "on", "BREACHDESK_ACTOR": "Kari Nordmann"}
    bare.typed = [PASSPHRASE, PASSPHRASE]
    bare("init")
    bare.typed = [PASSPHRASE]
    bare("new", "Payroll list", "--aware", "40 min ago")
    bare("backup", str(backup(bare)))
    for text in ("later", "later still"):
        bare("note", "1", text)
    return bare


def backup(cli: Cli) -> Path:
    return cli.home.parent / "desk.backup"


def ends_at(cli: Cli) -> int:
    return int(cli("verify", "--json").json["head_seq"])


def test_what_came_after_the_backup_is_said_once_and_verify_is_clean(cli: Cli) -> None:
    known = ends_at(cli)
    shutil.rmtree(cli.home)
    said = cli("restore", str(backup(cli)))
    end = known - 3  # the entry that remembers the backup, and two notes
    assert f"knew this desk up to entry {known}, and this backup ends at entry {end}" in said.err
    for _ in range(3):
        verified = cli("verify")
        assert "nothing wrong" in verified.out
        assert f"The keyring then knew entry {known}" in verified.out, "for the auditor"
        assert "Kari Nordmann brought the desk back" in verified.out
        assert "do not agree" not in cli("note", "1", "work goes on").err
    (left,) = cli("verify", "--json").json["left_behind"]
    assert (left["known_head_seq"], left["head_seq"], left["seq"]) == (known, end, end + 1)
    assert left["backup"] == str(backup(cli))


def test_a_keyring_that_took_nothing_after_the_restore_raises_no_alarm_either(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the program was killed in between: the chain itself says what was known."""
    shutil.rmtree(cli.home)
    with monkeypatch.context() as patch:
        patch.setattr("breachdesk.cli.door.DeskDoor.settle_head", lambda *_: None)
        cli("restore", str(backup(cli)))
    assert "do not agree" not in cli("list").err
    assert cli("verify", "--json").json["findings"] == []


def test_the_keyring_is_asked_beside_a_passphrase_file_too(cli: Cli) -> None:
    shutil.rmtree(cli.home)
    file = cli.home.parent / "passphrase.txt"
    file.write_text(PASSPHRASE)
    cli.environ["BREACHDESK_PASSPHRASE_FILE"] = str(file)
    assert "knew this desk up to entry" in cli("restore", str(backup(cli))).err
    del cli.environ["BREACHDESK_PASSPHRASE_FILE"]
    assert cli("verify", "--json").json["findings"] == []


def test_an_old_copy_put_there_by_hand_is_still_found(cli: Cli) -> None:
    older = shutil.copytree(cli.home, cli.home.parent / "older")
    cli("note", "1", "what shall be hidden")
    shutil.rmtree(cli.home)
    shutil.copytree(older, cli.home)
    assert "do not agree" in cli("list").err
    assert [one["kind"] for one in cli("verify", "--json", code=1).json["findings"]] == ["cut_tail"]


def test_a_restored_desk_whose_tail_is_cut_afterwards_is_found_too(cli: Cli) -> None:
    """That something was left behind once excuses only that."""
    shutil.rmtree(cli.home)
    cli("restore", str(backup(cli)))
    just_restored = shutil.copytree(cli.home, cli.home.parent / "older")
    for number in range(3):
        cli("note", "1", f"work {number}")
    shutil.rmtree(cli.home)
    shutil.copytree(just_restored, cli.home)
    assert [one["kind"] for one in cli("verify", "--json", code=1).json["findings"]] == ["cut_tail"]


def test_a_backup_restored_elsewhere_to_be_looked_at_leaves_the_desk_in_peace(cli: Cli) -> None:
    home = cli.home
    elsewhere(cli, "trial")
    cli("restore", str(backup(cli)))
    cli("note", "1", "only a trial")
    assert cli("verify", "--json").json["findings"] == []
    cli.home = home
    cli.environ["BREACHDESK_HOME"] = str(home)
    said = cli("note", "1", "the desk itself")
    assert "do not agree" not in said.err
    assert cli("verify", "--json").json["findings"] == []


def test_a_backup_that_lacks_only_the_word_of_itself_is_told_apart(cli: Cli) -> None:
    newest = cli.home.parent / "newest.backup"
    cli("backup", str(newest))
    shutil.rmtree(cli.home)
    assert "says that the backup was made" in cli("restore", str(newest)).err
    cli("backup", str(newest), "--force")
    elsewhere(cli)
    cli.environ["BREACHDESK_KEYRING"] = "off"
    assert "knew" not in cli("restore", str(newest)).err
