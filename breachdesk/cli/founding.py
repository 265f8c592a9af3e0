"""Make a desk and its key; say who we are."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.door import DeskDoor, account_name
from breachdesk.cli.errand import Errand
from breachdesk.cli.options import argument, flag, option
from breachdesk.cli.passphrases import chosen, from_file
from breachdesk.cli.profiles import read_profile
from breachdesk.cli.written_down import confirm_code
from breachdesk.errors import (
    BreachdeskError,
    LockedError,
    NoSuchThingError,
    RefusedError,
    SettingsError,
)
from breachdesk.message import Message, say
from breachdesk.settings import remember
from breachdesk.settings.complaints import disk_complaint

if TYPE_CHECKING:
    from breachdesk.records import Profile
    from breachdesk.store.keys import NewDesk


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "init",
        say("Make the desk and its key. The recovery code is shown once."),
        "breachdesk init",
        say("breachdesk init --profile organisation.toml --recovery-file /media/usb/recovery.txt"),
    )(init)
    organisation = desk.group("organisation", say("The organisation's profile: import, show."))
    organisation.command(
        "import",
        say("Load the organisation's profile; it prefills incidents and heads the papers."),
        say("breachdesk organisation import organisation.toml"),
    )(import_profile)
    organisation.command(
        "show",
        say("Show the profile in force."),
        "breachdesk organisation show --json",
    )(show_profile)


def init(
    errand: Errand,
    *,
    profile: Annotated[
        str | None, option("--profile", "FILE", say("Load this organisation's profile as well."))
    ] = None,
    recovery_file: Annotated[
        str | None,
        option("--recovery-file", "FILE", say("Write the recovery code there, not on the screen.")),
    ] = None,
    no_recovery: Annotated[bool, flag("--no-recovery", say("Make no recovery code."))] = False,
) -> None:
    """Make the desk."""
    if recovery_file is not None and no_recovery:
        raise RefusedError(
            say("--recovery-file and --no-recovery exclude each other."), say("Choose one.")
        )
    loaded = None if profile is None else read_profile(Path(profile))
    for sentence in _what_a_desk_is(errand.settings.home):
        errand.note(sentence)
    if errand.settings.actor is None and errand.stage.ask is None:
        errand.note(_whose_name())
    made = _make(errand, recovery_file, want_recovery=not no_recovery)
    _remember_actor(errand)
    if loaded is not None:
        errand.desk.organisation.take(loaded)
    _tell_made(errand, made, recovery_file, loaded)


def _what_a_desk_is(home: Path) -> tuple[Message, ...]:
    """Return desk, key and recovery code in three sentences."""
    return (
        say(
            "The desk is one folder, {home}, with an encrypted database: nothing of a case lies "
            "open.",
            home=str(home),
        ),
        say(
            "Its key lies in your keyring, or under a passphrase you choose: the daily start asks "
            "nothing, or one thing."
        ),
        say(
            "A recovery code, shown once, opens the desk when both are lost: write it down and "
            "keep it apart from this machine."
        ),
    )


def _whose_name() -> Message:
    """Return whose name will stand on papers when nobody is there to give one."""
    return say(
        "Papers and record will say “{name}”, this account: set BREACHDESK_ACTOR, or give "
        "--as NAME, to say who acts.",
        name=account_name(),
    )


def _make(errand: Errand, recovery_file: str | None, *, want_recovery: bool) -> "NewDesk":
    door = DeskDoor(errand.stage, errand.settings)
    file = errand.settings.passphrase_file
    if file is None:
        _refuse_taken(door)
    if file is None:
        passphrase = _passphrase(errand, want_recovery=want_recovery)
    else:
        passphrase = from_file(file)
    place = None if recovery_file is None else reserved(recovery_file)
    try:
        made = door.new_desk(passphrase=passphrase, want_recovery=want_recovery)
    except BreachdeskError:
        if place is not None:
            place.unlink(missing_ok=True)
        raise
    errand.unlock_with(passphrase or "", made.recovery_code or "")
    if made.recovery_code is None:
        return made
    if place is not None:
        place.write_text(f"{made.recovery_code}\n", encoding="ascii")
        errand.note(
            say("The recovery code is in {path}: move it off this machine.", path=str(place))
        )
    else:
        errand.note(say("Recovery code, shown this once: {code}", code=made.recovery_code))
    confirm_code(errand.settings.home)
    return made


def _passphrase(errand: Errand, *, want_recovery: bool) -> str | None:
    """Ask for the passphrase; no desk is made that only its recovery code would open.

    Raises:
        LockedError: no keyring answers, and no passphrase was given.
    """
    from breachdesk.store.keys import keyring_name

    if errand.settings.keyring and keyring_name(errand.stage.keyring_seconds):
        opens = (
            say("Enter alone: no passphrase; only the keyring and the recovery code open it.")
            if want_recovery
            else say("Enter alone: no passphrase; only the keyring opens it.")
        )
        return chosen(errand, is_new=False, without=opens)
    if errand.stage.ask_secret is not None:
        errand.note(
            say("No keyring answers here: the passphrase opens the desk every day.")
            if errand.settings.keyring
            else say("The keyring is switched off: the passphrase opens the desk every day.")
        )
        return chosen(errand, is_new=False, without=None)
    raise LockedError(
        say("No keyring answers here, so the desk needs a passphrase; nothing was made."),
        say("Run this on a terminal, or name a file that holds one in BREACHDESK_PASSPHRASE_FILE."),
    )


def _refuse_taken(door: DeskDoor) -> None:
    """Say that there is a desk before a passphrase is asked for."""
    if door.exists():
        door.new_desk(passphrase=None, want_recovery=True)


def reserved(name: str) -> Path:
    """Make the file, empty and for its owner only, before there is a code to lose."""
    if name == "-":
        raise RefusedError(
            say("“-” is no name for the file with the recovery code."),
            say("Leave --recovery-file out to have the code shown."),
        )
    path = Path(name)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise RefusedError(
            say("{path} is there already; nothing was made.", path=str(path)),
            say("A recovery code is never written over another file: choose a new name."),
        ) from None
    except OSError as error:
        raise RefusedError(
            say("{path} cannot be written: {why}.", path=str(path), why=disk_complaint(error)),
            say("Choose another place for the recovery code; nothing was made."),
        ) from error
    return path


def _remember_actor(errand: Errand) -> None:
    """Ask who acts, at the first start, when somebody is there to say so."""
    if errand.settings.actor is not None or errand.stage.ask is None:
        return
    own = account_name()
    question = errand.speaker.say(say("Your name, as it stands in the record ({own}): ", own=own))
    name = errand.stage.ask(question).strip() or own
    with suppress(SettingsError):
        remember(errand.settings.config, "actor", name)
    errand.settings = replace(errand.settings, actor=name)


def _tell_made(
    errand: Errand, made: "NewDesk", recovery_file: str | None, loaded: "Profile | None"
) -> None:
    if errand.wants_json:
        errand.give(
            {
                "home": str(errand.settings.home),
                "key_source": made.key_source,
                "desk": made.desk_id,
                "recovery_file": recovery_file,
                "organisation": loaded.organisation.name if loaded else None,
            }
        )
        return
    errand.tell(say("The desk is ready in {home}.", home=str(errand.settings.home)))
    if loaded is None:
        errand.tell(say("Next: load your organisation with “breachdesk organisation import FILE”."))
    else:
        errand.tell(say("It belongs to {name}.", name=loaded.organisation.name))
        errand.tell(say("Next: log an incident with “breachdesk new TITLE --aware WHEN”."))


def import_profile(
    errand: Errand, file: Annotated[str, argument("FILE", say("The profile, TOML."))]
) -> None:
    """Load the organisation's profile."""
    profile = errand.acting().organisation.take(read_profile(Path(file)))
    if errand.wants_json:
        errand.give(profile.model_dump(mode="json", by_alias=True))
        return
    errand.tell(
        say(
            "Loaded {name}: {count} processing activities.",
            name=profile.organisation.name,
            count=len(profile.processing),
        )
    )


def show_profile(errand: Errand) -> None:
    """Show the profile in force."""
    profile = errand.desk.organisation.profile()
    if profile is None:
        raise NoSuchThingError(
            say("No organisation was loaded yet."),
            say("Load one with “breachdesk organisation import FILE”."),
        )
    if errand.wants_json:
        errand.give(profile.model_dump(mode="json", by_alias=True))
        return
    facts = profile.organisation
    for line in (facts.name, facts.organisation_number, facts.address, facts.privacy_contact.name):
        if line:
            errand.show(line)
    for one in profile.processing:
        errand.tell(say("  {id}  {title} ({role})", id=one.id, title=one.title, role=one.role))
