"""A new key: the passphrase keeps its place, and nothing is given up unsaid."""

from collections.abc import Callable

from keyring.backend import KeyringBackend

from breachdesk.store.keyfile import SlotKind, read_key_file
from tests.cli.runner import PASSPHRASE, Cli
from tests.store.conftest import MemoryRing

NEW = "eight new words that nobody knows"


def typing(cli: Cli, *typed: str) -> Cli:
    cli.environ.pop("BREACHDESK_PASSPHRASE_FILE", None)
    cli.typed = list(typed)
    return cli


def test_enter_alone_does_not_give_the_passphrase_up_where_no_keyring_opens_the_desk(
    cli: Cli,
) -> None:
    said = typing(cli, PASSPHRASE, "", NEW, NEW)("rekey")
    assert cli.asked[1] == "Choose a new passphrase (at least 15 characters): "
    assert "No keyring holds the key, so the desk needs a passphrase." in said.err
    assert "Enter alone" not in said.err
    assert typing(cli, NEW)("list", "--json").json == []
    before = read_key_file(cli.home)
    assert "needs a passphrase" in typing(cli, NEW, "", "", "")("rekey", code=3).err
    assert read_key_file(cli.home) == before


def test_a_new_passphrase_that_will_not_do_changes_no_key(cli: Cli) -> None:
    before = read_key_file(cli.home)
    said = typing(cli, PASSPHRASE, "short", NEW, NEW[1:], "still short")("rekey", code=2)
    assert "shown this once" not in said.err
    assert read_key_file(cli.home) == before


def test_with_a_keyring_it_is_said_what_enter_alone_means(
    bare: Cli, use_ring: Callable[[KeyringBackend], None]
) -> None:
    use_ring(MemoryRing())
    bare.environ["BREACHDESK_KEYRING"] = "on"
    typing(bare, NEW, NEW, "Ola")("init")
    said = typing(bare, "")("rekey")
    assert "only the keyring and the new code open the desk" in said.err
    assert [one.kind for one in read_key_file(bare.home).slots] == [SlotKind.RECOVERY]
    assert typing(bare)("list", "--json").json == []


def test_a_key_that_only_the_new_code_will_open_is_spoken_of(cli: Cli) -> None:
    paper, newer = cli.home.parent / "recovery.txt", cli.home.parent / "newer.txt"
    cli("rekey", "--recovery-file", str(paper))
    cli.environ["BREACHDESK_PASSPHRASE_FILE"] = str(paper)
    said = cli("rekey", "--recovery-file", str(newer))
    assert "nothing but this code opens the desk" in said.err
