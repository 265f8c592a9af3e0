"""Open a slot of ``key.json`` with what a person typed."""

from breachdesk.errors import WrongKeyError
from breachdesk.message import say
from breachdesk.store.keyfile import KeyFile, SlotKind
from breachdesk.store.recovery import read_code, write_code


def by_recovery(file: KeyFile, typed: str) -> bytes:
    """Return the desk's key from its recovery code.

    Raises:
        WrongKeyError: the code is another desk's, or this one has none.
        RefusedError: it was mistyped.
    """
    secret = secret_of(write_code(read_code(typed)))
    slot = file.slot(SlotKind.RECOVERY)
    key = slot.open(secret) if slot and secret else None
    if key is None or not file.fits(key):
        raise WrongKeyError(
            say("The recovery code is typed right, but belongs to another desk.")
            if slot
            else say("This desk was made without a recovery code."),
            say("Look for the code that was shown when this desk was made, or use its passphrase."),
        )
    return key


def by_passphrase(file: KeyFile, typed: str) -> bytes:
    """Return the desk's key from its passphrase.

    Raises:
        WrongKeyError: it is not this desk's passphrase.
    """
    slot = file.slot(SlotKind.PASSPHRASE)
    key = slot.open(typed) if slot else None
    if key is None or not file.fits(key):
        raise WrongKeyError(
            say("The passphrase does not open this desk."),
            say("Type it again, or use the recovery code."),
        )
    return key


def secret_of(code: str | None) -> str | None:
    """Return the recovery code as it is hashed: without its hyphens."""
    return None if code is None else code.replace("-", "")
