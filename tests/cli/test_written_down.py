"""A recovery code that nobody confirmed as written down is spoken of until it is dealt with."""

from pathlib import Path

import pytest

from breachdesk.cli.door import DeskDoor
from breachdesk.settings import read_settings
from breachdesk.tui.door import OpenedDesk, Step
from tests.cli.runner import Cli

GOOD = "a few words, long enough"
TOLD = "never confirmed as written down"


def no_step(step: Step) -> None:
    del step


def door_of(cli: Cli) -> DeskDoor:
    return DeskDoor(cli.stage(), read_settings({"actor": "Kari"}, cli.environ))


def made_on_screen(cli: Cli) -> OpenedDesk:
    """Make the desk as the first screen does; whoever closes it there has seen no code."""
    opened = door_of(cli).make(actor="Kari", passphrase=GOOD, on_step=no_step)
    opened.desk.close()
    cli.environ["BREACHDESK_ACTOR"] = "Kari"
    cli.typed = [GOOD]
    return opened


def left(cli: Cli) -> list[Path]:
    return list(cli.home.glob("recovery-*"))


def test_a_first_start_that_was_killed_before_the_code_was_written_down_is_told_of(
    bare: Cli,
) -> None:
    code = made_on_screen(bare).recovery_code
    (marker,) = left(bare)
    assert marker.read_bytes() == b""
    assert marker.stat().st_mode & 0o077 == 0
    assert TOLD in bare("list").err
    again = door_of(bare).open(actor="Kari", passphrase=GOOD, on_step=no_step)
    again.desk.close()
    assert TOLD in str(again.code_warning)
    assert code not in str(again.code_warning)


def test_a_code_that_was_written_down_is_not_spoken_of(bare: Cli) -> None:
    made_on_screen(bare)
    door_of(bare).written_down()
    assert left(bare) == []
    assert TOLD not in bare("list").err
    opened = door_of(bare).open(actor="Kari", passphrase=GOOD, on_step=no_step)
    opened.desk.close()
    assert opened.code_warning is None


def test_a_new_key_ends_it(bare: Cli) -> None:
    made_on_screen(bare)
    bare.typed = [GOOD, GOOD, GOOD]
    bare("rekey")
    assert left(bare) == []
    bare.typed = [GOOD]
    assert TOLD not in bare("list").err


def test_whoever_opens_the_desk_with_the_code_has_it(bare: Cli) -> None:
    bare.typed = [made_on_screen(bare).recovery_code]
    assert TOLD not in bare("list").err
    assert left(bare) == []


@pytest.mark.parametrize("words", [[], ["--no-recovery"]])
def test_a_desk_made_at_the_command_line_has_nothing_to_confirm(
    bare: Cli, words: list[str]
) -> None:
    bare.typed = [GOOD, GOOD, "Kari"]
    assert TOLD not in bare("init", *words).err
    assert left(bare) == []


def test_doctor_names_it_and_no_backup_takes_it_along(bare: Cli) -> None:
    made_on_screen(bare)
    checks = {one["id"]: one for one in bare("doctor", "--json", code=1).json["checks"]}
    assert TOLD in checks["recovery_code"]["found"]
    file = bare.home.parent / "desk.backup"
    bare("backup", str(file))
    bare.environ["BREACHDESK_HOME"] = str(bare.home.parent / "elsewhere")
    bare("restore", str(file))
    assert TOLD not in bare("list").err


def test_what_another_desk_left_in_the_folder_says_nothing(bare: Cli) -> None:
    bare.typed = [GOOD, GOOD, "Kari"]
    bare("init")
    (bare.home / f"recovery-{'0' * 32}.unconfirmed").touch()
    bare.typed = [GOOD]
    assert TOLD not in bare("list").err
