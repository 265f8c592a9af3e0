from dataclasses import replace
from pathlib import Path

import pytest

from breachdesk.cli.door import DeskDoor
from breachdesk.cli.passphrases import looks_like_code
from breachdesk.errors import DeskExistsError, LockedError, RefusedError, WrongKeyError
from breachdesk.settings import read_settings
from breachdesk.terms import Lang
from breachdesk.tui.door import Door, Step
from tests.cli.runner import PASSPHRASE, Cli


def door_of(cli: Cli) -> DeskDoor:
    return DeskDoor(cli.stage(), read_settings({}, cli.environ))


def test_it_is_the_door_the_screen_asks_for(bare: Cli) -> None:
    door: Door = door_of(bare)
    assert door.home == bare.home
    assert door.now() == bare.clock.now
    assert not door.exists()


def test_a_desk_is_made_with_a_recovery_code_and_opened(bare: Cli) -> None:
    door = door_of(bare)
    steps: list[Step] = []
    opened = door.make(actor="Kari", passphrase=PASSPHRASE, on_step=steps.append)
    assert opened.desk.actor == "Kari"
    opened.desk.close()
    assert opened.recovery_code.count("-") == 6
    assert steps == [Step.LOADING, Step.KEY, Step.DATABASE]
    assert door.exists()
    with pytest.raises(DeskExistsError):
        door.make(actor="Kari", passphrase=PASSPHRASE, on_step=steps.append)


def test_a_short_passphrase_makes_no_desk(bare: Cli) -> None:
    with pytest.raises(RefusedError):
        door_of(bare).make(actor="Kari", passphrase="short", on_step=lambda _: None)
    assert not bare.home.exists()


def test_it_opens_by_passphrase_or_recovery_code_and_says_what_is_wrong(bare: Cli) -> None:
    door = door_of(bare)
    made = door.make(actor="Kari", passphrase=PASSPHRASE, on_step=lambda _: None)
    made.desk.close()
    for typed in ({"passphrase": PASSPHRASE}, {"recovery": made.recovery_code}):
        door.open(actor="Ola", on_step=lambda _: None, **typed).desk.close()
    with pytest.raises(WrongKeyError):
        door.open(actor="Ola", passphrase="something else", on_step=lambda _: None)
    with pytest.raises(LockedError):
        door.open(actor="Ola", on_step=lambda _: None)


def test_with_nothing_typed_the_passphrase_file_opens_it(cli: Cli) -> None:
    steps: list[Step] = []
    opened = door_of(cli).open(actor="", on_step=steps.append)
    assert opened.desk.actor == "Kari Nordmann"
    opened.desk.close()
    assert steps[-1] == Step.DATABASE


def test_choices_are_remembered_for_the_next_start(bare: Cli) -> None:
    door = door_of(bare)
    door.remember(actor="Ola Nordmann", lang=Lang.NB, theme="nord")
    settings = read_settings({}, bare.environ)
    assert (settings.actor, settings.lang, settings.theme) == ("Ola Nordmann", "nb", "nord")


def test_a_folder_that_cannot_be_written_is_no_error_when_remembering(
    bare: Cli, tmp_path: Path
) -> None:
    door = door_of(bare)
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    settings = replace(door.settings, config=tmp_path / "file" / "config.toml")
    DeskDoor(door.stage, settings).remember(theme="nord")


@pytest.mark.parametrize(
    ("typed", "is_code"),
    [
        ("0YCP-30A0-JFVH-2MB7-MN8K-HP0S-9EA9", True),
        ("0ycp 30a0 jfvh 2mb7 mn8k hp0s 9ea9", True),
        ("0YCP30A0-JFVH2MB7-MN8KHP0S9EA9", True),
        ("Grevlingpassfrase over fjellet", False),
        ("0YCP30A0JFVH2MB7MN8KHP0S9EA9", False),
        ("correct horse battery", False),
    ],
)
def test_a_passphrase_as_long_as_a_code_is_no_code(typed: str, is_code: bool) -> None:  # noqa: FBT001
    assert looks_like_code(typed) is is_code


def test_a_passphrase_is_asked_for_length_and_nothing_else(bare: Cli) -> None:
    for typed in ("a" * 15, " " * 15 + "x", "ingenting med store bokstaver", "漢字漢字漢" * 3):
        home = bare.home.parent / f"desk-{len(typed)}-{ord(typed[0])}"
        bare.environ["BREACHDESK_HOME"] = str(home)
        door = door_of(bare)
        door.make(actor="Kari", passphrase=typed, on_step=lambda _: None).desk.close()
    bare.environ["BREACHDESK_HOME"] = str(bare.home.parent / "short")
    for typed in ("S3cr!t-S3cr!t-", " " * 15):
        with pytest.raises(RefusedError, match="too short"):
            door_of(bare).make(actor="Kari", passphrase=typed, on_step=lambda _: None)
