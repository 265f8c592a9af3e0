import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from breachdesk.cli.door import account_name
from breachdesk.store.keyfile import read_key_file
from breachdesk.store.recovery import read_code
from tests.cli.runner import PASSPHRASE, Cli
from tests.store.conftest import MemoryRing


def with_passphrase(cli: Cli, text: str = PASSPHRASE) -> Cli:
    path = cli.home.parent / "secret.txt"
    path.write_text(f"{text}\n", encoding="utf-8")
    cli.environ["BREACHDESK_PASSPHRASE_FILE"] = str(path)
    return cli


def test_init_asks_nothing_where_a_passphrase_file_is_named(bare: Cli) -> None:
    said = with_passphrase(bare)("init", "--json")
    assert said.json == {
        "home": str(bare.home),
        "key_source": "passphrase",
        "desk": read_key_file(bare.home).desk_id,
        "recovery_file": None,
        "organisation": None,
    }
    code = said.err.rstrip().rpartition(" ")[2]
    read_code(code)
    assert code not in said.out


def test_init_explains_desk_key_and_code_in_three_sentences(bare: Cli) -> None:
    told = with_passphrase(bare)("init", "--no-recovery", "--as", "Kari").err.splitlines()
    assert len(told) == 3
    assert str(bare.home) in told[0]


def test_with_nobody_to_ask_init_says_whose_name_will_stand_on_papers(bare: Cli) -> None:
    told = with_passphrase(bare)("init", "--no-recovery").err.splitlines()
    assert len(told) == 4
    assert account_name() in told[3]
    assert "BREACHDESK_ACTOR" in told[3]
    assert "--as NAME" in told[3]


def test_no_name_at_all_is_refused_wherever_it_stands(cli: Cli) -> None:
    for line in (["new", "x", "--as", ""], ["--as", " ", "new", "x"]):
        assert cli.refused(*line).startswith("--as: “")
    assert cli("list", "--json").json == []


def test_a_recovery_code_is_not_written_to_a_file_named_like_standard_output(bare: Cli) -> None:
    assert "“-” is no name" in with_passphrase(bare).refused("init", "--recovery-file", "-")
    assert not (bare.home / "key.json").exists()


def test_the_recovery_code_goes_to_a_file_of_its_own_and_opens_the_desk(bare: Cli) -> None:
    place = bare.home.parent / "recovery.txt"
    said = with_passphrase(bare)("init", "--recovery-file", str(place), "--json")
    assert said.json["recovery_file"] == str(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    code = place.read_text(encoding="ascii").strip()
    assert code not in said.out + said.err
    del bare.environ["BREACHDESK_PASSPHRASE_FILE"]
    bare.typed = [code]
    assert bare("list", "--json").json == []


def test_a_recovery_code_never_goes_over_another_file(bare: Cli) -> None:
    place = bare.home.parent / "recovery.txt"
    place.write_text("keep me", encoding="ascii")
    with_passphrase(bare)
    assert "there already" in bare.refused("init", "--recovery-file", str(place))
    assert place.read_text(encoding="ascii") == "keep me"
    assert not bare.home.exists()


def test_a_desk_is_never_made_over_another(cli: Cli) -> None:
    place = cli.home.parent / "recovery.txt"
    before = (cli.home / "key.json").read_bytes()
    assert "There is a desk in" in cli.refused("init", "--recovery-file", str(place))
    assert (cli.home / "key.json").read_bytes() == before
    assert not place.exists()


def test_with_nobody_to_ask_and_no_keyring_no_desk_is_made(bare: Cli) -> None:
    said = bare("init", code=3)
    assert "BREACHDESK_PASSPHRASE_FILE" in said.err
    assert not bare.home.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["fourteen signs"] * 3, "too short"),
        ([" " * 20] * 3, "too short"),
        (["a few words, long", "a few words, lonk"] * 3, "not the same"),
        ([""] * 3, "needs a"),
    ],
)
def test_a_passphrase_that_will_not_do_makes_no_desk(
    bare: Cli, typed: list[str], told: str
) -> None:
    bare.typed = typed
    said = bare("init", code=3 if typed[0] == "" else 2)
    assert said.err.count(told) == 3
    assert len(bare.asked) == len(typed)
    assert not (bare.home / "key.json").exists()


def test_a_passphrase_that_will_not_do_is_asked_for_again_at_once(bare: Cli) -> None:
    good = "a few words, long enough"
    bare.typed = ["short", good, "another one", good, good, "Ola"]
    said = bare("init")
    assert bare.asked[0] == "Choose a passphrase (at least 15 characters): "
    assert bare.asked[0] == bare.asked[1] == bare.asked[3]
    assert ("too short" in said.err, "not the same" in said.err) == (True, True)
    bare.typed = [good]
    assert bare("list", "--json").json == []


def test_where_there_is_no_keyring_init_offers_none_and_says_why(bare: Cli) -> None:
    good = "a few words, long enough"
    bare.typed = ["", good, good, "Ola"]
    said = bare("init", "--no-recovery")
    assert "The keyring is switched off: the passphrase opens" in said.err
    assert "so the desk needs a passphrase" in said.err
    assert "Enter alone" not in said.err + "".join(bare.asked)
    assert "Run this on a terminal" not in said.err


def test_with_a_keyring_init_says_what_enter_alone_means(
    bare: Cli, use_ring: Callable[[KeyringBackend], None]
) -> None:
    use_ring(MemoryRing())
    bare.environ["BREACHDESK_KEYRING"] = "on"
    bare.typed = ["", "Ola"]
    said = bare("init", "--json")
    assert "only the keyring and the recovery code open it" in said.err
    assert said.json["key_source"] == "keyring"


def test_the_first_start_on_a_terminal_asks_for_passphrase_and_name(
    bare: Cli, profile: Path
) -> None:
    bare.typed = ["a few words, long enough", "a few words, long enough", "Ola Nordmann"]
    said = bare("init", "--profile", str(profile))
    assert "Recovery code, shown this once" in said.err
    assert "Lyngheim" in said.out
    bare.typed = ["wrong", "a few words, long enough"]
    bare("new", "Something")
    bare.typed = ["a few words, long enough"]
    assert bare("show", "1", "--json").json["timeline"][0]["by"] == "Ola Nordmann"
    assert "Recorded as" not in said.err


def test_a_profile_that_does_not_hold_together_makes_no_desk(bare: Cli) -> None:
    broken = bare.home.parent / "broken.toml"
    broken.write_text("[organisation]\nnme = 'x'\n", encoding="utf-8")
    assert "“organisation.name” is missing" in with_passphrase(bare).refused(
        "init", "--profile", str(broken)
    )
    assert not bare.home.exists()


def test_the_profile_is_loaded_and_shown(cli: Cli, profile: Path) -> None:
    given = cli("organisation", "import", str(profile), "--json").json
    assert cli("organisation", "show", "--json").json == given
    assert given["organisation"]["name"] == "Lyngheim Kundeflyt AS"
    assert "platform" in cli("organisation", "show").out


def test_without_a_profile_show_says_what_to_do(cli: Cli) -> None:
    assert "organisation import" in cli.refused("organisation", "show")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[organisation", "is not TOML"),
        ("[organisation]\nname = ''", "“organisation.name” is empty"),
        ("[organisation]\nname = 'x'\ncolour = 'red'", "“organisation.colour” is not known"),
        ("[organisation]\nname = 'x'\nlanguage = 'sv'", "Choose one of: en, nb, nn"),
        (
            "[organisation]\nname = 'x'\n[[controller]]\nname = 'y'\nnotice_hours = -1",
            "“controller[1].notice_hours” is no number",
        ),
        (
            "[organisation]\nname = 'x'\n[[processing]]\nid='a'\ntitle='b'\nrole='boss'",
            "“processing[1].role” has a value that is not on its list",
        ),
        (f"[organisation]\nname = '{'x' * 301}'", "has more than 300 characters"),
        ("[organisation]\nname = 7", "“organisation.name” cannot be used"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said_in_our_words(cli: Cli, text: str, told: str) -> None:
    broken = cli.home.parent / "broken.toml"
    broken.write_text(text, encoding="utf-8")
    said = cli.refused("organisation", "import", str(broken))
    assert told in said
    assert "pydantic" not in said.lower()


def test_a_profile_that_is_no_text_or_not_there_is_refused(cli: Cli) -> None:
    odd = cli.home.parent / "odd.toml"
    odd.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in cli.refused("organisation", "import", str(odd))
    assert "cannot be read" in cli.refused("organisation", "import", str(odd.with_name("none")))
