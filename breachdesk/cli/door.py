"""Opens the desk: for the screen through `DeskDoor`, for a command through `unlocked`.

Everything comes together here: settings, key, store, forms, desk.
"""

import getpass
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from breachdesk.cli.passphrases import TRIES, check_chosen, from_file, looks_like_code
from breachdesk.cli.stage import Stage
from breachdesk.cli.viewing_left import left_copies
from breachdesk.cli.written_down import code_warning, confirm_code
from breachdesk.errors import (
    BreachdeskError,
    LockedError,
    RefusedError,
    SettingsError,
    WrongKeyError,
)
from breachdesk.message import Message, say
from breachdesk.settings import Settings, remember
from breachdesk.terms import Lang

if TYPE_CHECKING:
    from breachdesk.cli.errand import Errand
    from breachdesk.desk import Desk
    from breachdesk.records import Profile
    from breachdesk.store.keyfile import KeyFile
    from breachdesk.store.keys import KeyringUse, NewDesk, OpenedKey
    from breachdesk.tui.door import OnStep, OpenedDesk

_PATIENCE = 10 * 60.0
"""Seconds that the screen waits for the keyring, while it also takes a passphrase."""
_NOBODY = "breachdesk"


def account_name() -> str:
    """Return the name of the account, when nobody said who acts."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser() or _NOBODY
    return _NOBODY


@dataclass(frozen=True)
class DeskDoor:
    """The door of one desk, as the screen is handed it (`breachdesk.tui.door.Door`)."""

    stage: Stage
    settings: Settings

    @property
    def home(self) -> Path:
        """The folder of the desk."""
        return self.settings.home

    def now(self) -> datetime:
        """Return the present moment, aware."""
        return self.stage.clock()

    def ticks(self) -> float:
        """Return seconds that only ever grow, whatever the clock is set to."""
        from breachdesk.when import ticks

        return ticks()

    def exists(self) -> bool:
        """Is there a desk in the folder?"""
        return (self.home / "key.json").exists() or (self.home / "desk.db").exists()

    def open(
        self,
        *,
        actor: str,
        passphrase: str = "",
        recovery: str = "",
        on_step: "OnStep",
    ) -> "OpenedDesk":
        """Open the desk with what was typed, else with the passphrase file or the keyring."""
        from breachdesk.tui.door import Step

        on_step(Step.LOADING)
        if passphrase or recovery:
            on_step(Step.KEY)
            opened = self.key(
                typed=passphrase, recovery=recovery, seconds=self.stage.keyring_seconds
            )
        else:
            on_step(Step.KEYRING)
            opened = self.key(seconds=_PATIENCE)
        on_step(Step.DATABASE)
        return self._opened(opened, actor, opened.notes)

    def make(self, *, actor: str, passphrase: str, on_step: "OnStep") -> "OpenedDesk":
        """Make a desk with a passphrase and a recovery code, and open it."""
        from breachdesk.tui.door import Step

        check_chosen(passphrase)
        on_step(Step.LOADING)
        made = self.new_desk(passphrase=passphrase, want_recovery=True)
        on_step(Step.KEY)
        opened = self.key(typed=passphrase, seconds=self.stage.keyring_seconds)
        on_step(Step.DATABASE)
        return self._opened(opened, actor, (), recovery_code=made.recovery_code or "")

    def read_profile(self, path: Path) -> "Profile":
        """Read an organisation's profile from a TOML file."""
        from breachdesk.cli.profiles import read_profile

        return read_profile(path)

    def written_down(self) -> None:
        """Keep that the recovery code was written down; a folder that cannot be is no error."""
        with suppress(BreachdeskError):
            confirm_code(self.home)

    def remember(
        self, *, actor: str | None = None, lang: Lang | None = None, theme: str | None = None
    ) -> None:
        """Keep a choice for the next start; a folder that cannot be written is no error."""
        chosen = {"actor": actor, "lang": lang.value if lang else None, "theme": theme}
        for name, value in chosen.items():
            if value:
                with suppress(SettingsError):
                    remember(self.settings.config, name, value)

    def new_desk(self, *, passphrase: str | None, want_recovery: bool) -> "NewDesk":
        """Make an empty desk in the folder; its code counts as unseen until `written_down`.

        Raises:
            DeskExistsError: there is one already.
            RefusedError: nothing would ever open it.
        """
        from breachdesk.store.keys import make_desk

        return make_desk(
            self.home,
            passphrase=passphrase,
            want_recovery=want_recovery,
            keyring=self._keyring(),
            now=self.now(),
            kdf=self.stage.kdf,
            keyring_seconds=self.stage.keyring_seconds,
            code_is_unseen=True,
        )

    def forget(self) -> None:
        """Take the key out of the keyring: only what is typed, or a passphrase file, opens it.

        Raises:
            NoDeskError, RefusedError, LockedError, StoreError: see `forget_key`.
        """
        self.lock(calls_windows=False)

    def lock(self, *, calls_windows: bool = True) -> bool:
        """Take the key out of the keyring, and call open windows to lock.

        Returns:
            Whether the keyring held it.

        Raises:
            NoDeskError, RefusedError, LockedError, StoreError: see `forget_key`.
        """
        from breachdesk.store.keys import KeyringUse, forget_key

        uses = KeyringUse.WITH_LIMIT if self.settings.keyring else KeyringUse.OFF
        return forget_key(
            self.home,
            keyring=uses,
            now=self.now(),
            keyring_seconds=self.stage.keyring_seconds,
            calls_windows=calls_windows,
        )

    def locked_at(self) -> int:
        """Return a number that changes each time somebody locks the desk."""
        from breachdesk.store.keys import locked_at

        return locked_at(self.home)

    def why_called(self) -> LockedError | None:
        """Return why windows were last called to lock, if more is to be said than that they are."""
        from breachdesk.store.keys import why_called

        return why_called(self.home)

    def key(self, *, typed: str = "", recovery: str = "", seconds: float) -> "OpenedKey":
        """Find the key: by what was typed, else the passphrase file, else the keyring.

        Raises:
            LockedError: none of them opens it.
            WrongKeyError: what was typed, or stands in the file, is not this desk's.
        """
        from breachdesk.store.keys import open_key

        given = typed or recovery
        is_needed = not given and (self.home / "key.json").exists()
        in_file = self._passphrase_in_file() if is_needed else None
        if in_file is not None and looks_like_code(in_file):
            recovery, in_file = in_file, None
        one = typed or in_file
        opened = open_key(
            self.home,
            passphrase=(lambda: one) if one is not None else None,
            recovery=recovery or None,
            keyring=self._keyring(),
            keyring_seconds=seconds,
        )
        if opened.source == "recovery":  # whoever has the code has written it down
            self.written_down()
        return opened

    def desk(
        self, opened: "OpenedKey", actor: str, on_wait: Callable[[], None] | None = None
    ) -> "Desk":
        """Return the desk that a key opens; the keyring remembers the chain's head at its close."""
        from breachdesk.desk import Desk
        from breachdesk.forms import find_forms, load
        from breachdesk.store.keys import remember_head
        from breachdesk.store.store import open_store

        forms = load(find_forms(), self.home / "forms")
        store = open_store(self.home, opened.key, known_head=opened.known_head, on_wait=on_wait)
        return Desk(
            store,
            forms,
            actor=actor or self.settings.actor or account_name(),
            clock=self.stage.clock,
            zone=self.settings.zone,
            at_closing=partial(remember_head, opened, keyring_seconds=self.stage.keyring_seconds),
        )

    def known_elsewhere(self, file: "KeyFile") -> tuple[tuple[int, str] | None, bool]:
        """Return the newest entry the keyring knows of a desk to be restored; did it not answer?"""
        from breachdesk.store.keys import KeyringUse, known_elsewhere

        asks = self.settings.keyring and file.may_use_keyring
        return known_elsewhere(
            self.home,
            file.desk_id,
            keyring=KeyringUse.WITH_LIMIT if asks else KeyringUse.OFF,
            keyring_seconds=self.stage.keyring_seconds,
        )

    def settle_head(self, desk_id: str, key: bytes, head: tuple[int, str]) -> None:
        """Let the keyring know the restored desk's newest entry in place of the one it knew."""
        from breachdesk.store.keys import OpenedKey, mark_of, remember_head

        opened = OpenedKey(
            desk_id=desk_id,
            key=key,
            source="keyring",
            is_in_keyring=True,
            folder=mark_of(self.home),
        )
        remember_head(opened, head, keyring_seconds=self.stage.keyring_seconds)

    def _opened(
        self,
        opened: "OpenedKey",
        actor: str,
        notes: tuple[Message, ...],
        recovery_code: str = "",
    ) -> "OpenedDesk":
        from breachdesk.tui.door import OpenedDesk

        desk = self.desk(opened, actor)
        notes = (*notes, *left_copies(self.settings))
        return OpenedDesk(
            desk=desk,
            notes=notes,
            recovery_code=recovery_code,
            code_warning=code_warning(self.home, opened.desk_id),
        )

    def _passphrase_in_file(self) -> str | None:
        file = self.settings.passphrase_file
        return None if file is None else from_file(file)

    def _keyring(self) -> "KeyringUse":
        """Return whether the keyring is asked: never beside a passphrase file."""
        from breachdesk.store.keys import KeyringUse

        asks = self.settings.keyring and self.settings.passphrase_file is None
        return KeyringUse.WITH_LIMIT if asks else KeyringUse.OFF


def unlocked(errand: "Errand") -> "tuple[Desk, tuple[Message, ...]]":
    """Return the open desk for a command, asking on the terminal when somebody is there.

    Raises:
        LockedError: no key at hand and nobody to ask.
        WrongKeyError: typed wrong three times, or the passphrase file is another desk's.
    """
    door = DeskDoor(errand.stage, errand.settings)
    try:
        opened = door.key(
            typed=errand.typed, recovery=errand.recovery, seconds=errand.stage.keyring_seconds
        )
    except LockedError as error:
        if not (door.home / "key.json").exists():
            raise
        opened = _asked(errand, door, error)
    desk = door.desk(opened, errand.actor, errand.say_waiting)
    notes = (*opened.notes, *left_copies(errand.settings))
    of_code = code_warning(door.home, opened.desk_id)
    if of_code is not None:
        notes = (*notes, of_code)
    kinds = {one.kind.value for one in desk.office.store.opening_findings}
    if "schema_changed" in kinds:
        warning = say(
            "The database is not built as this program builds it, so what is written may be "
            "changed: run “breachdesk verify”."
        )
        notes = (*notes, warning)
    if kinds - {"schema_changed"}:
        warning = say("The head file and the audit chain do not agree: run “breachdesk verify”.")
        notes = (*notes, warning)
    return desk, notes


def _asked(errand: "Errand", door: DeskDoor, locked: LockedError) -> "OpenedKey":
    ask = errand.stage.ask_secret
    if ask is None:
        raise LockedError(
            locked.what,
            say(
                "Name a file that holds the passphrase in BREACHDESK_PASSPHRASE_FILE, or run this "
                "on a terminal."
            ),
        ) from locked
    errand.note(locked.what)
    question = errand.speaker.say(say("Passphrase or recovery code: "))
    for left in reversed(range(TRIES)):
        typed = ask(question)
        is_code = looks_like_code(typed)
        try:
            return door.key(
                typed="" if is_code else typed,
                recovery=typed if is_code else "",
                seconds=errand.stage.keyring_seconds,
            )
        except (WrongKeyError, RefusedError) as error:
            if not left:
                raise
            errand.note(error.what)
    raise locked
