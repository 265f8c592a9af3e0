"""Passphrases and recovery codes as they are typed, or stand in a file."""

from pathlib import Path

from breachdesk.cli.stage import Stage
from breachdesk.errors import LockedError, RefusedError
from breachdesk.language import Speaker
from breachdesk.message import say
from breachdesk.settings.complaints import disk_complaint

_MOST_BYTES = 10_000
_CODE_LENGTH = 28
_GROUP = 4
_BETWEEN = "-–—‑ \t"


def from_file(path: Path) -> str:
    """Return the passphrase in a file: its first line.

    Raises:
        LockedError: It cannot be read, or holds none.
    """
    like = say("Put the passphrase on the first line of the file, in UTF-8.")
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise LockedError(
            say(
                "The passphrase file {path} cannot be read: {why}.",
                path=str(path),
                why=disk_complaint(error),
            ),
            like,
        ) from error
    except UnicodeDecodeError as error:
        raise LockedError(
            say("The passphrase file {path} is no text.", path=str(path)), like
        ) from error
    passphrase = text.splitlines()[0] if text else ""
    if not passphrase.strip():
        raise LockedError(say("The passphrase file {path} is empty.", path=str(path)), like)
    return passphrase


def looks_like_code(typed: str) -> bool:
    """Is it as long as a recovery code, in groups of four, rather than a passphrase?"""
    groups = "".join(" " if sign in _BETWEEN else sign for sign in typed).split()
    bare = "".join(groups)
    are_fours = len(groups) > 1 and not any(len(group) % _GROUP for group in groups)
    return are_fours and len(bare) == _CODE_LENGTH and bare.isalnum()


def chosen(stage: Stage, speaker: Speaker) -> str | None:
    """Ask for a new passphrase twice; None when the person wants none.

    Raises:
        RefusedError: It is too short, or was typed differently the second time.
    """
    from breachdesk.tui.door import LEAST_CHARACTERS

    ask = stage.ask_secret
    if ask is None:
        return None
    first = ask(speaker.say(say("Choose a passphrase (Enter alone: only the keyring opens it): ")))
    if not first:
        return None
    if len(first) < LEAST_CHARACTERS:
        raise RefusedError(
            say("The passphrase is too short."),
            say("Choose at least {count} characters.", count=LEAST_CHARACTERS),
        )
    if ask(speaker.say(say("Type it once more: "))) != first:
        raise RefusedError(say("The two were not the same; nothing was made."), say("Start again."))
    return first
