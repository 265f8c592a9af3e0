"""Keep the desk: back it up, bring it back, change its key."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from breachdesk.cli.command import Counter
from breachdesk.cli.door import DeskDoor
from breachdesk.cli.errand import Errand
from breachdesk.cli.options import Force, argument, option
from breachdesk.cli.output import refuse_existing
from breachdesk.cli.plain import iso
from breachdesk.cli.progress import progress
from breachdesk.cli.secrets_typed import key_in_file, typed_for_backup
from breachdesk.errors import BreachdeskError, RefusedError
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from breachdesk.store.backup import BackedUp
    from breachdesk.store.keyfile import KeyFile
    from breachdesk.store.restoring import Restored

File = Annotated[str, argument("FILE", say("The backup."))]


def register(desk: Counter) -> None:
    """Add the commands."""
    desk.command(
        "backup",
        say("Write the whole desk to one encrypted file, and open it to prove it."),
        "breachdesk backup /media/usb/desk.backup",
    )(backup)
    desk.command(
        "restore",
        say("Bring a desk back from a backup. A desk that is there is never touched."),
        "breachdesk restore /media/usb/desk.backup",
        "breachdesk restore desk.backup --key recovery",
    )(restore)


def backup(errand: Errand, file: File, *, force: Force = False) -> None:
    """Write a backup."""
    path = Path(file).expanduser()
    refuse_existing(path, force=force)
    desk = errand.acting()
    with progress(errand, say("Backing up …")) as told:
        made = desk.keeping.back_up(path, force=force, told=told)
    opens = _opened_by(desk.office.store.home)
    if errand.wants_json:
        errand.give({**_plain(made), "opens_with": opens})
        return
    errand.write(str(made.path))
    errand.tell(
        say(
            "{size} bytes: {entries} entries up to {moment}, one sealed file of evidence. "
            "It was opened and verified.",
            size=made.size,
            entries=made.entries,
            moment=made.made_at,
        )
        if made.evidence == 1
        else say(
            "{size} bytes: {entries} entries up to {moment}, {evidence} sealed files of evidence. "
            "It was opened and verified.",
            size=made.size,
            entries=made.entries,
            moment=made.made_at,
            evidence=made.evidence,
        )
    )
    errand.tell(say("SHA-256 {digest}", digest=made.sha256))
    for sentence in _warnings(made, opens):
        errand.note(sentence)
    if _lies_with(desk.office.store.home, made.path):
        errand.note(
            say(
                "It lies in the desk's own folder: whatever takes the desk takes the backup too. "
                "Keep one elsewhere."
            )
        )
    errand.tell(
        say(
            "Settings such as language, name and idle minutes are not in it: they lie in {path}.",
            path=str(errand.settings.config),
        )
    )
    errand.tell(say("Next: keep it away from this machine, and apart from the recovery code."))


def _lies_with(home: Path, backup: Path) -> bool:
    """Is the backup in the desk's own folder, or in one below it, whatever the paths look like?"""
    return backup.resolve().is_relative_to(home.resolve())


def _plain(made: "BackedUp") -> dict[str, object]:
    return {
        "path": str(made.path),
        "size": made.size,
        "sha256": made.sha256,
        "made_at": iso(made.made_at),
        "entries": made.entries,
        "head": made.head.digest,
        "head_seq": made.head.seq,
        "evidence": made.evidence,
        "absent": list(made.absent),
        "findings": [
            {"kind": one.kind.value, "seq": one.seq, "subject": one.subject or None}
            for one in made.findings
        ],
    }


def _warnings(made: "BackedUp", opens: list[str]) -> list[Message]:
    said = []
    if made.findings:
        said.append(
            say(
                "Verifying it showed {count} faults, which the desk itself has: run "
                "“breachdesk verify”.",
                count=len(made.findings),
            )
        )
    if made.absent:
        said.append(
            say("Not in it, for the files are gone: {evidence}.", evidence=", ".join(made.absent))
        )
    if not opens:
        said.append(
            say(
                "Only the keyring of this account opens it: run “breachdesk rekey” for a recovery "
                "code, and back up again."
            )
        )
    return said


def _opened_by(home: Path) -> list[str]:
    from breachdesk.store.keyfile import read_key_file

    return [slot.kind.value for slot in read_key_file(home).slots]


def restore(
    errand: Errand,
    file: File,
    *,
    key: Annotated[
        str | None,
        option(
            "--key",
            "recovery|passphrase",
            say("What opens the backup; else it is asked for, or read from the passphrase file."),
            lambda: ["recovery", "passphrase"],
        ),
    ] = None,
) -> None:
    """Bring a desk back."""
    from breachdesk.store.container import read_contents
    from breachdesk.store.restoring import is_taken, refuse_taken
    from breachdesk.store.restoring import restore as bring_back

    if key not in {None, "recovery", "passphrase"}:
        raise RefusedError(
            say("“{text}” is nothing that {name} can be.", text=key, name="--key"),
            say("Choose one of: {choices}.", choices="recovery, passphrase"),
        )
    path, home = Path(file).expanduser(), errand.settings.home
    contents = read_contents(path)
    if is_taken(home):  # said before anybody types what opens the backup
        refuse_taken(home, contents, key_in_file(errand, path, contents, key))
    _check_slots(contents.key_file, path)
    opened = typed_for_backup(errand, path, contents, key)
    with progress(errand, say("Restoring …")) as told:
        done = bring_back(path, home, opened, told=told)
    is_known = _recorded(errand, path, done, opened)
    _tell_restored(errand, done, is_known=is_known)


def _recorded(errand: Errand, path: Path, done: "Restored", key: bytes) -> bool:
    """Record on the restored desk which backup it came from; the desk is back, even if not."""
    from breachdesk.store.keys import OpenedKey

    door = DeskDoor(errand.stage, errand.settings)
    try:
        opened = OpenedKey(desk_id=done.desk_id, key=key, source="passphrase")
        desk = door.desk(opened, errand.actor)
        try:
            desk.keeping.record_restored(path, done.contents)
        finally:
            desk.close()
    except BreachdeskError as error:
        errand.note(
            say(
                "It could not be recorded on the desk which backup it came from: {why}",
                why=error.what,
            )
        )
        return False
    return True


def _check_slots(file: "KeyFile", path: Path) -> None:
    if file.slots:
        return
    raise RefusedError(
        say("{path} opens only with the keyring it was made under.", path=str(path)),
        say("Open the desk it was made from, run “breachdesk rekey”, and back up again."),
    )


def _tell_restored(errand: Errand, done: "Restored", *, is_known: bool) -> None:
    contents, report = done.contents, done.report
    if errand.wants_json:
        errand.give(
            {
                "home": str(errand.settings.home),
                "desk": done.desk_id,
                "made_at": iso(contents.made_at),
                "entries": report.entries,
                "head": report.head.digest,
                "head_seq": report.head.seq,
                "evidence": sum(one.name.startswith("evidence/") for one in contents.parts),
                "findings": [
                    {"kind": one.kind.value, "seq": one.seq, "subject": one.subject or None}
                    for one in report.findings
                ],
            }
        )
        return
    errand.write(str(errand.settings.home))
    errand.tell(
        say(
            "The desk is back as it was {moment}: {entries} entries, head {head}.",
            moment=contents.made_at,
            entries=report.entries,
            head=report.head.digest,
        )
    )
    if report.findings:
        errand.note(
            say(
                "Verifying it showed {count} faults: run “breachdesk verify”.",
                count=len(report.findings),
            )
        )
    if is_known:
        errand.tell(say("One entry was added: the backup that the desk came from."))
    errand.tell(
        say(
            "Settings such as language, name and idle minutes do not come from a backup: set "
            "them again in {path}.",
            path=str(errand.settings.config),
        )
    )
    errand.tell(say("Next: “breachdesk list” shows the cases; back up again once you write here."))
    errand.tell(
        say(
            "The recovery code opens it too, wherever a passphrase is asked for; "
            "“breachdesk rekey” gives it a new passphrase."
        )
    )
