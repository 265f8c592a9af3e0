"""Lock: the keyring forgets the key, open windows are told, and nobody is locked out for good."""

from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend

from breachdesk.cli.door import DeskDoor
from breachdesk.errors import LockedError, StoreError
from breachdesk.message import say
from breachdesk.settings import read_settings
from breachdesk.store.keys import locked_at
from tests.cli.runner import Cli
from tests.store.conftest import MemoryRing


class Deaf(MemoryRing):
    """Holds what it is given, and does not let go."""

    def delete_password(self, service: str, username: str) -> None:
        del service, username


Use = Callable[[KeyringBackend], None]


@pytest.fixture
def use() -> Iterator[Use]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def made(bare: Cli, *words: str) -> Cli:
    bare.environ |= {"BREACHDESK_KEYRING": "on", "BREACHDESK_ACTOR": "Kari Nordmann"}
    bare.typed = ["correct horse battery", "correct horse battery"]
    bare("init", *words)
    bare.typed = None
    return bare


def test_the_key_leaves_the_keyring_and_the_next_command_asks(bare: Cli, use: Use) -> None:
    use(MemoryRing())
    cli = made(bare)
    cli("list")
    before = locked_at(cli.home)
    assert cli("lock", "--json").json == {"home": str(cli.home), "was_in_keyring": True}
    assert locked_at(cli.home) != before, "windows that have it open see that"
    assert "keyring does not hold its key" in cli("list", code=3).err
    assert cli("lock", "--json").json["was_in_keyring"] is False
    cli.typed = ["correct horse battery"]
    cli("list")


def test_a_locked_screen_opens_by_passphrase_alone_and_the_keyring_holds_the_key_again(
    bare: Cli, use: Use
) -> None:
    use(MemoryRing())
    cli = made(bare)
    door = DeskDoor(cli.stage(), read_settings({}, cli.environ))
    before = door.locked_at()

    def opens(passphrase: str) -> None:
        door.open(actor="Kari", passphrase=passphrase, on_step=lambda _: None).desk.close()

    opens("")
    door.forget()
    assert door.locked_at() == before, "other windows stay open"
    with pytest.raises(LockedError, match="keyring does not hold its key"):
        opens("")
    opens("correct horse battery")
    opens("")


def test_a_screen_says_that_the_keyring_kept_the_key(bare: Cli, use: Use) -> None:
    use(Deaf())
    door = DeskDoor(made(bare).stage(), read_settings({}, bare.environ))
    with pytest.raises(LockedError, match="is closed, but your keyring did not let go"):
        door.forget()


def test_a_desk_that_only_the_keyring_opens_is_not_locked_for_good(bare: Cli, use: Use) -> None:
    use(MemoryRing())
    bare.environ |= {"BREACHDESK_KEYRING": "on"}
    bare("init", "--no-recovery")
    assert "Make a recovery code first" in bare.refused("lock")
    bare("list")


def test_a_keyring_that_does_not_let_go_is_said(bare: Cli, use: Use) -> None:
    use(Deaf())
    cli = made(bare)
    assert "did not let go of the key" in cli("lock", code=3).err


def test_a_passphrase_file_still_opens_it_and_that_is_said(cli: Cli) -> None:
    said = cli("lock")
    assert "still opens it" in said.err
    door = DeskDoor(cli.stage(), read_settings({}, cli.environ))
    assert door.locked_at() == locked_at(cli.home) > 0


def test_without_a_desk_there_is_nothing_to_lock(bare: Cli) -> None:
    bare("lock", code=3)


def test_a_new_key_calls_open_windows_to_lock_and_says_why(cli: Cli) -> None:
    door = DeskDoor(cli.stage(), read_settings({}, cli.environ))
    assert (door.locked_at(), door.why_called()) == (0, None)
    said = cli("rekey")
    assert "Open windows of the desk lock" in said.out
    assert door.locked_at() > 0
    why = door.why_called()
    assert why is not None
    assert "key was changed in another window" in why.what.text
    cli("lock")
    assert door.why_called() is None


def test_windows_are_called_before_the_key_is_changed(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has a window open keeps half-typed words while the old key still holds."""
    seen: list[str] = []

    def fails(*_: object, **__: object) -> None:
        why = DeskDoor(cli.stage(), read_settings({}, cli.environ)).why_called()
        seen.append(why.what.text if why else "")
        raise StoreError(say("The disk is full."))

    monkeypatch.setattr("breachdesk.store.rekeying.rekey", fails)
    cli("rekey", code=3)
    assert seen == ["The desk's key is being changed in another window."]
