"""What opens a backup: from the passphrase file, the terminal, or standard input."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.cli.errand import Errand
from breachdesk.cli.passphrases import TRIES, from_file, looks_like_code
from breachdesk.errors import BreachdeskError, LockedError, RefusedError, WrongKeyError
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.store.container import Contents

_LONGEST = 10_000


def typed_for_backup(errand: Errand, path: Path, contents: "Contents", kind: str | None) -> bytes:
    """Return the key of a backup; somebody at the terminal has three tries.

    Args:
        errand: the command.
        path: the backup.
        contents: what its header says.
        kind: ``recovery`` or ``passphrase``; None: told by how it looks.

    Raises:
        LockedError: nothing was given, and nobody is there to ask.
        WrongKeyError: it does not open this backup.
        RefusedError: the recovery code was mistyped.
    """
    ask = errand.stage.ask_secret
    given = _given(errand, kind)
    if given is not None or ask is None:
        if given is None:
            raise _nothing_given(kind)
        return _opened(path, contents, given, kind)
    question = {
        "recovery": say("Recovery code of the backup: "),
        "passphrase": say("Passphrase of the backup: "),
    }.get(kind or "", say("Passphrase or recovery code of the backup: "))
    for left in reversed(range(TRIES)):
        try:
            return _opened(path, contents, ask(errand.speaker.say(question)), kind)
        except (WrongKeyError, RefusedError) as error:
            if not left:
                raise
            errand.note(error.what)
    raise _nothing_given(kind)


def key_in_file(errand: Errand, path: Path, contents: "Contents", kind: str | None) -> bytes | None:
    """Return the key of a backup if the passphrase file opens it; nobody is asked."""
    file = errand.settings.passphrase_file
    if file is None:
        return None
    try:
        return _opened(path, contents, from_file(file), kind)
    except BreachdeskError:
        return None


def _given(errand: Errand, kind: str | None) -> str | None:
    """Return what stands in the passphrase file, or came on standard input for a recovery code."""
    file = errand.settings.passphrase_file
    if file is not None:
        return from_file(file)
    if kind == "recovery" and errand.stage.ask_secret is None and errand.take_input():
        return sys.stdin.readline(_LONGEST).strip() or None
    return None


def _opened(path: Path, contents: "Contents", typed: str, kind: str | None) -> bytes:
    from breachdesk.store.restoring import unlock_backup

    is_code = kind == "recovery" or (kind is None and looks_like_code(typed))
    return unlock_backup(
        path,
        contents,
        passphrase="" if is_code else typed,
        recovery=typed.strip() if is_code else "",
    )


def _nothing_given(kind: str | None) -> LockedError:
    if kind == "recovery":
        return LockedError(
            say("No recovery code was given."),
            say("Type it on a terminal, or hand it in on standard input."),
        )
    return LockedError(
        say("Nothing was given that opens the backup."),
        say(
            "Name a file that holds the passphrase in BREACHDESK_PASSPHRASE_FILE, or run this on a "
            "terminal."
        ),
    )
