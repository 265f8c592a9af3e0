"""Settings: flags before variables before file before default, and each says where it came from."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from breachdesk.errors import SettingsError
from breachdesk.settings import Origin, Settings, Source, read_settings, remember


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def read(
    home: Path,
    config: str = "",
    *,
    env: Mapping[str, str] | None = None,
    flags: Mapping[str, object] | None = None,
) -> Settings:
    if config:
        (home / "config.toml").write_text(config, encoding="utf-8")
    return read_settings(flags or {}, {"BREACHDESK_HOME": str(home), **(env or {})})


def refused(home: Path, config: str = "", *, env: Mapping[str, str] | None = None) -> str:
    with pytest.raises(SettingsError) as caught:
        read(home, config, env=env)
    return f"{caught.value.what} {caught.value.next_step or ''}"


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(home: Path) -> None:
    assert read(home).lang == "en"
    assert read(home, 'lang = "nn"').lang == "nn"
    assert read(home, env={"BREACHDESK_LANG": "nb"}).lang == "nb"
    settings = read(home, env={"BREACHDESK_LANG": "nb"}, flags={"lang": "en"})
    assert settings.lang == "en"


def test_each_value_says_where_it_came_from(home: Path) -> None:
    settings = read(
        home,
        'theme = "nord"',
        env={"BREACHDESK_ACTOR": "Kari Nordmann"},
        flags={"lang": "nb", "zone": None},
    )
    assert settings.source("lang") == Source(Origin.FLAG, "--lang")
    assert settings.source("actor") == Source(Origin.ENVIRONMENT, "BREACHDESK_ACTOR")
    assert settings.source("theme") == Source(Origin.FILE, str(home / "config.toml"))
    assert settings.source("zone") == Source(Origin.DEFAULT, "")
    rows = {name: (value, str(source)) for name, value, source in settings.rows()}
    assert rows["actor"] == ("Kari Nordmann", "BREACHDESK_ACTOR")
    assert rows["zone"] == ("Europe/Oslo", "default")
    assert rows["keyring"] == ("on", "default")
    assert rows["passphrase_file"] == ("", "default")


def test_one_variable_moves_everything_to_one_folder(home: Path) -> None:
    settings = read(home)
    assert settings.home == home
    assert settings.config == home / "config.toml"
    assert settings.logs == home / "logs"


def test_without_it_the_platforms_folders_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    settings = read_settings({}, {})
    assert settings.home.is_absolute()
    assert settings.home != settings.config.parent
    assert settings.config.name == "config.toml"


def test_an_empty_variable_is_not_set(home: Path) -> None:
    assert read(home, env={"BREACHDESK_LANG": "", "BREACHDESK_ACTOR": ""}).actor is None


@pytest.mark.parametrize(
    ("env", "lang"),
    [
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nn_NO"}, "nb"),
        ({"LANG": "no"}, "nb"),
        ({"LANG": "no.UTF-8"}, "nb"),
        ({"LANG": "nl_NL.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "nb_NO.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "nb_NO"}, "nb"),
        ({}, "en"),
    ],
)
def test_the_system_language_decides_unless_set(
    home: Path, env: Mapping[str, str], lang: str
) -> None:
    assert read(home, env=env).lang == lang


def test_the_file_may_set_everything(home: Path) -> None:
    settings = read(
        home,
        'home = "elsewhere"\nlang = "no"\npaper_lang = "en"\nzone = "Atlantic/Faroe"\n'
        'actor = "Ola"\npassphrase_file = "secret"\nkeyring = false\ntheme = "nord"\n'
        "idle_minutes = 0\n",
    )
    assert settings.home == home, "the variable is stronger"
    assert (settings.lang, settings.paper_lang) == ("nb", "en")
    assert settings.zone.key == "Atlantic/Faroe"
    assert settings.passphrase_file == home / "secret", "beside the file"
    assert settings.keyring is False
    assert settings.idle_minutes == 0


def test_a_config_file_named_elsewhere_is_read_and_can_move_the_desk(tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"
    config.write_text('home = "desk"\n', encoding="utf-8")
    settings = read_settings({"config": config}, {})
    assert settings.home == tmp_path / "desk"
    with pytest.raises(SettingsError, match=r"gone\.toml is not there"):
        read_settings({}, {"BREACHDESK_CONFIG": str(tmp_path / "gone.toml")})


@pytest.mark.parametrize("word", ["off", "NO", "false", "0", "nei", "av"])
def test_a_switch_is_understood_in_both_languages(home: Path, word: str) -> None:
    assert read(home, env={"BREACHDESK_KEYRING": word}).keyring is False


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LANG", "norsk"),
        ("PAPER_LANG", "de"),
        ("ZONE", "Oslo"),
        ("ZONE", "../../etc/passwd"),
        ("ZONE", "Europe"),
        ("ACTOR", "  "),
        ("ACTOR", "a\nb"),
        ("ACTOR", "x" * 201),
        ("KEYRING", "maybe"),
        ("IDLE_MINUTES", "-1"),
        ("IDLE_MINUTES", "1441"),
        ("IDLE_MINUTES", "٣"),
        ("IDLE_MINUTES", "9" * 5000),
        ("HOME", "~nobody-of-that-name/x"),
    ],
)
def test_a_bad_value_is_refused_naming_where_it_came_from(
    home: Path, variable: str, value: str
) -> None:
    said = refused(home, env={f"BREACHDESK_{variable}": value})
    assert f"BREACHDESK_{variable}: “" in said
    assert "Write " in said


@pytest.mark.parametrize(
    "config", ["lang = 1", "keyring = 1", "idle_minutes = true", 'home = ""', "zone = []"]
)
def test_a_value_of_the_wrong_kind_in_the_file_is_refused_naming_the_file(
    home: Path, config: str
) -> None:
    assert str(home / "config.toml") in refused(home, config)


def test_an_unknown_setting_is_refused_and_the_nearest_one_named(home: Path) -> None:
    assert "Did you mean lang?" in refused(home, 'lnag = "nb"')
    assert "There are: actor, home" in refused(home, "qqqq = 1")
    assert "no setting “config”" in refused(home, 'config = "x"')


def test_a_file_that_cannot_be_read_is_said_so(home: Path) -> None:
    assert "is not TOML" in refused(home, "lang = ")
    (home / "config.toml").write_bytes(b"\xff\xfe")
    assert "cannot be read" in refused(home)
    (home / "config.toml").unlink()
    (home / "config.toml").mkdir()
    assert "cannot be read" in refused(home)


def test_a_remembered_setting_is_read_again_and_the_rest_stays(home: Path) -> None:
    config = home / "config.toml"
    config.write_text('# mine\nlang = "nb" # kept\n[later]\n', encoding="utf-8")
    remember(config, "actor", 'Kari "K" \\ Nordmann')
    remember(config, "lang", "nn")
    text = config.read_text(encoding="utf-8")
    assert tomllib.loads(text)["actor"] == 'Kari "K" \\ Nordmann'
    assert text.splitlines()[1:] == ["# mine", 'lang = "nn"', "[later]"]
    assert config.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == ["config.toml"]


def test_a_first_setting_makes_the_file_and_its_folder(tmp_path: Path) -> None:
    config = tmp_path / "new" / "config.toml"
    remember(config, "keyring", value=False)
    remember(config, "idle_minutes", 5)
    settings = read_settings({"config": config}, {})
    assert (settings.keyring, settings.idle_minutes) == (False, 5)


def test_a_bad_setting_is_not_remembered(home: Path) -> None:
    config = home / "config.toml"
    with pytest.raises(SettingsError):
        remember(config, "lang", "norsk")
    assert not config.exists()
    with pytest.raises(SettingsError, match="cannot be written"):
        remember(home, "lang", "nb")


def test_reading_settings_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings({"home": "here"}, {})
    assert settings.home == tmp_path / "here"
    assert not os.listdir(tmp_path)  # noqa: PTH208
