"""Passphrases and recovery codes as they are typed, or stand in a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.errors import LockedError, RefusedError
from breachdesk.message import Message, say
from breachdesk.settings.complaints import disk_complaint

if TYPE_CHECKING:
    from breachdesk.cli.errand import Errand

TRIES = 3
"""So often may a passphrase be typed wrong."""
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


def chosen(errand: "Errand", *, is_new: bool, without: Message | None) -> str | None:
    """Ask for a passphrase twice; None when the person wants none, or nobody is there.

    What will not do is asked for again at once: a passphrase typed after the program has ended
    would land, readable, in the history of the shell.

    Args:
        errand: asks and speaks.
        is_new: does it take the place of another?
        without: what opens the desk when there is none; None: the desk needs one.

    Raises:
        LockedError: none was given, three times, and the desk needs one.
        RefusedError: it was too short, or typed differently the second time, three times.
    """
    ask = errand.stage.ask_secret
    if ask is None:
        return None
    if without is not None:
        errand.note(without)
    for left in reversed(range(TRIES)):
        try:
            return _typed_twice(errand, ask, is_new=is_new, is_needed=without is None)
        except (LockedError, RefusedError) as error:
            if not left:
                raise
            errand.note(error.what)
    return None


def _typed_twice(
    errand: "Errand", ask: Callable[[str], str], *, is_new: bool, is_needed: bool
) -> str | None:
    from breachdesk.tui.door import LEAST_CHARACTERS

    first = ask(errand.speaker.say(_question(LEAST_CHARACTERS, is_new=is_new)))
    if not first and not is_needed:
        return None
    if not first:
        raise LockedError(
            say("No keyring holds the key, so the desk needs a passphrase."),
            say("Choose one of at least {count} characters.", count=LEAST_CHARACTERS),
        )
    check_chosen(first)
    if ask(errand.speaker.say(say("Type it once more: "))) != first:
        raise RefusedError(say("The two were not the same."), say("Start again."))
    return first


def check_chosen(passphrase: str) -> None:
    """Take a passphrase that somebody chose, wherever it was typed.

    Raises:
        RefusedError: It is too short, or blanks alone.
    """
    from breachdesk.tui.door import LEAST_CHARACTERS

    if len(passphrase) < LEAST_CHARACTERS or not passphrase.strip():
        raise RefusedError(
            say("The passphrase is too short."),
            say("Choose at least {count} characters.", count=LEAST_CHARACTERS),
        )


def _question(least: int, *, is_new: bool) -> Message:
    if is_new:
        return say("Choose a new passphrase (at least {count} characters): ", count=least)
    return say("Choose a passphrase (at least {count} characters): ", count=least)
