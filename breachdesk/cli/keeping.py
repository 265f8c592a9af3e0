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
from breachdesk.cli.restored import left_behind, not_whole, plain_left_behind
from breachdesk.cli.secrets_typed import key_in_file, typed_for_backup
from breachdesk.errors import BreachdeskError, RefusedError
from breachdesk.message import Message, say

if TYPE_CHECKING:
    from breachdesk.audit import Head
    from breachdesk.records import Backup
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


def backup(errand: Errand, file: File, *, force: Force = False) -> int:
    """Write a backup; 1 when evidence in it is missing or broken."""
    path = Path(file).expanduser()
    refuse_existing(path, force=force)
    desk = errand.acting()
    with progress(errand, say("Backing up …")) as told:
        made = desk.keeping.back_up(path, force=force, told=told)
    opens = _opened_by(desk.office.store.home)
    is_lacking = bool(made.absent or made.broken)
    if errand.wants_json:
        errand.give({**_plain(made), "opens_with": opens})
        return int(is_lacking)
    errand.write(str(made.path))
    errand.tell(
        say(
            "{size} bytes: {entries} entries up to {moment}, one sealed file of evidence.",
            size=made.size,
            entries=made.entries,
            moment=made.made_at,
        )
        if made.evidence == 1
        else say(
            "{size} bytes: {entries} entries up to {moment}, {evidence} sealed files of evidence.",
            size=made.size,
            entries=made.entries,
            moment=made.made_at,
            evidence=made.evidence,
        )
    )
    if is_lacking:
        errand.tell(say("It was opened, and what is not whole in it is named below."))
    else:
        errand.tell(say("It was opened and verified, every sealed file included."))
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
    return int(is_lacking)


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
        "broken": list(made.broken),
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
    said += not_whole(made.absent, made.broken)
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
) -> int:
    """Bring a desk back; 1 when evidence in it is missing or broken."""
    from breachdesk.audit import Head
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
    door = DeskDoor(errand.stage, errand.settings)
    known, waited = door.known_elsewhere(contents.key_file)
    with progress(errand, say("Restoring …")) as told:
        done = bring_back(path, home, opened, told=told)
    row = _recorded(errand, door, path, done, opened, None if known is None else Head(*known))
    _tell_restored(errand, done, row)
    if waited:
        errand.note(
            say(
                "Your keyring did not answer, so it was not compared with what it knows of this "
                "desk: if it knows a newer entry, “breachdesk verify” says that the end is cut off."
            )
        )
    return int(bool(done.absent or done.broken))


def _recorded(
    errand: Errand, door: DeskDoor, path: Path, done: "Restored", key: bytes, known: "Head | None"
) -> "Backup | None":
    """Record on the restored desk which backup it came from; the desk is back, even if not."""
    from breachdesk.store.keys import OpenedKey

    try:
        opened = OpenedKey(desk_id=done.desk_id, key=key, source="passphrase")
        desk = door.desk(opened, errand.actor)
        try:
            row = desk.keeping.record_restored(path, done.contents, known=known)
            head = desk.trust.head()
        finally:
            desk.close()
    except BreachdeskError as error:
        errand.note(
            say(
                "It could not be recorded on the desk which backup it came from: {why}",
                why=error.what,
            )
        )
        return None
    if known is not None:
        door.settle_head(done.desk_id, key, head)
    return row


def _check_slots(file: "KeyFile", path: Path) -> None:
    if file.slots:
        return
    raise RefusedError(
        say("{path} opens only with the keyring it was made under.", path=str(path)),
        say("Open the desk it was made from, run “breachdesk rekey”, and back up again."),
    )


def _tell_restored(errand: Errand, done: "Restored", row: "Backup | None") -> None:
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
                "absent": list(done.absent),
                "broken": list(done.broken),
                "left_behind": plain_left_behind(row),
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
    for sentence in not_whole(done.absent, done.broken):
        errand.note(sentence)
    if row is not None:
        errand.tell(say("One entry was added: the backup that the desk came from."))
        for sentence in left_behind(row):
            errand.note(sentence)
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
