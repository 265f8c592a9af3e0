"""Was the recovery code of a desk written down? A file without content says: nobody confirmed it.

It lies beside ``key.json`` from before the code is shown until somebody says that it is written
down. Its name holds the desk's id, so that one that is left of another desk says nothing. There is
nothing secret in it, and no backup takes it along.
"""

from contextlib import suppress
from pathlib import Path


def unconfirmed(home: Path, desk_id: str) -> Path:
    """Return the file that is there as long as the code was not confirmed as written down."""
    return home / f"recovery-{desk_id}.unconfirmed"


def is_unconfirmed(home: Path, desk_id: str) -> bool:
    """Did nobody confirm that the desk's recovery code was written down?"""
    return unconfirmed(home, desk_id).exists()


def confirm(home: Path, desk_id: str) -> None:
    """Keep that it was; where nothing can be written, the next opening asks again."""
    with suppress(OSError):
        unconfirmed(home, desk_id).unlink(missing_ok=True)
