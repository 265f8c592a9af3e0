"""Keep one setting in config.toml, leaving every other line of it alone."""

import json
import os
import re
import tempfile
from pathlib import Path

from breachdesk.errors import SettingsError
from breachdesk.message import say
from breachdesk.settings.checks import CHECKS, UnfitError


def remember(config: Path, name: str, value: str | int | bool) -> None:  # noqa: FBT001
    """Write one setting into the config file, readable by its owner only.

    Args:
        config: The file; made, with its folder, when it is not there.
        name: Which setting.
        value: What it becomes.

    Raises:
        SettingsError: The value cannot be used, or the file cannot be written.
    """
    try:
        CHECKS[name](value)
        before = config.read_text(encoding="utf-8-sig") if config.exists() else ""
        _replace(config, _with_line(before, name, f"{name} = {_toml(value)}"))
    except UnfitError as error:
        raise SettingsError(
            say("“{value}” cannot be used as {name}.", value=str(value), name=name), error.wanted
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(say("{file} cannot be written.", file=str(config))) from error


def _with_line(text: str, name: str, line: str) -> str:
    """Return the text with the setting's line replaced, or put first, before any table."""
    pattern = re.compile(rf"^[ \t]*{name}[ \t]*=.*$", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _: line, text, count=1)
    return f"{line}\n{text}"


def _toml(value: str | int | bool) -> str:  # noqa: FBT001
    """Return the value in TOML; a JSON string is a TOML string but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(config: Path, text: str) -> None:
    config.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=config.parent, prefix=".config-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(config)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
