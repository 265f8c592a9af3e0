"""How a desk is opened, as the command line hands it in: the screen never sees key or store.

Nothing here imports the desk. A `Door` imports it inside its methods, which run in a thread, so
that the first screen is painted before the database is loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from breachdesk.message import Message
from breachdesk.terms import Lang

if TYPE_CHECKING:
    from breachdesk.desk import Desk
    from breachdesk.records import Profile


LEAST_CHARACTERS = 15
"""Of a passphrase that somebody chooses and types: it alone guards the desk, and NIST SP 800-63B-4,
section 3.1.1.2, asks for 15. Length only; rules of composition make passphrases no better. One that
stands in a file, for a machine, is taken as it is."""


class Step(Enum):
    """What opening a desk is busy with."""

    LOADING = "loading"
    """The program's own parts."""
    KEYRING = "keyring"
    """Waiting for the keyring, which may be waiting for its owner."""
    KEY = "key"
    """Working out the key from a passphrase or recovery code."""
    DATABASE = "database"
    LOCKING = "locking"
    """Keeping what is half typed, and closing."""


OnStep = Callable[[Step], None]
"""Called from the thread that opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDesk:
    """An open desk and what is worth saying about how it was opened."""

    desk: "Desk"
    notes: tuple[Message, ...] = ()
    """Such as: the keyring had lost the key; it holds it again."""
    recovery_code: str = ""
    """Of a desk just made: shown once. Empty otherwise."""
    code_warning: Message | None = None
    """Said, until it is understood, of a recovery code that nobody confirmed as written down."""


class Door(Protocol):
    """Opens the desk in one folder.

    Every method may block; only `exists`, `locked_at`, `now` and `ticks` are quick.
    """

    @property
    def home(self) -> Path:
        """The folder of the desk."""

    def now(self) -> datetime:
        """Return the present moment, aware; the screens read no other clock."""

    def ticks(self) -> float:
        """Return seconds that only ever grow, whatever the clock is set to."""

    def exists(self) -> bool:
        """Is there a desk in the folder?"""

    def locked_at(self) -> int:
        """Return a number that changes each time somebody locks the desk elsewhere."""

    def forget(self) -> None:
        """Take the key out of the keyring, when the screen is locked: opening asks for it again.

        Other windows stay as they are, and a passphrase file still opens the desk.

        Raises:
            RefusedError: nothing but the keyring opens this desk, so it keeps the key.
            LockedError: the keyring does not answer, or still holds the key.
            NoDeskError, StoreError: see there.
        """

    def open(
        self,
        *,
        actor: str,
        passphrase: str = "",
        recovery: str = "",
        on_step: OnStep,
    ) -> OpenedDesk:
        """Open the desk with what was typed; with nothing typed, with passphrase file or keyring.

        It may wait for the keyring as long as it takes: the screen lets the person turn to the
        passphrase meanwhile, and then closes whatever this returns in the end.

        Raises:
            LockedError: nothing was typed, and no keyring and no passphrase file opens it.
            WrongKeyError: the passphrase or recovery code does not fit; each says which.
            NoDeskError, StoreError: see there.
        """

    def make(self, *, actor: str, passphrase: str, on_step: OnStep) -> OpenedDesk:
        """Make a desk with a passphrase and a recovery code, and open it.

        Raises:
            DeskExistsError: there is one already.
            RefusedError: the passphrase is too short.
            StoreError: the folder cannot be written.
        """

    def written_down(self) -> None:
        """Keep that the recovery code of this desk was written down."""

    def read_profile(self, path: Path) -> "Profile":
        """Read an organisation's profile from a TOML file.

        Raises:
            RefusedError: it cannot be read, is no TOML, or does not hold together.
        """

    def remember(
        self, *, actor: str | None = None, lang: Lang | None = None, theme: str | None = None
    ) -> None:
        """Keep a choice for the next start; a folder that cannot be written is no error."""
