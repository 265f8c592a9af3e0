"""Put the settings together: flags > BREACHDESK_* > config.toml > default. Reads one file."""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from platformdirs import user_config_path, user_data_path, user_log_path

from breachdesk.errors import SettingsError
from breachdesk.message import say
from breachdesk.settings.checks import CHECKS, UnfitError, language
from breachdesk.settings.complaints import toml_complaint
from breachdesk.settings.runtime import runtime_folder
from breachdesk.settings.values import FLAGS, Origin, Settings, Source

APP = "breachdesk"
PREFIX = "BREACHDESK_"
CONFIG_NAME = "config.toml"
IDLE_MINUTES = 15
_NORWEGIAN = ("nb", "nn", "no")
_NOT_IN_FILE = frozenset({"config"})

Found = dict[str, tuple[object, Source]]
"""Setting to its checked value and where it came from."""


def read_settings(flags: Mapping[str, object], environ: Mapping[str, str]) -> Settings:
    """Return the settings of this run.

    Args:
        flags: Setting name to what a flag said; None where it was not given.
        environ: The environment; an empty variable counts as not set.

    Raises:
        SettingsError: A value cannot be used, the file cannot be read, or it has an unknown key.
    """
    given = _from_environment(environ) | _from_flags(flags)
    folder = given.get("home", (None, None))[0]
    moved = folder if isinstance(folder, Path) else None
    config = _config_path(given, moved)
    found = _from_file(config, must_exist="config" in given) | given

    def value(name: str, *, default: object) -> Any:  # noqa: ANN401 - checked by CHECKS[name]
        return found[name][0] if name in found else default

    secret = value("passphrase_file", default=None)
    return Settings(
        home=value("home", default=user_data_path(APP, appauthor=False)).absolute(),
        runtime=runtime_folder(environ),
        config=config.absolute(),
        logs=(moved / "logs" if moved else user_log_path(APP, appauthor=False)).absolute(),
        lang=value("lang", default=_spoken(environ)),
        paper_lang=value("paper_lang", default=None),
        zone=value("zone", default=ZoneInfo("Europe/Oslo")),
        actor=value("actor", default=None),
        passphrase_file=secret.absolute() if secret else None,
        keyring=value("keyring", default=True),
        theme=value("theme", default=None),
        idle_minutes=value("idle_minutes", default=IDLE_MINUTES),
        sources={name: source for name, (_, source) in found.items()},
    )


def spoken_language(asked: str | None, environ: Mapping[str, str]) -> str:
    """Return the language meant, as far as it can be read, whatever is wrong with the settings.

    Args:
        asked: What ``--lang`` said; None where it was not given.
        environ: The environment.
    """
    for raw in (asked, environ.get(f"{PREFIX}LANG"), _said_in_file(environ)):
        with suppress(UnfitError):
            return language(raw)
    return _spoken(environ)


def _said_in_file(environ: Mapping[str, str]) -> object:
    """Return what the config file says of the language; None where it cannot be read."""
    places = {name: environ.get(f"{PREFIX}{name.upper()}") for name in ("home", "config")}
    with suppress(SettingsError, UnfitError):
        given: Found = {
            name: (CHECKS[name](raw), Source(Origin.ENVIRONMENT, name))
            for name, raw in places.items()
            if raw
        }
        folder = given.get("home", (None, None))[0]
        config = _config_path(given, folder if isinstance(folder, Path) else None)
        return _read_table(config, must_exist=False).get("lang")
    return None


def _from_flags(flags: Mapping[str, object]) -> Found:
    return {
        name: _checked(name, raw, Source(Origin.FLAG, FLAGS[name]))
        for name, raw in flags.items()
        if raw is not None
    }


def _from_environment(environ: Mapping[str, str]) -> Found:
    return {
        name: _checked(name, raw, Source(Origin.ENVIRONMENT, variable))
        for name in FLAGS
        if (raw := environ.get(variable := f"{PREFIX}{name.upper()}"))
    }


def _config_path(given: Found, moved: Path | None) -> Path:
    if "config" in given:
        named = given["config"][0]
        return named if isinstance(named, Path) else Path(str(named))
    return (moved or user_config_path(APP, appauthor=False)) / CONFIG_NAME


def _from_file(config: Path, *, must_exist: bool) -> Found:
    table = _read_table(config, must_exist=must_exist)
    source = Source(Origin.FILE, str(config))
    found: Found = {}
    for name, raw in table.items():
        if name not in FLAGS or name in _NOT_IN_FILE:
            raise _unknown(name, config)
        checked, _ = _checked(name, raw, source)
        beside = config.parent / checked if isinstance(checked, Path) else checked
        found[name] = (beside, source)
    return found


def _read_table(config: Path, *, must_exist: bool) -> Mapping[str, object]:
    try:
        return tomllib.loads(config.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        if not must_exist:
            return {}
        raise SettingsError(say("{file} is not there.", file=str(config))) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(say("{file} cannot be read.", file=str(config))) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            say("{file} is not TOML: {why}.", file=str(config), why=toml_complaint(error)),
            say("Correct that line or take the file away."),
        ) from error


def _unknown(name: str, config: Path) -> SettingsError:
    known = sorted(set(FLAGS) - _NOT_IN_FILE)
    near = get_close_matches(name, known, n=1)
    return SettingsError(
        say("{file}: there is no setting “{name}”.", file=str(config), name=name),
        say("Did you mean {name}?", name=near[0])
        if near
        else say("There are: {names}.", names=", ".join(known)),
    )


def _checked(name: str, raw: object, source: Source) -> tuple[object, Source]:
    try:
        return CHECKS[name](raw), source
    except UnfitError as error:
        raise SettingsError(
            say(
                "{source}: “{value}” cannot be used as {name}.",
                source=str(source),
                value=str(raw)[:80],
                name=name,
            ),
            error.wanted,
        ) from error


def _spoken(environ: Mapping[str, str]) -> str:
    """Return the language the system speaks, as POSIX says: LC_ALL, LC_MESSAGES, LANG."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environ[name] for name in names if environ.get(name)), "")
    return "nb" if re.split(r"[_.@-]", locale.lower())[0] in _NORWEGIAN else "en"
