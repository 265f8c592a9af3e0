"""What a setting's value may be: text, number or TOML value in, the real value out."""

from collections.abc import Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from breachdesk.message import Message, say

LONGEST_IDLE = 24 * 60
LONGEST_NAME = 200
_SPOKEN = {"en": "en", "nb": "nb", "nn": "nn", "no": "nb"}
_SWITCH = {
    **dict.fromkeys(("on", "yes", "true", "1", "ja", "på"), True),
    **dict.fromkeys(("off", "no", "false", "0", "nei", "av"), False),
}


class UnfitError(ValueError):
    """The value cannot be used; the message says what can."""

    def __init__(self, wanted: Message) -> None:
        """Keep what the value must be."""
        super().__init__(str(wanted))
        self.wanted = wanted


def language(value: object) -> str:
    """Return a language; ``no`` means bokmål."""
    spoken = _SPOKEN.get(str(value).lower()) if isinstance(value, str) else None
    if spoken is None:
        raise UnfitError(say("Write en, nb or nn."))
    return spoken


def zone(value: object) -> ZoneInfo:
    """Return a time zone by its IANA name."""
    wanted = UnfitError(say("Write the name of a time zone, such as Europe/Oslo."))
    if not isinstance(value, str):
        raise wanted
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise wanted from error


def name(value: object) -> str:
    """Return a name on one line."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or not text.isprintable() or len(text) > LONGEST_NAME:
        raise UnfitError(say("Write a name of at most {count} characters.", count=LONGEST_NAME))
    return text


def path(value: object) -> Path:
    """Return a path; ``~`` is the user's home."""
    text = str(value) if isinstance(value, str | Path) else ""
    if not text or "\0" in text:
        raise UnfitError(say("Write a path."))
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise UnfitError(say("Write a path.")) from error


def switch(value: object) -> bool:
    """Return on or off, in the words of both languages."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _SWITCH:
        return _SWITCH[value.lower()]
    raise UnfitError(say("Write on or off."))


def minutes(value: object) -> int:
    """Return whole minutes, up to a day."""
    wanted = UnfitError(say("Write minutes from 0 to {most}.", most=LONGEST_IDLE))
    is_digits = isinstance(value, str) and value.isascii() and value.isdigit()
    if isinstance(value, bool) or not (isinstance(value, int) or is_digits):
        raise wanted
    number = int(str(value)[:9])
    if not 0 <= number <= LONGEST_IDLE:
        raise wanted
    return number


CHECKS: Mapping[str, Callable[[object], object]] = {
    "home": path,
    "config": path,
    "lang": language,
    "paper_lang": language,
    "zone": zone,
    "actor": name,
    "passphrase_file": path,
    "keyring": switch,
    "theme": name,
    "idle_minutes": minutes,
}
