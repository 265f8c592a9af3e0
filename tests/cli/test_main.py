import io
import subprocess
import sys
from pathlib import Path

import pytest

from breachdesk.cli import looking
from breachdesk.cli.main import main
from tests.cli.runner import Cli

SECRET = "Kari Nordmann has asthma"


def test_without_a_desk_the_exit_code_is_3(bare: Cli) -> None:
    said = bare("list", code=3)
    assert (said.out, "breachdesk init" in said.err) == ("", True)


def test_a_locked_desk_with_nobody_to_ask_is_3_and_says_how_to_open_it(cli: Cli) -> None:
    del cli.environ["BREACHDESK_PASSPHRASE_FILE"]
    said = cli("list", code=3)
    assert "BREACHDESK_PASSPHRASE_FILE" in said.err
    assert said.err.count("\n") == 1


def test_a_passphrase_file_that_is_missing_or_empty_is_no_key_at_hand(cli: Cli) -> None:
    path = Path(cli.environ["BREACHDESK_PASSPHRASE_FILE"])
    path.write_text("\n", encoding="utf-8")
    assert "is empty" in cli("list", code=3).err
    path.unlink()
    assert "cannot be read" in cli("list", code=3).err
    path.write_bytes(b"\xff\xfe")
    assert "is no text" in cli("list", code=3).err


def test_a_wrong_passphrase_is_refused(cli: Cli) -> None:
    path = Path(cli.environ["BREACHDESK_PASSPHRASE_FILE"])
    path.write_text("another one\n", encoding="utf-8")
    assert "does not open this desk" in cli.refused("list")


def test_three_wrong_passphrases_on_the_terminal_are_refused(cli: Cli) -> None:
    del cli.environ["BREACHDESK_PASSPHRASE_FILE"]
    cli.typed = ["one", "two", "three", "correct horse battery"]
    assert cli("list", code=2).err.count("does not open this desk") == 3


def test_a_mistyped_recovery_code_says_so(cli: Cli) -> None:
    del cli.environ["BREACHDESK_PASSPHRASE_FILE"]
    cli.typed = ["688G-9EAQ-P12A-Z6FT-5VZG-G1D1-9QVQ", "correct horse battery"]
    assert "typing mistake" in cli("list").err


def test_the_unforeseen_is_70_and_its_details_hold_no_word_of_a_case(
    cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        secret = f"what about {SECRET}"
        raise ZeroDivisionError(secret)

    monkeypatch.setattr(looking, "tell_case", fail)
    said = cli("show", case, code=70)
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1
    (details,) = (cli.home / "logs").glob("unforeseen-*.txt")
    assert str(details) in said.err
    assert details.stat().st_mode & 0o077 == 0
    text = details.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "command: show" in text
    assert SECRET not in text
    assert case not in text


def test_details_that_cannot_be_kept_are_no_second_fault(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(looking, "tell_list", fail)
    (cli.home / "logs").write_text("in the way", encoding="utf-8")
    assert "could not be kept" in cli("list", code=70).err


def test_ctrl_c_is_130(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(looking, "tell_list", interrupt)
    assert cli("list", code=130).out == ""


def test_ctrl_d_at_a_question_is_130(cli: Cli) -> None:
    def gone(_: str) -> str:
        raise EOFError

    del cli.environ["BREACHDESK_PASSPHRASE_FILE"]
    cli.typed = []
    stage = cli.stage()
    object.__setattr__(stage, "ask_secret", gone)
    assert main(["list"], stage) == 130


def test_a_closed_pipe_is_silent(cli: Cli, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    ended = main(["show", case], cli.stage())
    monkeypatch.undo()
    assert ended == 0
    assert "unforeseen" not in cli.capsys.readouterr().err


def test_a_broken_config_file_is_refused_and_help_still_works(cli: Cli) -> None:
    (cli.home / "config.toml").write_text("colour = 'red'\n", encoding="utf-8")
    assert "no setting “colour”" in cli.refused("list")
    assert cli("--help").out


def test_a_broken_config_file_is_told_of_in_the_language_that_was_meant(cli: Cli) -> None:
    """The flag, else BREACHDESK_LANG, else what the file itself says, else the system."""
    config, norwegian = cli.home / "config.toml", "ingen innstilling som heter"
    config.write_text("colour = 'red'\n", encoding="utf-8")
    assert norwegian in cli.refused("list", "--lang", "nb")
    assert norwegian in cli.refused("--lang=nb", "evidence", "check")
    cli.environ["LANG"] = "nb_NO.UTF-8"
    assert norwegian in cli.refused("list")
    cli.environ["BREACHDESK_LANG"] = "en"
    assert "there is no setting" in cli.refused("list")
    assert norwegian in cli.refused("list", "--lang", "nb")
    cli.environ |= {"BREACHDESK_LANG": "nb", "LC_ALL": "en_GB.UTF-8"}
    config.write_text("colour = [\n", encoding="utf-8")
    assert "er ikke gyldig TOML" in cli.refused("list")
    del cli.environ["BREACHDESK_LANG"]
    assert "is not TOML" in cli.refused("list")
    config.write_text("lang = 'nb'\ncolour = 'red'\n", encoding="utf-8")
    assert norwegian in cli.refused("list")


def test_an_unknown_language_is_refused(cli: Cli) -> None:
    assert "en, nb or nn" in cli.refused("list", "--lang", "klingon")


def test_bytes_that_are_no_text_are_refused(cli: Cli) -> None:
    assert "bytes that are no text" in cli.refused("new", "caf\udce9")
    assert "bytes that are no text" in cli.refused("new", "x", "--processing", "\udcff")


def test_a_name_is_said_when_nobody_gave_one(cli: Cli) -> None:
    del cli.environ["BREACHDESK_ACTOR"]
    assert "--as NAME" in cli("new", "Something").err
    assert cli("list").err == ""


def test_alone_it_opens_the_screen_with_door_and_settings(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    import breachdesk.tui.app

    seen: list[object] = []

    def run(door: object, settings: object) -> int:
        seen.extend((door, settings))
        return 0

    monkeypatch.setattr(breachdesk.tui.app, "run", run)
    cli("--as", "Ola", "--lang", "nb")
    door, settings = seen
    assert getattr(door, "home", None) == cli.home
    assert (getattr(settings, "actor", ""), getattr(settings, "lang", "")) == ("Ola", "nb")
    cli()
    assert len(seen) == 4


def test_output_that_cannot_be_written_is_one_sentence_and_no_traceback(
    cli: Cli, case: str
) -> None:
    script = "import sys; from breachdesk.cli.main import main; sys.exit(main(sys.argv[1:]))"
    for command in (["list"], ["--help"], ["timeline", case, "--json"]):
        with Path("/dev/full").open("wb") as full:
            ran = subprocess.run(
                [sys.executable, "-c", script, *command],
                stdout=full, stderr=subprocess.PIPE, text=True, env=cli.environ, check=False,
            )  # fmt: skip
        assert ran.returncode == 3, command
        assert ran.stderr == (
            "The output could not be written: the disk is full. "
            "What was recorded before that stands.\n"
        )


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_what_the_system_complains_of_is_said_in_the_reader_s_language(
    cli: Cli, case: str, lang: str
) -> None:
    absent, folder = str(cli.home / "none.toml"), str(cli.home)
    why = {"en": "there is no such file or folder", "nb": "filen eller mappen finnes ikke"}[lang]
    for command in (
        ["answer", case, "facts", "--file", absent],
        ["note", case, f"@{absent}"],
        ["organisation", "import", absent],
    ):
        told = cli.refused(*command, "--lang", lang)
        assert f"{why}." in told
        assert "No such file" not in told
    assert {"en": "it is a folder", "nb": "det er en mappe"}[lang] in cli.refused(
        "note", case, f"@{folder}", "--lang", lang
    )
    broken = cli.home / "broken.toml"
    broken.write_text("[answers]\ncause = kluss\n", encoding="utf-8")
    told = cli.refused("answer", case, "facts", "--file", str(broken), "--lang", lang)
    assert {"en": "line 2, column 9", "nb": "linje 2, kolonne 9"}[lang] in told


@pytest.mark.parametrize("group", ["form", "task", "evidence", "organisation"])
def test_a_group_called_alone_is_refused_in_our_words(cli: Cli, group: str) -> None:
    assert cli.refused(group).startswith("COMMAND is missing.")
    assert cli.refused("--lang", "nb", group).startswith("KOMMANDO mangler.")
