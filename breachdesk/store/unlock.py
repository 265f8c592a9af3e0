"""Open a slot of ``key.json`` with what a person typed."""

from pathlib import Path

from breachdesk.errors import WrongKeyError
from breachdesk.message import say
from breachdesk.store.keyfile import KEY_FILE, KeyFile, SlotKind, damaged
from breachdesk.store.recovery import read_code, write_code


def by_recovery(home: Path, file: KeyFile, typed: str) -> bytes:
    """Return the desk's key from its recovery code.

    Raises:
        WrongKeyError: the code is another desk's, or this one has none.
        RefusedError: it was mistyped.
        StoreError: it is right, but ``key.json`` is damaged.
    """
    secret = secret_of(write_code(read_code(typed)))
    slot = file.slot(SlotKind.RECOVERY)
    key = _opened(file, SlotKind.RECOVERY, secret or "")
    if key is None:
        raise WrongKeyError(
            say("The recovery code is typed right, but belongs to another desk.")
            if slot
            else say("This desk was made without a recovery code."),
            say(
                "Look for the code that was shown when this desk was made or its key last changed, "
                "or use its passphrase."
            ),
        )
    return _checked(home, file, key)


def by_passphrase(home: Path, file: KeyFile, typed: str) -> bytes:
    """Return the desk's key from its passphrase.

    Raises:
        WrongKeyError: it is not this desk's passphrase.
        StoreError: it is, but ``key.json`` is damaged.
    """
    key = _opened(file, SlotKind.PASSPHRASE, typed)
    if key is None:
        raise WrongKeyError(
            say("The passphrase does not open this desk."),
            say("Type it again, or use the recovery code."),
        )
    return _checked(home, file, key)


def secret_of(code: str | None) -> str | None:
    """Return the recovery code as it is hashed: without its hyphens."""
    return None if code is None else code.replace("-", "")


def _opened(file: KeyFile, kind: SlotKind, secret: str) -> bytes | None:
    keys = (slot.open(secret) for slot in file.slots_of(kind))
    return next((key for key in keys if key is not None), None)


def _checked(home: Path, file: KeyFile, key: bytes) -> bytes:
    """Return the key that a slot held, if it is the one the file was written for."""
    if not file.fits(key):
        raise damaged(home / KEY_FILE, say("“check” does not fit the key it holds"))
    return key
