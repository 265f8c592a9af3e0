"""Open a desk's database: is it there, may we write, does the key fit, is the schema ours?"""

import os
from pathlib import Path

from breachdesk.errors import NoDeskError, StoreError, WrongKeyError
from breachdesk.message import say
from breachdesk.store.engine import START_BYTES, looks_encrypted
from breachdesk.store.files import disk_in_words, no_access, read_only
from breachdesk.store.keyfile import read_key_file
from breachdesk.store.laying import finish


def check_key(home: Path, key: bytes) -> None:
    """Make sure that this is the key of the desk in that folder, and finish a half-made desk.

    Raises:
        NoDeskError: there is no desk in this folder.
        WrongKeyError: it is another desk's key.
    """
    file = read_key_file(home)
    if not file.fits(key):
        raise WrongKeyError(
            say("This key belongs to another desk than the one in {home}.", home=str(home)),
            say("Open the desk with its own passphrase or recovery code."),
        )
    with disk_in_words(home):
        finish(home, file.desk_id)


def check_file(path: Path) -> None:
    """Make sure that there is a database that can be written and is not plainly something else.

    Raises:
        NoDeskError: the database is missing.
        StoreError: it cannot be written, or is no encrypted database.
    """
    if not path.exists():
        raise NoDeskError(
            say("The database {path} is missing, though its key.json is there.", path=str(path)),
            say("Bring desk.db back from a backup of this desk."),
        )
    if not os.access(path, os.R_OK):
        raise no_access(path)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise read_only(path)
    with disk_in_words(path, reading=True), path.open("rb") as file:
        start = file.read(START_BYTES)
    if not looks_encrypted(start):
        raise StoreError(
            say("{path} is not an encrypted desk.", path=str(path)),
            say("Bring desk.db back from a backup of this desk."),
        )
