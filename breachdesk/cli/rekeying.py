"""Give the desk a new key and a new recovery code."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.door import DeskDoor
from breachdesk.cli.errand import Errand
from breachdesk.cli.founding import reserved
from breachdesk.cli.options import option
from breachdesk.cli.passphrases import chosen, from_file, looks_like_code
from breachdesk.cli.plain import iso
from breachdesk.cli.written_down import confirm_code
from breachdesk.errors import BreachdeskError, LockedError, StoreError
from breachdesk.message import say

if TYPE_CHECKING:
    from breachdesk.records import Backup
    from breachdesk.store.keys import OpenedKey
    from breachdesk.store.rekeying import NewKey

_PREVIOUS, _EARLIER = "previous", "earlier"
_OPENED_BY = {
    _PREVIOUS: say(
        "These backups still open with the passphrase and the recovery code that held until now:"
    ),
    _EARLIER: say(
        "These are older, and open with the passphrase and the recovery code that held when they "
        "were made:"
    ),
}
"""Which key opens a backup, and how that is said."""


def register(desk: Counter) -> None:
    """Add the command."""
    desk.command(
        "rekey",
        say("Make a new key and a new recovery code. Backups made before open with the old one."),
        "breachdesk rekey",
        "breachdesk rekey --recovery-file /media/usb/recovery.txt",
    )(rekey)


def rekey(
    errand: Errand,
    *,
    recovery_file: Annotated[
        str | None,
        option("--recovery-file", "FILE", say("Write the recovery code there, not on the screen.")),
    ] = None,
) -> None:
    """Change the key."""
    from breachdesk.store.keyfile import fingerprint
    from breachdesk.store.keys import Call, call_windows, remember_key
    from breachdesk.store.rekeying import new_key
    from breachdesk.store.rekeying import rekey as change

    desk = errand.acting()
    old = desk.office.store.key
    backups = desk.keeping.backups()
    opened = _opened(errand)
    new = new_key(old, passphrase=_passphrase(errand, opened), kdf=errand.stage.kdf)
    place = _shown(errand, new, recovery_file)
    if not opened.is_in_keyring and len(new.changing.slots) == 1:
        errand.note(say("From then on nothing but this code opens the desk."))
    errand.leave_desk()
    home = errand.settings.home
    try:
        call_windows(home, Call.REKEYING, now=errand.now())
        change(
            home,
            old,
            new,
            remember=partial(remember_key, opened, keyring_seconds=errand.stage.keyring_seconds),
        )
    except BreachdeskError:
        errand.note(say("The key was not changed: the code that was shown opens nothing."))
        if place is not None:
            place.unlink(missing_ok=True)
        raise
    confirm_code(home)
    with suppress(StoreError):  # they were called once already
        call_windows(home, Call.REKEYED, now=errand.now())
    errand.unlock_with("", new.recovery_code)
    errand.desk.keeping.record_key_change(fingerprint(old), fingerprint(new.key))
    opened_by = {fingerprint(old): _PREVIOUS, fingerprint(new.key): None}
    kept = [(one, opened_by.get(one.key_check, _EARLIER)) for one in backups]
    _tell(errand, [(one, key) for one, key in kept if key is not None], place)


def _opened(errand: Errand) -> "OpenedKey":
    """Return how the desk was opened, for the keyring to be given the new key as well."""
    from breachdesk.store.keyfile import read_key_file
    from breachdesk.store.keys import OpenedKey

    file = read_key_file(errand.settings.home)
    door = DeskDoor(errand.stage, errand.settings)
    try:
        return door.key(
            typed=errand.typed, recovery=errand.recovery, seconds=errand.stage.keyring_seconds
        )
    except LockedError:  # what opened it was typed, and is not kept
        return OpenedKey(desk_id=file.desk_id, key=b"", source="passphrase")


def _passphrase(errand: Errand, opened: "OpenedKey") -> str | None:
    """Return the passphrase that is to open the desk from then on.

    Raises:
        LockedError: the desk needs one, and none was typed or nobody is there to.
        RefusedError: what was typed will not do.
    """
    from breachdesk.store.keyfile import SlotKind, read_key_file

    file = errand.settings.passphrase_file
    if file is not None:
        text = from_file(file)
        return None if looks_like_code(text) else text
    if errand.stage.ask_secret is not None:
        opens = say("Enter alone: no passphrase; only the keyring and the new code open the desk.")
        return chosen(errand, is_new=True, without=opens if opened.is_in_keyring else None)
    if read_key_file(errand.settings.home).slot(SlotKind.PASSPHRASE) or not opened.is_in_keyring:
        raise LockedError(
            say("A new key needs a passphrase too, and nobody is here to type one."),
            say(
                "Run this on a terminal, or name a file that holds one in "
                "BREACHDESK_PASSPHRASE_FILE."
            ),
        )
    return None


def _shown(errand: Errand, new: "NewKey", recovery_file: str | None) -> Path | None:
    """Show the code before anything is changed, so that no crash can lose it."""
    if recovery_file is None:
        errand.note(say("New recovery code, shown this once: {code}", code=new.recovery_code))
        errand.note(say("It opens the desk once this command says that the key is changed."))
        return None
    place = reserved(recovery_file)
    place.write_text(f"{new.recovery_code}\n", encoding="ascii")
    errand.note(say("The recovery code is in {path}: move it off this machine.", path=str(place)))
    return place


def _tell(errand: Errand, old: "list[tuple[Backup, str]]", place: Path | None) -> None:
    if errand.wants_json:
        errand.give(
            {
                "home": str(errand.settings.home),
                "recovery_file": str(place) if place else None,
                "open_with_old_key": [
                    {
                        "path": one.place,
                        "made_at": iso(one.made_at),
                        "sha256": one.sha256,
                        "key": key,
                    }
                    for one, key in old
                ],
            }
        )
        return
    errand.tell(say("The key is changed, and with it the recovery code."))
    errand.tell(say("Open windows of the desk lock within ten seconds and ask for the new one."))
    if not old:
        errand.tell(say("No backup is known that opens with the old key."))
    for key, words in _OPENED_BY.items():
        mine = [one for one, opened_by in old if opened_by == key]
        if mine:
            errand.tell(words)
        for one in mine:
            errand.tell(say("  {path}, {moment}", path=one.place, moment=one.made_at))
    errand.tell(say("Next: back up again; then destroy the old backups, or keep the old code."))
